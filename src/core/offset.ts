/** Half-open range of UTF-16 code units: `start` inclusive, `end` exclusive. Never empty. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/**
 * The two units of one text. Offsets count UTF-16 code units, as JavaScript strings do; code points are what Python
 * counts and what files carry. Building is linear in the text; a look-up is a binary search over its astral characters.
 */
export interface OffsetMap {
  readonly lengthInCodePoints: number;
  /** @throws RangeError when the offset lies outside the text or inside a surrogate pair. */
  toCodePoint(offset: number): number;
  /** @throws RangeError when the code point lies outside the text. */
  toOffset(codePoint: number): number;
}

export function offsetMap(text: string): OffsetMap {
  const astral = astralOffsets(text);
  const lengthInCodePoints = text.length - astral.length;
  return {
    lengthInCodePoints,
    toCodePoint(offset) {
      if (!Number.isInteger(offset) || offset < 0 || offset > text.length)
        throw new RangeError(`offset ${offset} is outside a text of ${text.length}`);
      const passed = countUpTo(astral, (index) => astral[index]! < offset);
      if (passed > 0 && astral[passed - 1] === offset - 1)
        throw new RangeError(`offset ${offset} is inside a surrogate pair`);
      return offset - passed;
    },
    toOffset(codePoint) {
      if (!Number.isInteger(codePoint) || codePoint < 0 || codePoint > lengthInCodePoints)
        throw new RangeError(`code point ${codePoint} is outside a text of ${lengthInCodePoints}`);
      return codePoint + countUpTo(astral, (index) => astral[index]! - index < codePoint);
    },
  };
}

/** Offsets of the high surrogates of a well-formed text, ascending. */
function astralOffsets(text: string): Uint32Array {
  const found: number[] = [];
  for (const match of text.matchAll(/[\uD800-\uDBFF]/g)) found.push(match.index);
  return Uint32Array.from(found);
}

/** The first index for which `isBelow` no longer holds; `isBelow` is true up to it and false after. */
function countUpTo(offsets: Uint32Array, isBelow: (index: number) => boolean): number {
  let low = 0;
  let high = offsets.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isBelow(middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}
