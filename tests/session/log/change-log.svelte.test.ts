import { IDBObjectStore } from 'fake-indexeddb';
import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import type { Change, Draft } from '../../../src/core/change.ts';
import { applyEdits, emptySheet } from '../../../src/core/sheet.ts';
import { ChangeLog } from '../../../src/session/log/change-log.svelte.ts';
import type { Database } from '../../../src/storage/database.ts';
import { openDocument } from '../../../src/storage/documents.ts';
import { span } from '../../annotated.ts';
import { failingWrite, marking, newWorkspace, shelve, Workspace } from '../../storage/workspace.ts';
import { newDesk, select } from '../desk.ts';

vi.mock(import('../../../src/session/job.ts'), () => import('../jobs-in-process.ts'));

const mark = (start: number) =>
  marking('report', span({ id: `s${start}`, start, end: start + 1 + (start % 4) }));

/** A tab that hears of changes in the order in which its log tells them. */
function listen(database: Database, seq = 0) {
  const heard: Change[] = [];
  const log = new ChangeLog(database, seq, (change) => heard.push(change));
  return { log, heard };
}

describe('a change', () => {
  test('is shown at once, and saved only when it is through', async () => {
    const { database } = await newWorkspace();
    const { log, heard } = listen(database);
    expect(log.saving.status).toBe('saved');
    const change = mark(0);
    const written = log.append(change);
    expect([log.saving.status, log.pending, heard]).toEqual(['saving', [change], []]);
    await written;
    expect([log.saving.status, log.pending]).toEqual(['saved', []]);
    expect(heard).toEqual(await database.changes.toArray());
    log.close();
  });

  test('is not told as saved while one after it is on its way', async () => {
    const { database } = await newWorkspace();
    const { log, heard } = listen(database);
    const first = log.append(mark(0));
    const second = log.append(mark(4));
    expect(log.saving.status).toBe('saving');
    await Promise.all([first, second]);
    expect(heard.map(({ seq }) => seq)).toEqual([1, 2]);
    expect(await log.settled()).toBe(true);
    log.close();
  });
});

describe('a change that cannot be written', () => {
  test('stays on screen, and a sentence says why', async () => {
    const { database } = await newWorkspace();
    const { log, heard } = listen(database);
    const change = mark(0);
    const write = failingWrite(1, 'is refused');
    await log.append(change).finally(write.end);
    expect(log.saving).toMatchObject({ status: 'failed', problem: { kind: 'full' } });
    expect(log.saving).toHaveProperty(
      'problem.message',
      expect.stringMatching(/^this browser has no room .*\.$/),
    );
    expect([log.pending, heard]).toEqual([[change], []]);
    expect(await log.settled()).toBe(false);
    log.close();
  });

  test.each(['is refused', 'is aborted after it'] as const)(
    '(%s) is written once by trying again',
    async (failure) => {
      const { workspace, database } = await newWorkspace();
      const { log, heard } = listen(database);
      const write = failingWrite(1, failure);
      await log.append(mark(0)).finally(write.end);
      // Another tab goes on meanwhile.
      const other = listen(await workspace.tab());
      await other.log.append(mark(4));
      await log.retry();
      await log.retry();
      expect(log.saving.status).toBe('saved');
      expect(log.pending).toEqual([]);
      const changes = await database.changes.toArray();
      expect(changes.map(({ added }) => added)).toEqual([mark(4).added, mark(0).added]);
      expect(heard).toEqual(changes);
      log.close();
      other.log.close();
    },
  );

  test('but was, when only reading the log failed, is not written once more', async () => {
    const { workspace, database } = await newWorkspace();
    const other = listen(await workspace.tab());
    await other.log.append(mark(0));
    other.log.close();
    const { log, heard } = listen(database);
    const reading = vi.spyOn(IDBObjectStore.prototype, 'getAll').mockImplementation(() => {
      throw new DOMException('the disk hiccuped', 'UnknownError');
    });
    await log.append(mark(4)).finally(() => reading.mockRestore());
    expect(log.saving.status).toBe('failed');
    await log.retry();
    await log.append(mark(8));
    expect(log.saving.status).toBe('saved');
    expect(log.pending).toEqual([]);
    expect(heard.map(({ added }) => added)).toEqual([0, 4, 8].map((start) => mark(start).added));
    expect(await database.changes.toArray()).toEqual(heard);
    log.close();
  });

  test('is written before what was done after it', async () => {
    const { database } = await newWorkspace();
    const { log } = listen(database);
    const write = failingWrite(1, 'is refused');
    await log.append(mark(0)).finally(write.end);
    await log.append(mark(4));
    const changes = await database.changes.toArray();
    expect(changes.map(({ added }) => added)).toEqual([mark(0).added, mark(4).added]);
    log.close();
  });

  test('is there for the annotator, who can go on and try again', async () => {
    const desk = await newDesk(['Ada denied it']);
    const write = failingWrite(1, 'is aborted after it');
    select(desk.session, 'Ada');
    desk.session.marking.apply(desk.label('claim'));
    await vi.waitFor(() => expect(desk.session.saving.status).toBe('failed'));
    write.end();
    expect(desk.notation()).toBe('[Ada](claim) denied it');
    expect(desk.session.shelf.get('report-1')).toMatchObject({ status: 'in_progress', counts: { spans: 1 } });
    expect(await desk.database.changes.count()).toBe(0);
    desk.session.marking.undo();
    await vi.waitFor(() => expect(desk.session.messages.current?.text).toContain('not saved yet'));
    desk.session.retrySaving();
    await desk.saved();
    expect(desk.notation()).toBe('[Ada](claim) denied it');
    expect(await desk.database.changes.count()).toBe(1);
  });
});

describe('a write that the storage does not answer', () => {
  /** The next transaction waits until it is let go. */
  function hanging(database: Database): () => void {
    let letGo = (): void => undefined;
    const held = new Promise<void>((resolve) => (letGo = resolve));
    const transaction = database.transaction.bind(database) as (...args: unknown[]) => Promise<unknown>;
    vi.spyOn(database, 'transaction').mockImplementationOnce(((...args: unknown[]) =>
      held.then(() => transaction(...args))) as never);
    return letGo;
  }

  test('is told as not saved after five seconds, and keeps nobody waiting', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const { database } = await newWorkspace();
    const { log } = listen(database);
    const letGo = hanging(database);
    const change = mark(0);
    const written = log.append(change);
    const settled = log.settled();
    vi.advanceTimersByTime(4999);
    expect(log.saving.status).toBe('saving');
    vi.advanceTimersByTime(1);
    expect(log.saving).toMatchObject({ status: 'failed' });
    expect(log.saving).toHaveProperty(
      'problem.message',
      expect.stringMatching(/does not answer.*still here/),
    );
    expect([await settled, log.pending]).toEqual([false, [change]]);
    letGo();
    await written;
    vi.useRealTimers();
    log.close();
  });

  test('and comes through late all the same, is saved once, however often one tried again', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const { database } = await newWorkspace();
    const { log, heard } = listen(database);
    const letGo = hanging(database);
    void log.append(mark(0));
    vi.advanceTimersByTime(5000);
    void log.retry();
    expect(log.saving.status).toBe('saving');
    vi.advanceTimersByTime(5000);
    expect(log.saving.status).toBe('failed');
    const again = log.retry();
    letGo();
    await again;
    vi.useRealTimers();
    expect(log.saving.status).toBe('saved');
    expect(await database.changes.toArray()).toEqual(heard);
    expect([heard.length, log.pending]).toEqual([1, []]);
    log.close();
  });
});

describe('two tabs on one workspace', () => {
  /** Which tab does something, and whether it waits until that is through. */
  const interleavings = fc.array(fc.record({ tab: fc.nat(1), waits: fc.boolean() }), {
    minLength: 2,
    maxLength: 16,
  });

  test('see one order and the same sheet, however they take turns', async () => {
    await fc.assert(
      fc.asyncProperty(interleavings, async (turns) => {
        const workspace = new Workspace();
        const databases = [await workspace.tab(), await workspace.tab()];
        await shelve(databases[0]!, { id: 'report' }, 'x'.repeat(40));
        const tabs = databases.map((database) => listen(database));
        const drafts: Draft[] = [];
        const written: Promise<void>[] = [];
        for (const [index, { tab, waits }] of turns.entries()) {
          // Every third change takes back one that may be another tab's.
          const draft = index % 3 === 2 ? { ...mark(index), removed: mark(index - 1).added } : mark(index);
          drafts.push(draft);
          written.push(tabs[tab]!.log.append(draft));
          if (waits) await written.at(-1);
        }
        await Promise.all(written);
        await vi.waitFor(
          () => expect(tabs.map(({ heard }) => heard.length)).toEqual([turns.length, turns.length]),
          { interval: 2 },
        );
        expect(tabs[0]!.heard.map(({ seq }) => seq)).toEqual(turns.map((_, index) => index + 1));
        expect(tabs[1]!.heard).toEqual(tabs[0]!.heard);
        expect(new Set(tabs[0]!.heard.map(({ id }) => id))).toEqual(new Set(drafts.map(({ id }) => id)));
        const { sheet } = (await openDocument(databases[0]!, 'report'))!;
        for (const { log, heard } of tabs) {
          expect(applyEdits(emptySheet, heard, 'report')).toEqual(sheet);
          expect([log.pending, log.saving.status]).toEqual([[], 'saved']);
          log.close();
        }
        workspace.close();
      }),
      { numRuns: 30 },
    );
  }, 20_000);

  test('show each other’s spans on the open document, and overwrite none', async () => {
    const desk = await newDesk(['Ada denied it']);
    const other = await desk.sit();
    await other.openDocument('report-1');
    select(desk.session, 'Ada');
    select(other, 'denied');
    desk.session.marking.apply(desk.label('claim'));
    other.marking.apply(desk.label('denial', other));
    const both = '[Ada](claim) [denied](denial) it';
    await vi.waitFor(() => {
      expect([desk.notation(), desk.notation(other)]).toEqual([both, both]);
    });
    const counts = [desk.session, other].map(({ shelf }) => shelf.get('report-1')!.counts.spans);
    expect(counts).toEqual([2, 2]);
  });
});

describe('a tab that another version has taken over', () => {
  test('says so and saves nothing more', async () => {
    const desk = await newDesk(['Ada denied it']);
    const { factory, name } = desk.workspace;
    const request = factory.open(name, 999);
    await new Promise((resolve) => request.addEventListener('success', resolve));
    expect(desk.session.superseded?.kind).toBe('superseded');
    expect(desk.session.messages.alarm).toContain('newer version');
    select(desk.session, 'Ada');
    desk.session.marking.apply(desk.label('claim'));
    await vi.waitFor(() => expect(desk.session.saving.status).toBe('failed'));
    const changes = request.result.transaction('changes').objectStore('changes').count();
    await new Promise((resolve) => changes.addEventListener('success', resolve));
    expect(changes.result).toBe(0);
    request.result.close();
  });
});
