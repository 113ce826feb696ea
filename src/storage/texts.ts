import type { Database } from './database.ts';

/**
 * The texts of these documents, read together. All of them are in memory at the same time, so ask for a few million
 * characters at once.
 */
export async function textsOf(
  database: Database,
  documentIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (documentIds.length === 0) return new Map();
  const ids = [...documentIds].sort();
  return database.transaction('r', [database.texts], async () => {
    const range = database.texts.where('documentId').between(ids[0]!, ids.at(-1)!, true, true);
    // In one range where that brings little else: row by row takes several times as long.
    const isNarrow = (await range.count()) <= 2 * ids.length;
    const rows = isNarrow ? await range.toArray() : await database.texts.bulkGet(ids);
    const wanted = new Set(ids);
    return new Map(
      rows.flatMap((row) => (row && wanted.has(row.documentId) ? [[row.documentId, row.text] as const] : [])),
    );
  });
}
