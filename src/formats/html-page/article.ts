import { labelOf, type Scheme } from '../../core/scheme.ts';
import { relationTypeOf } from '../../core/schemes/relation-type.ts';
import { compareRelations } from '../../core/relation.ts';
import { compareSpans, type Attributes, type Span } from '../../core/span.ts';
import type { OutgoingDocument } from '../../core/transfer.ts';
import { checkSpan } from '../writing/places.ts';
import { escaped } from './markup.ts';

/** One document: its text with its spans marked, then lists of spans and relations. */
export function article({ document, text, spans, relations }: OutgoingDocument, scheme: Scheme): string {
  const inOrder = [...spans].sort(compareSpans);
  for (const span of inOrder) checkSpan(span, text);
  const numbers = new Map(inOrder.map(({ id }, index) => [id, index + 1]));
  const joined = relations
    .filter(({ head, child }) => numbers.has(head) && numbers.has(child))
    .sort(compareRelations);
  const parts = [
    `<h2><bdi>${escaped(document.title)}</bdi></h2>`,
    ...(document.note === undefined ? [] : [`<p class="facts" dir="auto">${escaped(document.note)}</p>`]),
    `<div class="text" dir="auto">${markedText(text, inOrder, numbers, scheme)}</div>`,
    ...(inOrder.length > 0
      ? [
          tableOf(
            'Spans',
            ['', 'Label', 'Words', 'Annotator', 'Attributes', 'Note'],
            inOrder.map((span) => spanRow(span, numbers, scheme)),
          ),
        ]
      : []),
    ...(joined.length > 0
      ? [
          tableOf(
            'Relations',
            ['From → to', 'Type', 'Annotator', 'Attributes'],
            joined.map(({ head, child, label, annotator, attributes }) => [
              `${numbers.get(head)} → ${numbers.get(child)}`,
              relationTypeOf(scheme, label).name,
              annotator,
              said(attributes),
            ]),
          ),
        ]
      : []),
  ];
  return `<article>\n${parts.join('\n')}\n</article>\n`;
}

/** The text in pieces, each marked with all spans that are open there; the tag of a span stands where it begins. */
function markedText(
  text: string,
  spans: readonly Span[],
  numbers: ReadonlyMap<string, number>,
  scheme: Scheme,
): string {
  const edges = [...new Set([0, text.length, ...spans.flatMap(({ start, end }) => [start, end])])].sort(
    (a, b) => a - b,
  );
  const html: string[] = [];
  let next = 0;
  let open: Span[] = [];
  for (const [index, start] of edges.slice(0, -1).entries()) {
    open = open.filter(({ end }) => end > start);
    const starting: Span[] = [];
    while (next < spans.length && spans[next]!.start === start) starting.push(spans[next++]!);
    open = [...open, ...starting];
    html.push(piece(text.slice(start, edges[index + 1]), open, starting, numbers, scheme));
  }
  return html.join('');
}

function piece(
  words: string,
  open: readonly Span[],
  starting: readonly Span[],
  numbers: ReadonlyMap<string, number>,
  scheme: Scheme,
): string {
  const top = open.at(-1);
  if (!top) return escaped(words);
  const named = (span: Span) => `${numbers.get(span.id)} ${labelOf(scheme, span.label).name}`;
  const tags = starting.length > 0 ? ` data-tags="${escaped(starting.map(named).join(' · '))}"` : '';
  const colour = labelOf(scheme, top.label).colour;
  const classes = `c${colour}${open.length > 1 ? ' several' : ''}`;
  return `<mark class="${classes}" title="${escaped(open.map(named).join(' · '))}"${tags}>${escaped(words)}</mark>`;
}

function spanRow(span: Span, numbers: ReadonlyMap<string, number>, scheme: Scheme): string[] {
  const { id, label, text, annotator, attributes, note = '' } = span;
  return [String(numbers.get(id)), labelOf(scheme, label).name, text, annotator, said(attributes), note];
}

function said(attributes: Attributes): string {
  const value = (one: unknown) => (typeof one === 'string' ? one : JSON.stringify(one));
  return Object.entries(attributes)
    .map(([key, one]) => `${key}: ${Array.isArray(one) ? one.map(value).join(', ') : value(one)}`)
    .join('; ');
}

/** Columns in which nothing stands are left out. */
function tableOf(name: string, heads: readonly string[], all: readonly (readonly string[])[]): string {
  const filled = heads.flatMap((_, column) => (all.some((row) => row[column] !== '') ? [column] : []));
  const head = filled.map((column) => `<th scope="col">${heads[column]}</th>`).join('');
  const lines = all.map(
    (row) => `<tr>${filled.map((column) => cell(row[column]!, heads[column]!)).join('')}</tr>`,
  );
  return `<h3>${name}</h3>\n<table>\n<tr>${head}</tr>\n${lines.join('\n')}\n</table>`;
}

/** Long words may break where they are the text's or the annotators', but not names in a narrow column. */
function cell(words: string, head: string): string {
  const isFree = ['Words', 'Attributes', 'Note'].includes(head);
  return `<td dir="auto"${isFree ? ' class="words"' : ''}>${escaped(words)}</td>`;
}
