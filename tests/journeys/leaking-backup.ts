import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { firstProject } from '../../src/core/project.ts';
import type { Scheme } from '../../src/core/scheme.ts';
import { countSpans } from '../../src/core/sheet.ts';
import { hashText } from '../../src/core/text.ts';
import type { OutgoingDocument } from '../../src/core/transfer.ts';
import { openDatabase } from '../../src/storage/database.ts';
import { layersOf } from '../../src/storage/upkeep.ts';
import { backUp } from '../../src/workers/backup/backing-up.ts';

/** A backup of a project of that name, with one document. */
export async function backupOf(
  name: string,
  scheme: Scheme,
  { document, text, spans, relations }: OutgoingDocument,
): Promise<Uint8Array> {
  const options = { name: 'leaks', factory: new IDBFactory(), keyRange: IDBKeyRange };
  const opening = await openDatabase(() => undefined, options);
  if (opening.kind === 'refused') throw new Error(opening.problem.message);
  const { database } = opening;
  const project = { ...firstProject(), name, scheme };
  await database.projects.add(project);
  const counts = countSpans(spans);
  const placed = { projectId: project.id, length: text.length, hash: hashText(text), counts };
  await database.documents.put({ ...document, ...placed });
  await database.texts.put({ documentId: document.id, text });
  await database.imported.bulkPut(layersOf({ spans, relations }, document.id, 0));
  const order = { projectId: project.id, at: '2026-01-01T00:00:00.000Z', version: '0' };
  const { blob } = await backUp(database, order, () => undefined);
  database.close({ disableAutoOpen: true });
  return new Uint8Array(await blob.arrayBuffer());
}
