import type { LineKind } from '../../core/layout.ts';
import { Composition } from './composition.ts';

/**
 * The paragraphs and tables of a word processor as lines: a paragraph is a line, a row is one with its cells parted by
 * tabs, where a further paragraph of a cell begins a new one. Boxes come after the paragraph that they hang on.
 */
export class Story {
  readonly composition = new Composition();
  readonly #boxes: Composition[] = [];
  /** For each row that is open, the cells so far, and the paragraphs of the last of them. */
  readonly #rows: { cells: number; paragraphs: number }[] = [];

  get isInTable(): boolean {
    return this.#rows.length > 0;
  }

  beginRow(): void {
    this.composition.endBlock(this.isInTable ? 'table' : undefined);
    this.#rows.push({ cells: 0, paragraphs: 0 });
  }

  beginCell(): void {
    const row = this.#rows.at(-1);
    if (!row) return;
    if (row.cells++ > 0) this.composition.write('\t');
    row.paragraphs = 0;
  }

  endRow(): void {
    if (this.#rows.pop()) this.composition.endLine('table');
  }

  /** `goesOn` says that it stands on the line of the one before. */
  beginParagraph(goesOn = false): void {
    const row = this.#rows.at(-1);
    if (row && row.paragraphs++ > 0 && !goesOn) this.composition.endBlock('table');
  }

  endParagraph(kind: LineKind | undefined): void {
    if (this.isInTable) return;
    this.composition.endLine(kind);
    this.finish();
  }

  hang(box: Story): void {
    box.finish();
    this.#boxes.push(box.composition);
  }

  /** Adds the boxes that no paragraph came after, such as those that hang in the last table. */
  finish(): void {
    for (const box of this.#boxes.splice(0)) this.composition.append(box);
  }
}
