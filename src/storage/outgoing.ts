import type { Change } from '../core/change.ts';
import type { Scheme } from '../core/scheme.ts';
import { applyEdits, livingSheet, sheetOf, type Sheet } from '../core/sheet.ts';
import type { MarkedDocument } from '../core/statistics/statistics.ts';
import type { OutgoingDocument } from '../core/transfer.ts';
import type { Database, LayerRow } from './database.ts';
import { openDocuments, sheetFromLog } from './documents.ts';
import { changesAfter } from './log.ts';
import { countedUpTo } from './preferences.ts';
import { textsOf } from './texts.ts';

/** What is read of an export in one look: few enough documents, and little enough text, to keep memory flat. */
const mostTogether = 100;
const longestTogether = 1_000_000;

/**
 * Reads documents for an export, some at a time, in the order of the ids, without what was marked with labels that are
 * deleted; documents that are no longer there are left out.
 */
export async function* outgoingDocuments(
  database: Database,
  documentIds: readonly string[],
  scheme: Scheme,
): AsyncGenerator<OutgoingDocument> {
  for (let at = 0; at < documentIds.length; at += mostTogether)
    for (const ids of await together(database, documentIds.slice(at, at + mostTogether)))
      for (const { document, text, lineKinds, sheet } of await openDocuments(database, ids)) {
        const { spans, relations } = livingSheet(sheet, scheme);
        yield { document, text, ...(lineKinds && { lineKinds }), spans, relations };
      }
}

/** Reads the texts of documents, some at a time; documents that are no longer there are left out. */
export async function* textsInTurn(
  database: Database,
  documentIds: readonly string[],
): AsyncGenerator<readonly [id: string, text: string]> {
  for (let at = 0; at < documentIds.length; at += mostTogether)
    for (const ids of await together(database, documentIds.slice(at, at + mostTogether)))
      yield* await textsOf(database, ids);
}

/** The ids in groups whose texts are short enough to be read together; a long text is alone. */
export async function together(database: Database, ids: readonly string[]): Promise<string[][]> {
  const groups: string[][] = [];
  let length = Infinity;
  for (const document of await database.documents.bulkGet([...ids])) {
    if (!document) continue;
    length += document.length;
    if (length > longestTogether) [length] = [document.length, groups.push([])];
    groups.at(-1)!.push(document.id);
  }
  return groups;
}

/** So many documents are read in one look. */
const atOnce = 250;

/**
 * Reads what is marked on documents, without their texts, in the order in which the database has them; those that are
 * gone are left out. Their layers are read in ranges, as asking for each costs three requests a document.
 */
export async function* markedDocuments(
  database: Database,
  documentIds: readonly string[],
): AsyncGenerator<MarkedDocument> {
  const sorted = [...documentIds].sort();
  for (let at = 0; at < sorted.length; at += atOnce)
    yield* await readMarked(database, sorted.slice(at, at + atOnce));
}

async function readMarked(database: Database, sortedIds: readonly string[]): Promise<MarkedDocument[]> {
  const { documents, imported, layers, changes, preferences } = database;
  const range = [sortedIds[0]!, sortedIds.at(-1)!, true, true] as const;
  return database.transaction('r', [documents, imported, layers, changes, preferences], async () => {
    const [rows, fromFiles, snapshots, touched, since] = await Promise.all([
      documents.bulkGet([...sortedIds]),
      imported
        .where('documentId')
        .between(...range)
        .toArray(),
      layers
        .where('documentId')
        .between(...range)
        .toArray(),
      changes
        .where('documentIds')
        .between(...range)
        .uniqueKeys(),
      countedUpTo(database).then((seq) => changesAfter(database, seq)),
    ]);
    const look: Look = {
      imported: byDocument(fromFiles),
      snapshots: byDocument(snapshots),
      touched: new Set(touched as string[]),
      since,
    };
    const present = rows.filter((row) => row !== undefined);
    return Promise.all(
      present.map(async (document) => ({ document, ...(await sheetIn(look, database, document.id)) })),
    );
  });
}

/** What is stored of a range of documents. */
interface Look {
  readonly imported: ReadonlyMap<string, readonly LayerRow[]>;
  readonly snapshots: ReadonlyMap<string, readonly LayerRow[]>;
  /** The documents that the log speaks of. */
  readonly touched: ReadonlySet<string>;
  /** What no snapshot holds yet. */
  readonly since: readonly Change[];
}

/** The same sheet as `sheetFromLog`, without asking the database again. */
async function sheetIn(
  { imported, snapshots, touched, since }: Look,
  database: Database,
  id: string,
): Promise<Sheet> {
  const snapshot = snapshots.get(id);
  // Snapshots may be thrown away at any time, and then the log has to tell all of it.
  if (!snapshot && touched.has(id)) return sheetFromLog(database, id);
  const base = snapshot ?? imported.get(id) ?? [];
  const sheet = sheetOf(
    base.flatMap((layer) => layer.spans),
    base.flatMap((layer) => layer.relations),
  );
  const seq = base[0]?.seq ?? 0;
  const later = since.filter((change) => change.seq > seq && change.documentIds.includes(id));
  return applyEdits(sheet, later, id);
}

function byDocument(rows: readonly LayerRow[]): ReadonlyMap<string, readonly LayerRow[]> {
  const layers = new Map<string, LayerRow[]>();
  for (const row of rows) {
    const known = layers.get(row.documentId);
    if (known) known.push(row);
    else layers.set(row.documentId, [row]);
  }
  return layers;
}
