import type { Finding } from '../../core/doctor/finding.ts';
import type { Database } from '../database.ts';
import { documentIdsIn } from '../mirroring.ts';

/** Rows of documents that are not there. */
export async function* strayRows(database: Database): AsyncGenerator<Finding> {
  const told = new Set<string>();
  const { texts, imported, layers } = database;
  for (const keys of [documentIdsIn(texts), documentIdsIn(imported), documentIdsIn(layers)])
    for await (const ids of keys) {
      const present = new Set(await database.documents.where(':id').anyOf(ids).primaryKeys());
      for (const documentId of ids)
        if (!present.has(documentId) && !told.has(documentId)) {
          told.add(documentId);
          yield { kind: 'stray', documentId };
        }
    }
}

/** An import that is not finished may still be under way for so long. */
const underWayMs = 60 * 60_000;

/** The ids of imports that ever were written, taken back or not. */
export async function writtenImports({ changes }: Database): Promise<ReadonlySet<string>> {
  const written = new Set<string>();
  await changes
    .where('kind')
    .equals('import')
    .each(({ importId }) => importId !== undefined && written.add(importId));
  return written;
}

/** Imports that left documents and were never finished, with how many these are; none that may be under way. */
export async function* unfinishedImports(database: Database, now: number): AsyncGenerator<Finding> {
  const written = await writtenImports(database);
  const ids = (await database.documents.orderBy('importId').uniqueKeys()) as string[];
  for (const importId of ids)
    if (!written.has(importId) && now - startOf(importId) > underWayMs) {
      const documents = await database.documents.where('importId').equals(importId).count();
      yield { kind: 'unfinished-import', importId, documents };
    }
}

/** When an import began: its id says so. One that does not is of old. */
function startOf(importId: string): number {
  const isTimed = /^[0-9a-f]{8}-[0-9a-f]{4}-7/.test(importId);
  return isTimed ? parseInt(importId.replace('-', '').slice(0, 12), 16) : 0;
}

/** Removes what an import left that was never finished. Resolves to how many documents that were; 0 when it is finished by now. */
export async function removeUnfinished(database: Database, importId: string): Promise<number> {
  const { documents, texts, imported, layers, changes } = database;
  return database.transaction('rw', [documents, texts, imported, layers, changes], async () => {
    if ((await writtenImports(database)).has(importId)) return 0;
    const ids = await documents.where('importId').equals(importId).primaryKeys();
    await documents.bulkDelete(ids);
    await texts.bulkDelete(ids);
    for (const table of [imported, layers]) await table.where('documentId').anyOf(ids).delete();
    return ids.length;
  });
}
