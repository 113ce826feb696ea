import { statuses } from '../../core/document.ts';
import { parseInside } from '../reading/json-syntax.ts';
import {
  isList,
  isObject,
  withFields,
  wordsOf,
  type JsonObject,
  type JsonValue,
} from '../reading/json-value.ts';
import type { OutsideDocument } from '../reading/outside-document.ts';
import { featuresIn, textOf, type Structure } from './cas-file.ts';
import { casTypes } from './cas-types.ts';

const labelFeatures = ['label', 'value', 'kind'];

/** The label, annotator and attributes of a span or relation. What is not ours keeps its features and its type. */
export function marked({ type }: Structure, features: readonly [string, JsonValue][]) {
  const fields = new Map(features);
  const taken = (key: string) => {
    const value = fields.get(key);
    if (typeof value !== 'string') return undefined;
    fields.delete(key);
    return value;
  };
  if (type === casTypes.span.name || type === casTypes.relation.name) {
    const label = taken('label') ?? '';
    taken('identifier');
    const annotator = taken('annotator');
    const note = type === casTypes.span.name ? taken('note') : undefined;
    const attributes = objectIn(fields.get('attributes'));
    if (attributes) fields.delete('attributes');
    return { label, annotator, note, attributes: withFields(attributes ?? {}, [...fields]) };
  }
  const texts = features.filter(([, value]) => typeof value === 'string' && value !== '').map(([key]) => key);
  const key = labelFeatures.find((one) => texts.includes(one)) ?? (texts.length === 1 ? texts[0] : undefined);
  const label = (key === undefined ? undefined : taken(key)) ?? type.replace(/^.*\./, '');
  return {
    label,
    annotator: undefined,
    note: undefined,
    attributes: withFields({}, [['type', type], ...fields]),
  };
}

/** What our own structure says of a document. */
export function factsOf(structure: Structure): Partial<OutsideDocument> {
  const [id, title, note] = ['identifier', 'title', 'note'].map((key) => textOf(structure, key));
  const status = statuses.find((known) => known === structure.object['status']);
  const [labels, meta] = ['labels', 'meta'].map((key) => parsed(structure.object[key]));
  // What could not be made sense of is kept as it stands.
  const known: readonly string[] = casTypes.document.features.filter(
    (key) => (key !== 'labels' || isList(labels)) && (key !== 'meta' || isObject(meta)),
  );
  const others = featuresIn(structure, new Map()).features.filter(([key]) => !known.includes(key));
  return {
    ...(id !== undefined && { id }),
    ...(title !== undefined && { title }),
    ...(note !== undefined && { note }),
    ...(status && { status }),
    ...(isList(labels) && { labels: labels.map(wordsOf) }),
    meta: withFields(isObject(meta) ? meta : {}, others),
  };
}

function parsed(value: JsonValue | undefined): JsonValue | undefined {
  return typeof value === 'string' ? parseInside(value) : undefined;
}

function objectIn(value: JsonValue | undefined): JsonObject | undefined {
  const object = parsed(value);
  return isObject(object) ? object : undefined;
}
