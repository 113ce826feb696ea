import { parse } from 'jsonc-parser';
import type { FileProblem } from '../../core/problem.ts';
import type { Opening, SourceFile } from '../format.ts';
import { fieldOf } from '../native/native-shape.ts';
import { parseJson, withinStack } from './json-syntax.ts';
import {
  deepest,
  isDeeperThan,
  isList,
  isObject,
  tooDeep,
  type JsonObject,
  type JsonValue,
} from './json-value.ts';
import { placeOnLine, type Place } from './place.ts';
import { lines, opening } from './source-text.ts';
import { wholeJsonOfAnyDepth } from './whole-json.ts';

/** An object of a file with the place it stands at, or what is wrong in its place. */
export type PlacedObject =
  { readonly object: JsonObject; readonly place: Place } | { readonly problem: FileProblem };

/** A list, or an object whose first line does not hold all of it. */
const wholeValue = /^\s*(\[|\{\s*[\r\n])/;

/**
 * The objects of a file that has one on each line, streamed, or of one that is a list of them. What is no object is a
 * problem, and the others go on.
 */
export async function* jsonObjects(file: SourceFile): AsyncGenerator<PlacedObject> {
  const { text } = await opening(file);
  if (wholeValue.test(text)) yield* objectsOfValue(file);
  else yield* objectsOnLines(file);
}

async function* objectsOnLines(file: SourceFile): AsyncGenerator<PlacedObject> {
  for await (const line of lines(file)) {
    if ('problem' in line) yield line;
    else if (line.text.trim() !== '') yield objectOnLine(line.text, placeOnLine(file.name, line.number));
  }
}

function objectOnLine(text: string, place: Place): PlacedObject {
  const parsed = parseJson(text);
  if ('value' in parsed) return checked(parsed.value, place);
  const { column, reason } = parsed.fault;
  const message = `this line is not JSON and was left out: at column ${column} ${reason}.`;
  return { problem: place.problem('refused', message) };
}

async function* objectsOfValue(file: SourceFile): AsyncGenerator<PlacedObject> {
  const whole = await wholeJsonOfAnyDepth(file);
  if ('problem' in whole) return yield whole;
  const { value, place } = whole;
  if (!isList(value)) return yield checked(value, place);
  if (value.length === 0)
    yield { problem: place.problem('refused', 'this file has no documents: its list is empty.') };
  for (const [index, item] of value.entries()) yield checked(item, place.at(index));
}

function checked(value: JsonValue, place: Place): PlacedObject {
  if (isObject(value) && !isDeeperThan(deepest, value)) return { object: value, place };
  const fault = isObject(value) ? tooDeep : 'it is not an object';
  return { problem: place.problem('refused', `this document was left out: ${fault}.`) };
}

/**
 * The objects that a file begins with, for telling what it is: the last may be cut. None when the file is Locution's own
 * or is called a text.
 */
export function firstObjects(head: Opening): readonly JsonObject[] {
  const start = head.text.trimStart();
  return wholeValue.test(start) ? firstObjectsOfValue(head) : ofOthers(head, start.split('\n', 20));
}

/** The same of a file that can be one value alone, however it stands on its lines. */
export function firstObjectsOfValue(head: Opening): readonly JsonObject[] {
  return ofOthers(head, [head.text.trimStart()]);
}

function ofOthers({ extension, text }: Opening, values: readonly string[]): readonly JsonObject[] {
  if (!/^\s*[[{]/.test(text) || ['txt', 'text', 'md', 'markdown'].includes(extension)) return [];
  const objects = values.flatMap(objectsIn);
  return objects.some(isOwn) ? [] : objects;
}

function objectsIn(json: string): readonly JsonObject[] {
  const whole = parseJson(json);
  // Where it is cut in the middle, what stands before the cut will do.
  const value = 'value' in whole ? whole.value : withinStack(() => parse(json) as JsonValue | undefined);
  return (value !== undefined && isList(value) ? value : [value ?? null]).filter(isObject);
}

function isOwn(object: JsonObject): boolean {
  return ['offset_unit', 'text_sha256', 'format'].some((key) => {
    const value = fieldOf(object, key);
    return key === 'format' ? typeof value === 'string' && value.startsWith('locution') : value !== undefined;
  });
}
