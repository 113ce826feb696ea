import type { Edit } from './change.ts';
import { saidUnder, textsOf } from './schemes/attribute.ts';
import type { Attributes } from './span.ts';

/** How often a name is used, and when it was last. */
export interface Use {
  readonly count: number;
  /** When the span was changed that has it, as ISO 8601. */
  readonly at: string;
}

/** The names in use, by the machine name of the attribute. */
export type NamesInUse = Readonly<Record<string, Readonly<Record<string, Use>>>>;

/** Counts the texts of attributes as they come by. Values that are taken back later may linger. */
export class NameTally {
  readonly #uses = new Map<string, Map<string, Use>>();

  get inUse(): NamesInUse {
    return asRecords(this.#uses);
  }

  /** Counts what a span says, but not what it said before. */
  count(attributes: Attributes, at: string, before: Attributes = {}): void {
    for (const [attribute, value] of Object.entries(attributes)) {
      const said = new Set(textsOf(saidUnder(before, attribute)));
      for (const name of textsOf(value)) if (!said.has(name)) this.#use(attribute, name, at);
    }
  }

  /** Counts what an edit of spans says anew, in those documents that are meant. */
  countEdit({ added, updated }: Edit, isMeant: (documentId: string) => boolean = () => true): void {
    for (const entry of added)
      if (entry.type === 'span' && isMeant(entry.documentId))
        this.count(entry.value.attributes, entry.value.updatedAt);
    for (const { before, after } of updated)
      if (after.type === 'span' && before.type === 'span' && isMeant(after.documentId))
        this.count(after.value.attributes, after.value.updatedAt, before.value.attributes);
  }

  #use(attribute: string, name: string, at: string): void {
    const uses = this.#uses.get(attribute) ?? new Map<string, Use>();
    const known = uses.get(name);
    uses.set(name, { count: (known?.count ?? 0) + 1, at: known && known.at > at ? known.at : at });
    this.#uses.set(attribute, uses);
  }
}

export function mergeNames(a: NamesInUse, b: NamesInUse): NamesInUse {
  // Names come from files, and an object's own machinery answers to some of them.
  const merged = new Map<string, Map<string, Use>>();
  for (const names of [a, b])
    for (const [attribute, uses] of Object.entries(names)) {
      const known = merged.get(attribute) ?? new Map<string, Use>();
      merged.set(attribute, known);
      for (const [name, use] of Object.entries(uses)) known.set(name, bothUses(known.get(name), use));
    }
  return asRecords(merged);
}

function bothUses(known: Use | undefined, use: Use): Use {
  if (!known) return use;
  return { count: known.count + use.count, at: known.at > use.at ? known.at : use.at };
}

function asRecords(uses: ReadonlyMap<string, ReadonlyMap<string, Use>>): NamesInUse {
  return Object.fromEntries([...uses].map(([attribute, names]) => [attribute, Object.fromEntries(names)]));
}

/**
 * The names that complete what is typed, most used and then most recent first: those in which a word starts with it,
 * whatever the case and accents. All names complete nothing typed.
 */
export function completions(
  uses: Readonly<Record<string, Use>>,
  typed: string,
  taken: readonly string[] = [],
  limit = 8,
): readonly string[] {
  const wanted = folded(typed.trim());
  return Object.entries(uses)
    .filter(([name]) => !taken.includes(name) && startsAWord(folded(name), wanted))
    .sort(([a, used], [b, usedToo]) => mostUsedFirst(used, usedToo) || (a < b ? -1 : 1))
    .slice(0, limit)
    .map(([name]) => name);
}

function mostUsedFirst(a: Use, b: Use): number {
  return b.count - a.count || (a.at > b.at ? -1 : a.at < b.at ? 1 : 0);
}

function startsAWord(name: string, wanted: string): boolean {
  for (let at = name.indexOf(wanted); at >= 0; at = name.indexOf(wanted, at + 1))
    if (at === 0 || !/[\p{L}\p{N}]/u.test(name[at - 1]!)) return true;
  return false;
}

function folded(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLocaleLowerCase();
}
