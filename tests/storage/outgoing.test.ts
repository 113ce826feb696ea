import { expect, test } from 'vitest';
import { emptyScheme } from '../../src/core/scheme.ts';
import { sheetOf } from '../../src/core/sheet.ts';
import { commit } from '../../src/storage/commit.ts';
import { outgoingDocuments } from '../../src/storage/outgoing.ts';
import { annotated } from '../annotated.ts';
import { relation } from '../core/edits.ts';
import { marking, newWorkspace, shelve } from './workspace.ts';

const { text, spans } = annotated('[Ada](claim) [denied](denial) it');

async function sent(database: Parameters<typeof outgoingDocuments>[0], ids: readonly string[]) {
  const documents = [];
  for await (const document of outgoingDocuments(database, ids, emptyScheme)) documents.push(document);
  return documents;
}

test('documents go out with all that is marked on them', async () => {
  const { database } = await newWorkspace();
  const link = relation({ id: 'r1' });
  const document = await shelve(database, { id: 'report' }, text, sheetOf([spans[0]!], [link]));
  await commit(database, marking('report', spans[1]!));
  expect(await sent(database, ['report'])).toEqual([{ document, text, spans, relations: [link] }]);
});

test('documents go out in the order that is asked for, without those that are gone', async () => {
  const { database } = await newWorkspace();
  for (const id of ['a', 'b', 'c']) await shelve(database, { id });
  const documents = await sent(database, ['c', 'gone', 'a']);
  expect(documents.map(({ document }) => document.id)).toEqual(['c', 'a']);
});

test('a document is read only when its turn comes', async () => {
  const { database } = await newWorkspace();
  for (const id of ['a', 'b']) await shelve(database, { id });
  const documents = outgoingDocuments(database, ['a', 'b'], emptyScheme);
  await documents.next();
  await commit(database, marking('b', spans[0]!));
  const { value } = await documents.next();
  expect(value?.spans).toEqual([spans[0]]);
});
