import { Blob } from 'node:buffer';
import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import type { Change } from '../../../src/core/change.ts';
import { AutomaticBackup, pace } from '../../../src/session/files/automatic-backup.svelte.ts';
import { automaticBackupsOf, deleteAutomaticBackups } from '../../../src/session/files/backup-folder.ts';
import { patience, wantsReminder } from '../../../src/session/files/backup-reminder.ts';
import { loadStandings } from '../../../src/session/files/backup-standing.ts';
import { commit } from '../../../src/storage/commit.ts';
import type { Database } from '../../../src/storage/database.ts';
import { followLog } from '../../../src/storage/log.ts';
import { span } from '../../annotated.ts';
import { marking, shelve } from '../../storage/workspace.ts';
import { domError, MemoryFolder } from '../../workers/backup/folder.ts';
import { recordsOf } from '../../workers/backup/projects.ts';
import { newDesk, select, type Desk } from '../desk.ts';

vi.mock(import('../../../src/session/job.ts'), () => import('../jobs-in-process.ts'));
vi.mock(import('../../../src/session/files/download.ts'), async (original) => ({
  ...(await original()),
  download: () => undefined,
}));

const kept = vi.hoisted(() => ({ folders: new Map<Database, unknown>() }));
// A folder in memory cannot be put into a database, as those of browsers can.
vi.mock(import('../../../src/storage/preferences.ts'), async (load) => {
  const original = await load();
  const isFolder = (key: string) => key === 'backup-folder';
  return {
    ...original,
    loadPreference: async (database, key) =>
      isFolder(key) ? kept.folders.get(database) : original.loadPreference(database, key),
    savePreference: async (database, key, value) =>
      isFolder(key) ? void kept.folders.set(database, value) : original.savePreference(database, key, value),
    followPreference: (database, key, ...rest) =>
      isFolder(key) ? () => undefined : original.followPreference(database, key, ...rest),
  };
});

beforeEach(() => {
  // One tab at a time, as browsers have it.
  let last: Promise<unknown> = Promise.resolve();
  const request = (_: string, run: () => Promise<unknown>) => (last = last.then(run, run));
  Object.defineProperty(navigator, 'locks', { value: { request }, configurable: true });
});

const never = { workMs: 1e9, doneMs: 1e9, startMs: 1e9, busyMs: 5 } satisfies typeof pace;
const text = 'Ada denied it';

async function begin(desk: Desk, own: Partial<typeof pace> = {}): Promise<AutomaticBackup> {
  const backups = await AutomaticBackup.begin(desk.database, () => desk.session, followLog, {
    ...never,
    ...own,
  });
  onTestFinished(() => backups.close());
  return backups;
}

/** A desk with a report, and a folder that was chosen. */
async function deskWithFolder(own: Partial<typeof pace> = {}) {
  const [desk, folder] = [await newDesk([text]), new MemoryFolder()];
  const backups = await begin(desk, own);
  await backups.choose(folder.handle);
  return { desk, folder, backups };
}

async function mark(desk: Desk, words: string): Promise<void> {
  select(desk.session, words);
  desk.session.marking.apply(desk.label('denial'));
  await desk.saved();
}

/** Marks something in another project, which is made first where it is not there. */
async function markElsewhere(desk: Desk): Promise<string> {
  const { projects, project } = desk.session;
  const known = desk.projects.living.find(({ name }) => name === 'Rivers')?.id;
  const id = known ?? (await projects.create('Rivers', project.scheme))!;
  await shelve(desk.database, { id: 'river', projectId: id }, text);
  const change = marking('river', span({ start: 0, end: 3 }, text));
  await commit(desk.database, { ...change, projectId: id });
  return id;
}

const count = ({ files }: MemoryFolder) => files.size;
const alarm = ({ session }: Desk) => session.messages.alarm;
const settled = () => new Promise((resolve) => setTimeout(resolve, 60));

async function spansIn(folder: MemoryFolder): Promise<number[]> {
  const all = [...folder.files.values()].map((bytes) => new Blob([bytes]) as globalThis.Blob);
  const states = await Promise.all(all.map(async (file) => (await recordsOf(file)).state));
  expect(states.flatMap(({ faults }) => faults)).toEqual([]);
  return states.map(({ manifest }) => manifest!.counts.spans);
}

describe('backups by themselves', () => {
  test('are written some time after a change, whole, and not again before the next one', async () => {
    const { desk, folder } = await deskWithFolder({ workMs: 5 });
    expect(count(folder)).toBe(1);
    await mark(desk, 'denied');
    await vi.waitFor(() => expect(count(folder)).toBe(2));
    await settled();
    expect(await spansIn(folder)).toEqual([0, 1]);
  });

  test('are written soon after a document is done', async () => {
    const { desk, folder } = await deskWithFolder({ doneMs: 5 });
    await mark(desk, 'denied');
    await settled();
    expect(count(folder)).toBe(1);
    await desk.session.documents.setStatus(['report-1'], 'done');
    await vi.waitFor(() => expect(count(folder)).toBe(2));
  });

  test('are written after the start, of what was done when no tab was there to do it', async () => {
    const { desk, folder, backups } = await deskWithFolder();
    backups.close();
    await mark(desk, 'denied');
    await begin(desk, { startMs: 5 });
    await vi.waitFor(() => expect(count(folder)).toBe(2));
  });

  test('are written of every project that has changed, and of no other', async () => {
    const { desk, folder } = await deskWithFolder({ workMs: 5 });
    await markElsewhere(desk);
    await vi.waitFor(() => expect(count(folder)).toBe(3));
    await markElsewhere(desk);
    await vi.waitFor(() => expect(count(folder)).toBe(4));
    await settled();
    const names = [...folder.files.keys()].map((name) => name.split(' ')[0]);
    // Making a project is a change of the one in which one was.
    expect(names).toEqual(['My', 'My', 'Rivers', 'Rivers']);
  });

  test('wait while something is not saved, and let go of nothing', async () => {
    const { desk, folder } = await deskWithFolder({ workMs: 5 });
    await mark(desk, 'denied');
    await vi.waitFor(() => expect(count(folder)).toBe(2));
    const { marking: verbs, open, ends } = desk.session;
    verbs.goTo(open!.spans[0]!);
    ends.hold('end');
    ends.move('word', 1);
    await commit(desk.database, marking('report-1', span({ start: 0, end: 3 }, text)));
    await settled();
    expect(open!.held).toBeDefined();
    expect(count(folder)).toBe(2);
    ends.letGo();
    await vi.waitFor(() => expect(count(folder)).toBe(3));
    expect(await spansIn(folder)).toEqual([0, 1, 2]);
  });

  test('are made by one of two tabs', async () => {
    const { desk, folder } = await deskWithFolder({ workMs: 5 });
    await begin(desk, { workMs: 5 });
    await mark(desk, 'denied');
    await vi.waitFor(() => expect(count(folder)).toBe(2));
    await settled();
    expect(count(folder)).toBe(2);
  });

  test('begin anew in another folder', async () => {
    const { desk, backups } = await deskWithFolder();
    const other = new MemoryFolder();
    await backups.choose(other.handle);
    expect(await spansIn(other)).toEqual([0]);
    await mark(desk, 'denied');
    await backups.backUpNow();
    expect(await spansIn(other)).toEqual([0, 1]);
  });

  test('are made again of work whose place in the log another change has taken, as after a loss (A14)', async () => {
    const { desk, folder, backups } = await deskWithFolder();
    await mark(desk, 'denied');
    await backups.backUpNow();
    backups.close();
    await desk.database.changes.clear();
    const other: Change = { ...marking('report-1', span({ start: 0, end: 3 }, text)), seq: 1 };
    await desk.database.changes.put(other);
    await begin(desk, { startMs: 5 });
    await vi.waitFor(() => expect(count(folder)).toBe(3));
  });

  test('stop when the user says so, and what is there stays', async () => {
    const { desk, folder, backups } = await deskWithFolder({ workMs: 5 });
    await backups.stop();
    await mark(desk, 'denied');
    await settled();
    expect([count(folder), backups.state]).toEqual([1, 'none']);
  });
});

describe('a folder that the browser has to be allowed to write into again', () => {
  test('is left alone until then, and told of quietly', async () => {
    const { desk, folder, backups } = await deskWithFolder();
    backups.close();
    folder.permission = 'prompt';
    await mark(desk, 'denied');
    const again = await begin(desk, { startMs: 1, workMs: 1 });
    await settled();
    expect([again.state, count(folder), alarm(desk)]).toEqual(['paused', 1, undefined]);
    await again.allow();
    expect([again.state, count(folder)]).toEqual(['on', 2]);
  });

  test('in the middle of the work is no reason for a backup to be called made (A37)', async () => {
    const { desk, folder, backups } = await deskWithFolder();
    const { last } = backups;
    await mark(desk, 'denied');
    folder.permission = 'prompt';
    folder.fault = () => {
      throw domError('NotAllowedError');
    };
    expect(await backups.backUpNow()).toBe(false);
    expect(alarm(desk)).toContain('the browser no longer lets Locution write into “Backups”');
    expect([backups.state, backups.last]).toEqual(['paused', last]);
  });
});

describe('a backup that fails', () => {
  test('is told once, is tried again, and the last good one is still the last (A37)', async () => {
    const { desk, folder, backups } = await deskWithFolder({ workMs: 5 });
    const { last } = backups;
    folder.fault = (step) => {
      if (step.startsWith('close')) throw domError('QuotaExceededError');
    };
    await mark(desk, 'denied');
    await vi.waitFor(() => expect(backups.failure).toContain('there is no room left'));
    expect(alarm(desk)).toContain('The backups before are as they were.');
    desk.session.messages.closeAlert();
    const tries = () => folder.steps.filter((step) => step.startsWith('close')).length;
    await vi.waitFor(() => expect(tries()).toBeGreaterThan(2));
    await settled();
    expect([alarm(desk), backups.last, count(folder)]).toEqual([undefined, last, 1]);
    folder.fault = () => undefined;
    await vi.waitFor(() => expect(backups.failure).toBeUndefined());
    expect(await spansIn(folder)).toEqual([0, 1]);
  });

  test('as the user cancels it, is said to be cancelled and is none (A37)', async () => {
    const { desk, backups } = await deskWithFolder();
    const { last } = backups;
    const done = backups.backUpNow();
    while (backups.progress) {
      backups.cancel();
      await new Promise((resolve) => setTimeout(resolve));
    }
    expect(await done).toBe(false);
    expect(desk.session.messages.current?.text).toContain('The backup was cancelled.');
    expect(backups.last).toEqual(last);
  });
});

describe('the last good backup', () => {
  test('is none at first, then whichever was made last, downloads too', async () => {
    const desk = await newDesk([text]);
    const backups = await begin(desk);
    expect([backups.last, backups.changes]).toEqual([undefined, 0]);
    await mark(desk, 'denied');
    await vi.waitFor(() => expect(backups.changes).toBe(1));
    await desk.session.backingUp.download();
    await vi.waitFor(() => expect(backups.last?.how).toBe('download'));
    expect(backups.changes).toBe(0);
    await backups.choose(new MemoryFolder().handle);
    expect(backups.last?.how).toBe('folder');
  });
});

describe('one is reminded of a backup', () => {
  const at = (days: number) => new Date(Date.UTC(2026, 0, 1 + days)).toISOString();
  test.each([
    ['after so many changes without any', patience.changesBeforeTheFirst, undefined, true],
    ['not before', patience.changesBeforeTheFirst - 1, undefined, false],
    ['after so many changes since the last one', patience.changes, 3, true],
    ['not before', patience.changes - 1, 3, false],
    ['after a week with a change', 1, 2, true],
    ['not when nothing was done', 0, 2, false],
  ])('%s', (_, changes, day, expected) => {
    const since = day === undefined ? undefined : { at: at(day), seq: 1 };
    expect(wantsReminder(changes, since, Date.parse(at(9)))).toBe(expected);
  });

  test('until one puts it off or makes one, and never where backups go into a folder', async () => {
    const desk = await newDesk([text]);
    const backups = await begin(desk);
    const changes = Array.from({ length: patience.changesBeforeTheFirst }, () => marking('report-1'));
    for (const change of changes) await commit(desk.database, change);
    await vi.waitFor(() => expect(backups.reminds).toBe(true));
    await backups.putOff();
    expect(backups.reminds).toBe(false);
    expect((await begin(desk)).reminds).toBe(false);
    for (let more = 0; more < patience.changes; more++) await commit(desk.database, marking('report-1'));
    await vi.waitFor(() => expect(backups.reminds).toBe(true));
    await backups.choose(new MemoryFolder().handle);
    expect(backups.reminds).toBe(false);
  });
});

describe('the automatic backups of a project', () => {
  test('are deleted, and nothing else in the folder is', async () => {
    const { desk, folder, backups } = await deskWithFolder();
    const id = await markElsewhere(desk);
    await vi.waitFor(async () => {
      await backups.backUpNow();
      expect(new Set([...folder.files.keys()].map((name) => name.split(' ')[0]))).toContain('Rivers');
    });
    folder.files.set('notes.txt', new Uint8Array([1]));
    const rivers = [...folder.files.keys()].filter((name) => name.startsWith('Rivers'));
    const others = [...folder.files.keys()].filter((name) => !name.startsWith('Rivers'));
    expect(await deleteAutomaticBackups(desk.database, id)).toEqual({
      kind: 'within-reach',
      folder: 'Backups',
      fileNames: rivers,
    });
    expect([...folder.files.keys()]).toEqual(others);
    expect(await automaticBackupsOf(desk.database, id)).toMatchObject({ fileNames: [] });
    expect(Object.keys(await loadStandings(desk.database))).toEqual(['folder:first']);
  });

  test('are out of reach while the browser has to be asked first', async () => {
    const { desk, folder } = await deskWithFolder();
    folder.permission = 'prompt';
    expect(await deleteAutomaticBackups(desk.database, 'first')).toEqual({
      kind: 'out-of-reach',
      folder: 'Backups',
    });
    expect(count(folder)).toBe(1);
  });
});
