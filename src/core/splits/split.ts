import {
  compareText,
  groupsOf,
  inTurn,
  labelsOf,
  partsBefore,
  type Earlier,
  type Group,
  type Splittable,
} from './groups.ts';
import { parts, type Part, type PartShares } from './part.ts';
import { Shares } from './shares.ts';

export interface SplitWish {
  /** A part with 0 gets no new documents. */
  readonly shares: PartShares;
  readonly seed: number;
  /** The parts of earlier exports, which stay. */
  readonly before: ReadonlyMap<string, Part>;
  /** Those who had one and are not among the documents now: they only say where new ones of their groups go. */
  readonly earlier?: readonly Earlier[];
}

export type SplitWarning =
  /** Three parts need three. */
  | { readonly kind: 'few-documents'; readonly documents: number }
  /** A part that was wished for has no documents. */
  | { readonly kind: 'empty-part'; readonly part: Part }
  | { readonly kind: 'missing-label'; readonly label: string; readonly part: Part }
  /** Documents of one group were in several parts before they were known to be one, and stay there. */
  | { readonly kind: 'mixed-group'; readonly group: string; readonly parts: readonly Part[] };

export interface Split {
  /** By document id. */
  readonly parts: ReadonlyMap<string, Part>;
  readonly warnings: readonly SplitWarning[];
}

/**
 * Parts documents so that groups stay together, whoever had a part keeps it, and each part has its share of documents and
 * of each label as nearly as groups allow: greedily, the rarest labels first (after Sechidis, Tsoumakas and Vlahavas
 * 2011). The same documents in whatever order, and the same seed, give the same parts.
 *
 * @throws RangeError when no share is above zero.
 */
export function splitDocuments(documents: readonly Splittable[], wish: SplitWish): Split {
  const split = new Splitter(documents, wish);
  const [known, free] = [[] as Group[], [] as Group[]];
  for (const group of groupsOf(documents, wish.earlier))
    (partsBefore(group, wish.before).length > 0 ? known : free).push(group);
  const mixed = known.flatMap((group) => split.keep(group));
  for (const group of inTurn(free, wish.seed)) split.place(group);
  split.fillEmpty(free);
  return { parts: split.parts, warnings: [...split.warnings(), ...mixed] };
}

class Splitter {
  readonly parts = new Map<string, Part>();
  readonly #documents: readonly Splittable[];
  readonly #wish: SplitWish;
  readonly #shares: Shares;
  readonly #wished: readonly Part[];

  constructor(documents: readonly Splittable[], wish: SplitWish) {
    this.#documents = documents;
    this.#wish = wish;
    this.#shares = new Shares(documents, wish.shares);
    this.#wished = parts.filter((part) => wish.shares[part] > 0);
  }

  /** Leaves the documents of a group where they were, and sends the new ones where most of them are. */
  keep(group: Group): SplitWarning[] {
    const before = partsBefore(group, this.#wish.before);
    for (const document of group.documents)
      this.#put(document, this.#wish.before.get(document.id) ?? before[0]!);
    return before.length > 1 ? [{ kind: 'mixed-group', group: group.id, parts: before }] : [];
  }

  place({ documents, labels }: Group): void {
    const part = this.#shares.neediest(labels, documents.length);
    for (const document of documents) this.#put(document, part);
  }

  /** Gives a part that got nothing the smallest group of the part with most of the free groups. */
  fillEmpty(free: readonly Group[]): void {
    const partOf = ({ documents }: Group) => this.parts.get(documents[0]!.id);
    for (const part of this.#wished.filter((one) => !this.#has(one))) {
      const [richest = []] = parts
        .map((other) => free.filter((group) => partOf(group) === other))
        .sort((a, b) => b.length - a.length);
      if (richest.length < 2) return;
      const [smallest] = richest.toSorted((a, b) => a.documents.length - b.documents.length);
      for (const { id } of smallest!.documents) this.parts.set(id, part);
    }
  }

  warnings(): SplitWarning[] {
    const { length } = this.#documents;
    const labels = Object.keys(labelsOf(this.#documents)).sort(compareText);
    return [
      ...(length < 3 ? [{ kind: 'few-documents', documents: length } as const] : []),
      ...this.#wished.flatMap((part) => this.#missing(part, labels)),
    ];
  }

  #missing(part: Part, labels: readonly string[]): SplitWarning[] {
    if (!this.#has(part)) return [{ kind: 'empty-part', part }];
    const there = labelsOf(this.#documents.filter(({ id }) => this.parts.get(id) === part));
    const missing = labels.filter((label) => !Object.hasOwn(there, label));
    return missing.map((label) => ({ kind: 'missing-label', label, part }));
  }

  #has(part: Part): boolean {
    return this.#documents.some(({ id }) => this.parts.get(id) === part);
  }

  #put({ id, labels }: Splittable, part: Part): void {
    this.parts.set(id, part);
    this.#shares.add(labels, part);
  }
}
