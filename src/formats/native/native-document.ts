import { statuses, titleFrom, type Document, type Status } from '../../core/document.ts';
import { compareRelations, type Relation } from '../../core/relation.ts';
import { labelOf, living, type Scheme } from '../../core/scheme.ts';
import { relationTypeOf } from '../../core/schemes/relation-type.ts';
import { compareSpans, type Span } from '../../core/span.ts';
import { hashText } from '../../core/text.ts';
import type { IncomingDocument, OutgoingDocument, Reading } from '../../core/transfer.ts';
import {
  deepest,
  isAbsent,
  isDeeperThan,
  isList,
  isObject,
  tooDeep,
  withFields,
  wordsOf,
  type Field,
  type JsonObject,
  type JsonValue,
} from '../reading/json-value.ts';
import { checkForeignMarks, isSpanRow } from './foreign-marks.ts';
import { checkUnstatedUnit } from './unstated-unit.ts';
import { checkNumbers, readMarks } from './native-marks.ts';
import type { WriteOptions } from '../format.ts';
import { unitMap, type OffsetUnit, type UnitMap } from '../units.ts';
import { checkSpan, placeIn } from '../writing/places.ts';
import { documentFit, fieldOf, isId, unknownFields } from './native-shape.ts';
import { Passage } from '../reading/passage.ts';
import { readings, type Checked, type Place } from '../reading/place.ts';

const marks = ['spans', 'relations'];
const factFields = ['id', 'title', 'meta', 'status'];
const documentFields = ['text', 'offset_unit', 'text_sha256', ...factFields, ...marks];

/**
 * Reads one document object: complaints first, then the document if it has a text. `unit` is what its offsets count
 * when it does not say so itself; code points, and it is told where that matters, when nothing does.
 */
export function* readDocument(value: JsonValue, place: Place, unit?: OffsetUnit): Generator<Reading> {
  yield* readings(checkDocument(value, place, unit), (document) => [{ kind: 'document', document }]);
}

function* checkDocument(
  value: JsonValue,
  place: Place,
  unit: OffsetUnit | undefined,
): Checked<IncomingDocument | undefined> {
  if (isDeeperThan(deepest, value)) return yield* refuse(place, tooDeep);
  if (isSpanRow(value))
    return yield* refuse(place, 'it is one span with the lines around it, and no document');
  const fit = documentFit(value);
  if ('fault' in fit) return yield* refuse(place, fit.fault);
  const stated = fit.value.offset_unit ?? unit;
  const passage = new Passage(fit.value.text, stated ?? 'codepoint');
  if (passage.text === '') return yield* refuse(place, 'its "text" is empty');
  const object = value as JsonObject;
  yield* checkHash(object, fit.value.text, place);
  if (!stated) yield* checkUnstatedUnit(object, fit.value.text, place);
  const facts = yield* readFacts(object, passage.text, place);
  return {
    ...facts,
    text: passage.text,
    source: { file: place.file, ...passage.source },
    ...(yield* readMarks(object, passage, place)),
    ...(place.line !== undefined && { line: place.line }),
  };
}

function* refuse(place: Place, fault: string): Checked<undefined> {
  yield place.problem('refused', `this document was left out: ${fault}.`);
  return undefined;
}

function* checkHash(object: JsonObject, raw: string, place: Place): Checked<void> {
  const hash = fieldOf(object, 'text_sha256');
  if (hash === undefined || wordsOf(hash).toLowerCase() === hashText(raw)) return;
  const message =
    'the "text_sha256" of this document does not fit its text, which may have been changed since it was exported; check its spans.';
  yield place.at('text_sha256').problem('adjusted', message);
}

type Facts = Pick<IncomingDocument, 'id' | 'title' | 'meta' | 'status' | 'labels' | 'note'>;

/** What a document says besides its text and marks. A field that does not fit is kept under `meta`. */
function* readFacts(object: JsonObject, text: string, place: Place): Checked<Facts> {
  const id = fieldOf(object, 'id');
  const title = fieldOf(object, 'title');
  const status = yield* readStatus(object, place);
  const [labels, note] = [labelsOf(object), fieldOf(object, 'note')];
  return {
    ...(isId(id) && { id }),
    title: typeof title === 'string' && title.trim() !== '' ? title : titleFrom(text),
    meta: yield* readMeta(object, place),
    ...(status && { status }),
    ...(labels?.length && { labels }),
    ...(typeof note === 'string' && { note }),
  };
}

/** The machine names of the document's labels. Other tools put other things under `labels`, which are no such list. */
function labelsOf(object: JsonObject): readonly string[] | undefined {
  const labels = fieldOf(object, 'labels');
  const isName = (label: JsonValue) => typeof label === 'string' && label.trim() !== '';
  return isList(labels) && labels.every(isName) ? [...new Set(labels as string[])] : undefined;
}

/** Those of the optional fields that say what they should; what others say is kept under `meta`. */
function understood(object: JsonObject): string[] {
  const note = fieldOf(object, 'note');
  return [
    ...(isAbsent(object['labels']) || labelsOf(object) ? ['labels'] : []),
    ...(note === undefined || typeof note === 'string' ? ['note'] : []),
  ];
}

function* readStatus(object: JsonObject, place: Place): Checked<Status | undefined> {
  const value = fieldOf(object, 'status');
  const status = statuses.find((known) => known === value);
  if (value !== undefined && !status)
    yield place
      .at('status')
      .problem(
        'adjusted',
        `the "status" of this document is none of ${statuses.join(', ')} and was ignored.`,
      );
  return status;
}

function* readMeta(object: JsonObject, place: Place): Checked<JsonObject> {
  const meta = fieldOf(object, 'meta');
  const misfits = yield* readMisfits(object, place);
  const unknown = unknownFields(object, [...documentFields, ...understood(object)]);
  yield* checkForeignMarks(unknown, place);
  const all = withFields(isObject(meta) ? meta : {}, [...unknown, ...misfits]);
  yield* checkNumbers(all, 'the metadata of this document', place);
  return all;
}

const misfitRules: readonly (readonly [string, (value: JsonValue) => boolean, string])[] = [
  ['id', isId, 'is not text of 1 to 200 characters, so it was given a new one'],
  ['title', (value) => typeof value === 'string', 'is not text, so it was given one from its first line'],
  ['meta', isObject, 'is not an object'],
];

function* readMisfits(object: JsonObject, place: Place): Checked<Field[]> {
  const misfits: Field[] = [];
  for (const [key, fits, fault] of misfitRules) {
    const value = fieldOf(object, key);
    if (value === undefined || fits(value)) continue;
    misfits.push([key, value]);
    yield place
      .at(key)
      .problem(
        'adjusted',
        `the "${key}" of this document ${fault}; what stood there is kept in its metadata.`,
      );
  }
  return misfits;
}

/**
 * A document as files hold it, its fields in their fixed order, spans and relations sorted. A relation one of whose
 * spans does not go out is left out.
 *
 * @throws RangeError when a span's text is not what stands at its offsets.
 */
export function writtenDocument(
  { document, text, spans, relations }: OutgoingDocument,
  { scheme, unit }: Pick<WriteOptions, 'scheme' | 'unit'>,
): JsonObject {
  const map = unitMap(text, unit);
  const ids = new Set(spans.map(({ id }) => id));
  const labels = writtenLabels(document, scheme);
  return {
    id: document.id,
    title: document.title,
    text,
    offset_unit: unit,
    text_sha256: hashText(text),
    meta: document.meta,
    status: document.status,
    ...(labels.length > 0 && { labels }),
    ...(document.note !== undefined && { note: document.note }),
    spans: [...spans].sort(compareSpans).map((span) => writtenSpan(span, text, map, scheme)),
    relations: relations
      .filter(({ head, child }) => ids.has(head) && ids.has(child))
      .sort(compareRelations)
      .map((relation) => writtenRelation(relation, scheme)),
  };
}

/** Machine names of the document's labels, in the scheme's order, without those that were deleted. */
export function writtenLabels({ labels = [] }: Document, { documentLabels }: Scheme): string[] {
  const known = documentLabels.filter(({ id }) => labels.includes(id));
  // A document may outlive a label's entry in a damaged scheme.
  const stray = labels.filter((label) => !documentLabels.some(({ id }) => id === label));
  return [...living(known).map(({ value }) => value), ...stray];
}

function writtenSpan(span: Span, text: string, map: UnitMap, scheme: Scheme): JsonObject {
  const { id, start, end, annotator, attributes, note } = span;
  checkSpan(span, text);
  return {
    id,
    start: placeIn(map, start),
    end: placeIn(map, end),
    text: span.text,
    label: labelOf(scheme, span.label).value,
    annotator,
    attributes,
    ...(note !== undefined && { note }),
  };
}

function writtenRelation(relation: Relation, scheme: Scheme): JsonObject {
  const { id, head, child, annotator, attributes } = relation;
  const label = relationTypeOf(scheme, relation.label).value;
  const hasAttributes = Object.keys(attributes).length > 0;
  return { id, head, child, label, annotator, ...(hasAttributes && { attributes }) };
}
