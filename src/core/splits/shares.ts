import { parts, type Part, type PartShares } from './part.ts';

type LabelCounts = Readonly<Record<string, number>>;

/** How full the parts are, of documents and of each label. */
export class Shares {
  /** How many documents each part should have; parts that should have none are not in it. */
  readonly #wanted: ReadonlyMap<Part, number>;
  readonly #scales: ReadonlyMap<string, number>;
  readonly #have = new Map(parts.map((part) => [part, new Map<string, number>()]));
  readonly #documents = new Map<Part, number>();

  /** @throws RangeError when no share is above zero. */
  constructor(documents: readonly { readonly labels: LabelCounts }[], shares: PartShares) {
    const wished = parts.filter((part) => shares[part] > 0);
    if (wished.length === 0) throw new RangeError(`no part has a share in ${JSON.stringify(shares)}`);
    const sum = wished.reduce((all, part) => all + shares[part], 0);
    this.#wanted = new Map(wished.map((part) => [part, (shares[part] / sum) * documents.length]));
    this.#scales = scalesOf(documents);
  }

  add(labels: LabelCounts, part: Part): void {
    const have = this.#have.get(part)!;
    for (const [label, count] of Object.entries(labels)) have.set(label, (have.get(label) ?? 0) + count);
    this.#documents.set(part, (this.#documents.get(part) ?? 0) + 1);
  }

  /** The part that comes closest to its wish, or strays least from it, by so many documents with these labels. */
  neediest(labels: LabelCounts, documents: number): Part {
    const [first, ...others] = Array.from(this.#wanted.keys(), (part) => ({
      part,
      strain: this.#strain(part, labels, documents),
    }));
    return others.reduce((best, other) => (other.strain < best.strain ? other : best), first!).part;
  }

  /** How much more (or, below zero, less) a part would stray from its wish: squares over what is wished for, as in χ². */
  #strain(part: Part, labels: LabelCounts, documents: number): number {
    const wanted = this.#wanted.get(part)!;
    const grown = (have: number, more: number) => (more * (2 * (have - wanted) + more)) / wanted;
    let strain = grown(this.#documents.get(part) ?? 0, documents) * Math.max(1, Object.keys(labels).length);
    for (const [label, count] of Object.entries(labels)) {
      const scale = this.#scales.get(label) ?? 0;
      strain += grown((this.#have.get(part)!.get(label) ?? 0) * scale, count * scale);
    }
    return strain;
  }
}

/** What makes a label's counts add up to the number of documents, so that frequent labels do not outweigh rare ones. */
function scalesOf(documents: readonly { readonly labels: LabelCounts }[]): Map<string, number> {
  const sums = new Map<string, number>();
  for (const { labels } of documents)
    for (const [label, count] of Object.entries(labels)) sums.set(label, (sums.get(label) ?? 0) + count);
  return new Map(Array.from(sums, ([label, sum]) => [label, sum > 0 ? documents.length / sum : 0]));
}
