import { LineIndex } from '../line-index.ts';
import type { Range } from '../offset.ts';
import type { Relation } from '../relation.ts';
import type { Sheet } from '../sheet.ts';
import type { Span } from '../span.ts';
import type { Finding, InDocument, SpanFault } from './finding.ts';

/** Finds the place where the words stand most likely, near an offset. */
export type FindWords = (text: string, quote: string, near: number) => Range | undefined;

/** What is wrong with where a span stands in its text; `undefined` when nothing is. */
export function faultOf(text: string, { start, end, text: quote }: Span): SpanFault | undefined {
  if (!Number.isInteger(start) || !Number.isInteger(end) || start < 0 || end > text.length) return 'outside';
  if (start >= end) return 'empty';
  const here = text.slice(start, end);
  // A half of a character that takes two units is no character, and the text as a whole has none.
  if (!here.isWellFormed()) return 'split';
  return here === quote ? undefined : 'other-words';
}

/** Whether a relation joins two spans that are there; `undefined` when it does. */
export function faultOfRelation(
  { head, child }: Relation,
  spanIds: ReadonlySet<string>,
): 'no end' | 'to itself' | undefined {
  if (head === child) return 'to itself';
  return spanIds.has(head) && spanIds.has(child) ? undefined : 'no end';
}

/** All that is wrong with what is marked on a text, in the order of the sheet. */
export function faultsOfSheet(place: InDocument, text: string, sheet: Sheet, find: FindWords): Finding[] {
  let lines: LineIndex | undefined;
  const lineOf = (offset: number) => (lines ??= new LineIndex(text)).at(offset) + 1;
  return [
    ...sheet.spans.flatMap((span) => misplaced(place, text, span, find, lineOf)),
    ...unlinked(place, sheet, lineOf),
  ];
}

/** No more of what stands somewhere is worth telling. */
const mostWords = 200;

function misplaced(
  place: InDocument,
  text: string,
  span: Span,
  find: FindWords,
  lineOf: (offset: number) => number,
): Finding[] {
  const fault = faultOf(text, span);
  if (!fault) return [];
  const isInside = Number.isInteger(span.start) && span.start >= 0 && span.start <= text.length;
  const near = isInside ? span.start : 0;
  const found = find(text, span.text, near);
  return [
    {
      kind: 'misplaced',
      ...place,
      fault,
      span,
      ...(isInside && { line: lineOf(span.start) }),
      here: isInside ? text.slice(span.start, Math.min(span.end, span.start + mostWords)).toWellFormed() : '',
      ...(found && {
        to: { ...rangeOf(found), text: text.slice(found.start, found.end), line: lineOf(found.start) },
      }),
    },
  ];
}

function rangeOf({ start, end }: Range): Range {
  return { start, end };
}

function unlinked(
  place: InDocument,
  { spans, relations }: Sheet,
  lineOf: (offset: number) => number,
): Finding[] {
  if (relations.length === 0) return [];
  const byId = new Map(spans.map((span) => [span.id, span]));
  const ids = new Set(byId.keys());
  return relations.flatMap((relation): Finding[] => {
    const fault = faultOfRelation(relation, ids);
    if (!fault) return [];
    const end = byId.get(relation.head) ?? byId.get(relation.child);
    const isPlaced = end !== undefined && end.start >= 0;
    return [
      {
        kind: 'unlinked',
        ...place,
        fault,
        relation,
        ...(end && { quote: end.text }),
        ...(isPlaced && { line: lineOf(end.start) }),
      },
    ];
  });
}
