import type { Range } from '../offset.ts';

/** Ranges of a text that do not overlap, in order. Kept as numbers alone: a letter has many hits in a long text. */
export class Hits {
  readonly #starts: Uint32Array;
  readonly #ends: Uint32Array;

  constructor(starts: readonly number[] = [], ends: readonly number[] = []) {
    this.#starts = Uint32Array.from(starts);
    this.#ends = Uint32Array.from(ends);
  }

  get count(): number {
    return this.#starts.length;
  }

  /** @throws RangeError when there is no such hit. */
  at(index: number): Range {
    const [start, end] = [this.#starts[index], this.#ends[index]];
    if (start === undefined || end === undefined)
      throw new RangeError(`hit ${index} of ${this.count} does not exist`);
    return { start, end };
  }

  /** The index of the first hit that starts at or after the offset; `count` if there is none. */
  from(offset: number): number {
    let low = 0;
    let high = this.count;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#starts[middle]! < offset) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** The index of exactly this range; -1 when it is none of the hits. */
  indexOf({ start, end }: Range): number {
    const index = this.from(start);
    return this.#starts[index] === start && this.#ends[index] === end ? index : -1;
  }

  /** The hits that overlap the range. */
  within({ start, end }: Range): Range[] {
    const before = this.from(start) - 1;
    const first = before >= 0 && this.#ends[before]! > start ? before : before + 1;
    const found: Range[] = [];
    for (let index = first; index < this.count && this.#starts[index]! < end; index++)
      found.push(this.at(index));
    return found;
  }

  *[Symbol.iterator](): Generator<Range> {
    for (let index = 0; index < this.count; index++) yield this.at(index);
  }
}
