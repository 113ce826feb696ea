import type { Meta } from '../core/document.ts';
import { fileProblem } from '../core/problem.ts';
import type { Reading } from '../core/transfer.ts';
import { certainty, type Certainty, type Format, type Opening, type SourceFile } from './format.ts';
import { composedDocument } from './reading/composed-document.ts';
import { Composition } from './reading/composition.ts';
import { allBytes, said } from './reading/file-bytes.ts';
import type { Opened } from './pdf/page-tally.ts';

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
  let opened: Opened;
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

async function* readPages(file: SourceFile, opened: Opened): AsyncGenerator<Reading> {
  const composition = new Composition();
  const { PageTally } = await import('./pdf/page-tally.ts');
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
