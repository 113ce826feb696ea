import { segmentsIn } from '../core/segments.ts';

/** What files count their offsets in. Inside, offsets are UTF-16 code units of the canonical text. */
export const offsetUnits = ['codepoint', 'utf16', 'byte', 'grapheme'] as const;
export type OffsetUnit = (typeof offsetUnits)[number];

export const unitNames: Readonly<Record<OffsetUnit, string>> = {
  codepoint: 'code points',
  utf16: 'UTF-16 units',
  byte: 'UTF-8 bytes',
  grapheme: 'graphemes',
};

/** One text in another unit. Building is linear in the text, a look-up a binary search at most. */
export interface UnitMap {
  /** The text's length in the unit. */
  readonly length: number;
  /** The UTF-16 offset of a place given in the unit; `undefined` outside of the text and inside of a character. */
  toOffset(place: number): number | undefined;
  /** The place in the unit of a UTF-16 offset; `undefined` outside of the text and inside of a character. */
  fromOffset(offset: number): number | undefined;
}

/** A lone surrogate counts as the character that replaces it does: one code point, three bytes. */
export function unitMap(text: string, unit: OffsetUnit): UnitMap {
  if (unit === 'utf16') return utf16Map(text);
  const boundaries = unit === 'grapheme' ? graphemeStarts(text) : codePointStarts(text);
  return unit === 'byte' ? byteMap(text, boundaries) : countingMap(boundaries);
}

function utf16Map(text: string): UnitMap {
  const within = (offset: number) =>
    Number.isInteger(offset) && offset >= 0 && offset <= text.length && !isInsidePair(text, offset)
      ? offset
      : undefined;
  return { length: text.length, toOffset: within, fromOffset: within };
}

/** Whether an offset stands between the two halves of a surrogate pair. */
export function isInsidePair(text: string, offset: number): boolean {
  const isHigh = (text.charCodeAt(offset - 1) & 0xfc00) === 0xd800;
  return isHigh && (text.charCodeAt(offset) & 0xfc00) === 0xdc00;
}

/** The starts of all characters, and the end of the text. */
function codePointStarts(text: string): Uint32Array {
  const starts = new Uint32Array(text.length + 1);
  let count = 0;
  for (let at = 0; at < text.length; at++) if (!isInsidePair(text, at)) starts[count++] = at;
  starts[count++] = text.length;
  return starts.subarray(0, count);
}

function graphemeStarts(text: string): Uint32Array {
  const segmenter = new Intl.Segmenter('und', { granularity: 'grapheme' });
  const segments = segmentsIn(segmenter, text, { start: 0, end: text.length });
  return Uint32Array.from([...Array.from(segments, ({ start }) => start), text.length]);
}

function countingMap(starts: Uint32Array): UnitMap {
  return {
    length: starts.length - 1,
    toOffset: (place) => (Number.isInteger(place) && place >= 0 ? starts[place] : undefined),
    fromOffset: (offset) => indexOf(starts, offset),
  };
}

function byteMap(text: string, starts: Uint32Array): UnitMap {
  const bytes = new Uint32Array(starts.length);
  for (let index = 1; index < starts.length; index++)
    bytes[index] = bytes[index - 1]! + bytesOf(text.codePointAt(starts[index - 1]!)!);
  const across = (from: Uint32Array, to: Uint32Array) => (place: number) => {
    const index = indexOf(from, place);
    return index === undefined ? undefined : to[index];
  };
  return { length: bytes.at(-1)!, toOffset: across(bytes, starts), fromOffset: across(starts, bytes) };
}

function bytesOf(codePoint: number): number {
  if (codePoint < 0x80) return 1;
  if (codePoint < 0x800) return 2;
  return codePoint < 0x10000 ? 3 : 4;
}

/** The index of a value in ascending values. */
function indexOf(values: Uint32Array, value: number): number | undefined {
  let low = 0;
  let high = values.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (values[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return values[low] === value ? low : undefined;
}
