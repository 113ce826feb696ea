import { describe, expect, test } from 'vitest';
import { emptyScheme } from '../../src/core/scheme.ts';
import { sheetOf } from '../../src/core/sheet.ts';
import { commit } from '../../src/storage/commit.ts';
import { markedDocuments, outgoingDocuments } from '../../src/storage/outgoing.ts';
import { bringUpToDate } from '../../src/storage/upkeep.ts';
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

describe('what is marked', () => {
  async function marked(database: Parameters<typeof markedDocuments>[0], ids: readonly string[]) {
    const documents = [];
    for await (const document of markedDocuments(database, ids)) documents.push(document);
    return documents;
  }

  test('is what an export would hold, without the texts, whether it is in a file, a snapshot or the log', async () => {
    const { database } = await newWorkspace();
    await shelve(database, { id: 'imported' }, text, sheetOf([spans[0]!], [relation({ id: 'r1' })]));
    await shelve(database, { id: 'snapshot' }, text);
    await commit(database, marking('snapshot', spans[0]!));
    await bringUpToDate(database);
    await commit(database, marking('snapshot', spans[1]!));
    await shelve(database, { id: 'untouched' });
    const ids = ['untouched', 'gone', 'snapshot', 'imported'];
    const expected = (await sent(database, ids)).map(({ text: _, ...rest }) => rest);
    expect(await marked(database, ids)).toEqual(expected);
    expect(expected.map((each) => each.spans.length)).toEqual([0, 2, 1]);
  });

  test('is read of more documents than are read at once', async () => {
    const { database } = await newWorkspace();
    const ids = Array.from({ length: 230 }, (_, index) => `report-${index}`);
    for (const id of ids) await shelve(database, { id });
    expect((await marked(database, ids)).map(({ document }) => document.id)).toEqual(ids);
  });
});
