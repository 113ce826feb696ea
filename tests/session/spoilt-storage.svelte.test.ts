import { expect, test, vi } from 'vitest';
import type { Document } from '../../src/core/document.ts';
import type { Span } from '../../src/core/span.ts';
import { newDesk } from './desk.ts';

vi.mock(import('../../src/session/job.ts'), () => import('./jobs-in-process.ts'));

const damaged = (what: string, count: number) =>
  `Damaged in the browser’s storage, and not shown: ${what} (${count}). Nothing was removed.`;

test('spans that another page has spoilt are told and left where they are, and the others are shown (A34, B33)', async () => {
  const desk = await newDesk(['Velt warned', '[Ada](CLAIM) denied [it](DENIAL)']);
  const { id } = desk.session.shelf.present[1]!;
  const [layer] = await desk.database.imported.where('documentId').equals(id).toArray();
  const [first, second] = layer!.spans;
  const spoilt = [{ ...first!, start: 500, end: 900 }, { ...second! }] as Span[];
  await desk.database.imported.put({ ...layer!, spans: spoilt });
  await desk.session.openDocument(id);
  expect(desk.session.open!.spans.map(({ text }) => text)).toEqual(['it']);
  expect(desk.session.messages.alarm).toContain(damaged('spans or relations of this document', 1));
  expect((await desk.database.imported.where('documentId').equals(id).toArray())[0]!.spans).toEqual(spoilt);
});

test('documents and labels that another page has spoilt are told at the start, and the others are listed (A34)', async () => {
  const desk = await newDesk(['Ada denied it', 'Velt warned Sarnia']);
  const [first] = desk.session.shelf.present;
  const broken = { ...first!, title: { toString: 1 }, counts: null } as unknown as Document;
  await desk.database.documents.put(broken);
  const session = await desk.sit();
  expect(session.shelf.present).toHaveLength(1);
  expect(session.messages.alarm).toContain(damaged('documents', 1));
  expect(await desk.database.documents.count()).toBe(2);
});

test('a change that another page has written into the log harms nothing, and is told (A34)', async () => {
  const desk = await newDesk(['Ada denied it']);
  const { id } = desk.session.shelf.present[0]!;
  await desk.session.openDocument(id);
  const added = [{ type: 'span', documentId: id, value: { start: 90, end: 5, label: '<img>' } }];
  await desk.database.changes.add({
    ...{
      id: 'evil',
      projectId: 'first',
      documentIds: [id],
      kind: 'do',
      annotator: 'evil',
      at: '',
      title: 'x',
    },
    ...{ added, updated: [], removed: [] },
  } as never);
  await vi.waitUntil(() => desk.session.messages.alarm);
  expect(desk.session.messages.alarm).toContain(damaged('changes that came from another tab or page', 1));
  expect(desk.session.open!.spans).toEqual([]);
});
