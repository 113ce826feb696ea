import type { AttributeValue } from '../../core/span.ts';
import { fieldOf, unknownFields } from '../native/native-shape.ts';
import { isList, isObject, wordsOf, type Field, type JsonObject } from '../reading/json-value.ts';

/** Names that rows of ours have for what is no attribute. */
export const labelName = 'label';
export const textName = 'text';
export const noteName = 'note';
export const documentLabelsName = 'document_labels';
const taken = [labelName, textName, noteName, documentLabelsName];

/** What says where a region is, which its attributes repeat. */
const placeFields = ['start', 'end', 'startOffset', 'endOffset', 'globalOffsets'];

/** A row that says something of a region besides its label: chosen among options, or written. */
export function attributeRow(
  key: string,
  value: AttributeValue,
  isChosen: boolean,
  region: JsonObject,
): JsonObject {
  const texts = textsOf(value);
  const isTaken = taken.includes(key);
  // Rows hold lists of text only; what would be read as another value than it was stands beside.
  const isPlain = JSON.stringify(plainOf(texts)) === JSON.stringify(value);
  const meta = { ...(isTaken && { attribute: key }), ...(!isPlain && { value }) };
  return {
    ...{ from_name: isTaken ? `attribute_${key}` : key, to_name: textName },
    ...{ type: isChosen ? 'choices' : 'textarea', origin: 'manual' },
    value: { ...region, [isChosen ? 'choices' : 'text']: texts },
    ...(Object.keys(meta).length > 0 && { meta }),
  };
}

/** What a row says of its region or its task, under the name it says it. */
export function attributeIn(row: JsonObject): Field {
  const meta = fieldOf(row, 'meta');
  const name = isObject(meta) && typeof meta['attribute'] === 'string' ? meta['attribute'] : row['from_name'];
  const said = saidIn(row);
  const exact = isObject(meta) ? meta['value'] : undefined;
  const key = typeof name === 'string' ? name : wordsOf(row['type']);
  if (!isList(said)) return [key, said];
  // Somebody may have changed the row in Label Studio, which leaves what stands beside it.
  const isCurrent = exact !== undefined && JSON.stringify(textsOf(exact)) === JSON.stringify(said);
  return [key, isCurrent ? exact : plainOf(said)];
}

/** The texts of a row; `undefined` when it has none. */
export function textsIn(row: JsonObject): string[] | undefined {
  const said = saidIn(row);
  const texts = isList(said) ? said : [said];
  return texts.every((text) => typeof text === 'string') ? (texts as string[]) : undefined;
}

function saidIn(row: JsonObject): AttributeValue {
  const { value, type } = row;
  if (!isObject(value)) return value ?? null;
  const key = type === 'textarea' ? 'text' : wordsOf(type);
  const said = fieldOf(value, key);
  return said ?? Object.fromEntries(unknownFields(value, placeFields));
}

function textsOf(value: AttributeValue): readonly AttributeValue[] {
  if (isList(value) && value.every((item) => typeof item === 'string')) return value;
  return [typeof value === 'string' ? value : JSON.stringify(value)];
}

function plainOf(texts: readonly AttributeValue[]): AttributeValue {
  return texts.length === 1 ? texts[0]! : texts;
}
