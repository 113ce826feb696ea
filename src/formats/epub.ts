import type { Meta } from '../core/document.ts';
import { fileProblem, type FileProblem } from '../core/problem.ts';
import type { Reading } from '../core/transfer.ts';
import { bookPlan, type BookPlan } from './epub/book-plan.ts';
import { certainty, type Certainty, type Format, type Opening, type SourceFile } from './format.ts';
import { enumerated, type Composed } from './reading/composed-document.ts';
import { Composition } from './reading/composition.ts';
import type { HtmlText } from './reading/html-text.ts';
import { largestPart, type ZipParts } from './reading/zip-parts.ts';
import { zippedDocument } from './reading/zipped-document.ts';

/** A book is one document: its chapters in the order of reading, by the rule of `htmlText`, parted by an empty line. */
export const epub: Format = {
  name: 'EPUB',
  extensions: ['epub'],
  mediaType: 'application/epub+zip',
  recognise,
  read,
  losses: [],
};

function recognise({ extension, text }: Opening): Certainty {
  if (!text.startsWith('PK\x03\x04')) return certainty.no;
  return text.slice(0, 200).includes('application/epub+zip') || extension === 'epub'
    ? certainty.bySignature
    : certainty.no;
}

function read(file: SourceFile): AsyncGenerator<Reading> {
  return zippedDocument(file, (parts) => compose(file, parts));
}

async function compose(file: SourceFile, parts: ZipParts): Promise<Composed | { problem: FileProblem }> {
  const plan = await bookPlan(parts);
  if (!plan) {
    const message =
      'this file does not say in which order its chapters are read, so it is no EPUB that can be opened.';
    return { problem: fileProblem('refused', file.name, message) };
  }
  const chapters = [...new Set(plan.chapters)];
  const bytes = chapters.reduce((sum, chapter) => sum + parts.size(chapter), 0);
  if (bytes > largestPart) {
    const message = `this book was left out: its chapters have ${Math.round(bytes / 1e6)} MB when they are unpacked, and more than ${largestPart / 1e6} MB are not read.`;
    return { problem: fileProblem('refused', file.name, message) };
  }
  const { htmlText } = await import('./reading/html-text.ts');
  const composition = new Composition();
  const problems = repeated(plan.chapters).map((chapter) => {
    const message = `the chapter “${chapter}” stands several times in the order of reading; it was read once, where it stands first.`;
    return fileProblem('adjusted', file.name, message);
  });
  const left = { hidden: 0, pictures: 0, controls: 0 };
  for (const chapter of chapters) {
    const source = await parts.text(chapter).catch(() => undefined);
    const page = source === undefined ? undefined : htmlText(asHtml(source));
    if (!page) {
      const message = `the chapter “${chapter}” was left out: it is missing, damaged or locked.`;
      problems.push(fileProblem('refused', file.name, message));
    } else addChapter(composition, page, left);
  }
  const words = enumerated([
    [left.hidden, 'hidden part', 'hidden parts'],
    [left.pictures, 'picture', 'pictures'],
    [left.controls, 'frame, drawing or field', 'frames, drawings and fields'],
  ]);
  if (words !== '') problems.push(fileProblem('skipped', file.name, `left out of this book: ${words}.`));
  const { text, lineKinds } = composition;
  return { title: plan.meta['title'], text, lineKinds, meta: metaOf(plan), problems };
}

function repeated(chapters: readonly string[]): string[] {
  const seen = new Set<string>();
  const again = chapters.filter((chapter) => seen.size === seen.add(chapter).size);
  return [...new Set(again)];
}

function addChapter(
  composition: Composition,
  page: HtmlText,
  left: Record<'hidden' | 'pictures' | 'controls', number>,
): void {
  for (const key of ['hidden', 'pictures', 'controls'] as const) left[key] += page[key];
  if (page.text === '') return;
  if (!composition.isEmpty) composition.emptyLine('page');
  const kinds = new Map(page.lineKinds.map(({ line, kind }) => [line, kind]));
  for (const [index, line] of page.text.split('\n').entries()) {
    composition.write(line);
    composition.endLine(kinds.get(index));
  }
}

function metaOf({ meta: { title: _, ...rest } }: BookPlan): Meta {
  return rest;
}

/** Chapters are XHTML, where any element may be closed in its own tag; in HTML it would hold all that comes after it. */
function asHtml(source: string): string {
  return source.replace(
    /<([a-z][\w:.-]*)((?:\s+[^\s=/>"']+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*\/>/gi,
    (whole, name: string, attributes: string) =>
      /^(?:area|base|br|col|embed|hr|img|input|link|meta|source|track|wbr)$/i.test(name)
        ? whole
        : `<${name}${attributes}></${name}>`,
  );
}
