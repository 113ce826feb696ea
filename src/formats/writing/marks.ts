import { compareRelations } from '../../core/relation.ts';
import { labelOf, type Scheme } from '../../core/scheme.ts';
import { relationTypeOf } from '../../core/schemes/relation-type.ts';
import { compareSpans, type Attributes } from '../../core/span.ts';
import type { OutgoingDocument } from '../../core/transfer.ts';
import { unitMap, type OffsetUnit } from '../units.ts';
import { checkSpan, placeIn } from './places.ts';

/** A span as files hold it: `start` and `end` in the file's unit, the label by its machine name. */
export interface SpanInFile {
  readonly id: string;
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly label: string;
  readonly annotator: string;
  readonly attributes: Attributes;
  readonly note?: string;
}

/** A relation as files hold it: its type by the machine name. */
export interface RelationInFile {
  readonly id: string;
  readonly head: string;
  readonly child: string;
  readonly label: string;
  readonly annotator: string;
  readonly attributes: Attributes;
}

/**
 * The document's spans in the order of files.
 *
 * @throws RangeError when a span's text is not what stands at its offsets.
 */
export function spansInFile(
  { text, spans }: Pick<OutgoingDocument, 'text' | 'spans'>,
  scheme: Scheme,
  unit: OffsetUnit,
): SpanInFile[] {
  const map = unitMap(text, unit);
  return [...spans].sort(compareSpans).map((span) => {
    checkSpan(span, text);
    const { id, annotator, attributes, note } = span;
    return {
      id,
      start: placeIn(map, span.start),
      end: placeIn(map, span.end),
      text: span.text,
      label: labelOf(scheme, span.label).value,
      annotator,
      attributes,
      ...(note !== undefined && { note }),
    };
  });
}

/** The document's relations in the order of files; one of whose spans does not go out is left out. */
export function relationsInFile(
  { spans, relations }: Pick<OutgoingDocument, 'spans' | 'relations'>,
  scheme: Scheme,
): RelationInFile[] {
  const ids = new Set(spans.map(({ id }) => id));
  return relations
    .filter(({ head, child }) => ids.has(head) && ids.has(child))
    .sort(compareRelations)
    .map(({ id, head, child, label, annotator, attributes }) => ({
      ...{ id, head, child },
      label: relationTypeOf(scheme, label).value,
      ...{ annotator, attributes },
    }));
}
