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
  readonly deleted?: true;
}

/** The labels of a project, in the order in which they are shown. */
export interface Scheme {
  readonly labels: readonly Label[];
}

/** The keys that labels take in turn. Letters that are commands of their own are not among them. */
export const labelKeys = [...'1234567890qwertyuiasdghjkzxcvbm'];

/** The scheme of a new project: the four speech acts. */
export function defaultScheme(): Scheme {
  return ['claim', 'denial', 'appeal', 'accusation'].reduce<Scheme>(
    (scheme, value) => withLabel(scheme, { value }).scheme,
    { labels: [] },
  );
}

/** How somebody would like a label to look that the scheme may lack. */
export interface LabelWish {
  readonly value: string;
  readonly name?: string;
  readonly key?: string;
  readonly colour?: Colour;
}

/** The label of that machine name. If the scheme lacks it, it is made as wished, or with the next free key and colour. */
export function withLabel(
  scheme: Scheme,
  wish: LabelWish,
): { scheme: Scheme; label: Label; created: boolean } {
  const known = scheme.labels.find((label) => label.value === wish.value && !label.deleted);
  if (known) return { scheme, label: known, created: false };
  const key = [wish.key, ...labelKeys].find(
    (candidate) => candidate !== undefined && isFree(scheme, candidate),
  );
  const label: Label = {
    id: newId(),
    name: wish.name ?? nameOf(wish.value),
    value: wish.value,
    colour: freeColour(scheme, wish.colour),
    ...(key !== undefined && { key }),
  };
  return { scheme: { labels: [...scheme.labels, label] }, label, created: true };
}

/** The label with that id. A span may outlive its label's entry in a damaged scheme, hence the fallback. */
export function labelOf(scheme: Scheme, id: string): Label {
  return scheme.labels.find((label) => label.id === id) ?? { id, name: id, value: id, colour: 0 };
}

/**
 * The shortest beginning of each label's name that tells it from the others, by id: C, D, Ap, Ac. At most four
 * characters; deleted labels make no other's longer.
 */
export function tagsOf(scheme: Scheme): ReadonlyMap<string, string> {
  const living = scheme.labels.filter((label) => !label.deleted);
  const names = new Map(living.map((label) => [label.id, charactersOf(label)]));
  return new Map(scheme.labels.map((label) => [label.id, shortestTag(label, names)]));
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
function nameOf(value: string): string {
  const words = value.replace(/[_\s]+/g, ' ').trim() || value;
  return words.charAt(0).toLocaleUpperCase() + words.slice(1);
}

function isFree(scheme: Scheme, key: string): boolean {
  return labelKeys.includes(key) && scheme.labels.every((label) => label.key !== key);
}

function freeColour(scheme: Scheme, wish: Colour | undefined): Colour {
  const used = new Set(scheme.labels.map((label) => label.colour));
  const candidates = [...(wish === undefined ? [] : [wish]), ...Array(colourCount).keys()] as Colour[];
  return candidates.find((colour) => !used.has(colour)) ?? ((scheme.labels.length % colourCount) as Colour);
}
