import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { arcPath, type Point } from '../../src/editor/arc-path.ts';

const point = fc.record({ x: fc.integer({ min: 0, max: 900 }), y: fc.integer({ min: 0, max: 9000 }) });
const numbers = (path: string) => [...path.matchAll(/-?[\d.]+/g)].map(Number);

describe('an arc', () => {
  test('leads from one end to the other, with the tip of its arrow there', () => {
    fc.assert(
      fc.property(point, point, (from, to) => {
        const { curve, arrow } = arcPath(from, to);
        expect(numbers(curve).slice(0, 2)).toEqual([from.x, from.y]);
        expect(numbers(curve).slice(-2)).toEqual([to.x, to.y]);
        expect(numbers(arrow).slice(0, 2)).toEqual([to.x, to.y]);
      }),
    );
  });

  test('rises over one line and bows to the left between two', () => {
    const flat = middleOf({ x: 100, y: 50 }, { x: 500, y: 50 });
    expect(flat.x).toBe(300);
    expect(flat.y).toBeLessThan(50);
    const steep = middleOf({ x: 100, y: 50 }, { x: 100, y: 450 });
    expect(steep.y).toBe(250);
    expect(steep.x).toBeLessThan(100);
  });

  test('stands off no further however far apart its ends are', () => {
    const bow = (height: number) => 100 - middleOf({ x: 100, y: 0 }, { x: 100, y: height }).x;
    expect(bow(100_000)).toBe(bow(10_000));
    expect(bow(100)).toBeLessThan(bow(10_000));
  });
});

/** The point half-way along the curve (de Casteljau). */
function middleOf(from: Point, to: Point): Point {
  const path = numbers(arcPath(from, to).curve);
  const along = (axis: 0 | 1) =>
    [1, 3, 3, 1].reduce((sum, weight, index) => sum + weight * path[2 * index + axis]!, 0) / 8;
  return { x: along(0), y: along(1) };
}
