import type { Span } from '../../core/span.ts';
import type { OutgoingDocument } from '../../core/transfer.ts';
import type { Held, WriteOptions, Written } from '../format.ts';
import { unitMap } from '../units.ts';
import { FileNames } from '../writing/file-names.ts';
import { loss, lossesOf } from '../writing/losses.ts';
import { checkSpan } from '../writing/places.ts';
import { AnnWriter } from './ann-lines.ts';
import { bratConf } from './conf.ts';
import { rejoined } from './fragments.ts';
import { documentMark } from './marks.ts';
import { marksOf, type Mark, type Marks } from './marks-of.ts';
import { Usage } from './usage.ts';

/** A pair of files for each document, in a folder for each annotator where a document has several; last the scheme. */
export async function* writeBrat(
  documents: AsyncIterable<OutgoingDocument>,
  options: WriteOptions,
): AsyncGenerator<Written> {
  const names = new FileNames();
  const folders = new Map<string, string>();
  const usage = new Usage();
  const folderNames = new FileNames();
  const folderOf = (annotator: string) => {
    const folder = folders.get(annotator) ?? folderNames.take(annotator);
    folders.set(annotator, folder);
    return `${folder}/`;
  };
  for await (const document of documents)
    yield* writeDocument(document, names.take(document.document.title), folderOf, usage, options);
  yield { kind: 'file', path: 'annotation.conf' };
  yield bratConf(options.scheme, usage);
}

function* writeDocument(
  document: OutgoingDocument,
  name: string,
  folderOf: (annotator: string) => string,
  usage: Usage,
  { scheme }: WriteOptions,
): Generator<Written> {
  const { text, spans, relations } = document;
  const counts = new Map<string, number>();
  const count = (what: string) => counts.set(what, (counts.get(what) ?? 0) + 1);
  const map = unitMap(text, 'codepoint');
  const annotators = annotatorsOf(spans);
  let foreign = 0;
  for (const [index, annotator] of annotators.entries()) {
    const own = spans.filter((span) => span.annotator === annotator);
    for (const span of own) checkSpan(span, text);
    const theirs = new Set(own.map(({ id }) => id));
    const between = relations.filter(({ head, child }) => theirs.has(head) && theirs.has(child));
    const marks = marksOf(text, own, between, scheme);
    for (const mark of marks.marks) countCuts(mark, count);
    if (annotators.length > 1) foreign += foreignRelations(marks, annotator);
    // Lines that nobody's marks are in belong to the document, and stand once.
    const meta = index === 0 ? document.document.meta : {};
    const writer = new AnnWriter(text, map, marks, scheme, usage, count, meta);
    const path = `${annotators.length > 1 ? folderOf(annotator!) : ''}${name}`;
    yield { kind: 'file', path: `${path}.txt` };
    yield text;
    yield { kind: 'file', path: `${path}.ann` };
    yield writer
      .lines()
      .map((line) => `${line}\n`)
      .join('');
  }
  yield* [...counts].map(([what, number]) => loss(number, what));
  yield* lossesOf(withoutOwnMeta(document), {
    relations: true,
    relationAttributes: true,
    attributes: true,
    notes: true,
    annotators: annotators.length > 1,
  });
  yield* strayRelations(document);
  if (foreign > 0) yield loss(foreign, 'relations’ names of who made them');
}

/** Those who marked the text, in order; one that is nobody in particular when nobody did. */
function annotatorsOf(spans: readonly Span[]): readonly (string | undefined)[] {
  const all = [...new Set(spans.map(({ annotator }) => annotator))].sort();
  return all.length > 0 ? all : [undefined];
}

function* strayRelations({ spans, relations }: OutgoingDocument): Generator<Written> {
  const annotators = new Map(spans.map(({ id, annotator }) => [id, annotator]));
  const stray = relations.filter(({ head, child }) => {
    const [one, other] = [annotators.get(head), annotators.get(child)];
    return one === undefined || one !== other;
  });
  if (stray.length > 0) yield loss(stray.length, 'relations whose ends are not in one file');
}

/** Relations in the folder of an annotator who did not make them. */
function foreignRelations({ marks, relations }: Marks, annotator: string | undefined): number {
  const written = marks.filter(({ pieces }) => pieces.length > 0);
  const ids = new Set(written.flatMap(({ spans }) => spans.map(({ id }) => id)));
  return relations.filter((one) => ids.has(one.head) && ids.has(one.child) && one.annotator !== annotator)
    .length;
}

function countCuts({ spans, pieces }: Mark, count: (what: string) => void): void {
  if (pieces.length === 0) return count('marks that cover nothing but white space');
  if (pieces[0]!.start !== spans[0]!.start || pieces.at(-1)!.end !== spans.at(-1)!.end)
    count('marks that begin or end with a line break or a tab, which they lose');
}

/** What came out of a file of brat goes back into it. */
function withoutOwnMeta(document: OutgoingDocument): OutgoingDocument {
  const { [documentMark]: _, ...meta } = document.document.meta;
  return { ...document, document: { ...document.document, meta } };
}

/** Every mark with words, without the white space that it loses at its ends. */
export function heldInBrat({ text, spans, relations }: OutgoingDocument, { scheme }: WriteOptions): Held {
  const held = annotatorsOf(spans).flatMap((annotator) => {
    const own = spans.filter((span) => span.annotator === annotator);
    return marksOf(text, own, relations, scheme).marks.flatMap(({ spans: fragments, pieces }) =>
      rejoined(text, pieces).map(({ start, end }) => {
        const span = fragments.find((fragment) => fragment.start <= start && start < fragment.end)!;
        return { ...span, start, end, text: text.slice(start, end) };
      }),
    );
  });
  return { text: 'exact', spans: held };
}
