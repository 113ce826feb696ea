import fc from 'fast-check';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { documentUpdate, invert, type Change } from '../../src/core/change.ts';
import { firstProject } from '../../src/core/project.ts';
import { commit } from '../../src/storage/commit.ts';
import type { Database } from '../../src/storage/database.ts';
import { openDocument } from '../../src/storage/documents.ts';
import { Mirror } from '../../src/storage/copying.ts';
import { openMirror, replayEnd, standingOf } from '../../src/storage/mirror.ts';
import { makeAlike, restoreFromMirror } from '../../src/storage/mirroring.ts';
import { verifyChain, verifyInTurn } from '../../src/storage/chain.ts';
import { acceptAsIs, bringTogether, isSound, putBack } from '../../src/storage/mending.ts';
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

/** A workspace and a second copy that have something in common, and each something that the other has not. */
async function parted() {
  const opened = await mirrored();
  const { database, copy } = opened;
  await shelve(database, { id: 'report' });
  await makeAlike(database);
  await commit(database, mark(0));
  database.mirror = undefined;
  await commit(database, mark(3));
  await commit(copy, mark(6));
  await commit(copy, draft(invert(mark(6)), { kind: 'undo', undoes: 2, documentIds: ['report'] }));
  await commit(copy, mark(9));
  return opened;
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

describe('a second copy that has failed', () => {
  async function failed(reopen = true) {
    const opened = await mirrored();
    const { workspace, database, copy, failures } = opened;
    await shelve(database, { id: 'report' });
    const filling = vi.fn(async () => (await makeAlike(database)) !== undefined);
    const open = () => (reopen ? openMirror(workspace.options) : Promise.resolve(undefined));
    database.mirror = new Mirror(copy, (error) => failures.push(error), { open, fill: filling });
    copy.close({ disableAutoOpen: true });
    await commit(database, mark(0));
    expect(failures).toHaveLength(1);
    return { ...opened, filling };
  }

  async function held({ options }: Workspace) {
    const copy = (await openMirror(options))!;
    onTestFinished(() => copy.close({ disableAutoOpen: true }));
    return [await copy.changes.count(), await copy.documents.count(), await copy.texts.count()];
  }

  test('is opened anew after a full disk and given what it lacks; further changes go into it (A11)', async () => {
    const { workspace, database } = await failed();
    expect(await database.mirror!.revive()).toBe(true);
    await commit(database, mark(3));
    expect(await held(workspace)).toEqual([2, 1, 1]);
  });

  test('is tried again with the first change after half a minute, and not before (A11)', async () => {
    const { workspace, database, filling } = await failed();
    const now = vi.spyOn(Date, 'now');
    onTestFinished(() => now.mockRestore());
    await commit(database, mark(3));
    expect(filling).not.toHaveBeenCalled();
    now.mockReturnValue(performance.timeOrigin + performance.now() + 40_000);
    await commit(database, mark(6));
    await vi.waitFor(async () => expect(await held(workspace)).toEqual([3, 1, 1]));
  });

  test('and does not open is told once, and what is saved is not held up by it', async () => {
    const { database, failures } = await failed(false);
    expect([await database.mirror!.revive(), failures.length]).toEqual([false, 1]);
    await commit(database, mark(3));
    expect(await database.changes.count()).toBe(2);
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

  test('tell that each has what the other has not, and neither is touched', async () => {
    const { database, copy } = await parted();
    expect(await standingOf(database, copy)).toBe('parted');
    const before = [await everything(database), await everything(copy)];
    expect(await makeAlike(database)).toBeUndefined();
    expect([await everything(database), await everything(copy)]).toEqual(before);
  });

  test('tell that a change in the storage is another than was written (A34)', async () => {
    const { database, copy } = await mirrored();
    await commit(database, mark(0));
    await commit(database, mark(3));
    const before = await everything(copy);
    await database.changes.put({ ...(await database.changes.get(1))!, annotator: 'mallory' });
    expect(await standingOf(database, copy)).toBe('altered');
    expect(await makeAlike(database)).toBeUndefined();
    expect(await everything(copy)).toEqual(before);
  });

  test('tell what was lost close to the end', async () => {
    const { database, copy } = await mirrored();
    for (const start of [0, 3, 6]) await commit(database, mark(start));
    await database.changes.delete(2);
    expect(await standingOf(database, copy)).toBe('gapped');
    expect(await makeAlike(database)).toMatchObject({ restored: { changes: 1 } });
    expect(await standingOf(database, copy)).toBe('whole');
  });

  test('tell nothing against the storage when it is the second copy that was altered, which is mended', async () => {
    const { database, copy } = await mirrored();
    for (const start of [0, 3]) await commit(database, mark(start));
    const own = await database.changes.toArray();
    const altered: Change = { ...own[1]!, annotator: 'mallory', chain: 'none' };
    await copy.changes.put(altered);
    expect(await standingOf(database, copy)).toBe('whole');
    await makeAlike(database);
    expect(await copy.changes.toArray()).toEqual(own);
    expect(await copy.preferences.get(`set-aside-${own[1]!.id}-none`)).toMatchObject({
      value: { annotator: 'mallory' },
    });
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

describe('what has parted', () => {
  test('is brought together: both have all that either had, and undo still takes back what it took back', async () => {
    const { database, copy } = await parted();
    const own = await database.changes.toArray();
    const ids = [...own, ...(await copy.changes.toArray())].map(({ id }) => id);
    expect(await bringTogether(database, copy)).toEqual({ documents: 0, changes: 3 });
    const log = await database.changes.toArray();
    expect(log.slice(0, 2)).toEqual(own);
    expect(new Set(log.map(({ id }) => id))).toEqual(new Set(ids));
    expect(log.map(({ undoes }) => undoes)).toEqual([undefined, undefined, undefined, 3, undefined]);
    expect(await verifyChain(database)).toBeUndefined();
    expect(await copy.changes.toArray()).toEqual(log);
    expect(await standingOf(database, copy)).toBe('whole');
    const opened = await openDocument(database, 'report');
    expect(opened!.sheet.spans.map(({ start }) => start)).toEqual([0, 3, 9]);
  });

  test('is brought together only once', async () => {
    const { database, copy } = await parted();
    await bringTogether(database, copy);
    const before = [await seen(database), (await everything(copy))['changes']];
    expect(await bringTogether(database, copy)).toEqual({ documents: 0, changes: 0 });
    expect([await seen(database), (await everything(copy))['changes']]).toEqual(before);
  });
});

describe('a change that was altered', () => {
  async function altered(seq: number) {
    const opened = await mirrored();
    await shelve(opened.database, { id: 'report' });
    for (const start of [0, 3, 6]) await commit(opened.database, mark(start));
    await makeAlike(opened.database);
    const log = await opened.database.changes.toArray();
    const other = { ...log[seq - 1]!, added: mark(9).added };
    await opened.database.changes.put(other);
    return { ...opened, log, other };
  }

  test('is put back as the second copy has it; what stood there is set aside (A34)', async () => {
    const { database, copy, log, other } = await altered(2);
    expect(await isSound(copy)).toBe(true);
    expect(await putBack(database, copy)).toEqual({ documents: 0, changes: 1 });
    expect(await database.changes.toArray()).toEqual(log);
    const rows = await database.preferences.toArray();
    expect(rows.map(({ value }) => value)).toContainEqual(other);
    expect(await standingOf(database, copy)).toBe('whole');
  });

  test('is accepted by the user’s word, and the second copy follows', async () => {
    const { database, copy, other } = await altered(1);
    await acceptAsIs(database, copy);
    expect(await verifyChain(database)).toBeUndefined();
    expect(await database.changes.get(1)).toMatchObject({ added: other.added });
    expect(await copy.changes.toArray()).toEqual(await database.changes.toArray());
    expect(await standingOf(database, copy)).toBe('whole');
  });

  test('far from the end is found when all is quiet, and is known at the next start (A34)', async () => {
    const { database, copy } = await mirrored();
    for (let start = 0; start < 60; start++) await commit(database, mark(start));
    await makeAlike(database);
    await database.changes.put({ ...(await database.changes.get(3))!, annotator: 'mallory' });
    expect(await standingOf(database, copy)).toBe('whole');
    expect(await makeAlike(database)).toMatchObject({ broken: 3 });
    expect(await copy.changes.get(3)).toMatchObject({ annotator: 'anna' });
    expect(await standingOf(database, copy)).toBe('altered');
    await putBack(database, copy);
    expect(await standingOf(database, copy)).toBe('whole');
  });
});

test('all of a long log is verified by and by', async () => {
  const { database } = await mirrored();
  for (let start = 0; start < 5; start++) await commit(database, mark(start));
  const turns = [];
  for (let turn = 0; turn < 4; turn++) turns.push(await verifyInTurn(database, 2));
  expect(turns.map(({ first, last }) => [first, last])).toEqual([
    [1, 2],
    [3, 4],
    [5, 5],
    [1, 2],
  ]);
});
