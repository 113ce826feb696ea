import { anyLabel, sameLabel, type LabelWish, type Scheme } from '../../core/scheme.ts';
import {
  planOf,
  type AttributePlan,
  type DocumentLabelPlan,
  type RelationPlan,
  type SchemePlan,
} from '../../core/schemes/plan.ts';
import { isList, isObject, type JsonObject, type JsonValue } from '../json-value.ts';
import { fieldOf, unknownFields, type Fit } from '../native-shape.ts';
import type { Checked, Place } from '../place.ts';
import {
  attributeFit,
  labelFit,
  optionalFaults,
  optionalValue,
  pairFit,
  relationFit,
  type OptionalField,
  type OptionalValue,
} from './scheme-shape.ts';

/*
 * A scheme inside a file: `labels`, `attributes`, `relations`, `document_labels` and `guideline`, without ids and without
 * what was deleted. Everything refers to labels by their machine names.
 */

/** A scheme as files hold it, its fields in their fixed order. */
export function writtenScheme(scheme: Scheme): JsonObject {
  const plan = planOf(scheme);
  return {
    labels: plan.labels.map(({ value, name, key, colour, guideline }) =>
      filledIn({ value, name, key, colour, guideline }),
    ),
    attributes: (plan.attributes ?? []).map(
      ({ value, name, type, several, options, labels, required, key, guideline }) =>
        filledIn({ value, name, type, several, options, labels, required, key, guideline }),
    ),
    relations: (plan.relations ?? []).map(({ value, name, pairs, guideline }) =>
      filledIn({ value, name, pairs: pairs.map(({ head, child }) => ({ head, child })), guideline }),
    ),
    document_labels: (plan.documentLabels ?? []).map(({ value, name, guideline }) =>
      filledIn({ value, name, guideline }),
    ),
    ...filledIn({ guideline: plan.guideline }),
  };
}

function filledIn(fields: Readonly<Record<string, JsonValue | undefined>>): JsonObject {
  return Object.fromEntries(
    Object.entries(fields).filter((field): field is [string, JsonValue] => field[1] !== undefined),
  );
}

/** What a file's scheme has. Whatever of it does not fit is left out alone, with a complaint. */
export function* readPlan(scheme: JsonValue, place: Place): Checked<SchemePlan | undefined> {
  if (!isObject(scheme) || !isList(fieldOf(scheme, 'labels'))) {
    yield place.problem('skipped', 'the "scheme" of this file has no list of "labels" and was skipped.');
    return undefined;
  }
  const known = ['labels', 'attributes', 'relations', 'document_labels', 'guideline'];
  yield* checkUnknown(scheme, known, 'the scheme', place);
  const keys = new Map<string, string>();
  const labels = yield* items(scheme, 'labels', 'label', place, (...item) => readLabel(keys, ...item));
  const values = new Set(labels.map(({ value }) => value));
  const guideline = yield* optional(scheme, 'guideline', 'the scheme', place);
  return {
    labels,
    attributes: yield* items(scheme, 'attributes', 'attribute', place, (...item) =>
      readAttribute(keys, values, ...item),
    ),
    relations: yield* items(scheme, 'relations', 'relation', place, (...item) =>
      readRelation(values, ...item),
    ),
    documentLabels: yield* items(scheme, 'document_labels', 'document label', place, readDocumentLabel),
    ...(guideline && { guideline }),
  };
}

/** Complains of the fields of an object that nothing is known of and that have no place to be kept in. */
export function* checkUnknown(
  object: JsonObject,
  known: readonly string[],
  name: string,
  place: Place,
): Checked<void> {
  for (const [key] of unknownFields(object, known))
    yield place
      .at(key)
      .problem('skipped', `the field "${key}" of ${name} is not known here and was skipped.`);
}

type ItemReader<T> = (item: JsonValue, name: string, place: Place) => Checked<T | undefined>;

/** The items of a part of the scheme that could be read, each machine name once. */
function* items<T extends { readonly value: string }>(
  scheme: JsonObject,
  part: string,
  noun: string,
  place: Place,
  read: ItemReader<T>,
): Checked<T[]> {
  const list = fieldOf(scheme, part) ?? [];
  if (!isList(list)) {
    yield place.at(part).problem('skipped', `the "${part}" of the scheme are not a list and were skipped.`);
    return [];
  }
  const found = new Map<string, T>();
  for (const [index, given] of list.entries()) {
    const [name, here] = [`${noun} ${index + 1} of the scheme`, place.at(part, index)];
    const value = isObject(given) ? fieldOf(given, 'value') : undefined;
    if (typeof value === 'string' && found.has(value))
      yield* skip(name, 'its "value" stands here twice', here);
    else {
      const item = yield* read(given, name, here);
      if (item) found.set(item.value, item);
    }
  }
  return [...found.values()];
}

function* skip(name: string, fault: string, place: Place): Checked<undefined> {
  yield place.problem('skipped', `${name} was skipped: ${fault}.`);
  return undefined;
}

/** The object's fields, if it has what it cannot be without; its unknown fields are complained of. */
function* fitting<T>(
  { item, name, place }: { item: JsonValue; name: string; place: Place },
  fitOf: (value: JsonValue) => Fit<T>,
  known: readonly string[],
): Checked<{ readonly fields: T; readonly object: JsonObject } | undefined> {
  const fit = fitOf(item);
  if ('fault' in fit) return yield* skip(name, fit.fault, place);
  const object = item as JsonObject;
  yield* checkUnknown(object, known, name, place);
  return { fields: fit.value, object };
}

function* readLabel(
  keys: Map<string, string>,
  item: JsonValue,
  name: string,
  place: Place,
): Checked<LabelWish | undefined> {
  const fit = yield* fitting({ item, name, place }, labelFit, [
    'value',
    'name',
    'key',
    'colour',
    'guideline',
  ]);
  if (!fit) return undefined;
  const { object, fields } = fit;
  const [shown, key] = [
    yield* optional(object, 'name', name, place),
    yield* freeKey(keys, object, fields.value, name, place),
  ];
  const colour = yield* optional(object, 'colour', name, place);
  const guideline = yield* optional(object, 'guideline', name, place);
  return {
    value: fields.value,
    ...(shown !== undefined && { name: shown }),
    ...(key !== undefined && { key }),
    ...(colour !== undefined && { colour }),
    ...(guideline && { guideline }),
  };
}

const attributeFields = [
  'value',
  'name',
  'type',
  'several',
  'options',
  'labels',
  'required',
  'key',
  'guideline',
];

function* readAttribute(
  keys: Map<string, string>,
  values: ReadonlySet<string>,
  item: JsonValue,
  name: string,
  place: Place,
): Checked<AttributePlan | undefined> {
  const fit = yield* fitting({ item, name, place }, attributeFit, attributeFields);
  if (!fit) return undefined;
  const { object, fields } = fit;
  const shown = yield* optional(object, 'name', name, place);
  const several = yield* optional(object, 'several', name, place);
  const options = yield* optional(object, 'options', name, place);
  if (!options && (fields.type === 'one' || fields.type === 'many'))
    return yield* skip(name, 'it has no "options" to choose among', place);
  const labels = yield* optional(object, 'labels', name, place);
  const required = yield* optional(object, 'required', name, place);
  const key = yield* freeKey(keys, object, fields.value, name, place);
  const guideline = yield* optional(object, 'guideline', name, place);
  return {
    value: fields.value,
    ...(shown !== undefined && { name: shown }),
    type: fields.type,
    ...(several && { several }),
    ...(options && { options }),
    ...(labels && { labels: yield* knownLabels(labels, values, name, place.at('labels')) }),
    ...(required && { required }),
    ...(key !== undefined && { key }),
    ...(guideline && { guideline }),
  };
}

function* readRelation(
  values: ReadonlySet<string>,
  item: JsonValue,
  name: string,
  place: Place,
): Checked<RelationPlan | undefined> {
  const fit = yield* fitting({ item, name, place }, relationFit, ['value', 'name', 'pairs', 'guideline']);
  if (!fit) return undefined;
  const { object, fields } = fit;
  const shown = yield* optional(object, 'name', name, place);
  const guideline = yield* optional(object, 'guideline', name, place);
  const pairs: { head: string; child: string }[] = [];
  for (const [index, given] of (fields.pairs as readonly JsonValue[]).entries()) {
    const pair = yield* readPair(values, given, `pair ${index + 1} of ${name}`, place.at('pairs', index));
    if (pair) pairs.push(pair);
  }
  return {
    value: fields.value,
    ...(shown !== undefined && { name: shown }),
    pairs,
    ...(guideline && { guideline }),
  };
}

function* readPair(
  values: ReadonlySet<string>,
  item: JsonValue,
  name: string,
  place: Place,
): Checked<{ head: string; child: string } | undefined> {
  const fit = yield* fitting({ item, name, place }, pairFit, ['head', 'child']);
  if (!fit) return undefined;
  const { head, child } = fit.fields;
  if (head !== anyLabel && !values.has(head))
    return yield* skip(name, `its head “${head}” is no label of the scheme`, place);
  if (child !== anyLabel && child !== sameLabel && !values.has(child))
    return yield* skip(name, `its child “${child}” is no label of the scheme`, place);
  return { head, child };
}

function* readDocumentLabel(
  item: JsonValue,
  name: string,
  place: Place,
): Checked<DocumentLabelPlan | undefined> {
  const fit = yield* fitting({ item, name, place }, labelFit, ['value', 'name', 'guideline']);
  if (!fit) return undefined;
  const shown = yield* optional(fit.object, 'name', name, place);
  const guideline = yield* optional(fit.object, 'guideline', name, place);
  return {
    value: fit.fields.value,
    ...(shown !== undefined && { name: shown }),
    ...(guideline && { guideline }),
  };
}

function* knownLabels(
  labels: readonly string[],
  values: ReadonlySet<string>,
  name: string,
  place: Place,
): Checked<readonly string[]> {
  for (const label of labels)
    if (!values.has(label))
      yield place.problem('adjusted', `${name} goes without “${label}”, which is no label of the scheme.`);
  return [...new Set(labels.filter((label) => values.has(label)))];
}

/** The item's key, unless another item of the same file has it. */
function* freeKey(
  keys: Map<string, string>,
  object: JsonObject,
  value: string,
  name: string,
  place: Place,
): Checked<string | undefined> {
  const key = yield* optional(object, 'key', name, place);
  const holder = key === undefined ? undefined : keys.get(key);
  if (key === undefined || holder === undefined) {
    if (key !== undefined) keys.set(key, value);
    return key;
  }
  const message = `${name} goes without its "key", which “${holder}” has already.`;
  yield place.at('key').problem('adjusted', message);
  return undefined;
}

function* optional<Field extends OptionalField>(
  object: JsonObject,
  field: Field,
  name: string,
  place: Place,
): Checked<OptionalValue<Field> | undefined> {
  const given = fieldOf(object, field);
  if (given === undefined) return undefined;
  const value = optionalValue(field, given);
  if (value === undefined)
    yield place
      .at(field)
      .problem('adjusted', `${name} goes without its "${field}", which ${optionalFaults[field]}.`);
  return value;
}
