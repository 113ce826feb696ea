import { describe, expect, test, vi } from 'vitest';
import type { Change } from '../../src/core/change.ts';
import { commit } from '../../src/storage/commit.ts';
import type { Database } from '../../src/storage/database.ts';
import { changesAfter, followLog, historyOf, lastSeq } from '../../src/storage/log.ts';
import { span } from '../annotated.ts';
import { failing } from './faults.ts';
import { marking, newWorkspace } from './workspace.ts';

const mark = (database: Database, start: number, documentId = 'report') =>
  commit(database, marking(documentId, span({ start, end: start + 1 })));

/** Follows the log of a database for the time of a test. */
function follow(database: Database, seq = 0) {
  const heard: Change[] = [];
  const errors: unknown[] = [];
  const stop = followLog(
    database,
    seq,
    (changes) => heard.push(...changes),
    (error) => errors.push(error),
  );
  return { heard, errors, stop, seqs: () => heard.map((change) => change.seq) };
}

describe('the log', () => {
  test('tells the newest place, 0 when it is empty', async () => {
    const { database } = await newWorkspace();
    expect(await lastSeq(database)).toBe(0);
    await mark(database, 0);
    await mark(database, 1);
    expect(await lastSeq(database)).toBe(2);
  });

  test('gives the changes after a place, in order', async () => {
    const { database } = await newWorkspace();
    for (const start of [0, 1, 2, 3]) await mark(database, start);
    expect((await changesAfter(database, 2)).map(({ seq }) => seq)).toEqual([3, 4]);
    expect(await changesAfter(database, 4)).toEqual([]);
  });

  test('gives the history of one document, in order', async () => {
    const { database } = await newWorkspace();
    for (const start of [0, 1, 2, 3])
      await mark(database, start, start % 2 === 0 ? 'report' : 'other-report');
    expect((await historyOf(database, 'report')).map(({ seq }) => seq)).toEqual([1, 3]);
    expect(await historyOf(database, 'third-report')).toEqual([]);
  });
});

describe('following the log', () => {
  test('tells every change once and in order, those made before as well', async () => {
    const { database } = await newWorkspace();
    await mark(database, 0);
    const { seqs, stop } = follow(database);
    await mark(database, 1);
    await mark(database, 2);
    await vi.waitFor(() => expect(seqs()).toEqual([1, 2, 3]));
    stop();
  });

  test('goes on after a look that fails, which is told (A5)', async () => {
    const { workspace, database } = await newWorkspace();
    const { seqs, errors, stop } = follow(database);
    const fault = failing(1, 'throws', workspace.name);
    await vi.waitFor(() => expect(errors).toHaveLength(1), { interval: 5 });
    fault.end();
    await mark(await workspace.tab(), 0);
    await vi.waitFor(() => expect(seqs()).toEqual([1]));
    stop();
  });

  test('begins after the place that is given', async () => {
    const { database } = await newWorkspace();
    for (const start of [0, 1, 2]) await mark(database, start);
    const { seqs, stop } = follow(database, 2);
    await mark(database, 3);
    await vi.waitFor(() => expect(seqs()).toEqual([3, 4]));
    stop();
  });

  test('tells what another tab writes', async () => {
    const { workspace, database } = await newWorkspace();
    const tab = await workspace.tab();
    const { heard, errors, stop } = follow(database);
    await mark(tab, 0);
    await vi.waitFor(() => expect(heard).toHaveLength(1));
    expect(heard[0]).toEqual(await tab.changes.get(1));
    expect(errors).toEqual([]);
    stop();
  });

  test('tells two tabs the same, however they take turns', async () => {
    const { workspace, database } = await newWorkspace();
    const tab = await workspace.tab();
    const [one, two] = [follow(database), follow(tab)];
    await Promise.all([...Array(30).keys()].map((start) => mark(start % 3 === 0 ? database : tab, start)));
    await vi.waitFor(() => expect([one.heard.length, two.heard.length]).toEqual([30, 30]));
    expect(one.seqs()).toEqual([...Array(30).keys()].map((index) => index + 1));
    expect(two.heard).toEqual(one.heard);
    one.stop();
    two.stop();
  });

  test('ends when it is told to', async () => {
    const { database } = await newWorkspace();
    const ended = follow(database);
    const other = follow(database);
    await mark(database, 0);
    await vi.waitFor(() => expect(ended.seqs()).toEqual([1]));
    ended.stop();
    await mark(database, 1);
    await vi.waitFor(() => expect(other.seqs()).toEqual([1, 2]));
    expect(ended.seqs()).toEqual([1]);
    other.stop();
  });
});
