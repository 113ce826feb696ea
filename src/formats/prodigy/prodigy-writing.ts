import { unnamedAnnotator } from '../../core/annotator.ts';
import type { Range } from '../../core/offset.ts';
import { compareRelations } from '../../core/relation.ts';
import { labelOf } from '../../core/scheme.ts';
import { relationTypeOf } from '../../core/schemes/relation-type.ts';
import { compareSpans, type Span } from '../../core/span.ts';
import type { OutgoingDocument } from '../../core/transfer.ts';
import type { WriteOptions } from '../format.ts';
import { writtenLabels } from '../native/native-document.ts';
import type { JsonObject } from '../reading/json-value.ts';
import { unitMap, type UnitMap } from '../units.ts';
import { checkSpan, placeIn } from '../writing/places.ts';
import { spreadBeside } from '../writing/spread.ts';
import { snap, tokensOf } from '../writing/tokens.ts';
import { broughtTokens, tokensKey } from './prodigy-tokens.ts';

const spanFields = [
  'id',
  'start',
  'end',
  'text',
  'label',
  'token_start',
  'token_end',
  'annotator',
  'note',
  'attributes',
];
const relationFields = ['id', 'head', 'child', 'label', 'head_span', 'child_span', 'annotator', 'attributes'];

/**
 * A document as a row that was accepted. Spans have the numbers of their tokens where they end with tokens, the last one
 * included.
 *
 * @throws RangeError when a span's text is not what stands at its offsets.
 */
export function writtenProdigy(
  { document, text, spans, relations }: OutgoingDocument,
  { scheme }: Pick<WriteOptions, 'scheme'>,
): JsonObject & { readonly relations: readonly JsonObject[] } {
  const map = unitMap(text, 'codepoint');
  const brought = broughtTokens(document.meta[tokensKey], text);
  const tokens = (brought ?? tokensOf(text)).map(({ start, end }) => ({
    start,
    end,
    text: text.slice(start, end),
  }));
  const [annotator, ...others] = new Set([...spans, ...relations].map((mark) => mark.annotator));
  const only = others.length === 0 && annotator !== unnamedAnnotator ? annotator : undefined;
  const signed = (by: string) => (others.length > 0 ? { annotator: by } : {});
  const edges = edgesOf(tokens);
  const rows = new Map(
    [...spans].sort(compareSpans).map((span) => {
      checkSpan(span, text);
      return [span.id, spanRow(span, labelOf(scheme, span.label).value, map, edges, signed(span.annotator))];
    }),
  );
  const lastTokens = new Map(snap(spans, tokens).map(({ span, last }) => [span.id, last]));
  const links = [...relations].sort(compareRelations).flatMap((relation) => {
    const [head, child] = [rows.get(relation.head), rows.get(relation.child)];
    if (!head || !child) return [];
    return {
      id: relation.id,
      head: lastTokens.get(relation.head) ?? null,
      child: lastTokens.get(relation.child) ?? null,
      ...{ head_span: endRow(head), child_span: endRow(child) },
      label: relationTypeOf(scheme, relation.label).value,
      ...signed(relation.annotator),
      ...spreadBeside(relation.attributes, relationFields),
    };
  });
  const labels = writtenLabels(document, scheme);
  const { [tokensKey]: _, ...rest } = document.meta;
  return {
    ...{ id: document.id, title: document.title, text },
    tokens: tokens.map((token, id) => tokenRow(token, id, text, map)),
    spans: [...rows.values()],
    relations: links,
    ...(labels.length > 0 && { accept: labels }),
    meta: brought ? rest : document.meta,
    status: document.status,
    ...(document.note !== undefined && { note: document.note }),
    ...{ _session_id: only ?? null, _annotator_id: only ?? null, answer: 'accept' },
  };
}

/** The numbers of tokens by where they start and end. */
interface Edges {
  readonly firsts: ReadonlyMap<number, number>;
  readonly lasts: ReadonlyMap<number, number>;
}

function edgesOf(tokens: readonly Range[]): Edges {
  return {
    firsts: new Map(tokens.map(({ start }, index) => [start, index])),
    lasts: new Map(tokens.map(({ end }, index) => [end, index])),
  };
}

function spanRow(
  { id, start, end, text, note, attributes }: Span,
  label: string,
  map: UnitMap,
  { firsts, lasts }: Edges,
  signed: JsonObject,
): JsonObject {
  const [first, last] = [firsts.get(start), lasts.get(end)];
  return {
    ...{ id, start: placeIn(map, start), end: placeIn(map, end), text },
    ...(first !== undefined && last !== undefined && { token_start: first, token_end: last }),
    label,
    ...signed,
    ...(note !== undefined && { note }),
    ...spreadBeside(attributes, spanFields),
  };
}

/** What a relation repeats of a span. */
function endRow(row: JsonObject): JsonObject {
  const keys = ['id', 'start', 'end', 'token_start', 'token_end', 'label'];
  return Object.fromEntries(keys.flatMap((key) => (row[key] === undefined ? [] : [[key, row[key]]])));
}

function tokenRow(
  { start, end, text: words }: Range & { text: string },
  id: number,
  text: string,
  map: UnitMap,
) {
  return { text: words, start: placeIn(map, start), end: placeIn(map, end), id, ws: text[end] === ' ' };
}
