import {
  occurrencesIn,
  stillToMark,
  withLabels,
  type Occurrence,
  type Quoted,
  type Wanted,
} from '../core/finding/occurrences.ts';
import { emptySheet } from '../core/sheet.ts';
import { SpanIndex } from '../core/span-index.ts';
import type { Database } from '../storage/database.ts';
import { sheetsOf } from '../storage/sheets.ts';
import { textsOf } from '../storage/texts.ts';

/** What was found in one document, or is to be marked in it. */
export interface InDocument<Item> {
  readonly documentId: string;
  readonly items: readonly Item[];
}

export interface OccurrencesFound {
  readonly documents: readonly InDocument<Occurrence>[];
  /** Whether there are more than were asked for. */
  readonly isCut: boolean;
}

const batchSize = 100;

/** Looks for words in the texts of these documents, in their order, until `limit` places are found. */
export async function findOccurrences(
  database: Database,
  {
    documentIds,
    limit,
    ...wanted
  }: Wanted & { readonly documentIds: readonly string[]; readonly limit: number },
  onprogress: (progress: { readonly done: number; readonly total: number }) => void,
): Promise<OccurrencesFound> {
  const documents: InDocument<Occurrence>[] = [];
  let room = limit + 1;
  for (let first = 0; first < documentIds.length && room > 0; first += batchSize) {
    const batch = documentIds.slice(first, first + batchSize);
    const found = await occurrencesInBatch(database, batch, wanted, room);
    for (const document of found) {
      const items = document.items.slice(0, room);
      if (items.length > 0) documents.push({ ...document, items });
      room -= items.length;
    }
    onprogress({ done: first + batch.length, total: documentIds.length });
  }
  return { documents: room > 0 ? documents : withoutLast(documents), isCut: room === 0 };
}

async function occurrencesInBatch(
  database: Database,
  documentIds: readonly string[],
  wanted: Wanted,
  limit: number,
): Promise<InDocument<Occurrence>[]> {
  const texts = await textsOf(database, documentIds);
  const none = new SpanIndex([]);
  const holding = documentIds
    .map((documentId) => ({
      documentId,
      items: occurrencesIn(texts.get(documentId) ?? '', none, wanted, limit),
    }))
    .filter(({ items }) => items.length > 0);
  const sheets = await sheetsOf(
    database,
    holding.map(({ documentId }) => documentId),
  );
  return holding.map(({ documentId, items }) => {
    const index = new SpanIndex((sheets.get(documentId) ?? emptySheet).spans);
    return { documentId, items: withLabels(items, index, wanted.annotator) };
  });
}

function withoutLast(documents: readonly InDocument<Occurrence>[]): InDocument<Occurrence>[] {
  const last = documents.at(-1);
  if (!last) return [];
  const items = last.items.slice(0, -1);
  return [...documents.slice(0, -1), ...(items.length > 0 ? [{ ...last, items }] : [])];
}

/** Holds the ranges against the texts once more, and leaves out what is marked so already. */
export async function proveOccurrences(
  database: Database,
  {
    documents,
    ...mark
  }: {
    readonly documents: readonly InDocument<Quoted>[];
    readonly labelIds: readonly string[];
    readonly annotator: string;
  },
): Promise<readonly InDocument<Quoted>[]> {
  const proven: InDocument<Quoted>[] = [];
  for (let first = 0; first < documents.length; first += batchSize) {
    const batch = documents.slice(first, first + batchSize);
    const ids = batch.map(({ documentId }) => documentId);
    const [texts, sheets] = await Promise.all([textsOf(database, ids), sheetsOf(database, ids)]);
    for (const { documentId, items } of batch) {
      const spans = new SpanIndex((sheets.get(documentId) ?? emptySheet).spans);
      proven.push({ documentId, items: stillToMark(texts.get(documentId) ?? '', spans, items, mark) });
    }
  }
  return proven.filter(({ items }) => items.length > 0);
}
