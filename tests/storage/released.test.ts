import { readFileSync } from 'node:fs';
import { IDBCursor, IDBObjectStore } from 'fake-indexeddb';
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { startSession } from '../../src/session/start.ts';
import { Database, openDatabase } from '../../src/storage/database.ts';
import { recordsOf, shelveRecords } from '../workers/backup/projects.ts';
import { failing, manners } from './faults.ts';
import { pictureOf, released, type Released } from './released.ts';
import { copies, layBoth, strikeUpgrades, withProjects } from './upgrading.ts';
import { Workspace } from './workspace.ts';

vi.mock(import('../../src/session/job.ts'), () => import('../session/jobs-in-process.ts'));

const { verno: newest } = new Database(new Workspace().options);
const schemas = [...Array(newest).keys()].map((index) => index + 1);
const olds = schemas.filter((schema) => schema < newest);

/** What people see of each, as it was written down when it was released. */
function shown(name: string): string {
  return readFileSync(new URL(`../fixtures/${name}.txt`, import.meta.url), 'utf8');
}

async function laid(database: Released): Promise<Workspace> {
  const workspace = await layBoth(database);
  onTestFinished(() => workspace.close());
  return workspace;
}

describe('the database of every schema that was ever released', () => {
  test.each(schemas)('is kept here to be tried: schema %i (A25)', (schema) => {
    // For a new schema keep one that its own release has written, in the form that `released.ts` reads.
    expect(released(schema).version).toBe(schema * 10);
  });

  test.each(schemas)(
    'opens with the same texts, labels and offsets as then: schema %i (A25)',
    async (schema) => {
      const workspace = await laid(released(schema));
      expect(await pictureOf(await workspace.tab())).toBe(shown(`databases/v${schema}`));
    },
  );
});

test('a backup of every format that was ever written is read with the same texts, labels and offsets (A25)', async () => {
  const file = new Blob([readFileSync(new URL('../fixtures/backups/format-1.locution', import.meta.url))]);
  const { records, state } = await recordsOf(file);
  expect(state.faults).toEqual([]);
  const workspace = new Workspace();
  onTestFinished(() => workspace.close());
  const database = await workspace.tab();
  await shelveRecords(database, records);
  expect(await pictureOf(database)).toBe(shown('backups/format-1'));
});

describe('an upgrade that fails', () => {
  // The library says on the console that it tries once more.
  beforeEach(() => void vi.spyOn(console, 'warn').mockReturnValue(undefined));
  afterEach(() => void vi.restoreAllMocks());

  // One place of several; all of them in tests/faults.
  const step = 6;

  test.each(olds.flatMap((schema) => manners.map((manner) => [schema, manner] as const)))(
    'at whatever row leaves both copies of schema %i as they were, and can be tried again (%s) (A23)',
    async (schema, manner) => {
      const { wrong } = await strikeUpgrades(withProjects(schema, 3), manner, step);
      expect(wrong).toEqual([]);
    },
  );

  test.each(olds)(
    'is told, and the second copy of schema %i is not touched before it has succeeded (A23)',
    async (schema) => {
      const workspace = await laid(released(schema));
      const untouched = await copies(workspace);
      const fault = failing(1, 'sticks', workspace.name);
      const start = await startSession(workspace.options);
      fault.end();
      expect(start).toMatchObject({
        kind: 'rescue',
        rescue: { trouble: 'unopened', reason: expect.stringMatching(/\.$/) as string },
      });
      expect(await copies(workspace)).toEqual(untouched);
      const again = await startSession(workspace.options);
      if (again.kind !== 'ready') throw new Error(again.kind);
      onTestFinished(() => again.projects.close());
      expect((await copies(workspace)).map(({ version }) => version)).toEqual([newest * 10, newest * 10]);
    },
  );

  test.each(olds)('as it would take a row away, is not done: schema %i (A23)', async (schema) => {
    const workspace = await laid(withProjects(schema, 3));
    const untouched = await copies(workspace);
    const losing = [
      vi.spyOn(IDBCursor.prototype, 'update').mockImplementation(function (this: IDBCursorWithValue) {
        return this.delete() as never;
      }),
      vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (
        this: IDBObjectStore,
        row: object,
      ) {
        return this.delete((row as { id: string }).id) as never;
      }),
    ];
    const opening = await openDatabase(() => undefined, workspace.options);
    losing.forEach((spy) => spy.mockRestore());
    expect(opening).toMatchObject({
      kind: 'refused',
      problem: { message: expect.stringContaining('The upgrade would lose projects') as string },
    });
    expect(await copies(workspace)).toEqual(untouched);
  });
});
