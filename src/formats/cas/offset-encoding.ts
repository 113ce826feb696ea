import { fieldOf } from '../native/native-shape.ts';
import { isObject, wordsOf, type JsonObject } from '../reading/json-value.ts';
import type { Checked, Place } from '../reading/place.ts';
import type { OffsetUnit } from '../units.ts';

const key = '%OFFSET_ENCODING';
const units: readonly (readonly [RegExp, OffsetUnit])[] = [
  [/^utf-?16([-_]?[bl]e)?$/i, 'utf16'],
  [/^utf-?8$/i, 'byte'],
  [/^utf-?32([-_]?[bl]e)?$/i, 'codepoint'],
];

/** The unit that a file states for its offsets; `undefined`, which means UTF-16 units, when it states none that is known. */
export function* statedEncoding(root: JsonObject, place: Place): Checked<OffsetUnit | undefined> {
  for (const part of ['%HEADER', '%FLAGS', undefined]) {
    const holder = part === undefined ? root : fieldOf(root, part);
    const value = isObject(holder) ? fieldOf(holder, key) : undefined;
    if (value === undefined) continue;
    const words = wordsOf(value).trim();
    const unit = units.find(([name]) => name.test(words))?.[1];
    if (unit) return unit;
    const message = `the ${key} “${words}” of this file is none of UTF-8, UTF-16 and UTF-32; its offsets were taken for UTF-16 units. Look whether its spans stand where they should.`;
    yield place.at(...(part === undefined ? [key] : [part, key])).problem('adjusted', message);
    return undefined;
  }
  return undefined;
}
