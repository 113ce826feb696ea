import { describe, expect, test, vi } from 'vitest';
import { noEdit, type Change } from '../../src/core/change.ts';
import { chainAnew, verifyChain, verifyEnd } from '../../src/storage/chain.ts';
import { commit } from '../../src/storage/commit.ts';
import type { Database } from '../../src/storage/database.ts';
import { span } from '../annotated.ts';
import { draft, failingWrite, marking, newWorkspace } from './workspace.ts';

const mark = (start: number) => marking('report', span({ id: `s${start}`, start, end: start + 2 }));

/** A log of so many changes. */
async function logOf(count: number) {
  const { workspace, database } = await newWorkspace();
  for (let start = 0; start < count; start++) await commit(database, mark(start));
  return { workspace, database };
}

/** Changes a row of the log as no Locution does. */
async function alter(database: Database, seq: number, fields: Partial<Change>): Promise<void> {
  await database.changes.put({ ...(await database.changes.get(seq))!, ...fields });
}

describe('the chain through the log', () => {
  test('is whole after whatever was written, by several tabs at once and after writes that failed', async () => {
    const { workspace, database } = await logOf(2);
    const other = await workspace.tab();
    const write = failingWrite(1, 'is aborted after it');
    await expect(commit(database, mark(8))).rejects.toThrow();
    write.end();
    await Promise.all([commit(database, mark(3)), commit(other, mark(4)), commit(database, mark(5))]);
    expect(await database.changes.count()).toBe(5);
    expect(await verifyChain(database)).toBeUndefined();
    expect(await verifyEnd(database)).toBeUndefined();
  });

  const alterations: [string, (database: Database) => Promise<unknown>, number][] = [
    ['another label on a span', (database) => alter(database, 3, { added: mark(77).added }), 3],
    ['another date', (database) => alter(database, 3, { at: '1970-01-01T00:00:00.000Z' }), 3],
    ['a link taken away', (database) => alter(database, 3, { chain: '' }), 3],
    ['a change without a link in the place of one', (database) => replaceUnchained(database, 3), 4],
    ['a change taken out', (database) => database.changes.delete(3), 4],
    ['the first change taken out', (database) => database.changes.delete(1), 2],
    ['two changes in each other’s places', (database) => swap(database, 3, 4), 3],
  ];

  test.each(alterations)('breaks where the log was altered: %s (A34)', async (_what, strike, seq) => {
    const { database } = await logOf(5);
    await strike(database);
    expect(await verifyChain(database)).toBe(seq);
    expect(await verifyEnd(database)).toBe(seq);
  });

  test('lets be what is locked away, and goes on behind it', async () => {
    const { database } = await logOf(4);
    const locked = { ...(await database.changes.get(2))!, ...noEdit, sealed: new Uint8Array(3) };
    await database.changes.put(locked);
    expect(await verifyChain(database)).toBeUndefined();
    await alter(database, 3, { at: '1970-01-01T00:00:00.000Z' });
    expect(await verifyChain(database)).toBe(3);
  });

  test('goes on behind what an older Locution has written, before the first link or between two', async () => {
    const { database } = await newWorkspace();
    await database.changes.add(mark(0));
    await commit(database, mark(1));
    await database.changes.add(mark(2));
    await commit(database, mark(3));
    expect(await verifyChain(database)).toBeUndefined();
    await database.changes.delete(3);
    expect(await verifyChain(database)).toBe(4);
  });

  test('is made anew and verified to its very beginning, however long the log is', async () => {
    const { database } = await newWorkspace();
    const log: readonly Change[] = Array.from({ length: 1100 }, (_, index) => {
      return { ...draft(), seq: index + 1, chain: 'old' };
    });
    await database.changes.bulkAdd([...log]);
    expect(await verifyChain(database)).toBe(1);
    await chainAnew(database);
    const onprogress = vi.fn();
    expect(await verifyChain(database, onprogress)).toBeUndefined();
    expect(onprogress.mock.calls.map(([{ done, total }]) => [done, total])).toEqual([
      [500, 1100],
      [1000, 1100],
      [1100, 1100],
    ]);
    await alter(database, 501, { title: 'something else' });
    expect(await verifyChain(database)).toBe(501);
    expect(await verifyEnd(database)).toBeUndefined();
  });
});

async function replaceUnchained(database: Database, seq: number): Promise<void> {
  const { chain: _, ...change } = (await database.changes.get(seq))!;
  await database.changes.put({ ...change, title: 'another' });
}

async function swap(database: Database, one: number, other: number): Promise<void> {
  const [first, second] = await database.changes.bulkGet([one, other]);
  const swapped: Change[] = [
    { ...first!, seq: other },
    { ...second!, seq: one },
  ];
  await database.changes.bulkPut(swapped);
}
