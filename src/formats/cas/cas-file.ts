import { fieldOf } from '../native/native-shape.ts';
import { isList, isObject, type JsonObject, type JsonValue } from '../reading/json-value.ts';
import type { Path } from '../reading/json-syntax.ts';

/** A feature structure of a CAS with the way to it. */
export interface Structure {
  readonly id: number;
  readonly type: string;
  readonly object: JsonObject;
  readonly path: Path;
}

/** All feature structures of a file by their ids, in their order; older files have them as an object. */
export function structuresIn(root: JsonObject): Map<number, Structure> {
  const all = fieldOf(root, '%FEATURE_STRUCTURES');
  const entries: [string | number, JsonValue][] = isList(all)
    ? [...all.entries()]
    : isObject(all)
      ? Object.entries(all)
      : [];
  const structures = new Map<number, Structure>();
  for (const [key, object] of entries) {
    if (!isObject(object)) continue;
    const id = isList(all) ? object['%ID'] : Number(key);
    const type = object['%TYPE'];
    if (typeof id === 'number' && typeof type === 'string')
      structures.set(id, { id, type, object, path: ['%FEATURE_STRUCTURES', key] });
  }
  return structures;
}

/** How many feature structures a file lists, whether or not they can be read. */
export function countStructures(root: JsonObject): number {
  const all = fieldOf(root, '%FEATURE_STRUCTURES');
  return isList(all) ? all.length : isObject(all) ? Object.keys(all).length : 0;
}

/** A number under a key that may be marked as an anchor. */
export function anchorOf({ object }: Structure, key: 'begin' | 'end'): number | undefined {
  const value = fieldOf(object, key) ?? fieldOf(object, `^${key}`);
  return typeof value === 'number' ? value : undefined;
}

/** The id of what a feature refers to. */
export function referenceOf({ object }: Structure, key: string): number | undefined {
  const value = fieldOf(object, `@${key}`);
  return typeof value === 'number' ? value : undefined;
}

export function textOf({ object }: Structure, key: string): string | undefined {
  const value = fieldOf(object, key);
  return typeof value === 'string' ? value : undefined;
}

const structural = ['begin', 'end', '^begin', '^end', '@sofa'];

/**
 * The features of a structure besides its place. What a reference leads to is put in its place when it is a list of plain
 * values; other references, such as those `without`, are left out.
 */
export function featuresIn(
  { object }: Structure,
  structures: ReadonlyMap<number, Structure>,
  without: readonly string[] = [],
): { readonly features: [string, JsonValue][]; readonly dangling: readonly string[] } {
  const features: [string, JsonValue][] = [];
  const dangling: string[] = [];
  for (const [key, value] of Object.entries(object)) {
    if (key.startsWith('%') || structural.includes(key) || without.includes(key) || value === null) continue;
    if (!key.startsWith('@')) {
      features.push([key.replace(/^[#^]/, ''), value]);
      continue;
    }
    const elements = typeof value === 'number' ? structures.get(value)?.object['%ELEMENTS'] : undefined;
    if (isList(elements) && !structures.get(Number(value))!.type.endsWith('FSArray'))
      features.push([key.slice(1), elements]);
    else dangling.push(key.slice(1));
  }
  return { features, dangling };
}
