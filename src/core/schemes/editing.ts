import {
  labelKeys,
  labelOf,
  living,
  type Attribute,
  type DocumentLabel,
  type Label,
  type RelationType,
  type Scheme,
} from '../scheme.ts';

/** The parts of a scheme that are lists, with what they hold. */
export interface SchemeParts {
  readonly labels: Label;
  readonly attributes: Attribute;
  readonly relations: RelationType;
  readonly documentLabels: DocumentLabel;
}
export type SchemePart = keyof SchemeParts;

const partNames: Record<SchemePart, string> = {
  labels: 'label',
  attributes: 'attribute',
  relations: 'relation',
  documentLabels: 'document label',
};

export function itemsOf<Part extends SchemePart>(scheme: Scheme, part: Part): readonly SchemeParts[Part][] {
  return scheme[part] as unknown as readonly SchemeParts[Part][];
}

export function withItems<Part extends SchemePart>(
  scheme: Scheme,
  part: Part,
  items: readonly SchemeParts[Part][],
): Scheme {
  return { ...scheme, [part]: items };
}

/** The scheme with one item changed. Fields that the patch sets to `undefined` go. */
export function withPatch<Part extends SchemePart>(
  scheme: Scheme,
  part: Part,
  id: string,
  patch: { readonly [Field in keyof SchemeParts[Part]]?: SchemeParts[Part][Field] | undefined },
): Scheme {
  const items = itemsOf(scheme, part).map((item) => (item.id === id ? patched(item, patch) : item));
  return withItems(scheme, part, items);
}

function patched<T extends object>(item: T, patch: object): T {
  const entries = Object.entries({ ...item, ...patch });
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined)) as T;
}

/** The scheme with an item moved by so many places among those that are not deleted. */
export function withMove(scheme: Scheme, part: SchemePart, id: string, by: number): Scheme {
  const items = itemsOf(scheme, part);
  const shown = living(items);
  const from = shown.findIndex((item) => item.id === id);
  const neighbour = shown[Math.max(0, Math.min(shown.length - 1, from + by))];
  if (from < 0 || !neighbour || neighbour.id === id) return scheme;
  const others = items.filter((item) => item.id !== id);
  const at = others.findIndex((item) => item.id === neighbour.id) + (by > 0 ? 1 : 0);
  return withItems(scheme, part, others.toSpliced(at, 0, shown[from]!));
}

/** The scheme in which the spans of one label count as another's. No span is touched. */
export function withMerge(scheme: Scheme, from: string, into: string): Scheme {
  if (labelOf(scheme, into).id === from) return scheme;
  return withPatch(scheme, 'labels', from, { deleted: true, mergedInto: into });
}

/** The scheme with an item brought back; what of it has been given away meanwhile, key or machine name, is made anew. */
export function withRestored(scheme: Scheme, part: SchemePart, id: string): Scheme {
  const item = itemsOf(scheme, part).find((candidate) => candidate.id === id);
  if (!item?.deleted) return scheme;
  const others = living(itemsOf(scheme, part));
  const isKeyTaken = 'key' in item && keysOf(scheme).has(item.key!);
  return withPatch(scheme, part, id, {
    deleted: undefined,
    value: freeValue(item.value, others),
    ...(part === 'labels' && { mergedInto: undefined }),
    ...(isKeyTaken && { key: undefined }),
  } as never);
}

/** The value, or with the first number behind it that nothing else has. */
export function freeValue(value: string, others: readonly { readonly value: string }[]): string {
  const taken = new Set(others.map((other) => other.value));
  for (let number = 2, candidate = value; ; number++) {
    if (!taken.has(candidate)) return candidate;
    candidate = `${value}_${number}`;
  }
}

/** The keys of labels and attributes, with the name of what has them. */
export function keysOf({ labels, attributes }: Scheme): ReadonlyMap<string, string> {
  const holders = [...living<Label | Attribute>(labels), ...living<Label | Attribute>(attributes)];
  return new Map(holders.flatMap(({ key, name }) => (key === undefined ? [] : [[key, name] as const])));
}

/** What is wrong with a scheme, as a sentence for whoever is about to make it so; `undefined` when nothing is. */
export function schemeFault(scheme: Scheme): string | undefined {
  const parts = Object.keys(partNames) as SchemePart[];
  return (
    parts
      .map((part) => namesFault(living<NamedItem>(itemsOf(scheme, part)), partNames[part]))
      .find(Boolean) ??
    keysFault(scheme) ??
    living(scheme.attributes).map(optionsFault).find(Boolean)
  );
}

interface NamedItem {
  readonly id: string;
  readonly name: string;
  readonly value: string;
  readonly deleted?: true;
}

function namesFault(items: readonly NamedItem[], what: string): string | undefined {
  const seen = new Map<string, string>();
  for (const { name, value } of items) {
    if (name.trim() === '') return `A ${what} needs a name.`;
    if (value.trim() === '') return `The ${what} “${name}” needs a machine name, which files hold.`;
    const other = seen.get(value);
    if (other !== undefined)
      return `The ${what}s “${other}” and “${name}” have the same machine name, “${value}”. Give one of them another.`;
    seen.set(value, name);
  }
  return undefined;
}

function keysFault({ labels, attributes }: Scheme): string | undefined {
  const seen = new Map<string, string>();
  for (const { key, name } of [
    ...living<Label | Attribute>(labels),
    ...living<Label | Attribute>(attributes),
  ]) {
    if (key === undefined) continue;
    if (!labelKeys.includes(key))
      return `“${key}” cannot be the key of “${name}”. Choose one of ${labelKeys.join(' ')}.`;
    const other = seen.get(key);
    if (other !== undefined)
      return `The key ${key} belongs to “${other}” already. Choose another for “${name}”.`;
    seen.set(key, name);
  }
  return undefined;
}

function optionsFault({ name, type, options = [] }: Attribute): string | undefined {
  if (type !== 'one' && type !== 'many') return undefined;
  if (options.length === 0) return `The attribute “${name}” needs options to choose among.`;
  if (options.some((option) => option.trim() === '')) return `An option of the attribute “${name}” is empty.`;
  if (new Set(options).size < options.length) return `Two options of the attribute “${name}” are the same.`;
  return undefined;
}
