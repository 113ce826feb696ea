import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { contentOf } from '../../../src/core/backup/content.ts';
import { documentUpdate, projectUpdate, spanUpdate } from '../../../src/core/change.ts';
import { firstProject } from '../../../src/core/project.ts';
import { commit } from '../../../src/storage/commit.ts';
import type { Database } from '../../../src/storage/database.ts';
import { loadDocuments } from '../../../src/storage/documents.ts';
import { loadProjects } from '../../../src/storage/projects.ts';
import { sheetsOf } from '../../../src/storage/sheets.ts';
import { span } from '../../annotated.ts';
import { acts, clashingActs } from '../../storage/histories.ts';
import { draft, everything, marking, newWorkspace, shelve } from '../../storage/workspace.ts';
import { backedUp, live, recordsOf } from './projects.ts';
import { goOn, restored, seenIn, undoRestore } from './restoring.ts';

const text = 'Ada denied it';
const marked = span({ id: 's', start: 0, end: 3 }, text);

async function emptied(): Promise<Database> {
  const { database } = await newWorkspace();
  await database.projects.clear();
  return database;
}

describe('a backup that is restored where nothing is', () => {
  test('gives the project as it was, with its history, whatever was done before (A38)', async () => {
    await fc.assert(
      fc.asyncProperty(acts, async (all) => {
        const [{ database, workspace }, other] = [await newWorkspace(), await newWorkspace()];
        await other.database.projects.clear();
        await live(database, all);
        const file = await backedUp(database);
        const result = await restored(other.database, file, 'merge');
        expect(result).toMatchObject({ isNothing: false, problems: [], conflicts: [] });
        expect(await seenIn(other.database)).toEqual(await seenIn(database));
        const [was, is] = [await recordsOf(file), await recordsOf(await backedUp(other.database))];
        // The last change is the restore itself.
        expect(is.records.changes.slice(0, -1)).toEqual(was.records.changes);
        expect({ ...is.records, changes: [] }).toEqual({ ...was.records, changes: [] });
        workspace.close();
        other.workspace.close();
      }),
      { numRuns: 25 },
    );
  });
});

const hours = fc.array(fc.nat(9), { minLength: 30, maxLength: 30 });
const parting = fc.record({ shared: acts, one: clashingActs, other: clashingActs, first: hours, second: hours });

/** Two workspaces with a project that went apart after some changes. */
async function parted({ shared, one, other, first, second }: fc.Infer<typeof parting>) {
  const [here, there] = [await newWorkspace(), await newWorkspace()];
  await live(here.database, shared);
  await there.database.projects.clear();
  await restored(there.database, await backedUp(here.database), 'merge');
  await goOn(here.database, shared, one, first);
  await goOn(there.database, shared, other, second);
  const close = () => [here, there].forEach(({ workspace }) => workspace.close());
  return { here: here.database, there: there.database, close };
}

describe('two states of a project that went apart', () => {
  test('give the same whichever is merged into the other, and nothing new the second time (A42, A41)', async () => {
    await fc.assert(
      fc.asyncProperty(parting, async (both) => {
        const { here, there, close } = await parted(both);
        const [a, b] = [await backedUp(here), await backedUp(there)];
        const ab = await restored(here, b, 'merge');
        const ba = await restored(there, a, 'merge');
        expect(await seenIn(here)).toEqual(await seenIn(there));
        const swapped = ba.conflicts.map((c) => ({ ...c, here: c.incoming, incoming: c.here }));
        expect(ab.conflicts.map(contentOf).sort()).toEqual(swapped.map(contentOf).sort());
        const before = await everything(here);
        expect(await restored(here, b, 'merge')).toMatchObject({ isNothing: true, changes: 0 });
        expect(await everything(here)).toEqual(before);
        close();
      }),
      { numRuns: 25 },
    );
  });

  test('Replace gives exactly what the backup holds, and taking it back what was here', async () => {
    await fc.assert(
      fc.asyncProperty(parting, async (both) => {
        const { here, there, close } = await parted(both);
        const [was, wanted] = [await seenIn(here), await seenIn(there)];
        await restored(here, await backedUp(there), 'replace');
        expect(await seenIn(here)).toEqual(wanted);
        await undoRestore(here);
        expect(await seenIn(here)).toEqual(was);
        close();
      }),
      { numRuns: 25 },
    );
  });
});
