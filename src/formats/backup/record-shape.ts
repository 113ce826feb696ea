import * as v from 'valibot';
import type { KeptChange, KeptLayer, KeptSetting } from '../../core/backup/records.ts';
import { statuses, type Document, type Meta, type Status } from '../../core/document.ts';
import { lineKinds, type LineKinds } from '../../core/layout.ts';
import type { Project } from '../../core/project.ts';
import { attributeTypes, colourCount, labelKeys, type Scheme } from '../../core/scheme.ts';
import { completeScheme } from '../../core/schemes/complete.ts';
import { parts } from '../../core/splits/part.ts';
import type { TextSource } from '../../core/text.ts';
import { deepestFile, isDeeperThan, isObject, type JsonValue } from '../reading/json-value.ts';

/*
 * What is not named here is kept as it is: a later Locution may know it, and a backup must come back as it went. It is
 * data that nothing reads.
 */
const words = v.string();
const whole = v.pipe(v.number(), v.integer(), v.minValue(0));
const attributes = v.custom<Meta>(isObject);
const ids = v.array(words);
const yes = v.literal(true);

/** Whether it lies within its text is weighed where it is used: a history is kept as it is. */
const span = v.looseObject({
  id: words,
  start: v.number(),
  end: v.number(),
  label: words,
  annotator: words,
  text: words,
  attributes,
  note: v.optional(words),
  origin: v.picklist(['hand', 'file']),
  createdAt: words,
  updatedAt: words,
});
const relation = v.looseObject({
  id: words,
  head: words,
  child: words,
  label: words,
  annotator: words,
  attributes,
});
const source = v.looseObject({
  file: v.optional(words),
  newlines: v.picklist(['none', 'lf', 'crlf', 'cr', 'mixed']),
  byteOrderMark: v.boolean(),
  replacedSurrogates: whole,
});
const document = v.looseObject({
  id: words,
  projectId: words,
  title: words,
  meta: attributes,
  status: v.picklist(statuses),
  labels: v.optional(ids),
  note: v.optional(words),
  order: v.number(),
  deleted: v.optional(yes),
});

const isDistinct = (items: readonly { readonly id: string }[]) =>
  new Set(items.map(({ id }) => id)).size === items.length;
const item = { id: words, name: words, value: words, guideline: v.optional(words), deleted: v.optional(yes) };
const label = v.looseObject({
  ...item,
  colour: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(colourCount - 1)),
  key: v.optional(v.picklist(labelKeys)),
  mergedInto: v.optional(words),
});
const attribute = v.looseObject({
  ...item,
  type: v.picklist(attributeTypes),
  several: v.optional(v.boolean()),
  options: v.optional(v.array(words)),
  labels: v.optional(ids),
  required: v.optional(v.boolean()),
  key: v.optional(v.picklist(labelKeys)),
});
const pair = v.looseObject({ head: words, child: words });
const relationType = v.looseObject({ ...item, pairs: v.array(pair) });
/** Schemes had only labels once, and the history may tell of such. */
const scheme = v.looseObject({
  labels: v.pipe(
    v.array(label),
    v.check((items) => isDistinct(items)),
  ),
  attributes: v.optional(
    v.pipe(
      v.array(attribute),
      v.check((items) => isDistinct(items)),
    ),
  ),
  relations: v.optional(
    v.pipe(
      v.array(relationType),
      v.check((items) => isDistinct(items)),
    ),
  ),
  documentLabels: v.optional(
    v.pipe(
      v.array(v.looseObject(item)),
      v.check((items) => isDistinct(items)),
    ),
  ),
  guideline: v.optional(words),
});
const project = v.looseObject({
  id: words,
  name: words,
  scheme,
  createdAt: v.optional(words),
  deleted: v.optional(yes),
});

const entry = v.variant('type', [
  v.looseObject({ type: v.literal('span'), documentId: words, value: span }),
  v.looseObject({ type: v.literal('relation'), documentId: words, value: relation }),
  v.looseObject({ type: v.literal('document'), documentId: words, value: document }),
  v.looseObject({ type: v.literal('project'), value: project }),
]);
const change = v.looseObject({
  id: words,
  projectId: words,
  documentIds: ids,
  kind: v.picklist(['do', 'undo', 'redo', 'import', 'scheme']),
  undoes: v.optional(words),
  importId: v.optional(words),
  annotator: words,
  at: words,
  title: words,
  added: v.array(entry),
  updated: v.array(v.looseObject({ before: entry, after: entry })),
  removed: v.array(entry),
});
const layer = v.looseObject({
  documentId: words,
  annotator: words,
  spans: v.array(span),
  relations: v.array(relation),
});
const setting = v.variant('setting', [
  v.looseObject({
    setting: v.literal('activity'),
    documentId: words,
    annotator: words,
    seconds: v.pipe(v.number(), v.minValue(0)),
  }),
  v.looseObject({ setting: v.literal('part'), documentId: words, part: v.picklist(parts) }),
]);

const documentLine = v.looseObject({
  id: words,
  title: words,
  text: v.pipe(words, v.nonEmpty()),
  text_sha256: words,
  meta: attributes,
  status: v.picklist(statuses),
  note: v.optional(words),
  spans: v.array(v.custom<JsonValue>(isObject)),
  source,
  layout: v.optional(v.array(v.object({ line: whole, kind: v.picklist(lineKinds) }))),
  record: v.looseObject({
    projectId: words,
    order: v.number(),
    labels: v.optional(ids),
    importId: v.optional(words),
    deleted: v.optional(yes),
  }),
});

/** A document as its line says it, without what is marked on it. */
export interface DocumentLine {
  readonly id: string;
  readonly title: string;
  readonly text: string;
  readonly text_sha256: string;
  readonly meta: Meta;
  readonly status: Status;
  readonly note?: string;
  readonly source: TextSource;
  readonly layout?: LineKinds;
  readonly record: Pick<Document, 'projectId' | 'order' | 'labels' | 'importId' | 'deleted'>;
}

/** What a line says if it has the shape, in the same words as it came; `undefined` otherwise. */
function fitting<T extends v.GenericSchema>(shape: T, value: JsonValue): v.InferOutput<T> | undefined {
  return !isDeeperThan(deepestFile, value) && v.is(shape, value) ? (value as v.InferOutput<T>) : undefined;
}

export const documentFitting = (value: JsonValue) => fitting(documentLine, value) as DocumentLine | undefined;
export function changeOf(value: JsonValue): KeptChange | undefined {
  const found = fitting(change, value);
  if (!found) return undefined;
  // Its place is given to it here, and with it what ties it to the one before: nobody from outside may say either.
  const { seq: _, chain: __, ...kept } = found;
  return kept as unknown as KeptChange;
}
export const layerOf = (value: JsonValue) => fitting(layer, value) as KeptLayer | undefined;
export const settingOf = (value: JsonValue) => fitting(setting, value) as KeptSetting | undefined;
/** The scheme of a project, as schemes are now. */
export function schemeOf(value: JsonValue): Scheme | undefined {
  const found = projectOf(value);
  return found && completeScheme(found.scheme);
}

export const projectOf = (value: JsonValue) => fitting(project, value) as Project | undefined;
