import type { Attributes } from '../../core/span.ts';
import type { JsonObject } from '../reading/json-value.ts';

/** Attributes as fields beside others; those whose names are taken stand together under `attributes`. */
export function spreadBeside(attributes: Attributes, taken: readonly string[]): JsonObject {
  const fields = Object.entries(attributes);
  const inside = fields.filter(([key]) => taken.includes(key));
  const nested = inside.length > 0 ? [['attributes', Object.fromEntries(inside)] as const] : [];
  return Object.fromEntries([...fields.filter(([key]) => !taken.includes(key)), ...nested]);
}
