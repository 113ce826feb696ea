import type { Document } from '../core/document.ts';
import type { LineKinds } from '../core/layout.ts';
import { applyEdits, countsAfter, countSpans, sheetOf, type Sheet } from '../core/sheet.ts';
import { editsByDocument, type Change, type Edit } from '../core/change.ts';
import type { Database, LayerRow } from './database.ts';
import { changesAfter, lastSeq } from './log.ts';
import { countedUpTo } from './preferences.ts';

/** A document opened: its text and what is marked on it as of change `seq`. */
export interface OpenedDocument {
  readonly document: Document;
  readonly text: string;
  readonly lineKinds?: LineKinds;
  readonly sheet: Sheet;
  readonly seq: number;
}

/**
 * Every document of the project that counts, deleted ones included, in their order and with true counts, as of the
 * change `seq` given back with them.
 */
export async function loadDocuments(
  database: Database,
  projectId: string,
): Promise<{ documents: Document[]; seq: number }> {
  return database.transaction('r', tablesToCount(database), async () => {
    const rows = await countingDocuments(database, projectId);
    return { documents: (await recounted(database, rows)).sort(byOrder), seq: await lastSeq(database) };
  });
}

/** The documents that one import brought, in their order and with true counts, as of the change `seq`. */
export async function documentsOfImport(
  database: Database,
  importId: string,
): Promise<{ documents: Document[]; seq: number }> {
  return database.transaction('r', tablesToCount(database), async () => {
    const rows: Document[] = [];
    await readInPieces(database, 'importId', importId, (piece) => rows.push(...piece));
    return { documents: (await recounted(database, rows)).sort(byOrder), seq: await lastSeq(database) };
  });
}

/** Reads a document with its text and sheet in one consistent look; `undefined` when it is not there. */
export async function openDocument(
  database: Database,
  documentId: string,
): Promise<OpenedDocument | undefined> {
  const tables = [database.documents, database.texts, database.imported, database.layers, database.changes];
  return database.transaction('r', tables, async () => {
    const [seq, sheet] = await Promise.all([lastSeq(database), sheetFromLog(database, documentId)]);
    return documentIn(database, documentId, sheet, seq);
  });
}

/** The documents that are there of these, in the order of the ids, in one consistent look: all are in memory together. */
export async function openDocuments(
  database: Database,
  documentIds: readonly string[],
): Promise<OpenedDocument[]> {
  const tables = [database.documents, database.texts, database.imported, database.layers, database.changes];
  const opened = await database.transaction('r', tables, async () => {
    const seq = await lastSeq(database);
    const sheetOn = (await isLogged(database, documentIds)) ? sheetFromLog : sheetFromFile;
    // Asked for all at once: waiting for each document's answers takes several times as long.
    return Promise.all(documentIds.map(async (id) => documentIn(database, id, sheetOn(database, id), seq)));
  });
  return opened.filter((document) => document !== undefined);
}

async function documentIn(
  database: Database,
  documentId: string,
  marked: Promise<Sheet> | Sheet,
  seq: number,
): Promise<OpenedDocument | undefined> {
  const [document, row, sheet] = await Promise.all([
    database.documents.get(documentId),
    database.texts.get(documentId),
    marked,
  ]);
  if (!document || !row) return undefined;
  const { text, lineKinds } = row;
  return { document, text, ...(lineKinds && { lineKinds }), sheet, seq };
}

/** Whether the log or a snapshot speaks of any of these, or of another that lies between them. */
async function isLogged({ changes, layers }: Database, documentIds: readonly string[]): Promise<boolean> {
  const ids = [...documentIds].sort();
  const counts = await Promise.all([
    changes.where('documentIds').between(ids[0]!, ids.at(-1)!, true, true).limit(1).count(),
    layers.where('documentId').between(ids[0]!, ids.at(-1)!, true, true).limit(1).count(),
  ]);
  return counts.some((count) => count > 0);
}

async function sheetFromFile(database: Database, documentId: string): Promise<Sheet> {
  return sheetOfLayers(await database.imported.where('documentId').equals(documentId).toArray());
}

function sheetOfLayers(layers: readonly LayerRow[]): Sheet {
  return sheetOf(
    layers.flatMap((layer) => layer.spans),
    layers.flatMap((layer) => layer.relations),
  );
}

/** The id of the project that a document is in; `undefined` when it is not there. */
export async function projectOf(database: Database, documentId: string): Promise<string | undefined> {
  return (await database.documents.get(documentId))?.projectId;
}

/** The sheet as the log tells it: the newest snapshot, or what a file brought, and all changes since. */
export async function sheetFromLog(database: Database, documentId: string): Promise<Sheet> {
  const { layers, seq } = await baseLayers(database, documentId);
  return applyEdits(sheetOfLayers(layers), await changesSince(database, documentId, seq), documentId);
}

async function baseLayers(
  database: Database,
  documentId: string,
): Promise<{ layers: LayerRow[]; seq: number }> {
  const layers = await database.layers.where('documentId').equals(documentId).toArray();
  if (layers.length > 0) return { layers, seq: layers[0]!.seq };
  return { layers: await database.imported.where('documentId').equals(documentId).toArray(), seq: 0 };
}

/** The keys first, and only the rows that are needed: a long history is not read to open a document. */
async function changesSince(database: Database, documentId: string, seq: number): Promise<Change[]> {
  const keys = await database.changes.where('documentIds').equals(documentId).primaryKeys();
  const since = keys.filter((key) => key > seq).sort((a, b) => a - b);
  return (await database.changes.bulkGet(since)).filter((change) => change !== undefined);
}

/** The imports that are written and not taken back. */
async function standingImports(database: Database): Promise<ReadonlySet<string>> {
  const steps = await database.changes.where('kind').anyOf('import', 'undo', 'redo').toArray();
  const standing = new Set<string>();
  for (const { importId, kind } of steps.sort((a, b) => a.seq - b.seq))
    if (importId !== undefined && kind === 'undo') standing.delete(importId);
    else if (importId !== undefined) standing.add(importId);
  return standing;
}

/** The rows of the project whose import is written: those of one that was cut off or taken back do not count. */
export async function countingDocuments(database: Database, projectId: string): Promise<Document[]> {
  const counting: Document[] = [];
  await eachCounting(database, projectId, (document) => counting.push(document));
  return counting;
}

/** The same, one after the other, for what keeps little of each: all of them together may not be wanted in memory. */
export async function eachCounting(
  database: Database,
  projectId: string,
  take: (document: Document) => void,
): Promise<void> {
  const standing = await standingImports(database);
  await readInPieces(database, 'projectId', projectId, (rows) => {
    for (const row of rows) if (row.importId === undefined || standing.has(row.importId)) take(row);
  });
}

/** So many rows come in one piece: more at once would stop the page for longer than a frame. */
const rowsTogether = 500;

async function readInPieces(
  { documents }: Database,
  index: 'projectId' | 'importId',
  value: string,
  take: (rows: readonly Document[]) => void,
): Promise<void> {
  const ids = await documents.where(index).equals(value).primaryKeys();
  for (let at = 0; at < ids.length; at += rowsTogether) {
    const last = ids[Math.min(at + rowsTogether, ids.length) - 1]!;
    const rows = await documents.where(':id').between(ids[at]!, last, true, true).toArray();
    // Between them there may be rows of others.
    take(rows.filter((row) => row[index] === value));
  }
}

/** The hashes of the texts that are here and not deleted. */
export async function countingHashes(database: Database, projectId: string): Promise<ReadonlySet<string>> {
  const hashes = new Set<string>();
  await eachCounting(database, projectId, ({ deleted, hash }) => deleted || hashes.add(hash));
  return hashes;
}

function tablesToCount({ documents, changes, preferences, imported, layers }: Database) {
  return [documents, changes, preferences, imported, layers];
}

/** With counts of what was done since they were counted last. Of very many documents that are few. */
async function recounted(database: Database, documents: Document[]): Promise<Document[]> {
  const edits = new Map<string, Edit[]>();
  for (const change of await changesAfter(database, await countedUpTo(database)))
    for (const [id, edit] of editsByDocument(change)) edits.set(id, [...(edits.get(id) ?? []), edit]);
  if (edits.size === 0) return documents;
  return Promise.all(
    documents.map((document) => {
      const own = edits.get(document.id);
      return own ? counted(database, document, own) : document;
    }),
  );
}

/** What two tabs did to one span need not add up, so that of such edits the sheet is counted. */
async function counted(database: Database, document: Document, edits: readonly Edit[]): Promise<Document> {
  const addsUp = edits.every(
    ({ removed, updated }) => removed.length === 0 && updated.every(({ after }) => after.type !== 'span'),
  );
  const counts = addsUp
    ? edits.reduce((sum, edit) => countsAfter(sum, edit, document.id), document.counts)
    : countSpans((await sheetFromLog(database, document.id)).spans);
  return { ...document, counts };
}

function byOrder(a: Document, b: Document): number {
  return a.order - b.order || (a.id < b.id ? -1 : 1);
}
