import { ownPart } from '../core/backup/rehoming.ts';
import type { KeptChange, KeptDocument, KeptLayer, KeptSetting } from '../core/backup/records.ts';
import type { Change } from '../core/change.ts';
import type { Sheet } from '../core/sheet.ts';
import type { Part } from '../core/splits/part.ts';
import type { Database } from './database.ts';
import { openDocuments } from './documents.ts';
import { together } from './outgoing.ts';

/** So many rows are read in one look. */
const rowsTogether = 500;

/** What a change as it is kept says of a place in the log. */
export interface LoggedChange {
  readonly seq: number;
  readonly change: KeptChange;
}

/** The ids of everything that belongs to a project: deleted documents, and those of imports that were taken back, too. */
export async function keptDocumentIds(database: Database, projectId: string): Promise<string[]> {
  const written = await writtenImports(database, projectId);
  const ids: string[] = [];
  await database.documents
    .where('projectId')
    .equals(projectId)
    .each(({ id, importId }) => {
      if (importId === undefined || written.has(importId)) ids.push(id);
    });
  return ids.sort();
}

/** The imports that were ever written: the rows of one that was cut off belong to nobody. */
async function writtenImports(database: Database, projectId: string): Promise<ReadonlySet<string>> {
  const written = new Set<string>();
  await database.changes
    .where('kind')
    .equals('import')
    .each((change) => {
      if (change.importId !== undefined && change.projectId === projectId) written.add(change.importId);
    });
  return written;
}

/** The ids of the documents that an import brought. */
export function idsOfImport(database: Database, importId: string): Promise<string[]> {
  return database.documents.where('importId').equals(importId).primaryKeys();
}

/** Reads documents with all that is marked on them, some at a time. One that has no text any more is left out. */
export async function* keptDocuments(
  database: Database,
  ids: readonly string[],
): AsyncGenerator<{ readonly kept: KeptDocument; readonly sheet: Sheet }> {
  for (let at = 0; at < ids.length; at += rowsTogether)
    for (const group of await together(database, ids.slice(at, at + rowsTogether)))
      for (const { document, text, lineKinds, sheet } of await openDocuments(database, group)) {
        const { counts: _, ...facts } = document;
        yield { kept: { document: facts, text, ...(lineKinds && { lineKinds }) }, sheet };
      }
}

/** Reads what files brought to documents, some at a time. */
export async function* keptLayers(database: Database, ids: readonly string[]): AsyncGenerator<KeptLayer> {
  for (let at = 0; at < ids.length; at += rowsTogether) {
    const wanted = [...ids.slice(at, at + rowsTogether)];
    const rows = await database.imported.where('documentId').anyOf(wanted).toArray();
    for (const { seq: _, ...layer } of rows) yield layer;
  }
}

/** Reads the project's changes after one place in the log up to another, some at a time, in order. */
export async function* keptChanges(
  database: Database,
  projectId: string,
  after: number,
  upTo: number,
): AsyncGenerator<LoggedChange> {
  for (let from = after; from < upTo;) {
    const range = database.changes.where(':id').between(from, upTo, false, true);
    const rows = await range.limit(rowsTogether).toArray();
    if (rows.length === 0) return;
    from = rows.at(-1)!.seq;
    // What was deleted for good says nothing any more, and must not be taken for what a backup still says under its id.
    const own = rows.filter((change) => change.projectId === projectId && !saysNothing(change));
    const undone = await idsOf(database, own);
    for (const { undoes, seq, chain: _, ...change } of own) {
      const id = undoes === undefined ? undefined : undone.get(undoes);
      const kept = ownPart(change, projectId);
      yield { seq, change: id === undefined ? kept : { ...kept, undoes: id } };
    }
  }
}

function saysNothing({ erased, added, updated, removed }: Change): boolean {
  return erased === true && added.length + updated.length + removed.length === 0;
}

async function idsOf(database: Database, changes: readonly Change[]): Promise<ReadonlyMap<number, string>> {
  const places = [...new Set(changes.flatMap(({ undoes }) => undoes ?? []))];
  const rows = await database.changes.bulkGet(places);
  return new Map(rows.flatMap((row) => (row ? [[row.seq, row.id] as const] : [])));
}

/** Reads what is kept of documents beside the log. */
export async function* keptSettings(
  database: Database,
  ids: readonly string[],
  parts: ReadonlyMap<string, Part>,
): AsyncGenerator<KeptSetting> {
  for (let at = 0; at < ids.length; at += rowsTogether) {
    const wanted = [...ids.slice(at, at + rowsTogether)];
    const rows = await database.activity.where('documentId').anyOf(wanted).toArray();
    for (const row of rows) yield { setting: 'activity', ...row };
  }
  for (const documentId of ids) {
    const part = parts.get(documentId);
    if (part) yield { setting: 'part', documentId, part };
  }
}
