import { describe, expect, test } from 'vitest';
import { documentUpdate, spanUpdate } from '../../../src/core/change.ts';
import type { Document } from '../../../src/core/document.ts';
import { commit } from '../../../src/storage/commit.ts';
import type { Database } from '../../../src/storage/database.ts';
import { beginErasing, goOnErasing } from '../../../src/storage/erasing/erasing.ts';
import { dryRun } from '../../../src/workers/backup/dry-run.ts';
import { singleLine, assembled } from '../../../src/workers/backup/part-writer.ts';
import { span } from '../../annotated.ts';
import { draft, everything, marking, newWorkspace, shelve } from '../../storage/workspace.ts';
import { backedUp, recordsOf, shelveRecords } from './projects.ts';

const marked = span({ id: 's', start: 0, end: 3 }, 'Ada denied it');

/** A workspace with two documents and a marked span, a backup of it, and one that went another way since. */
async function apart() {
  const [{ database }, other] = [await newWorkspace(), await newWorkspace()];
  const [first] = [await shelve(database, { id: 'a' }), await shelve(database, { id: 'b' })];
  await commit(database, marking('a', marked));
  const { records } = await recordsOf(await backedUp(database));
  await shelveRecords(other.database, records);
  return { here: database, there: other.database, first };
}

const relabel = (database: Database, label: string) =>
  commit(database, draft({ updated: [spanUpdate('a', marked, { ...marked, label })] }));
const rename = (database: Database, document: Document, title: string) =>
  commit(database, draft({ updated: [documentUpdate(document, { ...document, title })] }));
const look = async (database: Database, file: Promise<Blob>) => dryRun(database, await file, 'b.locution');

const noDocuments = { new: 0, same: 0, differing: 0, otherText: 0, elsewhere: 0 };

describe('before a backup is restored', () => {
  test('of a project that is not here one is told what would come, and nothing is written', async () => {
    const { there } = await apart();
    const empty = (await newWorkspace()).database;
    await empty.projects.clear();
    const before = await everything(empty);
    const run = await look(empty, backedUp(there));
    expect(run).toMatchObject({
      isHere: false,
      documents: { ...noDocuments, new: 2 },
      spans: 1,
      changes: { new: 1, known: 0 },
      conflicts: [],
      problems: [],
    });
    expect(run.state.faults).toEqual([]);
    expect(await everything(empty)).toEqual(before);
  });

  test('of the same project as it is here one is told that nothing would come', async () => {
    const { here } = await apart();
    expect(await look(here, backedUp(here))).toMatchObject({
      isHere: true,
      documents: { ...noDocuments, same: 2 },
      spans: 0,
      changes: { new: 0, known: 1 },
      conflicts: [],
    });
  });

  test('an older backup brings nothing and has no conflicts', async () => {
    const { here, there, first } = await apart();
    await relabel(here, 'denial');
    await rename(here, first, 'Renamed');
    const run = await look(here, backedUp(there));
    expect(run.documents).toEqual({ ...noDocuments, same: 1, differing: 1 });
    expect(run.changes).toEqual({ new: 0, known: 1 });
    expect(run.conflicts).toEqual([]);
  });

  test('what both have changed meanwhile is listed with both values', async () => {
    const { here, there, first } = await apart();
    await relabel(here, 'denial');
    await relabel(there, 'appeal');
    await rename(there, first, 'Renamed');
    const run = await look(here, backedUp(there));
    expect(run.changes).toEqual({ new: 2, known: 1 });
    expect(run.conflicts).toEqual([
      { about: 'span', documentId: 'a', id: 's', fact: 'label', here: 'denial', incoming: 'appeal' },
    ]);
  });

  test('another text under an id that is here, and an id of another project, are told', async () => {
    const { here, there } = await apart();
    await shelve(there, { id: 'a' }, 'Another text');
    await here.documents.update('b', { projectId: 'other' });
    const run = await look(here, backedUp(there));
    expect(run.documents).toEqual({ ...noDocuments, otherText: 1, elsewhere: 1 });
    expect(run.conflicts.map(({ about }) => about)).toContain('text');
  });

  test('documents that were deleted for good here since are named, as they would come back', async () => {
    const { here, first } = await apart();
    const backup = backedUp(here);
    await backup;
    expect((await look(here, backup)).erased).toEqual({ isProject: false, titles: [] });
    await beginErasing(here, { documentIds: ['a'], projectIds: [] });
    await goOnErasing(here);
    const before = await everything(here);
    const run = await look(here, backup);
    expect(run.documents).toMatchObject({ new: 1, same: 1 });
    expect(run.erased).toEqual({ isProject: false, titles: [first.title] });
    expect(await everything(here)).toEqual(before);
  });

  test('so is a project that was deleted for good', async () => {
    const { here } = await apart();
    const backup = backedUp(here);
    await backup;
    await beginErasing(here, { documentIds: [], projectIds: ['first'] });
    await goOnErasing(here);
    expect((await look(here, backup)).erased).toMatchObject({ isProject: true, titles: { length: 2 } });
  });

  test('a damaged backup tells what would come of the sound lines and which are lost', async () => {
    const { there } = await apart();
    const empty = (await newWorkspace()).database;
    const bytes = new Uint8Array(await (await backedUp(there)).arrayBuffer());
    bytes[Buffer.from(bytes).indexOf('"text":"Ada denied it"') + 10]! ^= 1;
    const run = await dryRun(empty, new Blob([bytes]), 'b.locution');
    expect(run.documents).toEqual({ ...noDocuments, new: 1 });
    expect(run.changes.new).toBe(1);
    expect(run.state.lost).toEqual([{ part: 'documents', first: 1, last: 1 }]);
  });

  test('lines with a good seal that make no sense are problems by part and line', async () => {
    const { here } = await apart();
    const file = assembled([
      singleLine('changes', { id: 7 }),
      singleLine('documents', { text: 'Ada', spans: 'all' }),
    ]);
    const { problems, documents, project } = await dryRun(here, file, 'b.locution');
    expect(problems.map(({ file: name, line }) => [name, line])).toEqual([
      ['b.locution/changes.jsonl', 1],
      ['b.locution/documents.jsonl', 1],
    ]);
    expect(documents).toEqual(noDocuments);
    expect(project).toBeUndefined();
  });

  test('a file that a newer Locution has written says so', async () => {
    const { here } = await apart();
    const manifest = {
      format: 'locution',
      version: 2,
      kind: 'backup',
      project: { id: 'first', name: 'x' },
      written_at: '',
      written_by: '',
      counts: { documents: 0, spans: 0, relations: 0, changes: 0 },
      parts: [],
    };
    const { state } = await dryRun(here, assembled([singleLine('manifest', manifest)]), 'b.locution');
    expect(state.isNewer).toBe(true);
  });
});
