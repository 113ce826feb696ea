import type { Scheme } from '../scheme.ts';
import { binOf, medianOf, type Bin } from './lengths.ts';

/** How often something is there, and in which documents: their places in a list of ids, ascending, each once. */
export interface Figure<Key> {
  readonly key: Key;
  readonly count: number;
  readonly documents: readonly number[];
}

/** Measures of one kind, by size. */
export interface Distribution {
  /** Ascending, up to the last bin with something in it. */
  readonly bins: readonly Figure<Bin>[];
  /** Absent when there was nothing to measure. */
  readonly median?: number;
}

/** Counts by key, with the documents of each. Documents are given in ascending order of their places. */
export class Buckets<Key> {
  readonly #buckets = new Map<Key, { count: number; documents: number[] }>();

  get size(): number {
    return this.#buckets.size;
  }

  add(key: Key, document: number, count = 1): void {
    let bucket = this.#buckets.get(key);
    if (!bucket) this.#buckets.set(key, (bucket = { count: 0, documents: [] }));
    bucket.count += count;
    if (bucket.documents.at(-1) !== document) bucket.documents.push(document);
  }

  figure(key: Key): Figure<Key> {
    return { key, ...(this.#buckets.get(key) ?? { count: 0, documents: [] }) };
  }

  /** The most frequent first, and equally frequent ones by key. */
  byCount(): Figure<Key>[] {
    return this.byKey().sort((a, b) => b.count - a.count);
  }

  byKey(): Figure<Key>[] {
    return [...this.#buckets.keys()].sort((a, b) => (a < b ? -1 : 1)).map((key) => this.figure(key));
  }

  /** A figure for each bin, for keys that are places of bins. */
  byBin(bins: readonly Bin[]): Figure<Bin>[] {
    const figures = bins.map((bin, place) => ({ ...this.figure(place as Key), key: bin }));
    return figures.slice(0, figures.findLastIndex(({ count }) => count > 0) + 1);
  }
}

/** Sizes of one kind, sorted into bins. */
export class SizeTally {
  readonly #bins: readonly Bin[];
  readonly #buckets = new Buckets<number>();
  readonly #occurrences = new Map<number, number>();

  constructor(bins: readonly Bin[]) {
    this.#bins = bins;
  }

  add(size: number, document: number): void {
    this.#buckets.add(binOf(this.#bins, size), document);
    this.#occurrences.set(size, (this.#occurrences.get(size) ?? 0) + 1);
  }

  distribution(): Distribution {
    const median = medianOf(this.#occurrences);
    return { bins: this.#buckets.byBin(this.#bins), ...(median !== undefined && { median }) };
  }
}

/** Counts of pairs of labels that have no direction: the one earlier in the scheme comes first. */
export class LabelPairs {
  readonly #ids: string[] = [];
  readonly #places = new Map<string, number>();
  readonly #buckets = new Buckets<number>();

  constructor({ labels }: Scheme) {
    for (const { id } of labels) this.#seat(id);
  }

  add(oneId: string, otherId: string, document: number): void {
    const places = [oneId, otherId].map((id) => this.#places.get(id) ?? this.#seat(id));
    this.#buckets.add(Math.min(...places) * manyLabels + Math.max(...places), document);
  }

  byCount(): Figure<readonly [string, string]>[] {
    return this.#buckets.byCount().map((figure) => {
      const [first, second] = [Math.floor(figure.key / manyLabels), figure.key % manyLabels];
      return { ...figure, key: [this.#ids[first]!, this.#ids[second]!] };
    });
  }

  /** A span may outlive its label's entry in a damaged scheme, and such labels come last. */
  #seat(labelId: string): number {
    const place = this.#ids.push(labelId) - 1;
    this.#places.set(labelId, place);
    return place;
  }
}

/** More labels than any scheme has, so that a pair of places is one number. */
const manyLabels = 2 ** 24;
