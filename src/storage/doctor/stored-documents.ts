import { editsByDocument } from '../../core/change.ts';
import type { Document } from '../../core/document.ts';
import { applyEdit, sheetOf, type Sheet } from '../../core/sheet.ts';
import type { Database, LayerRow } from '../database.ts';
import { together } from '../outgoing.ts';
import { countedUpTo } from '../preferences.ts';

/** A document as it is stored, with what is marked on it as imported layers and the whole log tell it. */
export interface StoredDocument {
  readonly document: Document;
  /** Absent when the storage has none. */
  readonly text?: string;
  readonly sheet: Sheet;
  /** The snapshot beside what it should be; absent when there is none. */
  readonly snapshot?: { readonly stored: Sheet; readonly told: Sheet; readonly isOfOneMoment: boolean };
  /** Whether nothing was changed on it since documents were last counted. */
  readonly isCounted: boolean;
}

/** So many rows are looked at together; of the log too. */
const rowsTogether = 200;

/** Reads every document of the storage, some at a time, in the order of their ids; or only those with these ids. */
export async function* storedDocuments(
  database: Database,
  ids?: readonly string[],
): AsyncGenerator<readonly StoredDocument[]> {
  for await (const page of ids ? pagesOf(ids) : allIds(database))
    for (const group of await together(database, page)) yield await readGroup(database, group);
}

function* pagesOf(ids: readonly string[]): Generator<readonly string[]> {
  for (let at = 0; at < ids.length; at += rowsTogether) yield ids.slice(at, at + rowsTogether);
}

/** Not even the ids of all documents are in memory at once. */
async function* allIds({ documents }: Database): AsyncGenerator<readonly string[]> {
  let last = '';
  for (;;) {
    const ids = await documents.where(':id').above(last).limit(rowsTogether).primaryKeys();
    if (ids.length === 0) return;
    yield ids;
    last = ids.at(-1)!;
  }
}

async function readGroup(database: Database, ids: readonly string[]): Promise<readonly StoredDocument[]> {
  const { documents, texts, imported, layers, changes, preferences } = database;
  const tables = [documents, texts, imported, layers, changes, preferences];
  return database.transaction('r', tables, async () => {
    const [rows, textRows, fromFiles, snapshots, counted] = await Promise.all([
      documents.bulkGet([...ids]),
      texts.bulkGet([...ids]),
      imported.where('documentId').anyOf(ids).toArray(),
      layers.where('documentId').anyOf(ids).toArray(),
      countedUpTo(database),
    ]);
    const tellings = new Map(
      ids.map((id) => [id, new Telling(rowsOf(fromFiles, id), rowsOf(snapshots, id), counted)]),
    );
    await replay(database, ids, tellings);
    return rows.flatMap((document, index) => {
      const telling = document && tellings.get(document.id);
      if (!telling) return [];
      const text = textRows[index]?.text;
      return [{ document, ...(text !== undefined && { text }), ...telling.told() }];
    });
  });
}

function rowsOf(rows: readonly LayerRow[], id: string): readonly LayerRow[] {
  return rows.filter(({ documentId }) => documentId === id);
}

/** The changes of the documents one after the other, so that a long history is not in memory as a whole. */
async function replay(
  { changes }: Database,
  ids: readonly string[],
  tellings: ReadonlyMap<string, Telling>,
): Promise<void> {
  const keys = await changes.where('documentIds').anyOf(ids).primaryKeys();
  const places = [...new Set(keys)].sort((a, b) => a - b);
  for (const page of pagesOfPlaces(places))
    for (const change of await changes.bulkGet([...page]))
      if (change)
        for (const [id, edit] of editsByDocument(change))
          tellings.get(id)?.take(change.seq, (sheet) => applyEdit(sheet, edit, id));
}

function* pagesOfPlaces(places: readonly number[]): Generator<readonly number[]> {
  for (let at = 0; at < places.length; at += rowsTogether) yield places.slice(at, at + rowsTogether);
}

/** What the history tells of one document, from what a file brought on. */
class Telling {
  readonly #snapshots: readonly LayerRow[];
  readonly #counted: number;
  #sheet: Sheet;
  #atSnapshot: Sheet | undefined;
  #isCounted = true;

  constructor(brought: readonly LayerRow[], snapshots: readonly LayerRow[], counted: number) {
    this.#sheet = sheetOfLayers(brought);
    this.#snapshots = snapshots;
    this.#counted = counted;
  }

  take(seq: number, apply: (sheet: Sheet) => Sheet): void {
    const [snapshot] = this.#snapshots;
    if (snapshot && seq > snapshot.seq) this.#atSnapshot ??= this.#sheet;
    if (seq > this.#counted) this.#isCounted = false;
    this.#sheet = apply(this.#sheet);
  }

  told(): Pick<StoredDocument, 'sheet' | 'snapshot' | 'isCounted'> {
    const [first] = this.#snapshots;
    const snapshot = first && {
      stored: sheetOfLayers(this.#snapshots),
      told: this.#atSnapshot ?? this.#sheet,
      isOfOneMoment: this.#snapshots.every(({ seq }) => seq === first.seq),
    };
    return { sheet: this.#sheet, ...(snapshot && { snapshot }), isCounted: this.#isCounted };
  }
}

function sheetOfLayers(layers: readonly LayerRow[]): Sheet {
  return sheetOf(
    layers.flatMap(({ spans }) => spans),
    layers.flatMap(({ relations }) => relations),
  );
}
