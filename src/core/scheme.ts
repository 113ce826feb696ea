import { v7 as newId } from 'uuid';

/** A place in the palette of `ui/theme.css`; each has a wash, an ink and an underline pattern of its own. */
export type Colour = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 | 11;
export const colourCount = 12;

/** A kind of act that spans are marked with. Spans refer to it by id. */
export interface Label {
  readonly id: string;
  /** What people read. */
  readonly name: string;
  /** What files hold: the label's machine name, unique in the scheme. */
  readonly value: string;
  readonly colour: Colour;
  /** The key that marks with this label; absent when all keys are taken. */
  readonly key?: string;
  /** When to use it: Markdown, shown as the text it is. */
  readonly guideline?: string;
  readonly deleted?: true;
  /** For a deleted label: the id of the one that its spans count as from then on. */
  readonly mergedInto?: string;
}

export const attributeTypes = ['text', 'one', 'many', 'yes-no'] as const;
export type AttributeType = (typeof attributeTypes)[number];

/** Something that can be said of a span besides its label. */
export interface Attribute {
  readonly id: string;
  readonly name: string;
  /** What spans and files hold it under. It stays as it was made, as spans refer to it. */
  readonly value: string;
  /** `text` is completed from what the project has used; `one` and `many` choose among the options. */
  readonly type: AttributeType;
  /** For `text`: a list of texts, such as several speakers. */
  readonly several?: true;
  /** For `one` and `many`. */
  readonly options?: readonly string[];
  /** Ids of the labels that have it; absent when all have. */
  readonly labels?: readonly string[];
  /** Whether a document is not done while a span that has the attribute lacks it. */
  readonly required?: true;
  /** The key that goes to it, or turns it to its next option. */
  readonly key?: string;
  readonly guideline?: string;
  readonly deleted?: true;
}

/** Which labels a relation may join: label ids, any label, or for the child the head's own label. */
export interface RelationPair {
  readonly head: string;
  readonly child: string;
}

export const anyLabel = 'any';
export const sameLabel = 'same';

/** A kind of relation. Relations refer to it by id; those from before it existed by its machine name. */
export interface RelationType {
  readonly id: string;
  readonly name: string;
  readonly value: string;
  /** It may join two spans when one of these pairs allows it. */
  readonly pairs: readonly RelationPair[];
  readonly guideline?: string;
  readonly deleted?: true;
}

/** A label for whole documents. Documents refer to it by id. */
export interface DocumentLabel {
  readonly id: string;
  readonly name: string;
  readonly value: string;
  readonly guideline?: string;
  readonly deleted?: true;
}

/** What a project marks, each part in the order in which it is shown. */
export interface Scheme {
  readonly labels: readonly Label[];
  readonly attributes: readonly Attribute[];
  readonly relations: readonly RelationType[];
  readonly documentLabels: readonly DocumentLabel[];
  /** Rules that hold for all labels: Markdown, shown as the text it is. */
  readonly guideline?: string;
}

export const emptyScheme: Scheme = { labels: [], attributes: [], relations: [], documentLabels: [] };

/** The keys that labels take in turn. Letters that are commands of their own are not among them. */
export const labelKeys = [...'1234567890qwertyuiasdghjkzxcvbm'];

/** How somebody would like a label to look that the scheme may lack. */
export interface LabelWish {
  readonly value: string;
  readonly name?: string;
  readonly key?: string;
  readonly colour?: Colour;
  readonly guideline?: string;
}

/**
 * The label of that machine name. If the scheme lacks it, it is made as wished, or with the next free colour and the next
 * free one of the spare keys. A wish for a key counts where that is one of `keys`, those that no command has.
 */
export function withLabel(
  scheme: Scheme,
  wish: LabelWish,
  keys: readonly string[] = labelKeys,
  spareKeys: readonly string[] = keys,
): { scheme: Scheme; label: Label; created: boolean } {
  const known = scheme.labels.find((label) => label.value === wish.value && !label.deleted);
  if (known) return { scheme, label: known, created: false };
  const key = [wish.key, ...spareKeys].find(
    (candidate) => candidate !== undefined && keys.includes(candidate) && isFreeKey(scheme, candidate),
  );
  const label: Label = {
    id: newId(),
    name: wish.name ?? nameOf(wish.value),
    value: wish.value,
    colour: freeColour(scheme, wish.colour),
    ...(key !== undefined && { key }),
    ...(wish.guideline && { guideline: wish.guideline }),
  };
  return { scheme: { ...scheme, labels: [...scheme.labels, label] }, label, created: true };
}

/**
 * The label that a span with this label id shows: the one it was merged into, if it was. A span may outlive its label's
 * entry in a damaged scheme, hence the fallback.
 */
export function labelOf(scheme: Scheme, id: string): Label {
  let label = scheme.labels.find((candidate) => candidate.id === id);
  // No longer than there are labels, should a damaged scheme merge them in a circle.
  for (let hops = scheme.labels.length; label?.mergedInto !== undefined && hops > 0; hops--)
    label = scheme.labels.find((candidate) => candidate.id === label!.mergedInto) ?? { ...label };
  return label ?? { id, name: id, value: id, colour: 0 };
}

/** The labels that can be marked with. */
export function livingLabels(scheme: Scheme): readonly Label[] {
  return living(scheme.labels);
}

export function living<T extends { readonly deleted?: true }>(items: readonly T[]): readonly T[] {
  return items.some(({ deleted }) => deleted) ? items.filter(({ deleted }) => !deleted) : items;
}

/**
 * The shortest beginning of each label's name that tells it from the others, by id: C, D, Ap, Ac. At most four
 * characters; deleted labels make no other's longer.
 */
export function tagsOf(scheme: Scheme): ReadonlyMap<string, string> {
  const names = new Map(livingLabels(scheme).map((label) => [label.id, charactersOf(label)]));
  return new Map(scheme.labels.map(({ id }) => [id, shortestTag(labelOf(scheme, id), names)]));
}

function shortestTag(label: Label, names: ReadonlyMap<string, readonly string[]>): string {
  const own = charactersOf(label);
  const start = (name: readonly string[], length: number) => name.slice(0, length).join('');
  const others = [...names].flatMap(([id, name]) => (id === label.id ? [] : [name]));
  let length = 1;
  const clashes = () => others.some((name) => start(name, length) === start(own, length));
  while (length < Math.min(own.length, 4) && clashes()) length++;
  const tag = start(own, length).trimEnd();
  return tag.charAt(0).toLocaleUpperCase() + tag.slice(1);
}

function charactersOf({ name }: Label): string[] {
  return [...name.toLocaleLowerCase()];
}

/** "false_alarm" reads "False alarm". */
export function nameOf(value: string): string {
  const words = value.replace(/[_\s]+/g, ' ').trim() || value;
  return words.charAt(0).toLocaleUpperCase() + words.slice(1);
}

/** "False alarm" is held by files as "false_alarm"; what is written in capitals stays so. Empty when no letter or digit is in it. */
export function machineName(name: string): string {
  const words = name.normalize('NFC').match(/[\p{L}\p{N}\p{M}]+/gu) ?? [];
  const value = words.join('_');
  return value === value.toLocaleUpperCase() ? value : value.toLocaleLowerCase();
}

/** A colour for something new: one that nothing in the scheme has, as long as there is one. */
export function nextColour(scheme: Scheme): Colour {
  return freeColour(scheme, undefined);
}

/** The first of the keys for something new; `undefined` when all are taken. */
export function nextKey(scheme: Scheme, keys: readonly string[] = labelKeys): string | undefined {
  return keys.find((key) => isFreeKey(scheme, key));
}

/** Whether a key could be given to something new: deleted labels keep theirs, as they may come back. */
export function isFreeKey({ labels, attributes }: Scheme, key: string): boolean {
  return labelKeys.includes(key) && [...labels, ...attributes].every((taken) => taken.key !== key);
}

function freeColour(scheme: Scheme, wish: Colour | undefined): Colour {
  const used = new Set(scheme.labels.map((label) => label.colour));
  const candidates = [...(wish === undefined ? [] : [wish]), ...Array(colourCount).keys()] as Colour[];
  return candidates.find((colour) => !used.has(colour)) ?? ((scheme.labels.length % colourCount) as Colour);
}
