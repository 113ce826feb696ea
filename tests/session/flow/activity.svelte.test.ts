import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { Activity, durationWords } from '../../../src/session/flow/activity.svelte.ts';
import { newWorkspace } from '../../storage/workspace.ts';

const start = new Date('2026-03-02T09:00:00Z');

/** Only the clock and the interval are ours: the storage needs its own timers. */
beforeEach(() => {
  vi.useFakeTimers({ now: start, toFake: ['Date', 'setInterval', 'clearInterval'] });
});
afterEach(() => {
  vi.useRealTimers();
});

async function atWork(annotator = 'anna') {
  const { database } = await newWorkspace();
  const failures: unknown[] = [];
  const person = () => {
    const activity = new Activity(
      database,
      () => annotator,
      (error) => failures.push(error),
    );
    onTestFinished(() => activity.close());
    return activity;
  };
  const seconds = async () => (await database.activity.toArray()).map((row) => [row.annotator, row.seconds]);
  return { database, failures, person, seconds };
}

/** Lets time go by, touching something every so often. */
function work(activity: Activity, seconds: number, touchEvery = 10) {
  for (let second = 0; second < seconds; second++) {
    vi.setSystemTime(Date.now() + 1000);
    if (second % touchEvery === 0) activity.stir();
  }
}

describe('the time spent on a document', () => {
  test('is that while somebody touches something now and then', async () => {
    const { person, seconds } = await atWork();
    const activity = person();
    activity.look('report');
    work(activity, 150);
    await activity.keep();
    expect(await seconds()).toEqual([['anna', 150]]);
    expect(activity.ownSeconds).toBe(150);
  });

  test('goes on for a minute after the last touch and no longer', async () => {
    const { person, seconds } = await atWork();
    const activity = person();
    activity.look('report');
    work(activity, 3600, 4000);
    await activity.keep();
    // Touched in the first second.
    expect(await seconds()).toEqual([['anna', 61]]);
    activity.stir();
    work(activity, 5);
    await activity.keep();
    expect(await seconds()).toEqual([['anna', 66]]);
  });

  test('stops while no document is in sight', async () => {
    const { person, seconds } = await atWork();
    const activity = person();
    activity.look('report');
    work(activity, 20);
    activity.look(undefined);
    work(activity, 500);
    activity.look('report');
    work(activity, 10);
    await activity.keep();
    await vi.waitFor(async () => expect(await seconds()).toEqual([['anna', 30]]));
  });

  test('is kept by itself every fifteen seconds', async () => {
    const { person, seconds } = await atWork();
    const activity = person();
    activity.look('report');
    work(activity, 15);
    vi.advanceTimersByTime(15_000);
    await vi.waitFor(async () => expect(await seconds()).toEqual([['anna', 30]]));
  });

  test('adds up over two tabs, whichever writes last', async () => {
    const { person, seconds } = await atWork();
    const [one, other] = [person(), person()];
    one.look('report');
    work(one, 20);
    other.look('report');
    work(other, 30);
    await Promise.all([one.keep(), other.keep()]);
    expect(await seconds()).toEqual([['anna', 20 + 30 + 30]]);
  });

  test('is not lost when it could not be written at once', async () => {
    const { database, failures, person, seconds } = await atWork();
    const activity = person();
    activity.look('report');
    work(activity, 20);
    const write = vi.spyOn(database.activity, 'put').mockRejectedValueOnce(new Error('no room'));
    await activity.keep();
    expect(failures).toHaveLength(1);
    write.mockRestore();
    work(activity, 10);
    await activity.keep();
    expect(await seconds()).toEqual([['anna', 30]]);
  });
});

test.each([
  [0, 'less than a minute'],
  [59, 'less than a minute'],
  [60, '1 min'],
  [12 * 60 + 59, '12 min'],
  [3600, '1 h 0 min'],
  [3 * 3600 + 5 * 60, '3 h 5 min'],
])('%d seconds are said as “%s”', (seconds, words) => {
  expect(durationWords(seconds)).toBe(words);
});
