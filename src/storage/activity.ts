import type { ActivityRow, Database } from './database.ts';

/** Adds to the time that somebody has worked on a document, whatever another tab has added meanwhile. */
export async function addActivity(
  database: Database,
  documentId: string,
  annotator: string,
  seconds: number,
): Promise<void> {
  await database.transaction('rw', database.activity, async () => {
    const row = await database.activity.get([documentId, annotator]);
    await database.activity.put({ documentId, annotator, seconds: (row?.seconds ?? 0) + seconds });
  });
}

/** How long each annotator has worked on the document. */
export function activityOn(database: Database, documentId: string): Promise<ActivityRow[]> {
  return database.activity.where('documentId').equals(documentId).toArray();
}
