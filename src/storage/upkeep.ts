import { countSpans } from '../core/sheet.ts';
import type { Sheet } from '../core/sheet.ts';
import { sheetFromLog } from './documents.ts';
import type { Database, LayerRow } from './database.ts';
import { changesAfter, lastSeq } from './log.ts';
import { countedUpTo, savePreference } from './preferences.ts';

/**
 * Brings snapshots and counts up to date with the log, for the documents that changed since the last time. Nothing
 * depends on its having run: it only makes the next opening shorter.
 */
export async function bringUpToDate(database: Database): Promise<void> {
  const tables = [
    database.documents,
    database.imported,
    database.layers,
    database.changes,
    database.preferences,
  ];
  await database.transaction('rw', tables, async () => {
    const changes = await changesAfter(database, await countedUpTo(database));
    if (changes.length === 0) return;
    const seq = await lastSeq(database);
    for (const documentId of new Set(changes.flatMap((change) => change.documentIds)))
      await snapshot(database, documentId, seq);
    await savePreference(database, 'counted', seq);
  });
}

async function snapshot(database: Database, documentId: string, seq: number): Promise<void> {
  const document = await database.documents.get(documentId);
  if (!document) return;
  const sheet = await sheetFromLog(database, documentId);
  await database.layers.where('documentId').equals(documentId).delete();
  await database.layers.bulkPut(layersOf(sheet, documentId, seq));
  await database.documents.put({ ...document, counts: countSpans(sheet.spans) });
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
