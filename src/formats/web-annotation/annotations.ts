import type { Attributes } from '../../core/span.ts';
import { isId, unknownFields } from '../native/native-shape.ts';
import type { OutsideRelation } from '../reading/outside-document.ts';
import {
  isAbsent,
  isList,
  isObject,
  withFields,
  type JsonObject,
  type JsonValue,
} from '../reading/json-value.ts';
import type { Place } from '../reading/place.ts';
import { purposeOf, readBodies, type Said } from './bodies.ts';
import { idOf } from './iri.ts';
import { readSelectors, type Selected } from './selectors.ts';

/** A part of a source that an annotation is about; the whole source when nothing is selected. */
export interface Target {
  readonly source: string;
  readonly selected: Selected;
  /** The source's text, where the target brings it along. */
  readonly resource?: JsonObject;
}

/** What an annotation says, of one or several parts of texts. */
export interface Annotation {
  readonly id?: string;
  readonly said: Said;
  readonly motivation?: string;
  readonly annotator?: string;
  /** Whatever else it has. */
  readonly extra: Attributes;
  readonly targets: readonly Target[];
  readonly place: Place;
}

const knownFields = ['@context', 'id', 'type', 'motivation', 'body', 'bodyValue', 'target', 'creator'];
const plainMotivations = ['classifying', 'tagging', 'commenting', 'highlighting', 'describing', 'linking'];

export function isAnnotation(item: JsonValue): item is JsonObject {
  const type = isObject(item) ? item['type'] : undefined;
  return isList(type) ? type.includes('Annotation') : type === 'Annotation';
}

export function readAnnotation(object: JsonObject, place: Place): Annotation {
  const [id, motivation] = [object['id'], purposeOf(object['motivation'])];
  const { name, rest } = creatorOf(object['creator']);
  const isPlain = motivation === undefined || plainMotivations.includes(motivation);
  return {
    ...(typeof id === 'string' && isId(idOf(id)) && { id: idOf(id) }),
    said: readBodies(object),
    ...(motivation !== undefined && { motivation }),
    ...(name !== undefined && { annotator: name }),
    extra: withFields({}, [
      ...unknownFields(object, knownFields),
      ...(isPlain ? [] : [['motivation', motivation] as const]),
      ...(rest === undefined ? [] : [['creator', rest] as const]),
    ]),
    targets: targetsOf(object['target']).map(readTarget),
    place,
  };
}

/** A relation between two other annotations, where the annotation is one. */
export function readRelation(annotation: Annotation, object: JsonObject): OutsideRelation | undefined {
  const ends = targetsOf(object['target']).map(annotationIn);
  const [head, child] = ends;
  if (annotation.motivation !== 'linking' || ends.length !== 2 || head === undefined || child === undefined)
    return undefined;
  const { id, said, annotator, extra, place } = annotation;
  return {
    ...{ id, head, child, annotator, place },
    label: said.tags[0] ?? 'linking',
    attributes: withFields(
      withFields(said.attributes, restOfTags(said)),
      noteField(said, Object.entries(extra)),
    ),
  };
}

/** Tags behind the first one, which is the label. */
export function restOfTags({ tags }: Said): (readonly [string, JsonValue])[] {
  return tags.length > 1 ? [['tags', tags.slice(1)]] : [];
}

/** Relations have no place for a note of their own. */
function noteField({ note }: Said, fields: [string, JsonValue][]): (readonly [string, JsonValue])[] {
  return note === undefined ? fields : [['note', note], ...fields];
}

function targetsOf(target: JsonValue | undefined): readonly JsonValue[] {
  return isAbsent(target) ? [] : isList(target) ? target : [target];
}

function readTarget(target: JsonValue): Target {
  if (!isObject(target))
    return { source: typeof target === 'string' ? target : '', selected: readSelectors(undefined) };
  const source = target['source'] ?? target['id'];
  const selected = readSelectors(target['selector']);
  if (!isObject(source)) return { source: typeof source === 'string' ? source : '', selected };
  const id = source['id'];
  return { source: typeof id === 'string' ? id : '', selected, resource: source };
}

/** The id of an annotation that a target is, if it is not a part of something. */
function annotationIn(target: JsonValue): string | undefined {
  const id = isObject(target)
    ? isAbsent(target['selector'])
      ? (target['id'] ?? target['source'])
      : undefined
    : target;
  return typeof id === 'string' ? idOf(id) : undefined;
}

function creatorOf(creator: JsonValue | undefined): { readonly name?: string; readonly rest?: JsonValue } {
  if (isAbsent(creator)) return {};
  if (typeof creator === 'string') return { name: creator };
  if (!isObject(creator)) return { rest: creator };
  const name = [creator['name'], creator['nickname'], creator['id']].find((one) => typeof one === 'string');
  const isBare = Object.keys(creator).every((key) => ['type', 'name'].includes(key));
  return {
    ...(typeof name === 'string' && { name }),
    ...(!(isBare && name !== undefined) && { rest: creator }),
  };
}
