import type { Scheme } from '../../core/scheme.ts';
import { planOf, type SchemePlan } from '../../core/schemes/plan.ts';
import { isList, isObject, type JsonObject, type JsonValue } from '../reading/json-value.ts';
import { fieldOf } from '../native/native-shape.ts';
import type { Checked, Place } from '../reading/place.ts';
import { checkUnknown, optional, skip } from './scheme-fields.ts';
import { readAttribute, readDocumentLabel, readLabel, readRelation } from './scheme-items.ts';

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
