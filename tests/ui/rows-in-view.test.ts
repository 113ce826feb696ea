import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { rowsInView } from '../../src/ui/parts/rows-in-view.ts';

const windows = fc.record({
  count: fc.oneof(fc.nat(400), fc.nat(100_000)),
  rowHeight: fc.integer({ min: 1, max: 120 }),
  scrollTop: fc.oneof(fc.nat(50_000), fc.double({ min: 0, max: 10_000_000, noNaN: true })),
  height: fc.nat(3000),
});

describe('the rows in view', () => {
  test.each([
    ['at the top of a long list', 0, { first: 0, end: 28, before: 0, after: 38_880 }],
    ['in the middle', 20_000, { first: 492, end: 528, before: 19_680, after: 18_880 }],
    ['at the end', 39_200, { first: 972, end: 1000, before: 38_880, after: 0 }],
    ['far beyond the end', 90_000, { first: 1000, end: 1000, before: 40_000, after: 0 }],
  ])('%s', (_what, scrollTop, expected) => {
    expect(rowsInView({ count: 1000, rowHeight: 40, scrollTop, height: 800 })).toEqual(expected);
  });

  test.each([0, 1, 200])('are all of a list of %i', (count) => {
    const view = rowsInView({ count, rowHeight: 40, scrollTop: 5000, height: 100 });
    expect(view).toEqual({ first: 0, end: count, before: 0, after: 0 });
  });

  test('make the full height together with what stands in for the others', () => {
    fc.assert(
      fc.property(windows, (window) => {
        const { first, end, before, after } = rowsInView(window);
        expect(before + Math.max(0, end - first) * window.rowHeight + after).toBe(
          window.count * window.rowHeight,
        );
        expect(Math.min(before, after, end - first)).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  test('are all of those that can be seen, and in a long list hardly more', () => {
    fc.assert(
      fc.property(windows, ({ count, rowHeight, scrollTop, height }) => {
        const { first, end } = rowsInView({ count, rowHeight, scrollTop, height });
        const seen = (index: number) =>
          index * rowHeight < scrollTop + height && (index + 1) * rowHeight > scrollTop;
        const firstSeen = Math.floor(scrollTop / rowHeight);
        for (let index = firstSeen; index < count && seen(index); index++) {
          expect(index).toBeGreaterThanOrEqual(first);
          expect(index).toBeLessThan(end);
        }
        if (count > 200) expect(end - first).toBeLessThanOrEqual(height / rowHeight + 18);
      }),
      { numRuns: 60 },
    );
  });
});
