import { LineIndex } from '../core/line-index.ts';
import type { Range } from '../core/offset.ts';
import { linesPerSection } from './schema.ts';

/**
 * Offsets into the text against ProseMirror's positions and the places of lines, by arithmetic alone. One line feed is
 * one offset and, within a section, two steps of position: `position = offset + line + 2 * section + 2`.
 */
export class Positions {
  readonly #lines: LineIndex;
  readonly #length: number;

  constructor(text: string) {
    this.#lines = new LineIndex(text);
    this.#length = text.length;
  }

  /** @throws RangeError when the offset lies outside the text. */
  toPosition(offset: number): number {
    if (!(offset >= 0 && offset <= this.#length))
      throw new RangeError(`offset ${offset} is outside the text`);
    const line = this.#lines.at(offset);
    return this.#startOf(line) + offset - this.#lines.range(line).start;
  }

  /** The offset of a position; one between two blocks counts as the end of the line before it. */
  toOffset(position: number): number {
    const line = this.#lines.last((index) => this.#startOf(index) <= position);
    const { start, end } = this.#lines.range(line);
    return Math.min(end, Math.max(start, start + position - this.#startOf(line)));
  }

  lineOf(offset: number): number {
    return this.#lines.at(offset);
  }

  lineRange(line: number): Range {
    return this.#lines.range(line);
  }

  sectionOf(line: number): number {
    return Math.floor(line / linesPerSection);
  }

  #startOf(line: number): number {
    return this.#lines.range(line).start + line + 2 * this.sectionOf(line) + 2;
  }
}
