import type { Reading } from '../../core/transfer.ts';
import type { ReadContext, SourceFile } from '../format.ts';
import { checkNumbers } from '../native/native-marks.ts';
import { fieldOf, unknownFields } from '../native/native-shape.ts';
import { isTriple, relationsIn, spansIn } from './doccano-marks.ts';
import { jsonObjects } from '../reading/json-objects.ts';
import {
  isAbsent,
  isList,
  isObject,
  withFields,
  type JsonObject,
  type JsonValue,
} from '../reading/json-value.ts';
import { outsideDocument, type OutsideSpan } from '../reading/outside-document.ts';
import { readings, type Checked, type Place } from '../reading/place.ts';

const tripleKeys = ['label', 'labels', 'entities'] as const;
const knownFields = ['text', 'data', 'title', 'meta', 'Comments', 'cats', 'relations', ...tripleKeys];

/** Whether an object has a text and marks as only doccano writes them. */
export function isDoccano(object: JsonObject): boolean {
  if (textOf(object) === undefined) return false;
  if (['entities', 'relations'].every((key) => isListed(object, key))) return true;
  const lists = tripleKeys.map((key) => [key, fieldOf(object, key)] as const);
  return lists.some(
    ([key, list]) =>
      isList(list) &&
      (list.some((item) => isTriple(item) || (isObject(item) && 'start_offset' in item)) ||
        // An empty list may be anybody's, and so may one of names; the key is what doccano calls it.
        (key === 'label' && list.every((item) => typeof item === 'string'))),
  );
}

function isListed(object: JsonObject, key: string): boolean {
  const value = fieldOf(object, key);
  return value !== undefined && isList(value);
}

/** Yields a document for each line or item with a text. */
export async function* readDoccano(file: SourceFile, context: ReadContext): AsyncGenerator<Reading> {
  for await (const item of jsonObjects(file)) {
    if ('problem' in item) yield { kind: 'problem', problem: item.problem };
    else yield* readRow(item.object, item.place, context);
  }
}

function* readRow(object: JsonObject, place: Place, context: ReadContext): Generator<Reading> {
  const text = textOf(object);
  if (text === undefined) {
    const message = 'this document was left out: its "text" is missing.';
    return yield { kind: 'problem', problem: place.problem('refused', message) };
  }
  yield* readings(checkRow(object, text, place), (outside) =>
    outsideDocument(outside, place, context, 'utf16'),
  );
}

function* checkRow(object: JsonObject, text: string, place: Place) {
  const ids = new Map<JsonValue, string>();
  const spans: OutsideSpan[] = [];
  const labels = namesIn(fieldOf(object, 'cats')) ?? [];
  const notUnderstood: string[] = [];
  for (const key of tripleKeys) {
    const list = fieldOf(object, key);
    if (list === undefined) continue;
    if (!isList(list)) notUnderstood.push(key);
    else if (key !== 'entities' && list.length > 0 && namesIn(list)) labels.push(...namesIn(list)!);
    else spans.push(...(yield* spansIn(list, ids, place.at(key))));
  }
  const relations = yield* relationsIn(object, ids, place);
  const [id, title, comments] = [fieldOf(object, 'id'), fieldOf(object, 'title'), commentsOf(object)];
  return {
    text,
    ...(typeof id === 'string' && { id }),
    ...(typeof title === 'string' && { title }),
    ...(comments !== undefined && { note: comments }),
    meta: yield* metaOf(object, notUnderstood, place),
    labels,
    spans,
    relations,
  };
}

function* metaOf(object: JsonObject, notUnderstood: readonly string[], place: Place): Checked<JsonObject> {
  const [meta, comments, cats] = [
    fieldOf(object, 'meta'),
    fieldOf(object, 'Comments'),
    fieldOf(object, 'cats'),
  ];
  const strange = [
    ...notUnderstood,
    ...(meta === undefined || isObject(meta) ? [] : ['meta']),
    ...(comments === undefined || commentsOf(object) !== undefined ? [] : ['Comments']),
    ...(cats === undefined || namesIn(cats) ? [] : ['cats']),
    ...(typeof fieldOf(object, 'title') === 'string' || isAbsent(object['title']) ? [] : ['title']),
    ...(typeof object['text'] === 'string' ? ['data'] : []),
  ];
  for (const key of notUnderstood)
    yield place
      .at(key)
      .problem(
        'adjusted',
        `the "${key}" of this document is not a list of spans; what stood there is kept in its metadata.`,
      );
  const known = [...knownFields, ...(typeof object['id'] === 'string' ? ['id'] : [])];
  const all = withFields(isObject(meta) ? meta : {}, [
    ...unknownFields(object, known),
    ...strange.flatMap((key) => (object[key] === undefined ? [] : [[key, object[key]] as const])),
  ]);
  yield* checkNumbers(all, 'the metadata of this document', place);
  return all;
}

/** Older versions call it `data`. */
function textOf(object: JsonObject): string | undefined {
  return [fieldOf(object, 'text'), fieldOf(object, 'data')].find((text) => typeof text === 'string');
}

function namesIn(list: JsonValue | undefined): string[] | undefined {
  const isName = (name: JsonValue) => typeof name === 'string' && name.trim() !== '';
  return list !== undefined && isList(list) && list.every(isName) ? ([...list] as string[]) : undefined;
}

/** What people have written about the document, as one note. `undefined` where it is nothing of that kind. */
function commentsOf(object: JsonObject): string | undefined {
  const list = fieldOf(object, 'Comments');
  if (list === undefined || !isList(list)) return undefined;
  const words = list.map((item) => (isObject(item) ? fieldOf(item, 'comment') : item));
  return words.every((word) => typeof word === 'string') ? words.join('\n') : undefined;
}
