import type { JsonObject, JsonValue } from '../reading/json-value.ts';
import { fieldOf, unknownFields, type Fit } from '../native/native-shape.ts';
import type { Checked, Place } from '../reading/place.ts';
import { optionalFaults, optionalValue, type OptionalField, type OptionalValue } from './scheme-shape.ts';

/* The fields of a thing in a file's scheme, each read by itself: one that does not fit costs no other. */

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

export function* skip(name: string, fault: string, place: Place): Checked<undefined> {
  yield place.problem('skipped', `${name} was skipped: ${fault}.`);
  return undefined;
}

/** The object's fields, if it has what it cannot be without; its unknown fields are complained of. */
export function* fitting<T>(
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

/** The item's key, unless another item of the same file has it. */
export function* freeKey(
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

/** The field if it fits; else there is a complaint, and the thing goes without it. */
export function* optional<Field extends OptionalField>(
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
