import type { OutgoingDocument } from '../core/transfer.ts';
import type { Scheme } from '../core/scheme.ts';
import { livingSheet } from '../core/sheet.ts';
import type { Database } from './database.ts';
import { openDocument } from './documents.ts';

/**
 * Reads documents for an export, one at a time, in the order of the ids, without what was marked with labels that are
 * deleted; documents that are no longer there are left out.
 */
export async function* outgoingDocuments(
  database: Database,
  documentIds: readonly string[],
  scheme: Scheme,
): AsyncGenerator<OutgoingDocument> {
  for (const documentId of documentIds) {
    const opened = await openDocument(database, documentId);
    if (!opened) continue;
    const { document, text } = opened;
    const sheet = livingSheet(opened.sheet, scheme);
    yield { document, text, spans: sheet.spans, relations: sheet.relations };
  }
}
