import fc from 'fast-check';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { documentUpdate } from '../../src/core/change.ts';
import { firstProject } from '../../src/core/project.ts';
import { commit } from '../../src/storage/commit.ts';
import type { Database } from '../../src/storage/database.ts';
import { openDocument } from '../../src/storage/documents.ts';
import { Mirror, openMirror, replayEnd, standingOf } from '../../src/storage/mirror.ts';
import { makeAlike, restoreFromMirror } from '../../src/storage/mirroring.ts';
import { bringUpToDate } from '../../src/storage/upkeep.ts';
import { span } from '../annotated.ts';
import { draft, everything, failingWrite, marking, newWorkspace, shelve, Workspace } from './workspace.ts';

/** A workspace whose changes go into a second copy as well; with what that copy said of its failures. */
async function mirrored(): Promise<{
  workspace: Workspace;
  database: Database;
  copy: Database;
  failures: unknown[];
}> {
  const { workspace, database } = await newWorkspace();
  const copy = (await openMirror(workspace.options))!;
  const failures: unknown[] = [];
  database.mirror = new Mirror(copy, (error) => failures.push(error));
  onTestFinished(() => copy.close({ disableAutoOpen: true }));
  return { workspace, database, copy, failures };
}

const mark = (start: number) => marking('report', span({ id: `s${start}`, start, end: start + 2 }));

/** The import of documents, as it is written when all of them have been staged. */
const imported = (importId: string) => draft({}, { kind: 'import', importId });

describe('a change', () => {
  test('is in the second copy when it is said to be saved', async () => {
    const { database, copy } = await mirrored();
    const written = [await commit(database, mark(0)), await commit(database, mark(3))];
    expect(await copy.changes.toArray()).toEqual(written);
    expect(await database.changes.toArray()).toEqual(written);
  });

  test('is saved all the same when the second copy cannot be written, which is told once', async () => {
    const { database, copy, failures } = await mirrored();
    copy.close({ disableAutoOpen: true });
    await commit(database, mark(0));
    await commit(database, mark(3));
    expect([await database.changes.count(), failures.length]).toEqual([2, 1]);
  });

  test('is saved all the same when the second copy does not answer', async () => {
    const { database, copy, failures } = await mirrored();
    vi.spyOn(copy, 'transaction').mockImplementation((() => new Promise(() => undefined)) as never);
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    onTestFinished(() => void vi.useRealTimers());
    const written = commit(database, mark(0));
    await vi.waitFor(() => expect(vi.getTimerCount()).toBe(1), { interval: 5 });
    vi.advanceTimersByTime(4000);
    await written;
    expect(failures).toEqual([new Error('it does not answer')]);
  });

  test('that was never saved, and that the second copy has, is set aside by the one that takes its place', async () => {
    const { database, copy } = await mirrored();
    const lost = mark(0);
    const write = failingWrite(1, 'is aborted after it');
    await expect(commit(database, lost)).rejects.toThrow();
    write.end();
    await vi.waitFor(async () => expect(await copy.changes.count()).toBe(1));
    const kept = await commit(database, mark(3));
    expect(await copy.changes.toArray()).toEqual([kept]);
    expect(await copy.preferences.get(`set-aside-${lost.id}`)).toMatchObject({ value: { id: lost.id } });
  });
});

describe('the ends of both logs', () => {
  test('agree when all is well, and when nothing was done yet', async () => {
    const { database, copy } = await mirrored();
    expect(await standingOf(database, copy)).toBe('whole');
    await commit(database, mark(0));
    expect(await standingOf(database, copy)).toBe('whole');
  });

  test('agree where changes were made without a second copy', async () => {
    const { database, copy } = await mirrored();
    database.mirror = undefined;
    await commit(database, mark(0));
    expect(await standingOf(database, copy)).toBe('whole');
  });

  test('tell what was lost at the end, and it is written again with all that it did', async () => {
    const { database, copy } = await mirrored();
    const report = await shelve(database, { id: 'report' });
    await commit(database, mark(0));
    await commit(database, draft({ updated: [documentUpdate(report, { ...report, title: 'Renamed' })] }));
    const all = await database.changes.toArray();
    await database.changes.delete(2);
    await database.documents.put(report);
    expect(await standingOf(database, copy)).toBe('behind');
    expect(await replayEnd(database, copy)).toBe(1);
    expect(await database.changes.toArray()).toEqual(all);
    expect(await database.documents.get('report')).toMatchObject({ title: 'Renamed' });
    expect(await standingOf(database, copy)).toBe('whole');
  });

  test('tell a storage that was emptied from one that is new', async () => {
    const { database, copy } = await mirrored();
    await commit(database, mark(0));
    await database.changes.clear();
    expect(await standingOf(database, copy)).toBe('emptied');
  });

  test('tell that each has what the other has not', async () => {
    const { database, copy } = await mirrored();
    await commit(database, mark(0));
    await database.changes.put({ ...(await database.changes.get(1))!, id: 'another' });
    expect(await standingOf(database, copy)).toBe('parted');
    expect(await makeAlike(database)).toBeUndefined();
    expect(await copy.changes.get(1)).not.toMatchObject({ id: 'another' });
  });
});

test('a second copy that cannot be opened in time, or at all, is gone without', async () => {
  const { workspace } = await newWorkspace();
  const factory = Object.create(workspace.factory) as IDBFactory;
  factory.open = () => {
    throw new DOMException('forbidden', 'SecurityError');
  };
  expect(await openMirror({ ...workspace.options, factory })).toBeUndefined();
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
  factory.open = () => new EventTarget() as IDBOpenDBRequest;
  const opening = openMirror({ ...workspace.options, factory });
  vi.advanceTimersByTime(15_000);
  expect(await opening).toBeUndefined();
});

/** Rows that a fault takes from the workspace, by table, as shares of what is there. */
const faults = fc.record({
  documents: fc.array(fc.nat(4)),
  texts: fc.array(fc.nat(4)),
  imported: fc.array(fc.nat(4)),
  layers: fc.array(fc.nat(4)),
  changes: fc.array(fc.nat(5)),
});

/** Five documents of a finished import, one of an import that was cut off, and changes on them. */
async function fill(database: Database): Promise<void> {
  for (let index = 0; index < 5; index++) {
    const spans = [span({ id: `i${index}`, start: 0, end: 3, annotator: 'file' })];
    await shelve(database, { id: `d${index}`, importId: 'finished' }, `Ada denied it ${index}`, {
      spans,
      relations: [],
    });
  }
  await shelve(database, { id: 'half', importId: 'cut-off' }, 'Half done');
  await commit(database, imported('finished'));
  for (let index = 0; index < 5; index++)
    await commit(database, marking(`d${index}`, span({ id: `c${index}`, start: 4, end: 10 })));
  const first = (await database.documents.get('d0'))!;
  await commit(database, draft({ updated: [documentUpdate(first, { ...first, title: 'Renamed' })] }));
}

/** All that one sees of the workspace. */
async function seen(database: Database) {
  await bringUpToDate(database);
  const documents = await Promise.all(['d0', 'd1', 'd2', 'd3', 'd4'].map((id) => openDocument(database, id)));
  return {
    documents,
    changes: await database.changes.toArray(),
    projects: await database.projects.toArray(),
  };
}

test('whatever rows a fault takes, they come back from the second copy, and none is changed', async () => {
  await fc.assert(
    fc.asyncProperty(faults, async (fault) => {
      const workspace = new Workspace();
      const database = await workspace.tab();
      await database.projects.add(firstProject());
      const copy = (await openMirror(workspace.options))!;
      database.mirror = new Mirror(copy, (error) => expect(error).toBeUndefined());
      await fill(database);
      await makeAlike(database);
      const before = await seen(database);
      for (const [name, indices] of Object.entries(fault)) {
        const table = database.table(name);
        const keys = await table.toCollection().primaryKeys();
        await table.bulkDelete(indices.flatMap((index) => (keys[index] === undefined ? [] : [keys[index]])));
      }
      if ((await standingOf(database, copy)) === 'behind') await replayEnd(database, copy);
      await makeAlike(database);
      // What only snapshots held is made anew when they are gone as well.
      await database.layers.clear();
      await database.preferences.put({ key: 'counted', value: 0 });
      expect(await seen(database)).toEqual(before);
      workspace.close();
      copy.close({ disableAutoOpen: true });
    }),
    { numRuns: 25 },
  );
}, 30_000);

describe('an empty storage', () => {
  test('is filled again with all that the second copy holds', async () => {
    const { workspace, database, copy } = await mirrored();
    await fill(database);
    await makeAlike(database);
    const before = await seen(database);
    for (const table of database.tables) await table.clear();
    const other = await workspace.tab();
    await restoreFromMirror(other, copy);
    expect(await seen(other)).toEqual(before);
    expect(await standingOf(other, copy)).toBe('whole');
  });

  test('is not taken for damaged where nothing is lost: makeAlike twice changes nothing', async () => {
    const { database, copy } = await mirrored();
    await fill(database);
    await makeAlike(database);
    const [own, copied] = [await everything(database), await everything(copy)];
    expect(await makeAlike(database)).toEqual({
      restored: { documents: 0, changes: 0 },
      held: { documents: 5, changes: 7 },
    });
    expect([await everything(database), await everything(copy)]).toEqual([own, copied]);
  });
});
