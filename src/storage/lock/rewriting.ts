import Dexie from 'dexie';
import type { Change } from '../../core/change.ts';
import { contentOf } from '../../core/backup/content.ts';
import type { Database } from '../database.ts';

type OnProgress = (progress: { readonly done: number; readonly total: number }) => void;

/** So many rows are written again together, or about so many characters of text. */
const rowsTogether = 100;
const lengthTogether = 1_000_000;

/**
 * Reads all that a project has and writes it again, so that it lies there as the lock wants it: sealed or in clear. Each
 * transaction writes whole rows, and rows of both kinds may stand side by side, so it can be cut off anywhere and begun
 * again. What was written is read back before it counts.
 */
export async function rewrite(
  database: Database,
  projectId: string,
  onprogress: OnProgress = () => undefined,
): Promise<void> {
  const ids = await database.documents.where('projectId').equals(projectId).primaryKeys();
  const total = ids.length + 1;
  await rewriteProject(database, projectId);
  await rewriteChanges(database, projectId);
  onprogress({ done: 1, total });
  let done = 1;
  for await (const batch of batchesOf(database, ids)) {
    await rewriteDocuments(database, batch);
    onprogress({ done: (done += batch.length), total });
  }
}

async function rewriteProject(database: Database, projectId: string): Promise<void> {
  const { projects, preferences } = database;
  await database.transaction('rw', projects, preferences, async () => {
    await rewriteRows(database, 'projects', await projects.where(':id').equals(projectId).toArray());
    // Changes that a second copy has set aside.
    const aside = await preferences.where(':id').startsWith('set-aside-').toArray();
    const own = aside.filter(({ value }) => value !== undefined && tellsOf(value as Change, projectId));
    await rewriteRows(database, 'preferences', own);
  });
}

async function rewriteChanges(database: Database, projectId: string): Promise<void> {
  const { changes } = database;
  for (let after = 0; ;) {
    const keys = await changes.where(':id').above(after).limit(rowsTogether).primaryKeys();
    const last = keys.at(-1);
    if (last === undefined) return;
    const range = [after, last, false, true] as const;
    await database.transaction('rw', changes, async () => {
      const rows = await changes
        .where(':id')
        .between(...range)
        .toArray();
      await rewriteRows(
        database,
        'changes',
        rows.filter((change) => tellsOf(change, projectId)),
      );
    });
    after = last;
  }
}

/** Another project's change may tell of this one, as when this one was made. */
function tellsOf({ projectId, added, updated, removed }: Change, wanted: string): boolean {
  const entries = [...added, ...removed, ...updated.flatMap(({ before, after }) => [before, after])];
  return projectId === wanted || entries.some(({ type, value }) => type === 'project' && value.id === wanted);
}

async function rewriteDocuments(database: Database, ids: readonly string[]): Promise<void> {
  const { documents, texts, imported, layers } = database;
  await database.transaction('rw', documents, texts, imported, layers, async () => {
    const present = <Row>(rows: readonly (Row | undefined)[]) => rows.filter((row) => row !== undefined);
    await rewriteRows(database, 'documents', present(await documents.bulkGet([...ids])));
    await rewriteRows(database, 'texts', present(await texts.bulkGet([...ids])));
    for (const name of ['imported', 'layers'] as const)
      await rewriteRows(database, name, await database[name].where('documentId').anyOf(ids).toArray());
  });
}

/** Within a transaction: puts rows as they are, and looks whether they come back so. */
async function rewriteRows(
  database: Database,
  name: 'projects' | 'documents' | 'texts' | 'changes' | 'imported' | 'layers' | 'preferences',
  rows: readonly object[],
): Promise<void> {
  if (rows.length === 0) return;
  const table = database.table<object>(name);
  // One by one, not in bulk: the error would not tell that the disk is full.
  await Promise.all(rows.map((row) => table.put({ ...row })));
  const { keyPath } = table.schema.primKey;
  const part = (row: object, path: string) => Dexie.getByKeyPath(row, path) as string;
  const keyOf = (row: object) =>
    typeof keyPath === 'string' ? part(row, keyPath) : (keyPath ?? []).map((path) => part(row, path));
  const back = await table.bulkGet(rows.map(keyOf));
  const isWhole = rows.every((row, index) => back[index] && contentOf(back[index]) === contentOf(row));
  if (!isWhole) throw new RangeError(`rows of “${name}” did not come back as they were written`);
}

/** Ids of documents that are short enough to be written together. */
async function* batchesOf(database: Database, ids: readonly string[]): AsyncGenerator<readonly string[]> {
  for (let at = 0; at < ids.length; at += rowsTogether) {
    const group = ids.slice(at, at + rowsTogether);
    let [batch, length] = [[] as string[], 0];
    for (const [index, document] of (await database.documents.bulkGet(group)).entries()) {
      batch.push(group[index]!);
      length += document?.length ?? 0;
      if (length < lengthTogether) continue;
      yield batch;
      [batch, length] = [[], 0];
    }
    if (batch.length > 0) yield batch;
  }
}
