import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  binName,
  binOf,
  characterBins,
  countCodePoints,
  countWords,
  medianOf,
  spanBins,
  wordBins,
} from '../../../src/core/statistics/lengths.ts';

describe('words', () => {
  test.each([
    ['Ada denied it', 3],
    ['“all of it”, he said.', 5],
    ["didn't, l’eau, well-known", 3],
    ['1,200 families', 3],
    ['3.5 km', 2],
    ['— …', 0],
    ['שלום וזר', 2],
    ['सच नहीं है', 3],
    ['مَدْرَسَة', 1],
    ['我们否认', 2],
    ['👩‍👩‍👧‍👦 again', 1],
  ])('in “%s”: %i', (passage, count) => {
    expect(countWords(passage)).toBe(count);
  });
});

test('characters are code points', () => {
  expect(countCodePoints('a👍é')).toBe(3);
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (passage) => {
      expect(countCodePoints(passage)).toBe([...passage].length);
    }),
  );
});

describe('bins', () => {
  test.each([wordBins, characterBins, spanBins])('hold every number once', (...bins) => {
    fc.assert(
      fc.property(fc.integer({ min: bins[0]!.least, max: 2000 }), (value) => {
        const holding = bins.filter(({ least, most }) => least <= value && value <= most);
        expect(holding).toEqual([bins[binOf(bins, value)]]);
      }),
    );
  });

  test('a passage without words is with the shortest', () => {
    expect(binOf(wordBins, 0)).toBe(0);
  });

  test('are named by their ends', () => {
    expect(wordBins.map(binName)).toEqual([
      '1',
      '2',
      '3',
      '4–5',
      '6–8',
      '9–12',
      '13–20',
      '21–35',
      '36–60',
      '61 and more',
    ]);
  });
});

test('the median is the middle one of all, the lower one of two', () => {
  const occurrences = fc.array(fc.nat(9), { minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(occurrences, (values) => {
      const counts = new Map<number, number>();
      for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
      const sorted = [...values].sort((a, b) => a - b);
      expect(medianOf(counts)).toBe(sorted[Math.ceil(sorted.length / 2) - 1]);
    }),
  );
  expect(medianOf(new Map())).toBeUndefined();
});
