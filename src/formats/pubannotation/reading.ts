import { statuses } from '../../core/document.ts';
import type { AttributeValue } from '../../core/span.ts';
import type { Reading } from '../../core/transfer.ts';
import type { ReadContext } from '../format.ts';
import { fieldOf, unknownFields } from '../native/native-shape.ts';
import {
  outsideDocument,
  type OutsideDocument,
  type OutsideRelation,
  type OutsideSpan,
} from '../reading/outside-document.ts';
import {
  isAbsent,
  isList,
  isObject,
  withFields,
  type JsonObject,
  type JsonValue,
} from '../reading/json-value.ts';
import { readings, type Checked, type Place } from '../reading/place.ts';

const marks = ['denotations', 'relations', 'attributes', 'blocks', 'tracks'];
const ownFields = [
  'text',
  'sourcedb',
  'sourceid',
  'title',
  'status',
  'labels',
  'note',
  'meta',
  'project',
  ...marks,
];
const spanFields = ['id', 'span', 'obj', 'annotator', 'note', 'begin', 'end'];
const relationFields = ['id', 'pred', 'subj', 'obj', 'annotator'];

/** Reads one document with its annotations. */
export function* readPubAnnotation(value: JsonValue, place: Place, context: ReadContext): Generator<Reading> {
  yield* readings(documentIn(value, place), (document) =>
    outsideDocument(document, place, context, 'codepoint'),
  );
}

function* documentIn(value: JsonValue, place: Place): Checked<OutsideDocument | undefined> {
  if (!isObject(value) || typeof value['text'] !== 'string') {
    yield place.problem('refused', 'this document was left out: it has no "text".');
    return undefined;
  }
  const spans: OutsideSpan[] = [];
  const relations: OutsideRelation[] = [];
  yield* readTrack(value, place, spans, relations);
  for (const [index, track] of (yield* list(value, 'tracks', place)).entries())
    if (isObject(track)) yield* readTrack(track, place.at('tracks', index), spans, relations);
    else
      yield place
        .at('tracks', index)
        .problem('refused', `track ${index + 1} was left out: it is not an object.`);
  return { ...factsOf(value), text: value['text'], spans, relations };
}

/** The annotations of a document, or those that one project made on it. */
function* readTrack(
  track: JsonObject,
  place: Place,
  spans: OutsideSpan[],
  relations: OutsideRelation[],
): Checked<void> {
  const project = textOf(track, 'project');
  const said = yield* attributesIn(track, place);
  for (const key of ['denotations', 'blocks'] as const)
    for (const [index, item] of (yield* list(track, key, place)).entries()) {
      const here = place.at(key, index);
      const read = isObject(item) ? spansIn(item, project, said, here) : [];
      if (read.length === 0)
        yield here.problem(
          'refused',
          `${key.slice(0, -1)} ${index + 1} was left out: it has no "span" with a "begin" and an "end".`,
        );
      spans.push(...read);
      relations.push(...chain(read));
    }
  for (const [index, item] of (yield* list(track, 'relations', place)).entries()) {
    const here = place.at('relations', index);
    const relation = isObject(item) ? relationIn(item, project, said, here) : undefined;
    if (relation) relations.push(relation);
    else yield here.problem('refused', `relation ${index + 1} was left out: it has no "subj" and "obj".`);
  }
  for (const [subject, fields] of said)
    yield place
      .at('attributes')
      .problem(
        'refused',
        `${fields.size} attributes of “${subject}” were left out: there is nothing with this id.`,
      );
}

/** A denotation may have several parts, which are spans in a chain. */
function spansIn(
  item: JsonObject,
  project: string | undefined,
  said: Attributions,
  place: Place,
): OutsideSpan[] {
  const id = idOf(item);
  const where = fieldOf(item, 'span') ?? item;
  const parts = (isList(where) ? where : [where]).flatMap((part) => {
    const [start, end] = isObject(part) ? [part['begin'], part['end']] : [];
    return typeof start === 'number' && typeof end === 'number' ? [{ start, end }] : [];
  });
  const attributes = withFields(take(said, id), [
    ...unknownFields(item, spanFields),
    ...misfits(item, ['annotator', 'note']),
    ...labelMisfit(item, 'obj'),
  ]);
  return parts.map((part, index) => ({
    id: id === undefined || index === 0 ? id : `${id}_${index + 1}`,
    ...part,
    label: labelOf(item, 'obj'),
    annotator: textOf(item, 'annotator') ?? project,
    note: textOf(item, 'note'),
    attributes,
    place,
  }));
}

/** The relations by which PubAnnotation itself joins the parts of what is discontinuous. */
function chain(parts: readonly OutsideSpan[]): OutsideRelation[] {
  return parts.slice(1).flatMap(({ id, annotator, place }, index) => {
    const before = parts[index]!.id;
    if (id === undefined || before === undefined) return [];
    return [{ head: id, child: before, label: '_lexicallyChainedTo', annotator, ...(place && { place }) }];
  });
}

function relationIn(item: JsonObject, project: string | undefined, said: Attributions, place: Place) {
  const [head, child] = [fieldOf(item, 'subj'), fieldOf(item, 'obj')];
  if (head === undefined || child === undefined) return undefined;
  const id = idOf(item);
  const fields = [
    ...unknownFields(item, relationFields),
    ...misfits(item, ['annotator']),
    ...labelMisfit(item, 'pred'),
  ];
  return {
    ...{ id, head: String(head), child: String(child), label: labelOf(item, 'pred'), place },
    annotator: textOf(item, 'annotator') ?? project,
    attributes: withFields(take(said, id), fields),
  };
}

/** What attributes say, by the id of what they say it of. One that stands several times makes a list. */
type Attributions = Map<string, Map<string, AttributeValue>>;

function* attributesIn(track: JsonObject, place: Place): Checked<Attributions> {
  const said: Attributions = new Map();
  const repeated = new Set<string>();
  for (const [index, item] of (yield* list(track, 'attributes', place)).entries()) {
    const [subj, pred] = isObject(item) ? [fieldOf(item, 'subj'), fieldOf(item, 'pred')] : [];
    if (subj === undefined || pred === undefined) {
      yield place
        .at('attributes', index)
        .problem('refused', `attribute ${index + 1} was left out: it has no "subj" and "pred".`);
      continue;
    }
    const obj = (item as JsonObject)['obj'] ?? null;
    const fields = said.get(String(subj)) ?? new Map<string, AttributeValue>();
    const [key, before] = [JSON.stringify([subj, pred]), fields.get(String(pred))];
    if (before === undefined) fields.set(String(pred), obj);
    else fields.set(String(pred), repeated.has(key) && isList(before) ? [...before, obj] : [before, obj]);
    if (before !== undefined) repeated.add(key);
    said.set(String(subj), fields);
  }
  return said;
}

function take(said: Attributions, id: string | undefined): JsonObject {
  const fields = id === undefined ? undefined : said.get(id);
  if (id !== undefined) said.delete(id);
  return Object.fromEntries(fields ?? []);
}

function factsOf(value: JsonObject): Omit<OutsideDocument, 'text' | 'spans' | 'relations'> {
  const [db, id, meta, labels] = ['sourcedb', 'sourceid', 'meta', 'labels'].map((key) => fieldOf(value, key));
  const status = statuses.find((known) => known === value['status']);
  const names =
    isList(labels) && labels.every((one) => typeof one === 'string') ? (labels as string[]) : undefined;
  const note = textOf(value, 'note');
  const fields = [
    ...unknownFields(value, ownFields),
    ...(db === undefined || db === 'Locution' ? [] : [['sourcedb', db] as const]),
    ...misfits(value, ['title', 'note', 'project']),
    ...(labels === undefined || names ? [] : [['labels', labels] as const]),
    ...(isAbsent(value['status']) || status ? [] : [['status', value['status']] as const]),
    ...(meta === undefined || isObject(meta) ? [] : [['meta', meta] as const]),
  ];
  return {
    ...(id !== undefined && {
      id: db === undefined || db === 'Locution' ? String(id) : `${String(db)}:${String(id)}`,
    }),
    ...{ title: textOf(value, 'title'), meta: withFields(isObject(meta) ? meta : {}, fields) },
    ...(status && { status }),
    ...(names && { labels: names }),
    ...(note !== undefined && { note }),
  };
}

function* list(object: JsonObject, key: string, place: Place): Checked<readonly JsonValue[]> {
  const value = fieldOf(object, key);
  if (value === undefined || isList(value)) return value ?? [];
  yield place.at(key).problem('refused', `the "${key}" of this document are not a list and were left out.`);
  return [];
}

function idOf(item: JsonObject): string | undefined {
  const id = fieldOf(item, 'id');
  return typeof id === 'string' || typeof id === 'number' ? String(id) : undefined;
}

function textOf(object: JsonObject, key: string): string | undefined {
  const value = fieldOf(object, key);
  return typeof value === 'string' ? value : undefined;
}

function labelOf(item: JsonObject, key: string): string {
  const value = fieldOf(item, key);
  return typeof value === 'string' ? value : value === undefined ? '' : JSON.stringify(value);
}

/** A label that is not text is kept as it was beside what it is shown as. */
function labelMisfit(item: JsonObject, key: string): (readonly [string, JsonValue])[] {
  const value = fieldOf(item, key);
  return value === undefined || typeof value === 'string' ? [] : [[key, value]];
}

/** Fields that should be text and are something else. */
function misfits(object: JsonObject, keys: readonly string[]): (readonly [string, JsonValue])[] {
  return keys.flatMap((key) => {
    const value = fieldOf(object, key);
    return value === undefined || typeof value === 'string' ? [] : [[key, value] as const];
  });
}
