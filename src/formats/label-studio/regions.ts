import { v7 as newId } from 'uuid';
import { fieldOf, isId, unknownFields, type Fit } from '../native/native-shape.ts';
import {
  isList,
  isObject,
  withFields,
  type Field,
  type JsonObject,
  type JsonValue,
  wordsOf,
} from '../reading/json-value.ts';
import { quoted, type OutsideSpan } from '../reading/outside-document.ts';
import type { Checked, Place } from '../reading/place.ts';
import { attributeIn, noteName, textsIn } from './attribute-rows.ts';

/** A row of a result with the place it stands at. */
export interface Row {
  readonly row: JsonObject;
  readonly place: Place;
}

const labelTypes = ['labels', 'hypertextlabels', 'paragraphlabels'];
const attributeTypes = ['choices', 'textarea', 'taxonomy', 'rating', 'number', 'datetime'];
const rowFields = ['id', 'from_name', 'to_name', 'type', 'value', 'meta', 'origin', 'source'];
const valueFields = ['start', 'end', 'text', 'startOffset', 'endOffset', 'globalOffsets', ...labelTypes];

/** Whether a row says where it is in the text, or belongs to a picture or a sound. */
export function isPlaced({ row }: Row): boolean {
  const { value, type } = row;
  return (
    !attributeTypes.includes(wordsOf(type)) ||
    (isObject(value) && ['start', 'end', 'globalOffsets'].some((key) => key in value))
  );
}

/** The spans of rows that share an id: one for each of its labels. `name` is for complaints. */
export function* spansOfRegion(
  rows: readonly Row[],
  name: string,
  annotator: string | undefined,
  takenIds: ReadonlySet<string>,
): Checked<OutsideSpan[]> {
  const { row, place } = rows.find((candidate) => isPlaced(candidate))!;
  const strange = rows.find(
    ({ row: { type } }) => ![...labelTypes, ...attributeTypes].includes(wordsOf(type)),
  );
  const range = strange
    ? { fault: `it is of the type ${quoted(wordsOf(strange.row['type']))}, which marks no text` }
    : rangeOf(row['value']);
  if ('fault' in range) {
    yield place.problem('refused', `${name} was left out: ${range.fault}.`);
    return [];
  }
  const labels = [...new Set(rows.flatMap(labelsIn))];
  if (labels.length > 1)
    yield place.problem('adjusted', `${name} has ${labels.length} labels and became as many spans.`);
  const note = [...new Set(rows.flatMap(notesIn))].join('\n');
  const about = {
    ...range.value,
    ...{ name, place, annotator, attributes: attributesOf(rows) },
    ...(note !== '' && { note }),
  };
  const id = fieldOf(row, 'id');
  // Annotations that were copied have the same ids, and short ones may be anybody's.
  const own = isId(id) && id.length > 4 && !takenIds.has(id) ? id : newId();
  const spans = labels.map((label, index) => ({ ...about, label, id: index === 0 ? own : newId() }));
  return spans.length > 0 ? spans : [{ ...about, label: '' }];
}

/** The range in the text, and its words if the file has them. */
function rangeOf(value: JsonValue | undefined): Fit<Pick<OutsideSpan, 'start' | 'end' | 'quote'>> {
  if (value === undefined || !isObject(value)) return { fault: 'it has no value' };
  const words = fieldOf(value, 'text');
  const quote = typeof words === 'string' ? words : undefined;
  const [start, end] = [offsetIn(value, 'start'), offsetIn(value, 'end')];
  if (start !== undefined && end !== undefined) return { value: { start, end, quote } };
  const global = fieldOf(value, 'globalOffsets');
  const [from, to] = isObject(global) ? [offsetIn(global, 'start'), offsetIn(global, 'end')] : [];
  const path = `its place is ${quoted(wordsOf(value['start']))} in HTML or in paragraphs, not an offset of the text`;
  if (from === undefined || to === undefined) return { fault: path };
  // They count what a browser shows of the HTML, which only the words can tell to be the same.
  return quote === undefined
    ? { fault: `${path}, and it has no words to find it by` }
    : { value: { start: from, end: to, quote } };
}

/** Offsets of plain text are numbers, in old files as text; beside a second offset they are something else. */
function offsetIn(value: JsonObject, key: 'start' | 'end'): number | undefined {
  const offset = fieldOf(value, key);
  const isPath = `${key}Offset` in value;
  const number = typeof offset === 'string' && /^\d{1,15}$/.test(offset) ? Number(offset) : offset;
  return !isPath && typeof number === 'number' && Number.isInteger(number) && number >= 0
    ? number
    : undefined;
}

function labelsIn({ row: { type, value } }: Row): string[] {
  const labels = isObject(value) && labelTypes.includes(wordsOf(type)) ? value[wordsOf(type)] : undefined;
  return (labels !== undefined && isList(labels) ? labels : []).filter((label) => typeof label === 'string');
}

/** Notes as rows of ours have them, and as Label Studio keeps them on regions. */
export function notesIn({ row }: Row): string[] {
  const meta = fieldOf(row, 'meta');
  const kept = isObject(meta) ? fieldOf(meta, 'text') : undefined;
  const texts = kept === undefined ? [] : isList(kept) ? kept : [kept];
  const written = isNote(row) ? (textsIn(row) ?? []) : [];
  return [...written, ...texts.filter((text) => typeof text === 'string')];
}

export function isNote(row: JsonObject): boolean {
  return row['type'] === 'textarea' && row['from_name'] === noteName && textsIn(row) !== undefined;
}

/** All that a region's rows say besides label, place and note. */
function attributesOf(rows: readonly Row[]): JsonObject {
  const fields = rows.flatMap(({ row }): Field[] => {
    const { type, value, meta, origin } = row;
    const isLabel = labelTypes.includes(wordsOf(type));
    const others = isObject(meta) ? unknownFields(meta, ['text', 'attribute', 'value']) : [];
    return [
      ...(isLabel || isNote(row) ? [] : [attributeIn(row)]),
      ...(isLabel && isObject(value) ? unknownFields(value, valueFields) : []),
      ...(isLabel ? unknownFields(row, rowFields) : []),
      ...(isLabel && typeof origin === 'string' && origin !== 'manual' ? [['origin', origin] as const] : []),
      ...(others.length > 0 ? [['meta', Object.fromEntries(others)] as const] : []),
    ];
  });
  return withFields({}, fields);
}
