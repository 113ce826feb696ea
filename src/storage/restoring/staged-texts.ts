import { v7 as newId } from 'uuid';
import * as v from 'valibot';
import type { Database, LayerRow, TextRow } from '../database.ts';

/*
 * Texts and layers are written before a restore counts, as they are too many for one transaction. Without a row of their
 * document nothing reads them. What was written is noted in the same transactions, so that it can be told and removed after
 * the browser was killed in the middle.
 */

const journalKey = (id: string) => `restoring ${id}`;
const idsKey = (id: string, batch: number) => `restoring ${id} texts ${String(batch).padStart(6, '0')}`;

const journal = v.object({ id: v.string(), at: v.string(), file: v.string(), project: v.string() });
/** What is known of a restore that was begun. */
export type RestoreJournal = Readonly<v.InferOutput<typeof journal>>;
const noted = v.array(v.string());

/** Notes, before anything else, that a restore was begun; gives back what names it. */
export async function beginRestore(database: Database, begun: Omit<RestoreJournal, 'id'>): Promise<string> {
  const id = newId();
  await database.preferences.put({ key: journalKey(id), value: { id, ...begun } });
  return id;
}

/**
 * Writes texts, and what files brought on them, of documents that are not here; each batch has a number of its own.
 * `leftovers` are ids under which an import that was cut off has left rows.
 */
export async function stageTexts(
  database: Database,
  id: string,
  batch: number,
  texts: readonly TextRow[],
  layers: readonly LayerRow[],
  leftovers: ReadonlySet<string>,
): Promise<void> {
  const { texts: textTable, imported, preferences } = database;
  const ids = [...new Set([...texts, ...layers].map(({ documentId }) => documentId))];
  await database.transaction('rw', textTable, imported, preferences, async () => {
    await preferences.put({ key: idsKey(id, batch), value: ids });
    const freed = texts.flatMap(({ documentId }) => (leftovers.has(documentId) ? [documentId] : []));
    if (freed.length > 0) await imported.where('documentId').anyOf(freed).delete();
    await textTable.bulkPut([...texts]);
    await imported.bulkPut([...layers]);
  });
}

/** The restores that were begun and not finished. */
export async function unfinishedRestores(database: Database): Promise<RestoreJournal[]> {
  const rows = await notes(database, 'restoring ').toArray();
  return rows.flatMap(({ value }) => (v.is(journal, value) ? [value] : []));
}

/** How many documents a restore had written when it ended. */
export async function stagedCount(database: Database, id: string): Promise<number> {
  return (await stagedIds(database, id)).length;
}

async function stagedIds(database: Database, id: string): Promise<string[]> {
  const rows = await notes(database, `${journalKey(id)} `).toArray();
  return [...new Set(rows.flatMap(({ value }) => (v.is(noted, value) ? value : [])))];
}

/** Within a transaction: the restore is through, and nothing of it is left over. */
export async function endRestore(database: Database, id: string): Promise<void> {
  await notes(database, journalKey(id)).delete();
}

/** Takes away what an unfinished restore has written; what a document that is here needs stays. */
export async function removeStaged(database: Database, id: string): Promise<void> {
  const { documents, texts, imported, preferences } = database;
  const ids = await stagedIds(database, id);
  for (let at = 0; at < ids.length; at += removedTogether) {
    const some = ids.slice(at, at + removedTogether);
    await database.transaction('rw', documents, texts, imported, async () => {
      const rows = await documents.bulkGet(some);
      const orphans = some.filter((_, index) => rows[index] === undefined);
      await texts.bulkDelete(orphans);
      await imported.where('documentId').anyOf(orphans).delete();
    });
  }
  await database.transaction('rw', preferences, () => endRestore(database, id));
}

const removedTogether = 500;

function notes({ preferences }: Database, start: string) {
  return preferences.where(':id').between(start, `${start}\uffff`, true, true);
}
