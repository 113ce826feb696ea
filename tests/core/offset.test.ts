import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { offsetMap } from '../../src/core/offset.ts';
import { isInsidePair, texts, textsWithOffset } from './texts.ts';

test('an offset carried to code points and back is itself', () => {
  fc.assert(
    fc.property(texts, (text) => {
      const { toCodePoint, toOffset } = offsetMap(text);
      for (let offset = 0; offset <= text.length; offset++)
        if (!isInsidePair(text, offset)) expect(toOffset(toCodePoint(offset))).toBe(offset);
    }),
  );
});

test('a code point carried to offsets and back is itself', () => {
  fc.assert(
    fc.property(texts, (text) => {
      const { toCodePoint, toOffset, lengthInCodePoints } = offsetMap(text);
      for (let codePoint = 0; codePoint <= lengthInCodePoints; codePoint++)
        expect(toCodePoint(toOffset(codePoint))).toBe(codePoint);
    }),
  );
});

test('code points are what Python counts', () => {
  fc.assert(
    fc.property(textsWithOffset, ({ text, offset }) => {
      fc.pre(!isInsidePair(text, offset));
      expect(offsetMap(text).toCodePoint(offset)).toBe(Array.from(text.slice(0, offset)).length);
    }),
  );
  expect(offsetMap('👩‍👩‍👧‍👦 denied it').lengthInCodePoints).toBe(17);
});

test('the ends of a text are its first and last code point', () => {
  fc.assert(
    fc.property(texts, (text) => {
      const { toCodePoint, toOffset, lengthInCodePoints } = offsetMap(text);
      expect([toCodePoint(0), toOffset(0)]).toEqual([0, 0]);
      expect(toCodePoint(text.length)).toBe([...text].length);
      expect(toOffset(lengthInCodePoints)).toBe(text.length);
    }),
  );
});

test('an offset inside a surrogate pair has no code point', () => {
  fc.assert(
    fc.property(texts, (text) => {
      const { toCodePoint } = offsetMap(text);
      for (let offset = 0; offset <= text.length; offset++)
        if (isInsidePair(text, offset)) expect(() => toCodePoint(offset)).toThrow(RangeError);
    }),
  );
  expect(() => offsetMap('Ada 😡').toCodePoint(5)).toThrow('offset 5 is inside a surrogate pair');
});

describe('a place outside the text is an error', () => {
  const { toCodePoint, toOffset } = offsetMap('Ada 😡');

  test.each([-1, 7, 0.5, Number.NaN, Number.POSITIVE_INFINITY])('offset %d', (offset) => {
    expect(() => toCodePoint(offset)).toThrow(new RangeError(`offset ${offset} is outside a text of 6`));
  });

  test.each([-1, 6, 0.5, Number.NaN, Number.POSITIVE_INFINITY])('code point %d', (codePoint) => {
    expect(() => toOffset(codePoint)).toThrow(
      new RangeError(`code point ${codePoint} is outside a text of 5`),
    );
  });
});
