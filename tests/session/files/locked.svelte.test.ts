import { describe, expect, test, vi } from 'vitest';
import { openDatabase } from '../../../src/storage/database.ts';
import { KeyRing } from '../../../src/storage/lock/guard.ts';
import { startSession } from '../../../src/session/start.ts';
import { sealedHead } from '../../../src/formats/backup/sealed-file.ts';
import { lettersOf, quick, rawRows } from '../../storage/lock/locked.ts';
import { newStretching } from '../../../src/core/lock/lock.ts';
import { newDesk, select, type Desk } from '../desk.ts';
import { runJobsOn } from '../jobs-in-process.ts';

vi.mock(import('../../../src/session/job.ts'), () => import('../jobs-in-process.ts'));

const saved: { blob: Blob; fileName: string }[] = [];
vi.mock(import('../../../src/session/files/download.ts'), async (original) => ({
  ...(await original()),
  download: (blob: Blob, fileName: string) => void saved.push({ blob, fileName }),
}));

const left = vi.hoisted(() => ({ times: 0 }));
vi.mock(import('../../../src/session/lock/leaving.ts'), () => ({
  leave: () => Promise.resolve(void left.times++),
}));

const passphrase = 'four unrelated quiet words';
const scrypt = () => newStretching(quick);

/** A desk whose project is locked, with its recovery file. */
async function lockedDesk(notations?: readonly string[]): Promise<{ desk: Desk; recovery: Blob }> {
  const desk = await newDesk(notations);
  saved.length = 0;
  const locking = await desk.projects.locking();
  await locking.prepare(passphrase, scrypt());
  const recovery = saved[0]!;
  expect([saved.length, recovery.fileName]).toEqual([1, 'My reports recovery.json']);
  expect(locking.isLocked).toBe(false);
  await locking.lock();
  expect(desk.session.messages.alarm).toBeUndefined();
  expect(locking.isLocked).toBe(true);
  return { desk, recovery: recovery.blob };
}

/** The page after a reload: another ring, and jobs that share it. */
async function reloaded(desk: Desk) {
  const ring = new KeyRing();
  const opened = await openDatabase(() => undefined, { ...desk.workspace.options, ring });
  if (opened.kind === 'refused') throw new Error(opened.problem.message);
  runJobsOn(opened.database);
  const start = await startSession({ ...desk.workspace.options, ring });
  if (start.kind !== 'locked') throw new Error(`the start is ${start.kind}`);
  return start.gate;
}

async function stored({ workspace }: Desk): Promise<string> {
  return lettersOf(
    await Promise.all(
      [workspace.name, `${workspace.name}-mirror`].map((name) => rawRows(workspace.factory, name)),
    ),
  );
}

const spanned = '[Ada](claim) denied it, “all of it”, he said.';
const words = ['denied it', 'all of it', 'Report 1', 'a hesitant note', 'Zebra'];
const standing = (letters: string) => words.filter((word) => letters.includes(word));

describe('a locked project', () => {
  test('is worked on as any other, and none of its words lies on the disk', async () => {
    const { desk } = await lockedDesk([spanned, 'Ben claimed the Zebra']);
    const { session } = desk;
    await session.openDocument('report-1');
    select(session, 'all of it');
    session.marking.apply(desk.label('denial'));
    session.describing.setNote(session.open!.focused!, 'a hesitant note');
    await desk.saved();
    select(session, 'he said');
    session.marking.apply(desk.label('appeal'));
    session.marking.undo();
    await desk.saved();
    expect(desk.notation()).toBe('[Ada](claim) denied it, “[all of it](denial)”, he said.');
    await session.importing.files([new File(['Cleo wrote of the Zebra'], 'cleo.txt')]);
    await vi.waitFor(() => expect(session.shelf.present).toHaveLength(3));
    await session.importing.files([new File(['Cleo wrote of the Zebra'], 'cleo.txt')]);
    expect(session.importing.report?.problems[0]?.message).toContain('already here');
    session.documents.rename(session.shelf.present[0]!.id, 'Report 1 of Zebra');
    await desk.saved();
    session.search.look('Zebra');
    await vi.waitFor(() => expect(session.search.answer.documents).toHaveLength(3));
    const stopCounting = session.statistics.watch();
    await vi.waitFor(() => expect(session.statistics.figures?.spans).toBe(2));
    stopCounting();
    expect(standing(await stored(desk))).toEqual([]);
    // The same after a reload.
    const gate = await reloaded(desk);
    const start = (await gate.unlock(passphrase))!;
    if (start.kind !== 'ready') throw new Error(start.kind);
    const again = start.projects.session;
    await again.openDocument('report-1');
    expect(desk.notation(again)).toBe('[Ada](claim) denied it, “[all of it](denial)”, he said.');
    expect(again.shelf.present.map(({ title }) => title).sort()).toEqual([
      'Report 1 of Zebra',
      'Report 2',
      'cleo.txt',
    ]);
    start.projects.close();
  });

  test('opens by its passphrase or recovery file, and by no other', async () => {
    const { desk, recovery } = await lockedDesk();
    const gate = await reloaded(desk);
    expect(gate.project.name).toBe('My reports');
    expect(await gate.unlock('four unrelated loud words')).toBeUndefined();
    expect(gate.failure).toContain('does not open this project');
    expect(await gate.useRecovery(new Blob(['{}']))).toBeUndefined();
    expect(gate.failure).toContain('not the recovery file');
    const start = (await gate.useRecovery(recovery))!;
    expect([start.kind, gate.failure]).toEqual(['ready', undefined]);
    if (start.kind === 'ready') start.projects.close();
  });

  test('stays shut while another project is open beside it', async () => {
    const { desk } = await lockedDesk([spanned]);
    const id = (await desk.session.projects.create('Open', desk.session.project.scheme))!;
    const gate = await reloaded(desk);
    expect(gate.others.map(({ name }) => name)).toEqual(['Open']);
    const start = (await gate.openOther(id))!;
    if (start.kind !== 'ready') throw new Error(start.kind);
    const { session } = start.projects;
    await session.importing.files([new File(['Dora wrote'], 'dora.txt')]);
    await vi.waitFor(() => expect(session.shelf.present).toHaveLength(1));
    await session.recent.recall();
    expect(session.recent.list.map(({ change }) => change.title)).toHaveLength(1);
    left.times = 0;
    expect(await start.projects.switchTo('first')).toBe(false);
    expect(left.times).toBe(1);
    expect(standing(await stored(desk))).toEqual([]);
    start.projects.close();
  });

  test('can have another passphrase, and its recovery file goes on to open it', async () => {
    const { desk, recovery } = await lockedDesk();
    const locking = await desk.projects.locking();
    expect(await locking.changePassphrase('not the passphrase', 'new words new', scrypt())).toBe(false);
    expect(await locking.changePassphrase(passphrase, 'new words new', scrypt())).toBe(true);
    const gate = await reloaded(desk);
    expect(await gate.unlock(passphrase)).toBeUndefined();
    for (const open of [() => gate.unlock('new words new'), () => gate.useRecovery(recovery)]) {
      const start = await open();
      if (start?.kind !== 'ready') throw new Error('it did not open');
      start.projects.close();
    }
  });

  test('is left by a tab that has it open and no key, once another one has locked it', async () => {
    const desk = await newDesk([spanned]);
    const ring = new KeyRing();
    const start = await startSession({ ...desk.workspace.options, ring });
    if (start.kind !== 'ready') throw new Error(start.kind);
    left.times = 0;
    const locking = await desk.projects.locking();
    await locking.prepare(passphrase, scrypt());
    await locking.lock();
    await vi.waitFor(() => expect(left.times).toBeGreaterThan(0));
    start.projects.close();
  });

  test('lies in clear again when the lock is taken away', async () => {
    const { desk } = await lockedDesk([spanned]);
    await (await desk.projects.locking()).takeAway();
    const start = await startSession({ ...desk.workspace.options, ring: new KeyRing() });
    if (start.kind !== 'ready') throw new Error(start.kind);
    await start.projects.session.openDocument('report-1');
    expect(desk.notation(start.projects.session)).toBe(spanned);
    start.projects.close();
  });
});

/** Says yes to what a backup would bring. */
async function decided({ session }: Desk): Promise<void> {
  await vi.waitFor(() => expect(session.importing.preview).toBeDefined(), { timeout: 5000 });
  session.importing.preview!.import();
}

describe('a backup of a locked project', () => {
  async function backup(desk: Desk): Promise<Blob> {
    saved.length = 0;
    expect(await desk.session.backingUp.download()).toBe(true);
    expect(desk.session.messages.current?.text).toContain('opens with the passphrase or the recovery file');
    return saved[0]!.blob;
  }

  test('has none of its words, and its own page reads it at once', async () => {
    const { desk } = await lockedDesk([spanned]);
    const blob = await backup(desk);
    expect(standing(await blob.text())).toEqual([]);
    expect(await sealedHead(blob)).toMatchObject({ lock: { projectId: 'first' } });
    const done = desk.session.importing.files([new File([blob], 'b.locution')]);
    await decided(desk);
    await done;
    expect(desk.session.importing.report?.problems.map(({ message }) => message).join()).toContain(
      'already here',
    );
  });

  test('opens elsewhere by passphrase or recovery file, and comes in as any other', async () => {
    const { desk, recovery } = await lockedDesk([spanned]);
    const blob = await backup(desk);
    const other = await newDesk([]);
    for (const open of ['passphrase', 'recovery'] as const) {
      const done = other.session.importing.files([new File([blob], 'b.locution')]);
      await vi.waitFor(() => expect(other.session.importing.sealed).toBeDefined());
      const sealed = other.session.importing.sealed!;
      await sealed.unlock('another one');
      expect(sealed.failure).toContain('does not open this backup');
      if (open === 'passphrase') await sealed.unlock(passphrase);
      else await sealed.useRecovery(recovery);
      await decided(other);
      await done;
      expect(other.session.importing.sealed).toBeUndefined();
      await vi.waitFor(() => expect(other.session.shelf.present).toHaveLength(1));
    }
    await other.session.openDocument('report-1');
    expect(other.notation()).toBe(spanned);
  });

  test('that is left out brings nothing', async () => {
    const { desk } = await lockedDesk([spanned]);
    const blob = await backup(desk);
    const other = await newDesk([]);
    const done = other.session.importing.files([new File([blob], 'b.locution')]);
    await vi.waitFor(() => expect(other.session.importing.sealed).toBeDefined());
    other.session.importing.sealed!.cancel();
    expect(await done).toBeUndefined();
    expect(other.session.shelf.all).toEqual([]);
  });
});
