import { labelOf } from '../../core/scheme.ts';
import { relationTypeOf } from '../../core/schemes/relation-type.ts';
import { compareRelations, type Relation } from '../../core/relation.ts';
import { compareSpans, type Span } from '../../core/span.ts';
import type { OutgoingDocument } from '../../core/transfer.ts';
import type { Held, WriteOptions, Written } from '../format.ts';
import { FileNames } from '../writing/file-names.ts';
import { loss, lossesOf } from '../writing/losses.ts';
import { checkSpan } from '../writing/places.ts';
import { snap, tokensOf, type Token } from '../writing/tokens.ts';
import { FeatureColumns, type Count } from './columns.ts';
import { escapedText } from './escapes.ts';
import { relationLayer, spanLayer } from './layers.ts';
import { Sheet, type Placed } from './sheet.ts';
import { tsvFile } from './tsv-rows.ts';

/** A file for each document. */
export async function* writeWebAnno(
  documents: AsyncIterable<OutgoingDocument>,
  options: WriteOptions,
): AsyncGenerator<Written> {
  const names = new FileNames();
  for await (const document of documents) {
    const counts = new Map<string, number>();
    const count = (what: string, number = 1) => void counts.set(what, (counts.get(what) ?? 0) + number);
    yield { kind: 'file', path: `${names.take(document.document.title)}.tsv` };
    yield writtenSheet(document, options, count);
    yield* [...counts].map(([what, number]) => loss(number, what));
    yield* lossesOf(document, {
      ...{ relations: true, relationAttributes: true, attributes: true, notes: true, annotators: true },
    });
  }
}

function writtenSheet(document: OutgoingDocument, { scheme }: WriteOptions, count: Count): string {
  const { text } = document;
  for (const span of document.spans) checkSpan(span, text);
  const tokens = tokensOf(text);
  const placed = placedSpans(document.spans, tokens, count);
  const ids = new Set(placed.map(({ span }) => span.id));
  const relations = document.relations
    .filter(({ head, child }) => ids.has(head) && ids.has(child))
    .sort(compareRelations);
  for (const _ of document.relations.slice(relations.length))
    count('relations of spans that are not written');
  if (tokens.length === 0) count('documents without words');
  const spanSaid = (span: Span) => ({ ...span, label: labelOf(scheme, span.label).value });
  const relationSaid = (relation: Relation) => ({
    ...relation,
    label: relationTypeOf(scheme, relation.label).value,
  });
  const spanColumns = new FeatureColumns(
    placed.map(({ span }) => spanSaid(span)),
    count,
  );
  const relationColumns = new FeatureColumns(relations.map(relationSaid), count);
  const sheet = new Sheet(text, tokens, placed);
  const spanCells = new Map(placed.map(({ span }) => [span.id, spanColumns.cells(spanSaid(span))]));
  for (const relation of relations) sheet.join(relation, relationColumns.cells(relationSaid(relation)));
  const header = [
    '#FORMAT=WebAnno TSV 3.3',
    ...(placed.length > 0 ? [`#T_SP=${[spanLayer, ...spanColumns.names].join('|')}`] : []),
    ...(relations.length > 0
      ? [`#T_RL=${[relationLayer, ...relationColumns.names, `BT_${spanLayer}`].join('|')}`]
      : []),
  ];
  const columns = {
    spanCells,
    spanWidth: placed.length > 0 ? spanColumns.names.length : 0,
    relationWidth: relations.length > 0 ? relationColumns.names.length + 1 : 0,
  };
  const rowsOf = (token: number) => sheet.rowsOf(token, text, columns);
  return `${header.join('\n')}\n\n\n${sentenceParts(text, tokens, sheet, rowsOf).join('\n')}`;
}

/** Each sentence has the text up to the next one; a single line break between two is left to the reader. */
function sentenceParts(
  text: string,
  tokens: readonly Token[],
  sheet: Sheet,
  rowsOf: (token: number) => string[],
): string[] {
  return sheet.sentences.map(({ first, last }, index) => {
    const next = sheet.sentences[index + 1];
    const end = next ? tokens[next.first]!.start : text.length;
    const said = text.slice(tokens[first]!.start, end);
    const lines = next && text.slice(tokens[last]!.end, end) === '\n' ? said.slice(0, -1) : said;
    const rows = tokens.slice(first, last + 1).flatMap((_, at) => rowsOf(first + at));
    return [...lines.split('\n').map((line) => `#Text=${escapedText(line)}`), ...rows, ''].join('\n');
  });
}

/** The spans on the tokens that they cover or cut, without the white space at their ends. */
function placedSpans(spans: readonly Span[], tokens: readonly Token[], count: Count): Placed[] {
  const inOrder = [...spans].sort(compareSpans);
  const marks = snap(inOrder, tokens);
  for (const _ of inOrder.slice(marks.length)) count('spans that cover no word or sign');
  return marks.map(({ span, first, last }) => {
    const units = tokens.slice(first, last + 1).map((token, index) => ({
      token: first + index,
      start: Math.max(token.start, span.start),
      end: Math.min(token.end, span.end),
    }));
    if (units[0]!.start !== span.start || units.at(-1)!.end !== span.end)
      count('spans that begin or end in white space, which they lose');
    return { span, units };
  });
}

/** Spans without the white space at their ends; the text but for white space before its first word. */
export function heldInWebAnno(document: OutgoingDocument, options: WriteOptions): Held {
  const { text, spans } = document;
  const placed = placedSpans(spans, tokensOf(text), () => undefined);
  const read = tsvFile(
    '',
    writtenSheet(document, options, () => undefined),
    'utf16',
  );
  return {
    text: read.text === text ? 'exact' : 'words',
    spans: placed.map(({ span, units }) => {
      const [start, end] = [units[0]!.start, units.at(-1)!.end];
      return { ...span, start, end, text: text.slice(start, end) };
    }),
  };
}
