import { expect, test } from 'vitest';
import { countSpans } from '../../src/core/sheet.ts';
import { hashText } from '../../src/core/text.ts';
import { storedDocuments } from '../../src/storage/doctor/stored-documents.ts';
import { examine } from '../../src/workers/doctor/examine.ts';
import { span } from '../annotated.ts';
import { documentWith } from '../core/documents.ts';
import { newWorkspace } from '../storage/workspace.ts';

const documentCount = 10_000;

test('of ten thousand documents no more than some hundred are in memory at once, and one fault is found', async () => {
  const { database } = await newWorkspace();
  const text = 'Ada denied it, and Ben claimed it. '.repeat(40);
  const spans = [span({ id: 's', start: 0, end: 3 }, text)];
  const ids = Array.from({ length: documentCount }, (_, index) => `d${String(index).padStart(5, '0')}`);
  const facts = { length: text.length, hash: hashText(text), counts: countSpans(spans) };
  await database.documents.bulkPut(ids.map((id) => documentWith({ ...facts, id })));
  await database.texts.bulkPut(ids.map((documentId) => ({ documentId, text })));
  const layer = { annotator: 'anna', seq: 0, relations: [] };
  await database.imported.bulkPut(ids.map((documentId) => ({ ...layer, documentId, spans })));
  await database.imported.put({ ...layer, documentId: ids[7_000]!, spans: [{ ...spans[0]!, start: 1 }] });
  let most = { documents: 0, units: 0 };
  for await (const page of storedDocuments(database)) {
    const units = page.reduce((sum, one) => sum + (one.text?.length ?? 0), 0);
    most = { documents: Math.max(most.documents, page.length), units: Math.max(most.units, units) };
  }
  expect(most.documents).toBeLessThanOrEqual(200);
  expect(most.units).toBeLessThanOrEqual(1_000_000);
  const told: number[] = [];
  const found = await examine(database, { now: 0 }, ({ done }) => told.push(done));
  expect(found.documents).toBe(documentCount);
  expect(found.findings.filter(({ kind }) => kind === 'misplaced')).toMatchObject([
    { documentId: ids[7_000] },
  ]);
  expect(told.length).toBeGreaterThan(40);
});
