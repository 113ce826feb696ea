import { unnamedAnnotator } from '../../core/annotator.ts';
import { compareRelations, type Relation } from '../../core/relation.ts';
import { labelOf, type Scheme } from '../../core/scheme.ts';
import { relationTypeOf } from '../../core/schemes/relation-type.ts';
import { compareSpans, type Attributes, type Span } from '../../core/span.ts';
import type { OutgoingDocument } from '../../core/transfer.ts';
import type { WriteOptions } from '../format.ts';
import { writtenLabels } from '../native/native-document.ts';
import type { JsonObject } from '../reading/json-value.ts';
import { unitMap, type UnitMap } from '../units.ts';
import { checkSpan, placeIn } from '../writing/places.ts';
import { attributeRow, documentLabelsName, labelName, noteName, textName } from './attribute-rows.ts';

interface WrittenTask {
  readonly task: JsonObject;
  /** Relations between spans of two annotators, or of spans that do not go out. */
  readonly lostRelations: number;
  /** Relations that somebody else made than the spans that they join. */
  readonly unsigned: number;
  /** Relations with attributes other than going both ways. */
  readonly bare: number;
}

/**
 * A document as a task, with an annotation for each annotator.
 *
 * @throws RangeError when a span's text is not what stands at its offsets.
 */
export function writtenTask(
  outgoing: OutgoingDocument,
  { scheme }: Pick<WriteOptions, 'scheme'>,
): WrittenTask {
  const { document, text, spans, relations } = outgoing;
  const map = unitMap(text, 'codepoint');
  const byId = new Map(spans.map((span) => [span.id, span]));
  const joins = ({ head, child }: Relation) =>
    byId.has(head) && byId.get(head)!.annotator === byId.get(child)?.annotator;
  const links = [...relations].filter(joins).sort(compareRelations);
  const facts = factRows(outgoing, scheme);
  const names = [...new Set(spans.map(({ annotator }) => annotator))].sort();
  const annotators = names.length === 0 && facts.length > 0 ? [unnamedAnnotator] : names;
  const annotations = annotators.map((annotator, index) => {
    const own = spans.filter((span) => span.annotator === annotator).sort(compareSpans);
    const result = [
      ...(index === 0 ? facts : []),
      ...own.flatMap((span) => regionRows(span, text, map, scheme)),
      ...links
        .filter(({ head }) => byId.get(head)!.annotator === annotator)
        .map((link) => relationRow(link, scheme)),
    ];
    return { ...signature(annotator), result };
  });
  const { id, title, meta } = document;
  return {
    task: { data: { text, id, title }, meta, annotations },
    lostRelations: relations.length - links.length,
    unsigned: links.filter(({ head, annotator }) => byId.get(head)!.annotator !== annotator).length,
    bare: links.filter(({ attributes }) => Object.keys(attributes).length > (isBoth(attributes) ? 1 : 0))
      .length,
  };
}

/** An import fails as a whole when Label Studio does not know who completed an annotation. */
function signature(annotator: string): JsonObject {
  if (annotator === unnamedAnnotator) return {};
  if (/^[1-9]\d{0,14}$/.test(annotator)) return { completed_by: Number(annotator) };
  return /^[^\s@]+@[^\s@]+$/.test(annotator) ? { completed_by: { email: annotator } } : { annotator };
}

function factRows({ document }: OutgoingDocument, scheme: Scheme): JsonObject[] {
  const labels = writtenLabels(document, scheme);
  const row = (name: string, type: string, value: JsonObject) => ({
    ...{ id: `${document.id}-${name}`, from_name: name, to_name: textName, type, origin: 'manual', value },
  });
  return [
    ...(labels.length > 0 ? [row(documentLabelsName, 'choices', { choices: labels })] : []),
    ...(document.note ? [row(noteName, 'textarea', { text: [document.note] })] : []),
  ];
}

/** The rows of a span: its label, then whatever else is said of it, under one id. */
function regionRows(span: Span, text: string, map: UnitMap, scheme: Scheme): JsonObject[] {
  checkSpan(span, text);
  const { id, start, end, note, attributes } = span;
  const region = { start: placeIn(map, start), end: placeIn(map, end) };
  const row = { to_name: textName, origin: 'manual' };
  const labels = [labelOf(scheme, span.label).value];
  return [
    { id, from_name: labelName, ...row, type: 'labels', value: { ...region, text: span.text, labels } },
    ...Object.entries(attributes).map(([key, value]) => ({
      ...{ id, ...attributeRow(key, value, isChosen(scheme, key), region) },
    })),
    ...(note
      ? [{ id, from_name: noteName, ...row, type: 'textarea', value: { ...region, text: [note] } }]
      : []),
  ];
}

/** Whether an attribute is chosen among options rather than written. */
function isChosen({ attributes }: Scheme, key: string): boolean {
  return attributes.some(({ value, type, deleted }) => value === key && type !== 'text' && !deleted);
}

function relationRow({ head, child, label, attributes }: Relation, scheme: Scheme): JsonObject {
  const labels = [relationTypeOf(scheme, label).value];
  const direction = isBoth(attributes) ? 'bi' : 'right';
  return { from_id: head, to_id: child, type: 'relation', direction, labels };
}

function isBoth(attributes: Attributes): boolean {
  return attributes['direction'] === 'bi';
}
