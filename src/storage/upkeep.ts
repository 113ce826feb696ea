import { countSpans } from '../core/sheet.ts';
import type { Sheet } from '../core/sheet.ts';
import type { Database, LayerRow } from './database.ts';
import { isSealed } from './lock/guard.ts';
import { changesAfter, lastSeq } from './log.ts';
import { countedUpTo, savePreference } from './preferences.ts';
import { sheetsOf } from './sheets.ts';

/** How many documents are brought up to date at once: their sheets are in memory together. */
const batchSize = 200;

/**
 * Brings snapshots and counts up to date with the log, for the documents that changed since the last time. Nothing
 * depends on its having run: it only makes the next opening shorter. The snapshots of `anew` are made from the beginning.
 */
export async function bringUpToDate(database: Database, anew: readonly string[] = []): Promise<void> {
  const tables = [
    database.documents,
    database.imported,
    database.layers,
    database.changes,
    database.preferences,
  ];
  await database.transaction('rw', tables, async () => {
    const changes = await changesAfter(database, await countedUpTo(database));
    if (changes.length === 0 && anew.length === 0) return;
    // What is locked has to be opened first: counts that passed it over would be wrong once it is.
    if (changes.some(isSealed)) return;
    const seq = await lastSeq(database);
    const documentIds = [...new Set([...changes.flatMap((change) => change.documentIds), ...anew])];
    if (anew.length > 0) await database.layers.where('documentId').anyOf(anew).delete();
    for (let first = 0; first < documentIds.length; first += batchSize)
      await snapshot(database, documentIds.slice(first, first + batchSize), seq);
    await savePreference(database, 'counted', seq);
  });
}

async function snapshot(database: Database, documentIds: readonly string[], seq: number): Promise<void> {
  const found = await database.documents.bulkGet([...documentIds]);
  const documents = found.filter((document) => document !== undefined);
  const ids = documents.map(({ id }) => id);
  const sheets = await sheetsOf(database, ids);
  await database.layers.where('documentId').anyOf(ids).delete();
  await database.layers.bulkPut(ids.flatMap((id) => layersOf(sheets.get(id)!, id, seq)));
  await database.documents.bulkPut(
    documents.map((document) => ({ ...document, counts: countSpans(sheets.get(document.id)!.spans) })),
  );
}

/** A layer for each annotator; an empty one of nobody's when nothing is left, so that the snapshot still counts. */
export function layersOf(sheet: Sheet, documentId: string, seq: number): LayerRow[] {
  const annotators = new Set([...sheet.spans, ...sheet.relations].map(({ annotator }) => annotator));
  return [...(annotators.size > 0 ? annotators : [''])].map((annotator) => ({
    documentId,
    annotator,
    seq,
    spans: sheet.spans.filter((span) => span.annotator === annotator),
    relations: sheet.relations.filter((relation) => relation.annotator === annotator),
  }));
}
