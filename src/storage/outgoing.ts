import type { OutgoingDocument } from '../core/transfer.ts';
import type { Database } from './database.ts';
import { openDocument } from './documents.ts';

/** Reads documents for an export, one at a time, in the order of the ids; those that are no longer there are left out. */
export async function* outgoingDocuments(
  database: Database,
  documentIds: readonly string[],
): AsyncGenerator<OutgoingDocument> {
  for (const documentId of documentIds) {
    const opened = await openDocument(database, documentId);
    if (!opened) continue;
    const { document, text, sheet } = opened;
    yield { document, text, spans: sheet.spans, relations: sheet.relations };
  }
}
