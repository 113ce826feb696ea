import * as v from 'valibot';
import { offsetUnits } from '../units.ts';
import {
  isAbsent,
  isList,
  isObject,
  type Field,
  type JsonObject,
  type JsonValue,
} from '../reading/json-value.ts';

/** A value that fits its shape, or the first thing that is wrong with it, as the end of a sentence. */
export type Fit<T> = { readonly value: T } | { readonly fault: string };

const longestId = 200;

/** What is said of a field that is not there. */
export const missing = (issue: { readonly expected: string | null }) => `its ${issue.expected} is missing`;
const text = (name: string) => v.string(`its "${name}" is not text`);
/** Text that is not blank. */
export const filled = (name: string) => v.pipe(text(name), v.regex(/\S/u, `its "${name}" is empty`));
export const offset = (name: string) =>
  v.pipe(
    v.number(`its "${name}" is not a number`),
    v.integer(`its "${name}" is not a whole number`),
    v.minValue(0, `its "${name}" is below 0`),
  );
const attributes = v.nullish(v.custom<JsonObject>(isObject, 'its "attributes" are not an object'));
const annotator = v.nullish(text('annotator'));

const unitShape = v.nullish(
  v.picklist(offsetUnits, `its "offset_unit" is none of ${offsetUnits.join(', ')}`),
);

/** What makes a document; whatever else it has may be wrong without losing it. */
const documentShape = v.object(
  { text: v.pipe(text('text'), v.nonEmpty('its "text" is empty')), offset_unit: unitShape },
  missing,
);

const spanShape = v.object(
  {
    start: offset('start'),
    end: offset('end'),
    label: filled('label'),
    text: v.nullish(text('text')),
    annotator,
    attributes,
    note: v.nullish(text('note')),
  },
  missing,
);

const spanId = (name: string) => v.union([v.string(), v.number()], `its "${name}" is not the id of a span`);
const relationShape = v.object(
  { head: spanId('head'), child: spanId('child'), label: filled('label'), annotator, attributes },
  missing,
);

const formatFault = (received: string) =>
  received === '"locution-scheme"'
    ? 'it holds a scheme and no documents; import it under Labels'
    : `its "format" is ${received}, not "locution"`;

const containerShape = v.object(
  {
    format: v.nullish(v.literal('locution', ({ received }) => formatFault(received))),
    version: v.nullish(
      v.pipe(
        v.number('its "version" is not a number'),
        v.integer('its "version" is not a whole number'),
        v.minValue(1, 'its "version" is below 1'),
        v.maxValue(1, 'a newer Locution has written it; update this one and import again'),
      ),
    ),
    offset_unit: unitShape,
    documents: v.custom<readonly JsonValue[]>(isList, 'its "documents" are not a list'),
  },
  missing,
);

export type RelationFields = v.InferOutput<typeof relationShape>;
export type SpanFields = v.InferOutput<typeof spanShape>;

export const documentFit = fitter(documentShape);
export const spanFit = fitter(spanShape);
export const relationFit = fitter(relationShape);
export const containerFit = fitter(containerShape);

/** Whether a value can be an id: text of 1 to 200 characters. */
export function isId(value: JsonValue | undefined): value is string {
  return typeof value === 'string' && value !== '' && value.length <= longestId;
}

/** The fields of an object that its shape does not know, in their order. */
export function unknownFields(object: JsonObject, known: readonly string[]): Field[] {
  return Object.entries(object).filter(([key]) => !known.includes(key));
}

/** The field, `undefined` for null too. */
export function fieldOf(object: JsonObject, key: string): JsonValue | undefined {
  const value = Object.hasOwn(object, key) ? object[key] : undefined;
  return isAbsent(value) ? undefined : value;
}

/** Checks values against a shape, which must be that of an object. */
export function fitter<const Shape extends v.GenericSchema>(
  shape: Shape,
): (value: JsonValue) => Fit<v.InferOutput<Shape>> {
  return (value) => {
    if (!isObject(value)) return { fault: 'it is not an object' };
    const result = v.safeParse(shape, value, { abortEarly: true, abortPipeEarly: true });
    return result.success ? { value: result.output } : { fault: result.issues[0].message };
  };
}
