import type { AttributeValue, Attributes } from '../../core/span.ts';
import { parseInside } from '../reading/json-syntax.ts';
import {
  isAbsent,
  isList,
  isObject,
  withFields,
  type JsonObject,
  type JsonValue,
} from '../reading/json-value.ts';

/** What the bodies of an annotation say. */
export interface Said {
  /** The values of tags, in their order. */
  readonly tags: readonly string[];
  readonly note?: string;
  readonly attributes: Attributes;
}

const json = 'application/json';
const notePurposes = [
  'commenting',
  'replying',
  'describing',
  'editing',
  'moderating',
  'questioning',
  'assessing',
];

export function tagBody(value: string): JsonObject {
  return { type: 'TextualBody', purpose: 'tagging', value };
}

export function noteBody(value: string): JsonObject {
  return { type: 'TextualBody', purpose: 'commenting', value };
}

/** An attribute is a description with a name; a value that is not text is written as JSON. */
export function attributeBodies(attributes: Attributes): JsonObject[] {
  return Object.entries(attributes).map(([name, value]) => ({
    ...{ type: 'TextualBody', purpose: 'describing', name },
    ...(typeof value === 'string' ? { value } : { format: json, value: JSON.stringify(value) }),
  }));
}

/** Reads the bodies of an annotation of ours or of another tool; one that is neither tag, note nor attribute is kept. */
export function readBodies(annotation: JsonObject): Said {
  const motivation = purposeOf(annotation['motivation']);
  const tags: string[] = [];
  const notes: string[] = [];
  const fields: [string, AttributeValue][] = [];
  const others: JsonValue[] = [];
  for (const body of bodiesOf(annotation)) {
    const value = valueOf(body);
    const purpose = (isObject(body) ? purposeOf(body['purpose']) : undefined) ?? motivation;
    const name = isObject(body) && purpose === 'describing' ? body['name'] : undefined;
    if (typeof name === 'string' && value !== undefined)
      fields.push([name, attributeOf(body as JsonObject, value)]);
    else if (value === undefined) others.push(body);
    else if (isNote(purpose)) notes.push(value);
    else if (value.trim() !== '') tags.push(value);
  }
  const kept = others.length > 0 ? [['body', others.length === 1 ? others[0]! : others] as const] : [];
  return {
    tags,
    ...(notes.length > 0 && { note: notes.join('\n\n') }),
    attributes: withFields({}, [...fields, ...kept]),
  };
}

/** `bodyValue` is short for a body of plain text. */
function bodiesOf({ body, bodyValue }: JsonObject): readonly JsonValue[] {
  const short = typeof bodyValue === 'string' ? [{ type: 'TextualBody', value: bodyValue }] : [];
  return [...(isAbsent(body) ? [] : isList(body) ? body : [body]), ...short];
}

function valueOf(body: JsonValue): string | undefined {
  if (!isObject(body)) return undefined;
  const { type, value } = body;
  return typeof value === 'string' && (type === 'TextualBody' || isAbsent(type)) ? value : undefined;
}

export function purposeOf(value: JsonValue | undefined): string | undefined {
  const first = isList(value) ? value[0] : value;
  return typeof first === 'string' ? first.replace(/^oa:/, '') : undefined;
}

function isNote(purpose: string | undefined): boolean {
  return purpose !== undefined && notePurposes.includes(purpose);
}

function attributeOf({ format }: JsonObject, value: string): AttributeValue {
  const parsed = format === json ? parseInside(value) : undefined;
  return parsed === undefined ? value : parsed;
}
