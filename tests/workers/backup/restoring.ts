import { invert } from '../../../src/core/change.ts';
import { commit } from '../../../src/storage/commit.ts';
import type { Database } from '../../../src/storage/database.ts';
import { loadDocuments } from '../../../src/storage/documents.ts';
import { sheetsOf } from '../../../src/storage/sheets.ts';
import { bringUpToDate } from '../../../src/storage/upkeep.ts';
import type { RestoreMode } from '../../../src/workers/backup/restore-plan.ts';
import { restoreBackup, type Restored } from '../../../src/workers/backup/restoring.ts';
import { happenings } from '../../storage/histories.ts';
import { draft } from '../../storage/workspace.ts';
import type { Acts } from './projects.ts';

export function restored(database: Database, file: Blob, mode: RestoreMode): Promise<Restored> {
  const order = {
    file,
    name: 'b.locution',
    mode,
    annotator: 'anna',
    at: '2026-02-01T00:00:00.000Z',
    title: 'Restored a backup',
    ...(mode === 'copy' && { copyName: 'A copy' }),
  };
  return restoreBackup(database, order, () => undefined);
}

/** What people see of a project: its documents, in their order, with texts, facts and all that is marked on them. */
export async function seenIn(database: Database, projectId = 'first') {
  // Counts of changes that clash are true once they were brought up to date.
  await bringUpToDate(database);
  const project = (await database.projects.get(projectId))!;
  const { documents } = await loadDocuments(database, projectId);
  const present = documents.filter(({ deleted }) => !deleted);
  const ids = present.map(({ id }) => id);
  const [sheets, texts] = [await sheetsOf(database, ids), await database.texts.bulkGet(ids)];
  return {
    name: project.name,
    scheme: project.scheme,
    isDeleted: project.deleted === true,
    documents: present.map(({ importId: _, ...document }, index) => ({
      document,
      text: texts[index]?.text,
      sheet: sheets.get(document.id),
    })),
  };
}

/** Takes the last restore back as the list of changes does. */
export async function undoRestore(database: Database): Promise<void> {
  const last = (await database.changes.orderBy('seq').last())!;
  await commit(database, draft(invert(last), { kind: 'undo', undoes: last.seq }));
}

/** Goes on with a project on which `shared` was done, at times that clocks gave that may have been set back. */
export async function goOn(
  database: Database,
  shared: Acts,
  since: Acts,
  hours: readonly number[],
): Promise<void> {
  const all = happenings([...shared, ...since]).slice(shared.length);
  for (const [index, { change }] of all.entries())
    if (change)
      await commit(database, { ...change, at: `2026-01-02T0${hours[index % hours.length]}:00:00.000Z` });
}
