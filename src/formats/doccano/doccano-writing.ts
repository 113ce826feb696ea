import { compareRelations } from '../../core/relation.ts';
import { labelOf } from '../../core/scheme.ts';
import { relationTypeOf } from '../../core/schemes/relation-type.ts';
import { compareSpans, type Span } from '../../core/span.ts';
import type { OutgoingDocument } from '../../core/transfer.ts';
import type { WriteOptions } from '../format.ts';
import type { JsonObject } from '../reading/json-value.ts';
import { unitMap, type OffsetUnit } from '../units.ts';
import { checkSpan } from '../writing/places.ts';

interface WrittenRow {
  /** With spans as triples. */
  readonly row: JsonObject;
  /** With spans as entities, beside relations. */
  readonly linkedRow: JsonObject & { readonly relations: readonly JsonObject[] };
  readonly lostSpans: number;
  readonly lostRelations: number;
}

/** A span with its place in the unit of the file. */
interface Placed {
  readonly span: Span;
  readonly from: number;
  readonly to: number;
}

/** The spans that have a place in the unit, in the order of files. Graphemes are coarser than what can be marked. */
export function placedSpans(
  text: string,
  spans: readonly Span[],
  unit: OffsetUnit,
): { readonly placed: readonly Placed[]; readonly kept: readonly Span[] } {
  const map = unitMap(text, unit);
  const placed = [...spans].sort(compareSpans).flatMap((span) => {
    checkSpan(span, text);
    const [from, to] = [map.fromOffset(span.start), map.fromOffset(span.end)];
    return from === undefined || to === undefined ? [] : [{ span, from, to }];
  });
  return { placed, kept: placed.map(({ span }) => span) };
}

/**
 * A document as doccano reads it, in a project without relations and in one with them.
 *
 * @throws RangeError when a span's text is not what stands at its offsets.
 */
export function writtenDoccano(
  { document, text, spans, relations }: OutgoingDocument,
  { scheme, unit }: Pick<WriteOptions, 'scheme' | 'unit'>,
): WrittenRow {
  const { placed } = placedSpans(text, spans, unit);
  // Its ids are whole numbers, unique in the document.
  const numbers = new Map(placed.map(({ span: { id } }, index) => [id, index]));
  const links = [...relations].sort(compareRelations).flatMap(({ head, child, label }, index) => {
    const [from, to] = [numbers.get(head), numbers.get(child)];
    const type = relationTypeOf(scheme, label).value;
    return from === undefined || to === undefined ? [] : [{ id: index, from_id: from, to_id: to, type }];
  });
  const value = ({ label }: Span) => labelOf(scheme, label).value;
  const triples = placed.map(({ span, from, to }) => [from, to, value(span)]);
  const entities = placed.map(({ span, from, to }, number) => ({
    ...{ id: number, label: value(span), start_offset: from, end_offset: to },
  }));
  const { id, title, meta, note } = document;
  const [before, after] = [
    { id, text, title },
    { meta, ...(note !== undefined && { Comments: [note] }) },
  ];
  return {
    row: { ...before, label: triples, ...after },
    linkedRow: { ...before, entities, relations: links, ...after },
    lostSpans: spans.length - placed.length,
    lostRelations: relations.length - links.length,
  };
}
