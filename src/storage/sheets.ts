import { editsByDocument } from '../core/change.ts';
import { applyEdit, emptySheet, sheetOf, type Sheet } from '../core/sheet.ts';
import type { Table } from 'dexie';
import type { Database, LayerRow } from './database.ts';

/** A sheet as of change `seq`. */
interface Base {
  readonly sheet: Sheet;
  readonly seq: number;
}

/**
 * The sheets of these documents as the log tells them, read together: a change that touches thousands of documents is
 * read once. All of them are in memory at the same time, so ask for some hundreds at once.
 */
export async function sheetsOf(
  database: Database,
  documentIds: readonly string[],
): Promise<ReadonlyMap<string, Sheet>> {
  const tables = [database.imported, database.layers, database.changes];
  return database.transaction('r', tables, async () => {
    const bases = await basesOf(database, documentIds);
    const oldest = Math.min(...[...bases.values()].map(({ seq }) => seq));
    const sheets = new Map([...bases].map(([documentId, { sheet }]) => [documentId, sheet]));
    for (const change of await changesOf(database, documentIds, oldest))
      for (const [documentId, edit] of editsByDocument(change)) {
        const base = bases.get(documentId);
        if (base && change.seq > base.seq)
          sheets.set(documentId, applyEdit(sheets.get(documentId)!, edit, documentId));
      }
    return sheets;
  });
}

/** The newest snapshots, or what files brought where there is none. */
async function basesOf(database: Database, documentIds: readonly string[]): Promise<Map<string, Base>> {
  const layers = byDocument(await layersOf(database.layers, documentIds));
  const others = documentIds.filter((id) => !layers.has(id));
  const imported = byDocument(await layersOf(database.imported, others));
  return new Map(documentIds.map((id) => [id, baseOf(layers.get(id) ?? imported.get(id) ?? [])]));
}

/** In one range where that brings little else: row by row takes several times as long. */
async function layersOf(
  table: Table<LayerRow, [string, string]>,
  documentIds: readonly string[],
): Promise<LayerRow[]> {
  if (documentIds.length === 0) return [];
  const ids = [...documentIds].sort();
  const range = table.where('documentId').between(ids[0]!, ids.at(-1)!, true, true);
  if ((await range.count()) > 4 * ids.length) return table.where('documentId').anyOf(ids).toArray();
  const wanted = new Set(ids);
  return (await range.toArray()).filter(({ documentId }) => wanted.has(documentId));
}

function baseOf(layers: readonly LayerRow[]): Base {
  if (layers.length === 0) return { sheet: emptySheet, seq: 0 };
  const spans = layers.flatMap((layer) => layer.spans);
  const relations = layers.flatMap((layer) => layer.relations);
  return { sheet: sheetOf(spans, relations), seq: layers[0]!.seq };
}

function byDocument(layers: readonly LayerRow[]): Map<string, LayerRow[]> {
  const rows = new Map<string, LayerRow[]>();
  for (const layer of layers) {
    const known = rows.get(layer.documentId);
    if (known) known.push(layer);
    else rows.set(layer.documentId, [layer]);
  }
  return rows;
}

/** The keys first, in one range where that brings little else: a long history is not read for some documents. */
async function changesOf(database: Database, documentIds: readonly string[], after: number) {
  if (documentIds.length === 0) return [];
  const ids = [...documentIds].sort();
  const touching = database.changes.where('documentIds');
  const range = touching.between(ids[0]!, ids.at(-1)!, true, true);
  const isNarrow = (await range.count()) <= 4 * ids.length;
  const keys = await (isNarrow ? range : touching.anyOf(ids)).primaryKeys();
  const since = [...new Set(keys)].filter((key) => key > after).sort((a, b) => a - b);
  return (await database.changes.bulkGet(since)).filter((change) => change !== undefined);
}
