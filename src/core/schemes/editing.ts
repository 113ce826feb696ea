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

/**
 * The scheme with an item brought back; what of it has been given away meanwhile, key or machine name, is made anew. A
 * key is given away, too, where it is not one of `keys`, those that no command has.
 */
export function withRestored(
  scheme: Scheme,
  part: SchemePart,
  id: string,
  keys: readonly string[] = labelKeys,
): Scheme {
  const item = itemsOf(scheme, part).find((candidate) => candidate.id === id);
  if (!item?.deleted) return scheme;
  const others = living(itemsOf(scheme, part));
  const isKeyTaken = 'key' in item && (keysOf(scheme).has(item.key!) || !keys.includes(item.key!));
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

/** Something that is wrong with a scheme. */
interface Fault {
  /** Tells it from other faults, whatever the things it is about are called by now. */
  readonly id: string;
  /** What is wrong and what to do, for whoever is about to make it so. */
  readonly sentence: string;
}

/**
 * What an edit would make wrong, as a sentence; `undefined` when nothing. What was wrong before, as after two tabs have
 * given away the same key, stands in nobody's way.
 */
export function schemeFault(scheme: Scheme, before?: Scheme): string | undefined {
  const known = new Set(before && faultsOf(before).map(({ id }) => id));
  return faultsOf(scheme).find(({ id }) => !known.has(id))?.sentence;
}

function faultsOf(scheme: Scheme): readonly Fault[] {
  const parts = Object.keys(partNames) as SchemePart[];
  return [
    ...parts.flatMap((part) => nameFaults(living<NamedItem>(itemsOf(scheme, part)), partNames[part])),
    ...keyFaults(scheme),
    ...living(scheme.attributes).flatMap(optionFaults),
  ];
}

interface NamedItem {
  readonly id: string;
  readonly name: string;
  readonly value: string;
  readonly deleted?: true;
}

function nameFaults(items: readonly NamedItem[], what: string): readonly Fault[] {
  const seen = new Map<string, NamedItem>();
  return items.flatMap((item) => {
    const { id, name, value } = item;
    if (name.trim() === '') return { id: `name ${id}`, sentence: `${withArticle(what)} needs a name.` };
    if (value.trim() === '')
      return {
        id: `value ${id}`,
        sentence: `The ${what} “${name}” needs a machine name, which files hold.`,
      };
    const other = seen.get(value);
    seen.set(value, item);
    if (!other) return [];
    const sentence = `The ${what}s “${other.name}” and “${name}” have the same machine name, “${value}”. Give one of them another.`;
    return { id: `values ${twoOf(other.id, id)}`, sentence };
  });
}

function withArticle(what: string): string {
  return `${/^[aeiou]/.test(what) ? 'An' : 'A'} ${what}`;
}

/** Two ids in one order, as items may have been moved. */
function twoOf(first: string, second: string): string {
  return [first, second].toSorted().join(' ');
}

function keyFaults({ labels, attributes }: Scheme): readonly Fault[] {
  const seen = new Map<string, Label | Attribute>();
  const holders = [...living<Label | Attribute>(labels), ...living<Label | Attribute>(attributes)];
  return holders.flatMap((holder) => {
    const { id, key, name } = holder;
    if (key === undefined) return [];
    if (!labelKeys.includes(key)) {
      const sentence = `“${key}” cannot be the key of “${name}”. Choose one of ${labelKeys.join(' ')}.`;
      return { id: `key ${id}`, sentence };
    }
    const other = seen.get(key);
    seen.set(key, holder);
    if (!other) return [];
    const sentence = `The key ${key.toUpperCase()} belongs to “${other.name}” already. Choose another for “${name}”.`;
    return { id: `keys ${twoOf(other.id, id)}`, sentence };
  });
}

function optionFaults({ id, name, type, options = [] }: Attribute): readonly Fault[] {
  if (type !== 'one' && type !== 'many') return [];
  const fault = (sentence: string): readonly Fault[] => [{ id: `options ${id}`, sentence }];
  if (options.length === 0) return fault(`The attribute “${name}” needs options to choose among.`);
  if (options.some((option) => option.trim() === ''))
    return fault(`An option of the attribute “${name}” is empty.`);
  if (new Set(options).size < options.length)
    return fault(`Two options of the attribute “${name}” are the same.`);
  return [];
}
