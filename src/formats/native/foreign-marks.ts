import type { Checked, Place } from '../reading/place.ts';
import { parseJson } from '../reading/json-syntax.ts';
import { isList, isObject, type Field, type JsonObject, type JsonValue } from '../reading/json-value.ts';
import { fieldOf } from './native-shape.ts';

const offsetKeys = ['start', 'end', 'begin', 'start_char', 'end_char', 'start_offset', 'end_offset'];

/** Words and sentences have offsets too, and nobody marked them. */
const unmarked = ['tokens', 'sents'];

/** Tells of fields that look like what was marked with another tool, which are kept and are no spans. */
export function* checkForeignMarks(fields: readonly Field[], place: Place): Checked<void> {
  for (const [key, value] of fields) {
    if (unmarked.includes(key) || !holdsMarks(value)) continue;
    const message = `the "${key}" of this document look like marks of another tool and were not read as spans; they are kept in its metadata.`;
    yield place.at(key).problem('refused', message);
  }
}

function holdsMarks(value: JsonValue): boolean {
  return isList(value) && value.some((item) => (isList(item) ? item.some(isMark) : isMark(item)));
}

function isMark(value: JsonValue): boolean {
  return isObject(value) && offsetKeys.some((key) => typeof fieldOf(value, key) === 'number');
}

/** The first line of a file, if it is a row of Hugging Face spans. */
export function firstSpanRow(text: string): JsonObject | undefined {
  const first = parseJson(text.trimStart().split('\n', 1)[0]!);
  if ('fault' in first || !isObject(first.value)) return undefined;
  return isSpanRow(first.value) ? first.value : undefined;
}

/** Whether it is a row of Hugging Face spans: one span with the lines around it, and no document. */
export function isSpanRow(value: JsonValue): boolean {
  return (
    isObject(value) &&
    typeof value['context'] === 'string' &&
    ['start', 'end'].every((key) => typeof value[key] === 'number') &&
    !Object.hasOwn(value, 'spans')
  );
}
