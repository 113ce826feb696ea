import { forceCloseDatabase, IDBFactory } from 'fake-indexeddb';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Database } from '../../../src/storage/database.ts';
import { failing } from '../../storage/faults.ts';
import { failingWrite, marking, newWorkspace } from '../../storage/workspace.ts';
import { span } from '../../annotated.ts';
import { ChangeLog } from '../../../src/session/log/change-log.svelte.ts';
import { newDesk, select, type Desk } from '../desk.ts';

vi.mock(import('../../../src/session/job.ts'), () => import('../jobs-in-process.ts'));

const soon = { interval: 2 };

/** The browser closes the connections under the page, as when its files cannot be reached or its data is cleared. */
function closeUnder(): void {
  for (const connection of connections.splice(0)) forceCloseDatabase(connection);
}

/** All connections that were opened since the test began. */
const connections: Connection[] = [];
type Connection = Parameters<typeof forceCloseDatabase>[0];

beforeEach(() => {
  connections.length = 0;
  const { open } = IDBFactory.prototype;
  vi.spyOn(IDBFactory.prototype, 'open').mockImplementation(function (this: IDBFactory, name, version) {
    const request = open.call(this, name, version);
    request.addEventListener('success', () => connections.push(request.result as unknown as Connection));
    return request;
  });
});

afterEach(() => vi.restoreAllMocks());

/** Nobody can open the database until it is let go. */
function outOfReach({ workspace }: Desk): () => void {
  const open = vi.spyOn(workspace.factory, 'open').mockImplementation(() => {
    throw new DOMException('Internal error opening backing store for indexedDB.open.', 'UnknownError');
  });
  return () => open.mockRestore();
}

function mark(desk: Desk, words: string, label: string, session = desk.session): void {
  select(session, words);
  session.marking.apply(desk.label(label, session));
}

async function rows(desk: Desk) {
  const beside = await desk.workspace.tab();
  const changes = await beside.changes.toArray();
  beside.close({ disableAutoOpen: true });
  return changes;
}

function deleted(desk: Desk): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = desk.workspace.factory.deleteDatabase(desk.workspace.name);
    request.addEventListener('success', () => resolve());
    request.addEventListener('error', () => reject(request.error!));
  });
}

describe('a connection that the browser closes under the page', () => {
  test('is opened again, and the next mark is saved (A31)', async () => {
    const desk = await newDesk(['Ada denied it']);
    mark(desk, 'Ada', 'claim');
    await desk.saved();
    closeUnder();
    mark(desk, 'it', 'appeal');
    await desk.saved();
    expect(await rows(desk)).toHaveLength(2);
    expect(desk.notation()).toBe('[Ada](claim) denied [it](appeal)');
    expect(desk.session.superseded).toBeUndefined();
  });

  test.each([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12])(
    'that fails at step %i of looking at what is there does not make it another database (A31)',
    async (step) => {
      const desk = await newDesk(['Ada denied it']);
      // Several landmarks are looked at in one transaction.
      for (const label of ['claim', 'denial', 'accusation']) mark(desk, 'Ada', label);
      await desk.saved();
      closeUnder();
      const fault = failing(step, 'aborts');
      mark(desk, 'it', 'appeal');
      await desk.session.settle();
      fault.end();
      desk.session.retrySaving();
      await desk.saved();
      expect(await rows(desk)).toHaveLength(4);
    },
  );

  test('lets what waited be saved once as soon as it can be opened (A31)', async () => {
    const desk = await newDesk(['Ada denied it']);
    mark(desk, 'Ada', 'claim');
    await desk.saved();
    const letGo = outOfReach(desk);
    closeUnder();
    mark(desk, 'denied', 'denial');
    mark(desk, 'it', 'appeal');
    await vi.waitFor(() => expect(desk.session.saving).toMatchObject({ problem: { kind: 'disk' } }), soon);
    expect(desk.notation()).toBe('[Ada](claim) [denied](denial) [it](appeal)');
    letGo();
    // By itself: nobody presses anything.
    await vi.waitFor(() => expect(desk.session.saving.status).toBe('saved'), { timeout: 5000 });
    const titles = (await rows(desk)).map(({ title }) => title);
    expect(titles).toEqual(['Marked Claim: “Ada”', 'Marked Denial: “denied”', 'Marked Appeal: “it”']);
  });

  test('does not save twice what had got through before the answer was lost (A12, A31)', async () => {
    const desk = await newDesk(['Ada denied it']);
    mark(desk, 'Ada', 'claim');
    // The change is in the log, and the connection ends before the page hears of it.
    await vi.waitFor(async () => expect(await desk.database.changes.count()).toBe(1), soon);
    closeUnder();
    await desk.saved();
    expect(await rows(desk)).toHaveLength(1);
  });

  test('shows what others did meanwhile (A28, A31)', async () => {
    const desk = await newDesk(['Ada denied it']);
    const letGo = outOfReach(desk);
    closeUnder();
    await vi.waitFor(() => expect(desk.session.saving.status).toBe('failed'), soon);
    letGo();
    const other = await desk.sit();
    await other.openDocument('report-1');
    mark(desk, 'Ada', 'claim', other);
    await desk.saved(other);
    desk.session.retrySaving();
    await vi.waitFor(() => expect(desk.notation()).toBe('[Ada](claim) denied it'), soon);
  });
});

describe('a storage that is cleared under the page', () => {
  test('is not made anew; the work stays on screen and the tab says so (A17)', async () => {
    const desk = await newDesk(['Ada denied it']);
    mark(desk, 'Ada', 'claim');
    await desk.saved();
    await deleted(desk);
    await vi.waitFor(
      () => expect(desk.session.saving).toMatchObject({ problem: { kind: 'replaced' } }),
      soon,
    );
    mark(desk, 'it', 'appeal');
    desk.session.retrySaving();
    expect(desk.session.saving).toMatchObject({ status: 'failed', problem: { kind: 'replaced' } });
    expect(desk.notation()).toBe('[Ada](claim) denied [it](appeal)');
    expect(desk.session.shelf.present).toHaveLength(1);
    expect(await desk.workspace.factory.databases()).not.toContainEqual(
      expect.objectContaining({ name: desk.workspace.name }),
    );
  });

  test('and filled by somebody else, is not written into (A17, A31, A34)', async () => {
    const desk = await newDesk(['Ada denied it']);
    mark(desk, 'Ada', 'claim');
    await desk.saved();
    const letGo = outOfReach(desk);
    await deleted(desk);
    letGo();
    const strange = await desk.workspace.tab();
    for (const start of [0, 4, 8])
      await strange.changes.add(marking('other', span({ id: `s${start}`, start, end: start + 2 })) as never);
    const before = await strange.changes.toArray();
    mark(desk, 'it', 'appeal');
    await vi.waitFor(
      () => expect(desk.session.saving).toMatchObject({ problem: { kind: 'replaced' } }),
      soon,
    );
    expect(await strange.changes.toArray()).toEqual(before);
    expect(desk.notation()).toBe('[Ada](claim) denied [it](appeal)');
  });
});

describe('what could not be written', () => {
  test('is tried again by itself, after pauses that grow (A9, A11)', async () => {
    const { database } = await newWorkspace();
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const log = new ChangeLog(database, 0, () => undefined);
    const tries = refusing(database);
    await log.append(marking('report', span({ id: 'a', start: 0, end: 2 })));
    const seen: number[] = [];
    for (const ms of [999, 1, 1999, 1, 3999, 1]) {
      await vi.advanceTimersByTimeAsync(ms);
      seen.push(tries.count());
    }
    expect(seen).toEqual([1, 2, 2, 3, 3, 4]);
    expect(log.saving).toMatchObject({ status: 'failed', problem: { kind: 'full' } });
    tries.end();
    vi.useRealTimers();
    await log.retry();
    expect(log.saving.status).toBe('saved');
    expect(await database.changes.count()).toBe(1);
    log.close();
  });

  test('is called saved when the second copy is whole again too (A11)', async () => {
    const { database } = await newWorkspace();
    const log = new ChangeLog(database, 0, () => undefined);
    let heal = (_: boolean): void => undefined;
    const healed = new Promise<boolean>((resolve) => (heal = resolve));
    database.mirror = { copy: () => Promise.resolve(), revive: () => healed };
    const write = refusing(database);
    await log.append(marking('report', span({ id: 'a', start: 0, end: 2 })));
    write.end();
    await log.retry();
    expect([await database.changes.count(), log.saving.status]).toEqual([1, 'saving']);
    heal(true);
    expect(await log.settled()).toBe(true);
    expect(log.saving.status).toBe('saved');
    log.close();
  });

  test('is not called saved by what is done after it (A29)', async () => {
    const { database } = await newWorkspace();
    const log = new ChangeLog(database, 0, () => undefined);
    const write = failingWrite(1, 'is refused');
    await log.append(marking('report', span({ id: 'a', start: 0, end: 2 })));
    const again = refusing(database);
    const second = log.append(marking('report', span({ id: 'b', start: 3, end: 4 })));
    expect(log.saving.status).toBe('failed');
    await second;
    expect([log.saving.status, log.pending.length]).toEqual(['failed', 2]);
    again.end();
    write.end();
    log.close();
  });
});

/** Every transaction is refused until it ends. */
function refusing(database: Database) {
  const spy = vi
    .spyOn(database, 'transaction')
    .mockImplementation((() => Promise.reject(new DOMException('no room', 'QuotaExceededError'))) as never);
  return { count: () => spy.mock.calls.length, end: () => spy.mockRestore() };
}
