import fc from 'fast-check';
import { expect, test } from 'vitest';
import { barPlace } from '../../../../src/ui/annotate/labels/bar-place.ts';

const window = { left: 0, right: 400, top: 100, bottom: 600 };
const bar = { width: 200, height: 40 };
const words = (left: number, top: number, lines = 1) =>
  [...Array(lines).keys()].map((line) => ({
    left: line === 0 ? left : 0,
    right: 300,
    top: top + 30 * line,
    bottom: top + 30 * (line + 1),
  }));

test.each([
  ['above the words', words(50, 300), 'above', { left: 50, top: 246 }],
  ['below them where that is preferred', words(50, 300), 'below', { left: 50, top: 338 }],
  ['below them where there is no room above', words(50, 120), 'above', { left: 50, top: 158 }],
  ['above them where there is no room below', words(50, 550), 'below', { left: 50, top: 496 }],
  ['away from the right edge', words(350, 300), 'above', { left: 192, top: 246 }],
  ['under the last of several lines', words(50, 110, 3), 'above', { left: 8, top: 208 }],
  ['nowhere when the words fill the window', words(50, 90, 20), 'above', undefined],
  ['nowhere when they are out of sight above', words(50, 60), 'above', undefined],
  ['nowhere when they are out of sight below', words(50, 700), 'above', undefined],
] as const)('a bar stands %s', (_what, boxes, prefers, expected) => {
  expect(barPlace(boxes, bar, window, prefers)).toEqual(expected);
});

test('a bar never covers the words and never leaves the window', () => {
  const place = fc.tuple(
    fc.integer({ min: 0, max: 399 }),
    fc.integer({ min: 0, max: 700 }),
    fc.integer({ min: 1, max: 20 }),
  );
  fc.assert(
    fc.property(place, fc.constantFrom('above', 'below'), ([left, top, lines], prefers) => {
      const boxes = words(left, top, lines);
      const found = barPlace(boxes, bar, window, prefers);
      if (!found) return;
      const [first, last] = [boxes[0]!, boxes.at(-1)!];
      expect(found.top + bar.height <= first.top || found.top >= last.bottom).toBe(true);
      expect(found.top >= window.top && found.top + bar.height <= window.bottom).toBe(true);
      expect(found.left >= window.left && found.left + bar.width <= window.right).toBe(true);
    }),
  );
});
