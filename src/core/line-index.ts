import type { Range } from './offset.ts';

/** The lines of a text, found by offset. Lines count from 0 and do not include their line feed. */
export class LineIndex {
  readonly #starts: Uint32Array;
  readonly #length: number;

  constructor(text: string) {
    this.#length = text.length;
    const starts = [0];
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
    this.#starts = Uint32Array.from(starts);
  }

  get count(): number {
    return this.#starts.length;
  }

  /** The line that the offset lies in; the place before a line feed belongs to its line. */
  at(offset: number): number {
    return this.last((line) => this.#starts[line]! <= offset);
  }

  /** The offsets of a line; an empty line is an empty range, the one exception to ranges being never empty. */
  range(line: number): Range {
    const next = this.#starts[line + 1];
    return { start: this.#starts[line]!, end: next === undefined ? this.#length : next - 1 };
  }

  /** The last line for which the condition holds; it holds for the first and, once it fails, fails ever after. */
  last(holds: (line: number) => boolean): number {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (holds(middle)) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}
