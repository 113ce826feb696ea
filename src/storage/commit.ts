import Dexie from 'dexie';
import type { Change, Draft, Entry } from '../core/change.ts';
import { mergeDocument, type Document } from '../core/document.ts';
import { mergeProject, type Project } from '../core/project.ts';
import type { Database } from './database.ts';
import { importNoteKey } from './restoring/note-keys.ts';

/**
 * Writes one user action, whole or not at all, and gives back the change with its place in the log. Resolved means
 * saved: the strict transaction is through, and so is that of the mirror. Marking text costs one put; only facts about
 * documents and projects, which lists read without the log, are written beside it.
 */
export async function commit(database: Database, draft: Draft): Promise<Change> {
  const tables = factsOf(draft).length > 0 ? tablesOf(database) : [database.changes];
  let copied: Promise<void> | undefined;
  const change = await database.transaction('rw', tables, async () => {
    const written = await writeChange(database, draft);
    // It begins while this transaction is under way, and is no part of it.
    copied = Dexie.ignoreTransaction(() => database.mirror?.copy(written));
    return written;
  });
  await copied;
  await forgetNote(database, change);
  return change;
}

/** With what it brought being in the log, nobody needs to know any more what its files were called. */
async function forgetNote(database: Database, { kind, importId }: Change): Promise<void> {
  if (kind !== 'import' || importId === undefined) return;
  // What cannot be taken away now is when remains are next looked for.
  await database.preferences.delete(importNoteKey(importId)).catch(() => undefined);
}

/** Within a transaction: writes a change into the log behind all others, and what it says of documents and projects. */
export async function writeChange(database: Database, draft: Draft): Promise<Change> {
  await writeFacts(database, factsOf(draft));
  const previous = await database.changes.orderBy(':id').last();
  // A copy, as Dexie notes the place in it: one that an aborted transaction gave may be another's by the next try.
  const chained = { ...draft, chain: database.link!(previous, draft) };
  const seq = await database.changes.add({ ...chained });
  return { ...chained, seq };
}

/** Within a transaction: writes a change once more as it was written before, at its own place. */
export async function replayChange(database: Database, change: Change): Promise<void> {
  await writeFacts(database, factsOf(change));
  await database.changes.add(change as Draft);
}

/**
 * Within a transaction: writes changes at the end of the log, at the places that they name, one behind the other. What they
 * say of documents and projects is left to whoever writes them, as for a history that is restored.
 */
export async function writeChanges(database: Database, changes: readonly Change[]): Promise<void> {
  let last = await database.changes.orderBy(':id').last();
  const chained = changes.map((change) => (last = { ...change, chain: database.link!(last, change) }));
  await database.changes.bulkAdd(chained);
}

/** Within a transaction: what a change says of documents and projects, whose rows stand beside the log. */
export async function writeFacts(database: Database, facts: readonly Fact[]): Promise<void> {
  for (const { before, after } of facts)
    if (before.type === 'project' && after.type === 'project')
      await writeProject(database, before.value, after.value);
  await writeDocuments(database, facts);
}

/** The tables that a change may be written to. */
export function tablesOf({ changes, documents, projects }: Database) {
  return [changes, documents, projects];
}

interface Fact {
  readonly before: Entry;
  readonly after: Entry;
}

/** The updates of documents and projects, and new projects; one that is taken back again is kept as deleted. */
export function factsOf({ added, updated, removed }: Draft): Fact[] {
  return [
    ...updated.filter(({ after }) => after.type === 'document' || after.type === 'project'),
    ...added.flatMap((entry) => (entry.type === 'project' ? [{ before: entry, after: entry }] : [])),
    ...removed.flatMap((entry) =>
      entry.type === 'project'
        ? [{ before: entry, after: { ...entry, value: { ...entry.value, deleted: true as const } } }]
        : [],
    ),
  ];
}

async function writeProject(database: Database, before: Project, after: Project): Promise<void> {
  const current = await database.projects.get(after.id);
  // Made once more, as by Redo: it comes back with all that was done in it before it was taken away.
  const isAgain = before === after;
  if (current && isAgain) {
    const { deleted: _, ...rest } = current;
    await database.projects.put(rest);
  } else await database.projects.put(current ? mergeProject(current, before, after) : after);
}

/**
 * Takes over only what the action changed, so that two tabs do not undo each other's work on one document. All at once,
 * as there may be ten thousand.
 */
async function writeDocuments(database: Database, facts: readonly Fact[]): Promise<void> {
  const updates = facts.flatMap(({ before, after }) =>
    before.type === 'document' && after.type === 'document'
      ? [{ before: before.value, after: after.value }]
      : [],
  );
  if (updates.length === 0) return;
  const ids = [...new Set(updates.map(({ after }) => after.id))];
  const rows = new Map<string, Document>();
  for (const row of await database.documents.bulkGet(ids)) if (row) rows.set(row.id, row);
  for (const { before, after } of updates)
    rows.set(after.id, mergeDocument(rows.get(after.id) ?? before, before, after));
  // Not in bulk: the error would not tell that the disk is full.
  await Promise.all([...rows.values()].map((row) => database.documents.put(row)));
}
