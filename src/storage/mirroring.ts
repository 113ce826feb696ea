import type { Table } from 'dexie';
import type { Change } from '../core/change.ts';
import { verifyInTurn } from './chain.ts';
import { overwriteFrom } from './overwriting.ts';
import { replayFacts } from './replaying.ts';
import type { Database, PreferenceRow } from './database.ts';
import { journalPrefix } from './erasing/journal.ts';
import { erasedIn } from './erasing/tombstones.ts';
import { underWayPrefixes } from './restoring/note-keys.ts';
import type { Lock } from '../core/lock/lock.ts';
import { lockPrefix } from './lock/guard.ts';
import { lastSeq } from './log.ts';
import { openMirror, standingOf } from './mirror.ts';
import { savePreference } from './preferences.ts';

/** How many documents, or changes, are copied together: they are in memory at once. */
const batchSize = 200;

/** What was copied from one database to another. */
export interface Copied {
  readonly changes: number;
  readonly documents: number;
}

/** How workspace and second copy were made alike; without a second copy there is nothing to say. */
export interface Mirrored {
  readonly restored: Copied;
  /** The place of a change that says something else than when it was written. */
  readonly broken?: number;
  /** What the second copy holds now. */
  readonly held: Copied;
}

export type OnProgress = (progress: { done: number; total: number }) => void;

/**
 * Gives the second copy what it lacks: rows that files brought, which are too many to be written twice while they come in,
 * and changes that were made while there was none. Before that the workspace gets back what it has lost in its middle,
 * which no look at its end tells. `undefined` where there is no second copy, or it has parted from the workspace.
 */
export async function makeAlike(
  database: Database,
  onprogress: OnProgress = () => undefined,
): Promise<Mirrored | undefined> {
  const mirror = await openMirror(database.openedWith);
  if (!mirror) return undefined;
  try {
    const standing = await standingOf(database, mirror);
    if (standing === 'parted' || standing === 'emptied' || standing === 'altered') return undefined;
    // Behind its end there may be a change that is being written just now.
    const restored = await restoreFromMirror(database, mirror, await lastSeq(database));
    const { first, last, broken } = await verifyInTurn(database);
    if (broken === undefined) await overwriteFrom(database, mirror, { first, last });
    await fillMirror(database, mirror, onprogress);
    const [changes, documents] = await Promise.all([mirror.changes.count(), mirror.documents.count()]);
    return { restored, held: { changes, documents }, ...(broken !== undefined && { broken }) };
  } finally {
    mirror.close({ disableAutoOpen: true });
  }
}

async function fillMirror(database: Database, mirror: Database, onprogress: OnProgress): Promise<void> {
  await copyChanges(database, mirror);
  await copyDocuments(database, mirror, onprogress);
  await copySmall(database, mirror);
}

/**
 * Brings everything back that the second copy has and the workspace lacks, changes up to the one at `end`. What is there
 * stays as it is.
 */
export async function restoreFromMirror(
  database: Database,
  mirror: Database,
  end = Infinity,
  onprogress: OnProgress = () => undefined,
): Promise<Copied> {
  await copySmallMissing(mirror, database);
  const documents = await copyDocuments(mirror, database, onprogress);
  const changes = await copyChanges(mirror, database, end);
  if (documents + changes > 0) await recount(database);
  return { changes, documents };
}

async function copySmallMissing(from: Database, to: Database): Promise<void> {
  const isErased = await erasedIn(from, to);
  const projects = (await from.projects.toArray()).filter(({ id }) => !isErased?.(id));
  await addMissing(to.projects, projects, ({ id }) => id);
  // A lock comes with the first row that it seals, and not where it was taken away.
  const settings = settingsOf(await from.preferences.toArray()).filter(
    ({ key }) => !key.startsWith(lockPrefix),
  );
  await addMissing(to.preferences, settings, ({ key }) => key);
}

/** What is being imported, restored or deleted for good is noted in the storage alone, and names what that is. */
function settingsOf(rows: readonly PreferenceRow[]): readonly PreferenceRow[] {
  return rows.filter(({ key }) => ![journalPrefix, ...underWayPrefixes].some((mark) => key.startsWith(mark)));
}

/** Snapshots and counts are made anew from what files brought and the log. */
export async function recount(database: Database): Promise<void> {
  await replayFacts(database);
  await database.transaction('rw', database.layers, database.preferences, async () => {
    await database.layers.clear();
    await savePreference(database, 'counted', 0);
  });
}

export async function copyChanges(from: Database, to: Database, end = Infinity): Promise<number> {
  const known = new Set(await to.changes.toCollection().primaryKeys());
  const keys = await from.changes.toCollection().primaryKeys();
  const missing = keys.filter((seq) => seq <= end && !known.has(seq));
  for (const seqs of batches(missing)) {
    const changes = await from.changes.bulkGet(seqs);
    await to.transaction('rw', to.changes, () =>
      addMissing(to.changes as Table<Change, number>, changes, ({ seq }) => seq),
    );
  }
  return missing.length;
}

/** Documents with their texts and what files brought on them; each whole or not at all. */
async function copyDocuments(from: Database, to: Database, onprogress: OnProgress): Promise<number> {
  const finished = await finishedImports(from);
  const total = await from.documents.count();
  let [looked, copied] = [0, 0];
  for await (const ids of pagesOf(from)) {
    const lacking = await lackingOf(ids, from, to, finished);
    for (const batch of batches(lacking)) await copyWhole(batch, from, to);
    copied += lacking.length;
    onprogress({ done: (looked += ids.length), total });
  }
  return copied;
}

async function copyWhole(ids: string[], from: Database, to: Database): Promise<void> {
  const [documents, texts, layers] = await Promise.all([
    from.documents.bulkGet(ids),
    from.texts.bulkGet(ids),
    from.imported.where('documentId').anyOf(ids).toArray(),
  ]);
  await to.transaction('rw', to.documents, to.texts, to.imported, to.preferences, async () => {
    // Asked for here, as it may be deleted for good while it is copied.
    const isErased = await erasedIn(to);
    const isWanted = (id: string | undefined) => id !== undefined && !isErased?.(id);
    const kept = documents.filter((row) => isWanted(row?.id));
    const keptTexts = texts.filter((row) => isWanted(row?.documentId));
    const keptLayers = layers.filter(({ documentId }) => isWanted(documentId));
    await addMissing(to.documents, kept, ({ id }) => id);
    await addMissing(to.texts, keptTexts, ({ documentId }) => documentId);
    await addMissing(to.imported, keptLayers, ({ documentId, annotator }): [string, string] => [
      documentId,
      annotator,
    ]);
  });
}

/** What one database lacks that the other has, counted without copying anything. */
export async function lackedBy(to: Database, from: Database): Promise<Copied> {
  const known = new Set(await to.changes.toCollection().primaryKeys());
  const keys = await from.changes.toCollection().primaryKeys();
  const finished = await finishedImports(from);
  let documents = 0;
  for await (const ids of pagesOf(from)) documents += (await lackingOf(ids, from, to, finished)).length;
  return { documents, changes: keys.filter((seq) => !known.has(seq)).length };
}

/** The ids of the documents that a table has rows of, some at a time, in order. */
export async function* documentIdsIn<Row, Key>(table: Table<Row, Key>): AsyncGenerator<string[]> {
  let last = '';
  for (;;) {
    const keys = await table.where('documentId').above(last).limit(pageLength).keys();
    if (keys.length === 0) return;
    yield [...new Set(keys as string[])];
    last = keys.at(-1) as string;
  }
}

/** How many documents are looked for together: of a hundred thousand not even the ids are wanted in memory at once. */
const pageLength = 2000;

async function* pagesOf({ documents }: Database): AsyncGenerator<string[]> {
  let last = '';
  for (;;) {
    const ids = await documents.where(':id').above(last).limit(pageLength).primaryKeys();
    if (ids.length === 0) return;
    yield ids;
    last = ids.at(-1)!;
  }
}

/** Those of which `to` lacks a row in any table, but for what belongs to imports that were never finished. */
async function lackingOf(
  ids: readonly string[],
  from: Database,
  to: Database,
  finished: ReadonlySet<string>,
): Promise<string[]> {
  const keysOf = async (database: Database) => {
    const [first, last] = [ids[0]!, ids.at(-1)!];
    const [documents, texts, layers] = await Promise.all([
      database.documents.where(':id').between(first, last, true, true).primaryKeys(),
      database.texts.where(':id').between(first, last, true, true).primaryKeys(),
      database.imported.where(':id').between([first], [last, []], true, true).primaryKeys(),
    ]);
    const tagged = (tag: string, keys: readonly string[]) => keys.map((key) => [tag, key].join('\0'));
    return new Set([
      ...tagged('document', documents),
      ...tagged('text', texts),
      ...tagged(
        'layer',
        layers.map((key) => key.join('\0')),
      ),
    ]);
  };
  const [wanted, known] = await Promise.all([keysOf(from), keysOf(to)]);
  const lacking = new Set([...wanted].filter((key) => !known.has(key)).map((key) => key.split('\0')[1]!));
  const isErased = lacking.size > 0 ? await erasedIn(to, from) : undefined;
  const rows = await from.documents.bulkGet(ids.filter((id) => lacking.has(id) && !isErased?.(id)));
  return rows.flatMap((row) =>
    row && (row.importId === undefined || finished.has(row.importId)) ? [row.id] : [],
  );
}

/** Those whose change is written, taken back or not: Redo brings their documents back. */
async function finishedImports({ changes }: Database): Promise<ReadonlySet<string>> {
  const imports = await changes.where('kind').equals('import').toArray();
  return new Set(imports.flatMap(({ importId }) => importId ?? []));
}

/** Projects and settings are few and change in place. */
async function copySmall(from: Database, to: Database): Promise<void> {
  const [projects, preferences] = await Promise.all([from.projects.toArray(), from.preferences.toArray()]);
  await to.transaction('rw', to.projects, to.preferences, async () => {
    await to.projects.bulkPut(projects);
    const others = new Map((await to.preferences.toArray()).map((row) => [row.key, keyIdOf(row)]));
    // With another lock the copy would lose the key to what it holds.
    const fitting = settingsOf(preferences).filter(
      (row) => (others.get(row.key) ?? keyIdOf(row)) === keyIdOf(row),
    );
    await to.preferences.bulkPut(fitting);
  });
}

function keyIdOf({ key, value }: PreferenceRow): string | undefined {
  return key.startsWith(lockPrefix) ? (value as Lock).keyId : undefined;
}

/** What is there already may have been changed since, and stays. */
async function addMissing<Row, Key>(
  table: Table<Row, Key>,
  rows: readonly (Row | undefined)[],
  keyOf: (row: Row) => NoInfer<Key>,
): Promise<void> {
  const found = rows.filter((row) => row !== undefined);
  const present = await table.bulkGet(found.map(keyOf));
  await table.bulkAdd(found.filter((_, index) => present[index] === undefined));
}

function* batches<Key>(keys: readonly Key[]): Generator<Key[]> {
  for (let at = 0; at < keys.length; at += batchSize) yield keys.slice(at, at + batchSize);
}
