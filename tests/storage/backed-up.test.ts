import { describe, expect, test } from 'vitest';
import { firstProject } from '../../src/core/project.ts';
import { changesSince } from '../../src/storage/backed-up.ts';
import type { Database } from '../../src/storage/database.ts';
import { draft, newWorkspace } from './workspace.ts';

/** A workspace of two projects, in which the first and the other change in turn. */
async function changedInTurn(count: number): Promise<Database> {
  const { database } = await newWorkspace();
  await database.projects.add({ ...firstProject(), id: 'other' });
  const changes = Array.from({ length: count }, (_, index) =>
    draft({}, { id: `c${index + 1}`, projectId: index % 2 === 0 ? 'first' : 'other' }),
  );
  await database.changes.bulkAdd(changes);
  return database;
}

const cover = (projectId: string, seq: number, id = `c${seq}`) => ({ projectId, seq, id });

describe('what was done since backups', () => {
  test('is everything where there is none', async () => {
    const database = await changedInTurn(5);
    expect(await changesSince(database, {})).toEqual({
      seq: 5,
      places: { first: [1, 3, 5], other: [2, 4] },
      void: [],
    });
  });

  test('begins for each project behind the backup that has the least of it', async () => {
    const database = await changedInTurn(8);
    const covers = { a: cover('first', 5), b: cover('first', 3), c: cover('other', 6) };
    expect((await changesSince(database, covers)).places).toEqual({ first: [5, 7], other: [8] });
  });

  test('is found however long the log is', async () => {
    const { places } = await changesSince(await changedInTurn(1201), { a: cover('first', 1) });
    expect([places['first']?.length, places['other']?.length]).toEqual([600, 600]);
  });

  test('is everything where another change stands at the place that a backup reached, or none (A14)', async () => {
    const database = await changedInTurn(4);
    const covers = { a: cover('first', 3, 'lost'), b: cover('other', 90) };
    expect(await changesSince(database, covers)).toMatchObject({
      places: { first: [1, 3], other: [2, 4] },
      void: ['a', 'b'],
    });
  });
});
