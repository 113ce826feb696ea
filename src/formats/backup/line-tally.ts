/** Lines of one part that are not there or not sound, both ends included, counting from 1. */
export interface LineRange {
  readonly first: number;
  readonly last: number;
}

/** Which lines of a part have been seen: they come in order, but for those that damage has moved. */
export class LineTally {
  #gaps: LineRange[] = [];
  #next = 1;

  /** The line that should come now. */
  get next(): number {
    return this.#next;
  }

  /** Notes a line; tells whether it is seen for the first time. */
  see(line: number): boolean {
    if (line >= this.#next) {
      if (line > this.#next) this.#gaps.push({ first: this.#next, last: line - 1 });
      this.#next = line + 1;
      return true;
    }
    const gap = this.#gaps.find(({ first, last }) => first <= line && line <= last);
    if (!gap) return false;
    const rest = [
      { first: gap.first, last: line - 1 },
      { first: line + 1, last: gap.last },
    ];
    this.#gaps = [
      ...this.#gaps.filter((one) => one !== gap),
      ...rest.filter(({ first, last }) => first <= last),
    ];
    return true;
  }

  /** The lines that were not seen, of a part that has so many; without a number only those before one that was seen. */
  missing(lines = this.#next - 1): LineRange[] {
    const end = this.#next <= lines ? [{ first: this.#next, last: lines }] : [];
    return [...this.#gaps, ...end].sort((a, b) => a.first - b.first);
  }
}
