import { v7 as newId } from 'uuid';
import { unnamedAnnotator } from '../../core/annotator.ts';
import type { Range } from '../../core/offset.ts';
import type { IncomingRelation, IncomingSpan } from '../../core/transfer.ts';
import {
  inexactNumber,
  isAbsent,
  isList,
  withFields,
  type JsonObject,
  type JsonValue,
} from '../reading/json-value.ts';
import {
  isId,
  relationFit,
  spanFit,
  unknownFields,
  type Fit,
  type RelationFields,
  type SpanFields,
} from './native-shape.ts';
import type { Passage } from '../reading/passage.ts';
import type { Checked, Place } from '../reading/place.ts';

/** The order in which files have these fields. Whatever else a file brings is kept under `attributes`. */
const spanFields = ['id', 'start', 'end', 'text', 'label', 'annotator', 'attributes', 'note'];
const relationFields = ['id', 'head', 'child', 'label', 'annotator', 'attributes'];

const utf16Hint = '; its offsets seem to count UTF-16 units, so give the document "offset_unit": "utf16"';

/** What was marked on one document of a file. */
export interface Marks {
  readonly spans: readonly IncomingSpan[];
  readonly relations: readonly IncomingRelation[];
}

/** Reads the `spans` and `relations` of a document. One that does not fit is left out alone, with a complaint. */
export function* readMarks(document: JsonObject, passage: Passage, place: Place): Checked<Marks> {
  const spans = new Map<string, IncomingSpan>();
  const idsInFile = new Map<JsonValue, string>();
  for (const [index, item] of yield* list(document, 'spans', place)) {
    const span = yield* readSpan(item, `span ${index + 1}`, passage, spans, place.at('spans', index));
    if (!span) continue;
    spans.set(span.id, span);
    const idInFile = (item as JsonObject)['id'];
    if (!isAbsent(idInFile) && !idsInFile.has(idInFile)) idsInFile.set(idInFile, span.id);
  }
  const relations = new Map<string, IncomingRelation>();
  for (const [index, item] of yield* list(document, 'relations', place)) {
    const here = place.at('relations', index);
    const relation = yield* readRelation(item, `relation ${index + 1}`, idsInFile, relations, here);
    if (relation) relations.set(relation.id, relation);
  }
  return { spans: [...spans.values()], relations: [...relations.values()] };
}

function* readSpan(
  item: JsonValue,
  name: string,
  passage: Passage,
  taken: ReadonlyMap<string, unknown>,
  place: Place,
): Checked<IncomingSpan | undefined> {
  const fit = placedSpan(item, passage);
  if ('fault' in fit) {
    yield place.problem('refused', `${name} was left out: ${fit.fault}.`);
    return undefined;
  }
  const { range, label, annotator, attributes, note } = fit.value;
  const object = item as JsonObject;
  return {
    id: yield* readId(object, name, taken, place),
    ...range,
    label,
    annotator: annotator || unnamedAnnotator,
    attributes: yield* readAttributes(attributes, object, spanFields, name, place),
    ...(!isAbsent(note) && { note }),
  };
}

/** The fields of a span with the range of the text they mean, if they say the same as the text. */
function placedSpan(item: JsonValue, passage: Passage): Fit<SpanFields & { readonly range: Range }> {
  const fit = spanFit(item);
  if ('fault' in fit) return fit;
  const { start, end, text } = fit.value;
  const place = passage.range(start, end);
  if ('fault' in place) return place;
  const range = place.value;
  if (isAbsent(text) || passage.isAt(range, text)) return { value: { ...fit.value, range } };
  const here = quote(passage.text.slice(range.start, range.end));
  const hint = passage.isInUtf16(start, end, text) ? utf16Hint : '';
  return { fault: `its text is ${quote(text)}, but at ${start}–${end} stands ${here}${hint}` };
}

function* readRelation(
  item: JsonValue,
  name: string,
  spanIds: ReadonlyMap<JsonValue, string>,
  taken: ReadonlyMap<string, unknown>,
  place: Place,
): Checked<IncomingRelation | undefined> {
  const fit = joinedRelation(item, spanIds);
  if ('fault' in fit) {
    yield place.problem('refused', `${name} was left out: ${fit.fault}.`);
    return undefined;
  }
  const { head, child, label, annotator, attributes } = fit.value;
  const object = item as JsonObject;
  return {
    id: yield* readId(object, name, taken, place),
    head,
    child,
    label,
    annotator: annotator || unnamedAnnotator,
    attributes: yield* readAttributes(attributes, object, relationFields, name, place),
  };
}

/** The fields of a relation with the ids that its spans have here. */
function joinedRelation(
  item: JsonValue,
  spanIds: ReadonlyMap<JsonValue, string>,
): Fit<RelationFields & { readonly head: string; readonly child: string }> {
  const fit = relationFit(item);
  if ('fault' in fit) return fit;
  const [head, child] = [spanIds.get(fit.value.head), spanIds.get(fit.value.child)];
  if (head !== undefined && child !== undefined) return { value: { ...fit.value, head, child } };
  const end = head === undefined ? 'head' : 'child';
  const stray = quote(String(fit.value[end]));
  return { fault: `its ${end} ${stray} is not a span of this document, or one that was left out` };
}

/** The list under a key with the place of each item; a complaint when it is something else. */
function* list(
  document: JsonObject,
  key: 'spans' | 'relations',
  place: Place,
): Checked<Iterable<[number, JsonValue]>> {
  const value = document[key];
  if (isList(value)) return value.entries();
  if (!isAbsent(value))
    yield place
      .at(key)
      .problem('refused', `the "${key}" of this document are not a list, so it was kept without them.`);
  return [];
}

function* readId(
  object: JsonObject,
  name: string,
  taken: ReadonlyMap<string, unknown>,
  place: Place,
): Checked<string> {
  const id = object['id'];
  if (isAbsent(id)) return newId();
  if (isId(id) && !taken.has(id)) return id;
  const fault = isId(id)
    ? `its id ${quote(id)} stands here twice`
    : 'its id is not text of 1 to 200 characters';
  yield place.problem('adjusted', `${name} was given a new id: ${fault}.`);
  return newId();
}

function* readAttributes(
  attributes: JsonObject | null | undefined,
  object: JsonObject,
  known: readonly string[],
  name: string,
  place: Place,
): Checked<JsonObject> {
  const all = withFields(attributes ?? {}, unknownFields(object, known));
  yield* checkNumbers(all, name, place);
  return all;
}

/** Complains of a number that cannot be kept with all its digits. */
export function* checkNumbers(value: JsonObject, name: string, place: Place): Checked<void> {
  const number = inexactNumber(value);
  if (number === undefined) return;
  const advice = 'put it in double quotes to keep every digit';
  yield place.problem('adjusted', `${name} has a number that was read as ${number}; ${advice}.`);
}

function quote(text: string): string {
  const characters = [...text];
  return `“${characters.length > 40 ? `${characters.slice(0, 40).join('')}…` : text}”`;
}
