import type { Meta } from '../core/document.ts';
import { fileProblem, type FileProblem } from '../core/problem.ts';
import type { Reading } from '../core/transfer.ts';
import { certainty, type Certainty, type Format, type Opening, type SourceFile } from './format.ts';
import { composedDocument } from './reading/composed-document.ts';
import { Composition } from './reading/composition.ts';
import { allBytes, said } from './reading/file-bytes.ts';
import type { PdfPage } from './pdf/pdf-pages.ts';

/** The words of a PDF page by page, in the order of `inReadingOrder`, as paragraphs by the rule of `paragraphsOf`. */
export const pdf: Format = {
  name: 'PDF',
  extensions: ['pdf'],
  mediaType: 'application/pdf',
  recognise,
  read,
  losses: [],
};

function recognise({ text }: Opening): Certainty {
  return /^[^]{0,1000}%PDF-\d/.test(text.slice(0, 1024)) && !/^\s*[[{<]/.test(text)
    ? certainty.bySignature
    : certainty.no;
}

const largestFile = 1_000_000_000;

async function* read(file: SourceFile): AsyncGenerator<Reading> {
  if (file.size > largestFile)
    return yield refused(file, 'this PDF is bigger than 1 GB; cut it into several.');
  const { openPdf } = await import('./pdf/pdf-pages.ts');
  let opened: Awaited<ReturnType<typeof openPdf>>;
  try {
    opened = await openPdf(await allBytes(file));
  } catch (reason) {
    return yield refused(file, whyClosed(reason));
  }
  try {
    yield* readPages(file, opened);
  } finally {
    await opened.loadingTask.destroy();
  }
}

type Opened = Awaited<ReturnType<typeof import('./pdf/pdf-pages.ts').openPdf>>;

async function* readPages(file: SourceFile, opened: Opened): AsyncGenerator<Reading> {
  const composition = new Composition();
  const tally = new PageTally(file);
  for (let number = 1; number <= opened.numPages; number++) {
    const page = await tally.take(opened, number);
    if (number > 1) composition.emptyLine('page');
    for (const line of page?.lines ?? []) {
      composition.write(line);
      composition.endLine();
    }
  }
  const { text, lineKinds } = composition;
  if (text.trim() === '' && tally.broken === 0) {
    const message =
      'this PDF has no text: its pages are empty, or pictures of paper. Have their text recognised (OCR), then import it.';
    return yield refused(file, message);
  }
  yield* composedDocument(file.name, {
    text,
    lineKinds,
    meta: await metaOf(opened),
    problems: tally.problems(),
  });
}

/** Goes through the pages, and keeps what is to be told of them. */
class PageTally {
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
    const { pageOf } = await import('./pdf/pdf-pages.ts');
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

async function metaOf(opened: Opened): Promise<Meta> {
  const meta: Record<string, string> = {};
  try {
    const info = (await opened.getMetadata()).info as Readonly<Record<string, unknown>>;
    for (const [key, field] of [
      ['title', 'Title'],
      ['author', 'Author'],
    ] as const) {
      const value = info[field];
      if (typeof value === 'string' && value.trim() !== '') meta[key] = value.trim();
    }
  } catch {
    // What a file says of itself is not worth losing its text for.
    return meta;
  }
  return meta;
}

function whyClosed(reason: unknown): string {
  return reason instanceof Error && reason.name === 'PasswordException'
    ? 'this PDF is locked with a password; save it without one and import it again.'
    : `this PDF is damaged and cannot be opened (${said(reason)}).`;
}

function refused(file: SourceFile, message: string): Reading {
  return { kind: 'problem', problem: fileProblem('refused', file.name, message) };
}
