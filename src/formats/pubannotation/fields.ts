import { fieldOf } from '../native/native-shape.ts';
import { isList, type JsonObject, type JsonValue } from '../reading/json-value.ts';
import type { Checked, Place } from '../reading/place.ts';

/** A list of a document or track; what is none is said and left out. */
export function* list(object: JsonObject, key: string, place: Place): Checked<readonly JsonValue[]> {
  const value = fieldOf(object, key);
  if (value === undefined || isList(value)) return value ?? [];
  yield place.at(key).problem('refused', `the "${key}" of this document are not a list and were left out.`);
  return [];
}

export function idOf(item: JsonObject): string | undefined {
  const id = fieldOf(item, 'id');
  return typeof id === 'string' || typeof id === 'number' ? String(id) : undefined;
}

export function textOf(object: JsonObject, key: string): string | undefined {
  const value = fieldOf(object, key);
  return typeof value === 'string' ? value : undefined;
}

export function labelOf(item: JsonObject, key: string): string {
  const value = fieldOf(item, key);
  return typeof value === 'string' ? value : value === undefined ? '' : JSON.stringify(value);
}

/** A label that is not text is kept as it was beside what it is shown as. */
export function labelMisfit(item: JsonObject, key: string): (readonly [string, JsonValue])[] {
  const value = fieldOf(item, key);
  return value === undefined || typeof value === 'string' ? [] : [[key, value]];
}

/** Fields that should be text and are something else. */
export function misfits(object: JsonObject, keys: readonly string[]): (readonly [string, JsonValue])[] {
  return keys.flatMap((key) => {
    const value = fieldOf(object, key);
    return value === undefined || typeof value === 'string' ? [] : [[key, value] as const];
  });
}
