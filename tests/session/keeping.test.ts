import { afterEach, describe, expect, test, vi } from 'vitest';
import { askToKeep, isLittle, roomIn, sizeWords, type Keeper } from '../../src/session/keeping.ts';

afterEach(() => vi.useRealTimers());

function browser(persist: () => Promise<boolean>, estimate = async () => ({})): Keeper {
  return { persist, estimate };
}

describe('a browser that is asked to keep the work', () => {
  test.each([
    ['promises it', browser(async () => true), 'kept'],
    ['denies it', browser(async () => false), 'not promised'],
    [
      'refuses to answer',
      browser(() => Promise.reject(new DOMException('', 'SecurityError'))),
      'not promised',
    ],
    ['cannot be asked', undefined, 'not promised'],
    ['does not know the question', {} as Keeper, 'not promised'],
  ])('and %s is taken at its word (A33)', async (_what, storage, promised) => {
    const answers: string[] = [];
    askToKeep(storage, (answer) => answers.push(answer));
    await vi.waitFor(() => expect(answers).toEqual([promised]), { interval: 1 });
  });

  test('and never answers has promised nothing, until it answers after all (A33)', async () => {
    vi.useFakeTimers();
    let answer = (_: boolean): void => undefined;
    const answers: string[] = [];
    askToKeep(
      browser(() => new Promise((resolve) => (answer = resolve))),
      (promised) => answers.push(promised),
    );
    await vi.advanceTimersByTimeAsync(9999);
    expect(answers).toEqual([]);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(answers).toEqual(['not promised']);
    answer(true);
    await vi.advanceTimersByTimeAsync(0);
    expect(answers).toEqual(['not promised', 'kept']);
  });
});

describe('the room for more work', () => {
  const quiet = async () => true;

  test('is what the browser grants less what is used', async () => {
    const storage = browser(quiet, async () => ({ usage: 12_000_000, quota: 60_000_000 }));
    const room = await roomIn(storage);
    expect(room).toEqual({ usedBytes: 12_000_000, leftBytes: 48_000_000 });
    expect(isLittle(room)).toBe(true);
    expect(isLittle({ usedBytes: 0, leftBytes: 2_000_000_000 })).toBe(false);
  });

  test.each([
    ['says nothing', browser(quiet)],
    ['refuses', browser(quiet, () => Promise.reject(new TypeError('no')))],
    ['cannot be asked', undefined],
  ])('is not known where the browser %s, and nobody is warned', async (_what, storage) => {
    expect(await roomIn(storage)).toBeUndefined();
    expect(isLittle(undefined)).toBe(false);
  });

  test('is told in units that people know', () => {
    expect([0, 812_000, 12_345_678, 123_456_789, 9_600_000_000].map(sizeWords)).toEqual([
      '0 kB',
      '812 kB',
      '12.3 MB',
      '123 MB',
      '9.6 GB',
    ]);
  });
});
