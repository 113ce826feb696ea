import { trimSpace } from './boundaries.ts';
import type { LineKinds } from './layout.ts';
import { offsetMap, type OffsetMap, type Range } from './offset.ts';
import { sentencesIn } from './sentences.ts';
import { countSpans } from './sheet.ts';
import type { Relation } from './relation.ts';
import type { Span } from './span.ts';
import { hashText } from './text.ts';
import type { OutgoingDocument } from './transfer.ts';

/** What goes out as a document of its own. */
export type TextUnit = 'document' | 'paragraph' | 'sentence';

/** A document cut into pieces, and how much of what was marked lies across a cut. */
export interface Cut {
  /** In order. What is not in them of the text is white space. */
  readonly pieces: readonly OutgoingDocument[];
  /** Spans that no piece holds whole. */
  readonly cutSpans: number;
  /** Relations whose spans are not both in the same piece. */
  readonly cutRelations: number;
}

/**
 * Cuts a document into paragraphs, which are runs of lines without a blank one between, or into their sentences. A piece
 * has the facts of its document, an id and a title with its number, and where it begins, in code points, as `start` among
 * its metadata.
 */
export function cut(document: OutgoingDocument, unit: TextUnit): Cut {
  if (unit === 'document') return { pieces: [document], cutSpans: 0, cutRelations: 0 };
  const ranges = piecesOf(document, unit);
  const marks = marksByPiece(document, ranges);
  const [offsets, lines] = [offsetMap(document.text), lineStartsOf(document.text)];
  const pieces = ranges.map((range, index) =>
    pieceOf(document, range, index + 1, marks[index]!, { offsets, lines }),
  );
  const kept = (part: 'spans' | 'relations') => marks.reduce((sum, held) => sum + held[part].length, 0);
  return {
    pieces,
    cutSpans: document.spans.length - kept('spans'),
    cutRelations: document.relations.length - kept('relations'),
  };
}

/** The id of the document that a piece is cut from. Ids of documents may look like those of pieces themselves. */
export function cutFrom(id: string, unit: TextUnit): string {
  return unit === 'document' ? id : id.slice(0, id.lastIndexOf('#'));
}

/** Without the white space around each. */
function piecesOf({ text, lineKinds = [] }: OutgoingDocument, unit: 'paragraph' | 'sentence'): Range[] {
  const paragraphs = paragraphsOf(text);
  const starts = unit === 'sentence' ? blockStarts(text, lineKinds) : new Set<number>();
  const whole =
    unit === 'paragraph' ? paragraphs : paragraphs.flatMap((passage) => sentencesIn(text, passage, starts));
  return whole.flatMap((range) => trimSpace(text, range) ?? []);
}

function paragraphsOf(text: string): Range[] {
  const paragraphs: Range[] = [];
  let start = 0;
  for (const { 0: gap, index } of text.matchAll(/\n(?:[^\S\n]*\n)+/g)) {
    paragraphs.push({ start, end: index });
    start = index + gap.length;
  }
  return [...paragraphs, { start, end: text.length }];
}

/** Where lines begin that are a block of their own, such as a heading or an item, and where the line behind such a one does. */
function blockStarts(text: string, lineKinds: LineKinds): Set<number> {
  const lines = lineStartsOf(text);
  const blocks = lineKinds.filter(({ kind }) => kind !== 'quotation' && kind !== 'code');
  return new Set(blocks.flatMap(({ line }) => [line, line + 1]).flatMap((line) => lines[line] ?? []));
}

function lineStartsOf(text: string): readonly number[] {
  return [0, ...Array.from(text.matchAll(/\n/g), ({ index }) => index + 1)];
}

interface Marks {
  readonly spans: Span[];
  readonly relations: Relation[];
}

/** The spans that a piece holds whole, and the relations between them, for each piece. */
function marksByPiece({ spans, relations }: OutgoingDocument, pieces: readonly Range[]): readonly Marks[] {
  const marks = pieces.map((): Marks => ({ spans: [], relations: [] }));
  const homes = new Map<string, Marks>();
  const starts = pieces.map(({ start }) => start);
  for (const span of spans) {
    const index = lastAtOrBefore(starts, span.start);
    if (index < 0 || span.end > pieces[index]!.end) continue;
    marks[index]!.spans.push(span);
    homes.set(span.id, marks[index]!);
  }
  for (const relation of relations) {
    const home = homes.get(relation.head);
    if (home && home === homes.get(relation.child)) home.relations.push(relation);
  }
  return marks;
}

/** The index of the last of the ascending offsets that is not beyond a place; −1 when all are. */
function lastAtOrBefore(offsets: readonly number[], place: number): number {
  let low = 0;
  let high = offsets.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (offsets[middle]! <= place) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

function pieceOf(
  { document, text: whole, lineKinds }: OutgoingDocument,
  { start, end }: Range,
  number: number,
  { spans: held, relations }: Marks,
  { offsets, lines }: { readonly offsets: OffsetMap; readonly lines: readonly number[] },
): OutgoingDocument {
  const text = whole.slice(start, end);
  const spans = held.map((span) => ({ ...span, start: span.start - start, end: span.end - start }));
  const { id, title, meta } = document;
  return {
    document: {
      ...document,
      id: `${id}#${number}`,
      title: `${title} #${number}`,
      length: text.length,
      hash: hashText(text),
      counts: countSpans(spans),
      meta: { ...meta, [freeKey(meta, 'start')]: offsets.toCodePoint(start) },
    },
    text,
    spans,
    relations,
    ...(lineKinds && {
      lineKinds: kindsIn(lineKinds, lastAtOrBefore(lines, start), lastAtOrBefore(lines, end - 1)),
    }),
  };
}

/** What the metadata have under the key themselves stays. */
function freeKey(meta: object, key: string): string {
  return Object.hasOwn(meta, key) ? freeKey(meta, `piece_${key}`) : key;
}

function kindsIn(lineKinds: LineKinds, first: number, last: number): LineKinds {
  return lineKinds
    .filter(({ line }) => line >= first && line <= last)
    .map(({ line, kind }) => ({ line: line - first, kind }));
}
