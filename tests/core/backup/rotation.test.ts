import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { outlived } from '../../../src/core/backup/rotation.ts';

const hour = 60 * 60 * 1000;
const day = 24 * hour;

/** What stays of backups at these times, of which the last was just written. */
function kept(times: readonly number[]): number[] {
  const backups = times.map((atMs) => ({ atMs }));
  const gone = new Set(outlived(backups, backups.at(-1)!));
  return backups.filter((backup) => !gone.has(backup)).map(({ atMs }) => atMs);
}

describe('backups that are kept', () => {
  test('are the last five of a busy day', () => {
    const times = Array.from({ length: 20 }, (_, index) => 100 * day + index * hour);
    expect(kept(times)).toEqual(times.slice(-5));
  });

  test('are the last one of each of seven days, and of each of four weeks', () => {
    const times = Array.from({ length: 60 }, (_, index) => 7 * 100 * day + index * day);
    const days = kept(times).map((atMs) => atMs / day - 700);
    expect(days).toEqual([41, 48, 53, 54, 55, 56, 57, 58, 59]);
  });

  test('stay over a holiday', () => {
    const times = [100 * day, 101 * day, 200 * day];
    expect(kept(times)).toEqual(times);
  });

  test('have the one among them that was just written, though the clock went back for years (A44)', () => {
    const times = [...Array.from({ length: 40 }, (_, index) => 1000 * day + index * day), 5 * day];
    expect(kept(times)).toContain(5 * day);
  });

  test('are never fewer than five, nor more than all these together', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(400 * day), { minLength: 1, maxLength: 60 }), (times) => {
        const count = kept(times).length;
        expect(count).toBeGreaterThanOrEqual(Math.min(5, times.length));
        expect(count).toBeLessThanOrEqual(5 + 7 + 4 + 1);
      }),
    );
  });
});
