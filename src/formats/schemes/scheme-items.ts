import { anyLabel, sameLabel, type LabelWish } from '../../core/scheme.ts';
import type { AttributePlan, DocumentLabelPlan, RelationPlan } from '../../core/schemes/plan.ts';
import type { JsonValue } from '../reading/json-value.ts';
import type { Checked, Place } from '../reading/place.ts';
import { fitting, freeKey, optional, skip } from './scheme-fields.ts';
import { attributeFit, labelFit, pairFit, relationFit } from './scheme-shape.ts';

/*
 * What a file's scheme is made of, each read by itself: one that cannot be read is left out with a complaint. `keys` are
 * those given away in the file so far, with who has them; `values` are the machine names of its labels.
 */

export function* readLabel(
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

export function* readAttribute(
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

export function* readRelation(
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

export function* readDocumentLabel(
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
