import { colourCount, labelKeys, type Colour, type Scheme } from '../core/scheme.ts';
import type { IncomingLabel, Reading } from '../core/transfer.ts';
import { isList, isObject, type JsonObject, type JsonValue } from './json-value.ts';
import { fieldOf, labelFit, unknownFields } from './native-shape.ts';
import { readings, type Checked, type Place } from './place.ts';

/** The labels of a scheme as files hold them, in order, without those that were deleted. */
export function writtenScheme(scheme: Scheme): JsonObject {
  return {
    labels: scheme.labels
      .filter((label) => !label.deleted)
      .map(({ value, name, key, colour }) => ({ value, name, ...(key !== undefined && { key }), colour })),
  };
}

/** Reads how a file's labels would like to look. A key or a colour that does not fit is left out. */
export function* readScheme(scheme: JsonValue, place: Place): Generator<Reading> {
  yield* readings(checkScheme(scheme, place), (labels) => labels.map((label) => ({ kind: 'label', label })));
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

function* checkScheme(scheme: JsonValue, place: Place): Checked<IncomingLabel[]> {
  const items = isObject(scheme) ? fieldOf(scheme, 'labels') : undefined;
  if (!isObject(scheme) || !isList(items)) {
    yield place.problem('skipped', 'the "scheme" of this file has no list of "labels" and was skipped.');
    return [];
  }
  yield* checkUnknown(scheme, ['labels'], 'the scheme', place);
  const labels = new Map<string, IncomingLabel>();
  for (const [index, item] of items.entries()) {
    const label = yield* checkLabel(
      item,
      `label ${index + 1} of the scheme`,
      labels,
      place.at('labels', index),
    );
    if (label) labels.set(label.value, label);
  }
  return [...labels.values()];
}

function* checkLabel(
  item: JsonValue,
  name: string,
  earlier: ReadonlyMap<string, unknown>,
  place: Place,
): Checked<IncomingLabel | undefined> {
  const fit = labelFit(item);
  if ('fault' in fit || earlier.has(fit.value.value)) {
    const fault = 'fault' in fit ? fit.fault : 'its "value" stands here twice';
    yield place.problem('skipped', `${name} was skipped: ${fault}.`);
    return undefined;
  }
  const object = item as JsonObject;
  yield* checkUnknown(object, ['value', 'name', 'key', 'colour'], name, place);
  const key = yield* optional(object, 'key', isKey, `is none of ${labelKeys.join('')}`, name, place);
  const colour = yield* optional(object, 'colour', isColour, `is not 0 to ${colourCount - 1}`, name, place);
  return { ...fit.value, ...(key !== undefined && { key }), ...(colour !== undefined && { colour }) };
}

function* optional<T extends JsonValue>(
  object: JsonObject,
  field: string,
  fits: (value: JsonValue) => value is T,
  fault: string,
  name: string,
  place: Place,
): Checked<T | undefined> {
  const value = fieldOf(object, field);
  if (value === undefined || fits(value)) return value;
  yield place.at(field).problem('adjusted', `${name} goes without its "${field}", which ${fault}.`);
  return undefined;
}

function isKey(value: JsonValue): value is string {
  return typeof value === 'string' && labelKeys.includes(value);
}

function isColour(value: JsonValue): value is Colour {
  return Number.isInteger(value) && Number(value) >= 0 && Number(value) < colourCount;
}
