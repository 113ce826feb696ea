import type { AttributeValue } from '../../core/span.ts';

/** Whatever JSON can hold. */
export type JsonValue = AttributeValue;
export type JsonObject = Readonly<Record<string, JsonValue>>;
export type Field = readonly [key: string, value: JsonValue];

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isList(value: unknown): value is readonly JsonValue[] {
  return Array.isArray(value);
}

/** Null in a file says the same as a field that is not there. */
export function isAbsent(value: JsonValue | undefined): value is null | undefined {
  return value === undefined || value === null;
}

/**
 * The object with more fields after its own; where a key is taken, the added one gets a number behind it. Keys such as
 * `__proto__` are data like any other.
 */
export function withFields(object: JsonObject, fields: readonly Field[]): JsonObject {
  const all = new Map(Object.entries(object));
  for (const [key, value] of fields) all.set(freeKey(all, key), value);
  return Object.fromEntries(all);
}

/** How deep a document may be nested: deeper than people nest, and less deep than what the browser can copy and write. */
export const deepest = 100;

/** What is said of a document that is nested deeper. */
export const tooDeep = `it is nested more than ${deepest} levels deep`;

/** How deep a value may be nested that is a whole file, around its documents. */
export const deepestFile = 110;

/** A value in words: text as it is, other things as JSON, since an object may have a `toString` of its own. */
export function wordsOf(value: JsonValue | undefined): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** Whether objects and lists stand in one another more than so many levels deep. */
export function isDeeperThan(levels: number, value: JsonValue): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values<JsonValue>(value).some((part) => isDeeperThan(levels - 1, part));
}

/** The first number in the value that JavaScript may have read with other digits than the file has. */
export function inexactNumber(value: JsonValue): number | undefined {
  if (typeof value === 'number') return isExact(value) ? undefined : value;
  if (typeof value !== 'object' || value === null) return undefined;
  for (const part of Object.values<JsonValue>(value)) {
    const found = inexactNumber(part);
    if (found !== undefined) return found;
  }
  return undefined;
}

function isExact(value: number): boolean {
  return Number.isFinite(value) && (!Number.isInteger(value) || Number.isSafeInteger(value));
}

function freeKey(taken: ReadonlyMap<string, JsonValue>, key: string): string {
  let free = key;
  for (let number = 2; taken.has(free); number++) free = `${key}_${number}`;
  return free;
}
