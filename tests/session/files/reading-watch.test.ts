import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ReadingWatch } from '../../../src/session/files/reading-watch.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function watch() {
  const said: string[] = [];
  const watching = new ReadingWatch({
    onslow: (file) => said.push(`slow ${file}`),
    onstuck: (file) => said.push(`stuck ${file}`),
  });
  const hear = (file: string, done: number) => watching.heard({ done, total: 100, file });
  return { said, watching, hear };
}

test('a reader that is not heard of for 20 seconds is told once, and stopped after three minutes', () => {
  const { said, watching, hear } = watch();
  hear('bomb.pdf', 10);
  vi.advanceTimersByTime(19_000);
  expect(said).toEqual([]);
  vi.advanceTimersByTime(100_000);
  expect(said).toEqual(['slow bomb.pdf']);
  vi.advanceTimersByTime(61_000);
  expect(said[1]).toBe('stuck bomb.pdf');
  watching.end();
});

test('a reader at work that reads no further is told after a minute and goes on as long as it likes', () => {
  const { said, watching, hear } = watch();
  for (let second = 0; second < 600; second++) {
    hear('long.pdf', 100);
    vi.advanceTimersByTime(1000);
    if (second < 59) expect(said).toEqual([]);
  }
  expect(said).toEqual(['slow long.pdf']);
  watching.end();
});

test('a reader that gets on, file by file, is left alone', () => {
  const { said, watching, hear } = watch();
  for (let second = 0; second < 600; second++) {
    hear(`${Math.floor(second / 50)}.txt`, second);
    vi.advanceTimersByTime(1000);
  }
  expect(said).toEqual([]);
  watching.end();
  vi.advanceTimersByTime(600_000);
  expect(said).toEqual([]);
});
