import { lacksIn } from '../core/schemes/completeness.ts';
import type { Scheme } from '../core/scheme.ts';
import { livingSheet } from '../core/sheet.ts';
import type { Database } from './database.ts';
import { sheetFromLog } from './documents.ts';

/** Those of the documents that have a span without a required attribute, as the log tells it. */
export async function incompleteDocuments(
  database: Database,
  documentIds: readonly string[],
  scheme: Scheme,
): Promise<readonly string[]> {
  const incomplete: string[] = [];
  for (const documentId of documentIds) {
    const tables = [database.imported, database.layers, database.changes];
    const sheet = await database.transaction('r', tables, () => sheetFromLog(database, documentId));
    if (lacksIn(scheme, livingSheet(sheet, scheme).spans).length > 0) incomplete.push(documentId);
  }
  return incomplete;
}
