import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compareSpans, isSameMark, overlaps } from '../../src/core/span.ts';
import { annotated, span } from '../annotated.ts';
import { spans } from './spans.ts';

describe('two spans', () => {
  test.each([
    ['touching spans do not overlap', '[Ada](PER)[ Lovelace](PER) denied it', false],
    ['spans apart do not overlap', '[Ada](PER) Lovelace [denied](ACT) it', false],
    ['nested spans overlap', '[[Ada](FIRST) Lovelace](PER) denied it', true],
    ['coinciding spans overlap', '[[Ada](FIRST)](PER) Lovelace denied it', true],
  ])('%s', (_, notation, expected) => {
    const [first, second] = annotated(notation).spans;
    expect(overlaps(first!, second!)).toBe(expected);
    expect(overlaps(second!, first!)).toBe(expected);
  });

  test('crossing spans overlap, if only by one character', () => {
    expect(overlaps({ start: 0, end: 5 }, { start: 4, end: 9 })).toBe(true);
    expect(overlaps({ start: 0, end: 5 }, { start: 5, end: 9 })).toBe(false);
  });

  test('overlap exactly when they share a character', () => {
    const range = fc.tuple(fc.nat(8), fc.integer({ min: 1, max: 4 }));
    fc.assert(
      fc.property(range, range, ([a, aLength], [b, bLength]) => {
        const shared = Array.from({ length: 12 }, (_, offset) => offset).filter(
          (offset) => a <= offset && offset < a + aLength && b <= offset && offset < b + bLength,
        );
        const met = overlaps({ start: a, end: a + aLength }, { start: b, end: b + bLength });
        expect(met).toBe(shared.length > 0);
      }),
    );
  });
});

describe('the order of spans', () => {
  test('is by start, then longest first, then by id', () => {
    const ordered = [
      span({ id: 'd', start: 0, end: 9 }),
      span({ id: 'a', start: 0, end: 4 }),
      span({ id: 'b', start: 0, end: 4 }),
      span({ id: 'c', start: 1, end: 2 }),
    ];
    expect([...ordered].reverse().sort(compareSpans)).toEqual(ordered);
  });

  test('does not depend on the order in which they were made', () => {
    fc.assert(
      fc.property(
        spans.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))),
        ([all, shuffled]) => {
          expect(shuffled.sort(compareSpans)).toEqual([...all].sort(compareSpans));
        },
      ),
    );
  });
});

describe('two spans say the same', () => {
  const mark = span({ id: 'a', start: 4, end: 9, label: 'denial', annotator: 'anna' });

  test('with the same range and label by the same annotator, whatever else differs', () => {
    expect(
      isSameMark(mark, { ...mark, id: 'b', note: 'twice', origin: 'file', attributes: { sure: true } }),
    ).toBe(true);
  });

  test.each([{ start: 3 }, { end: 10 }, { label: 'claim' }, { annotator: 'ben' }])(
    'but not with another %j',
    (trait) => {
      expect(isSameMark(mark, { ...mark, ...trait })).toBe(false);
    },
  );
});
