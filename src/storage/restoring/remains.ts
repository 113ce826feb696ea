import type { Database } from '../database.ts';
import { forgetImport, importNotes } from './import-notes.ts';
import { removeStaged, stagedCount, unfinishedRestores } from './staged-texts.ts';

/** An import or restore that was begun and never counted: the browser was closed, killed, or full. */
export interface Remainder {
  readonly kind: 'import' | 'restore';
  readonly id: string;
  /** Documents that lie in the storage and count nowhere. */
  readonly documents: number;
  /** What is known of it, if it was noted. */
  readonly at?: string;
  readonly files: readonly string[];
}

/** What lies in the storage of imports and restores that never counted. To be asked while none is under way. */
export async function remains(database: Database): Promise<Remainder[]> {
  const restores = await unfinishedRestores(database);
  return [
    ...(await importsNeverWritten(database)),
    ...(await Promise.all(
      restores.map(async ({ id, at, file }): Promise<Remainder> => {
        return { kind: 'restore', id, at, files: [file], documents: await stagedCount(database, id) };
      }),
    )),
  ];
}

async function importsNeverWritten(database: Database): Promise<Remainder[]> {
  const ids = new Set(await neverWrittenImports(database));
  const notes = new Map((await importNotes(database)).map((note) => [note.importId, note]));
  // Those that count, or are gone, need no note any more.
  for (const id of notes.keys()) if (!ids.has(id)) await forgetImport(database, id);
  return Promise.all(
    [...ids].map(async (id): Promise<Remainder> => {
      const documents = await database.documents.where('importId').equals(id).count();
      const note = notes.get(id);
      return { kind: 'import', id, documents, files: note?.files ?? [], ...(note && { at: note.at }) };
    }),
  );
}

async function neverWrittenImports({ documents, changes }: Database): Promise<string[]> {
  const ids = await documents.orderBy('importId').uniqueKeys();
  if (ids.length === 0) return [];
  const written = new Set<string>();
  await changes
    .where('kind')
    .equals('import')
    .each(({ importId }) => importId !== undefined && written.add(importId));
  return ids.filter((id) => typeof id === 'string' && !written.has(id)) as string[];
}

const removedTogether = 500;

/** Takes all of that away, or what one import left. What counts, and what was taken back, stays. */
export async function removeRemains(database: Database, importId?: string): Promise<void> {
  if (importId !== undefined) return removeImport(database, importId);
  for (const { id } of await unfinishedRestores(database)) await removeStaged(database, id);
  for (const id of await neverWrittenImports(database)) await removeImport(database, id);
}

async function removeImport(database: Database, importId: string): Promise<void> {
  const { documents, texts, imported, changes } = database;
  const ids = await documents.where('importId').equals(importId).primaryKeys();
  for (let at = 0; at < ids.length; at += removedTogether) {
    const some = ids.slice(at, at + removedTogether);
    await database.transaction('rw', documents, texts, imported, changes, async () => {
      // In the same look: a change that was on its way for long makes it count.
      if (await isWritten(database, importId)) return;
      await documents.bulkDelete(some);
      await texts.bulkDelete(some);
      await imported.where('documentId').anyOf(some).delete();
    });
  }
  await forgetImport(database, importId);
}

async function isWritten({ changes }: Database, importId: string): Promise<boolean> {
  const imports = changes.where('kind').equals('import');
  return (await imports.filter((change) => change.importId === importId).first()) !== undefined;
}
