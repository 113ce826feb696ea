import { fileProblem, type FileProblem } from '../../core/problem.ts';
import type { SourceFile } from '../format.ts';
import { said } from '../reading/file-bytes.ts';
import { pageOf, type openPdf, type PdfPage } from './pdf-pages.ts';

export type Opened = Awaited<ReturnType<typeof openPdf>>;

/** Goes through the pages, and keeps what is to be told of them. */
export class PageTally {
  readonly #file: SourceFile;
  readonly #empty: number[] = [];
  readonly #problems: FileProblem[] = [];
  #hyphens = 0;
  #notes = 0;

  constructor(file: SourceFile) {
    this.#file = file;
  }

  get broken(): number {
    return this.#problems.length;
  }

  async take(opened: Opened, number: number): Promise<PdfPage | undefined> {
    try {
      const page = await pageOf(opened, number);
      if (page.lines.length === 0) this.#empty.push(number);
      this.#hyphens += page.hyphens;
      this.#notes += page.notes;
      return page;
    } catch (reason) {
      const message = `page ${number} was left out: it cannot be read (${said(reason)}).`;
      this.#problems.push(fileProblem('refused', this.#file.name, message));
      return undefined;
    }
  }

  problems(): readonly FileProblem[] {
    const { name } = this.#file;
    const of = (count: number, one: string, many: string) => `${count} ${count === 1 ? one : many}`;
    return [
      ...this.#problems,
      ...(this.#empty.length === 0
        ? []
        : [
            fileProblem(
              'skipped',
              name,
              `without text, so empty or a scanned picture: page ${listed(this.#empty)}.`,
            ),
          ]),
      ...(this.#notes === 0
        ? []
        : [
            fileProblem(
              'skipped',
              name,
              `left out: ${of(this.#notes, 'note that a reader', 'notes that readers')} put on the pages.`,
            ),
          ]),
      ...(this.#hyphens === 0
        ? []
        : [
            fileProblem(
              'adjusted',
              name,
              `words divided at line ends were joined again: ${of(this.#hyphens, 'hyphen', 'hyphens')} taken out.`,
            ),
          ]),
    ];
  }
}

/** "1, 3–5" for ascending numbers. */
function listed(numbers: readonly number[]): string {
  const ranges: [number, number][] = [];
  for (const number of numbers) {
    const last = ranges.at(-1);
    if (last?.[1] === number - 1) last[1] = number;
    else ranges.push([number, number]);
  }
  return ranges.map(([first, last]) => (first === last ? `${first}` : `${first}–${last}`)).join(', ');
}
