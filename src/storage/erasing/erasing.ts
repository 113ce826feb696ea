import * as v from 'valibot';
import { v7 as newId } from 'uuid';
import type { Change } from '../../core/change.ts';
import { withoutDoomed, type Doomed } from '../../core/erasure.ts';
import type { Database } from '../database.ts';
import { changesAfter } from '../log.ts';
import { openMirror } from '../mirror.ts';
import { savePreference } from '../preferences.ts';
import { erasureNotice, journalPrefix } from './journal.ts';
import { scrubbed } from './scrub.ts';
import { erasedIn, noteErased, type IsErased } from './tombstones.ts';

const journal = v.object({ documentIds: v.array(v.string()), projectIds: v.array(v.string()) });
type Journal = v.InferOutput<typeof journal>;

/** How far deleting for good has come: in the second copy it goes on later where that cannot be opened now. */
export interface Erased {
  readonly isCopyPending: boolean;
}

/** What somebody wants to be deleted for good. */
export interface EraseOrder {
  readonly documentIds: readonly string[];
  readonly projectIds: readonly string[];
}

/**
 * Writes down what is to be deleted for good, and takes it out of the lists, in one transaction. From then on it goes on
 * by itself, after a crash too, and nothing brings it back.
 */
export async function beginErasing(database: Database, order: EraseOrder): Promise<void> {
  const { documents, projects, preferences } = database;
  await database.transaction('rw', [documents, projects, preferences], async () => {
    const documentIds = new Set(order.documentIds);
    for (const projectId of order.projectIds)
      for (const id of await documents.where('projectId').equals(projectId).primaryKeys())
        documentIds.add(id);
    const entry: Journal = { documentIds: [...documentIds], projectIds: [...order.projectIds] };
    await savePreference(database, journalPrefix + newId(), entry);
    await noteErased(database, [...documentIds, ...order.projectIds]);
    await documents.bulkDelete(entry.documentIds);
    await projects.bulkDelete(entry.projectIds);
  });
}

/** Goes on with all that was begun, in the storage and its second copy. Each step may be done twice. */
export async function goOnErasing(database: Database): Promise<Erased> {
  const begun = await journalIn(database);
  if (begun.length === 0) return { isCopyPending: false };
  const doomed: Doomed = {
    documentIds: new Set(begun.flatMap(({ value }) => value.documentIds)),
    projectIds: new Set(begun.flatMap(({ value }) => value.projectIds)),
  };
  await eraseFrom(database, doomed, 'storage');
  await savePreference(database, erasureNotice, newId());
  const mirror = await openMirror(database.openedWith);
  if (!mirror) return { isCopyPending: true };
  try {
    await mirror.transaction('rw', mirror.preferences, async () => {
      await noteErased(mirror, [...doomed.documentIds, ...doomed.projectIds]);
    });
    await eraseFrom(mirror, doomed, 'copy');
  } finally {
    mirror.close({ disableAutoOpen: true });
  }
  await database.preferences.bulkDelete(begun.map(({ key }) => key));
  return { isCopyPending: false };
}

async function journalIn({ preferences }: Database): Promise<readonly { key: string; value: Journal }[]> {
  const rows = await preferences.where('key').startsWith(journalPrefix).toArray();
  return rows.flatMap(({ key, value }) => {
    const fit = v.safeParse(journal, value);
    return fit.success ? [{ key, value: fit.output }] : [];
  });
}

/** So many rows are looked at, or deleted, in one transaction. */
const rowsTogether = 200;

/** The journal is the storage's; the second copy may have taken it over. */
type Place = 'storage' | 'copy';

async function eraseFrom(database: Database, doomed: Doomed, place: Place): Promise<void> {
  const ids = [...doomed.documentIds];
  await database.projects.bulkDelete([...doomed.projectIds]);
  for (let at = 0; at < ids.length; at += rowsTogether)
    await eraseDocuments(database, ids.slice(at, at + rowsTogether), doomed);
  if (doomed.projectIds.size > 0) await rewriteWholeLog(database, doomed);
  await scrubPreferences(database, doomed, place);
}

async function eraseDocuments(database: Database, ids: readonly string[], doomed: Doomed): Promise<void> {
  const { documents, texts, imported, layers, activity, changes } = database;
  await database.transaction('rw', [documents, texts, imported, layers, activity, changes], async () => {
    await documents.bulkDelete([...ids]);
    await texts.bulkDelete([...ids]);
    for (const table of [imported, layers, activity]) await table.where('documentId').anyOf(ids).delete();
    const places = await changes.where('documentIds').anyOf(ids).primaryKeys();
    const seqs = [...new Set(places)];
    for (let at = 0; at < seqs.length; at += rowsTogether)
      await rewrite(database, await changes.bulkGet(seqs.slice(at, at + rowsTogether)), doomed);
  });
}

/** A project is spoken of in changes that name no document, and by sessions of other projects. */
async function rewriteWholeLog(database: Database, doomed: Doomed): Promise<void> {
  let last = 0;
  for (;;) {
    const page = await database.changes.where(':id').above(last).limit(rowsTogether).toArray();
    if (page.length === 0) return;
    await database.transaction('rw', database.changes, async () => {
      await rewrite(database, page, doomed);
    });
    last = page.at(-1)!.seq;
  }
}

/** The log only grows, but for this: a change keeps its place, and loses what it says of the doomed. */
async function rewrite(
  { changes }: Database,
  rows: readonly (Change | undefined)[],
  doomed: Doomed,
): Promise<void> {
  const rewritten = rows.flatMap((change) => {
    const left = change && withoutDoomed(change, doomed);
    return left && left !== change ? [left] : [];
  });
  if (rewritten.length > 0) await changes.bulkPut(rewritten);
}

async function scrubPreferences(database: Database, doomed: Doomed, place: Place): Promise<void> {
  const { preferences } = database;
  await database.transaction('rw', preferences, async () => {
    for (const row of await preferences.toArray()) {
      const isJournal = row.key.startsWith(journalPrefix);
      if (isJournal && place === 'storage') continue;
      const left = isJournal ? undefined : scrubbed(row, doomed);
      if (!left) await preferences.delete(row.key);
      else if (left !== row) await preferences.put(left);
    }
  });
}

/**
 * Another tab may have gone on with what was being deleted: what it wrote of it after the change `since` is deleted as
 * well.
 */
export async function eraseLatecomers(database: Database, since: number): Promise<void> {
  const isErased = await erasedIn(database);
  if (!isErased) return;
  const late = await latecomers(database, since, isErased);
  if (late.documentIds.length + late.projectIds.length > 0) await beginErasing(database, late);
  await goOnErasing(database);
}

/** What has a text again came back by the user's own word, as from a backup. */
async function latecomers(database: Database, since: number, isErased: IsErased): Promise<EraseOrder> {
  const changes = await changesAfter(database, since);
  const places = await database.preferences.where('key').startsWith('place/').primaryKeys();
  const worked = (await database.activity.orderBy('documentId').uniqueKeys()) as string[];
  const named = new Set([
    ...changes.flatMap((change) => change.documentIds),
    ...places.map((key) => key.slice('place/'.length)),
    ...worked,
  ]);
  const documentIds = [...named].filter(isErased);
  const projectIds = [...new Set(changes.map(({ projectId }) => projectId))].filter(isErased);
  const [texts, projects] = await Promise.all([
    database.texts.where(':id').anyOf(documentIds).primaryKeys(),
    database.projects.where(':id').anyOf(projectIds).primaryKeys(),
  ]);
  return {
    documentIds: documentIds.filter((id) => !texts.includes(id)),
    projectIds: projectIds.filter((id) => !projects.includes(id)),
  };
}
