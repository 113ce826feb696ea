import { describe, expect, test } from 'vitest';
import { spanEntry } from '../../src/core/change.ts';
import { emptyScheme } from '../../src/core/scheme.ts';
import { sheetOf } from '../../src/core/sheet.ts';
import { commit } from '../../src/storage/commit.ts';
import { markedDocuments, outgoingDocuments } from '../../src/storage/outgoing.ts';
import { bringUpToDate } from '../../src/storage/upkeep.ts';
import { annotated } from '../annotated.ts';
import { documentWith } from '../core/documents.ts';
import { relation } from '../core/edits.ts';
import { draft, marking, newWorkspace, shelve } from './workspace.ts';

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

test('a long document is read only when its turn comes', async () => {
  const { database } = await newWorkspace();
  for (const id of ['a', 'b']) await shelve(database, { id }, `${text}${' '.repeat(1_000_000)}`);
  const documents = outgoingDocuments(database, ['a', 'b'], emptyScheme);
  await documents.next();
  await commit(database, marking('b', spans[0]!));
  const { value } = await documents.next();
  expect(value?.spans).toEqual([spans[0]]);
});

test('however many documents go out, each is there once and in its place', async () => {
  const { database } = await newWorkspace();
  const ids = Array.from({ length: 250 }, (_, index) => `report-${(index * 7) % 250}`);
  for (const id of ids) await shelve(database, { id }, text, sheetOf([spans[0]!], []));
  await commit(database, marking('report-9', spans[1]!));
  const documents = await sent(database, ids);
  expect(documents.map(({ document }) => document.id)).toEqual(ids);
  const marked = documents.filter((document) => document.spans.length === 2);
  expect(marked.map(({ document }) => document.id)).toEqual(['report-9']);
});

describe('what is marked', () => {
  async function marked(database: Parameters<typeof markedDocuments>[0], ids: readonly string[]) {
    const documents = [];
    for await (const document of markedDocuments(database, ids)) documents.push(document);
    return documents;
  }

  /** What an export would hold, without the texts, in the order of the ids. */
  async function withoutTexts(database: Parameters<typeof markedDocuments>[0], ids: readonly string[]) {
    return (await sent(database, [...ids].sort())).map(({ text: _, ...rest }) => rest);
  }

  test('is what an export would hold, whether it is in a file, a snapshot or the log', async () => {
    const { database } = await newWorkspace();
    const link = relation({ id: 'r1' });
    for (const id of ['imported', 'snapshot', 'both', 'logged', 'others'])
      await shelve(database, { id }, text, sheetOf([spans[0]!], [link]));
    await shelve(database, { id: 'untouched' });
    const more = (id: string) => ({ ...spans[1]!, id, annotator: 'ben' });
    await commit(database, marking('snapshot', more('a')));
    await commit(database, marking('both', more('b')));
    await bringUpToDate(database);
    await commit(database, marking('both', more('c')));
    await commit(database, marking('logged', more('d')));
    const ids = ['untouched', 'gone', 'snapshot', 'imported', 'logged', 'both'];
    const expected = await withoutTexts(database, ids);
    expect(await marked(database, ids)).toEqual(expected);
    expect(expected.map((each) => [each.document.id, each.spans.length])).toEqual([
      ['both', 3],
      ['imported', 1],
      ['logged', 2],
      ['snapshot', 2],
      ['untouched', 0],
    ]);
  });

  test('is all there when snapshots are thrown away', async () => {
    const { database } = await newWorkspace();
    await shelve(database, { id: 'a' }, text, sheetOf([spans[0]!]));
    await commit(database, marking('a', spans[1]!));
    await bringUpToDate(database);
    await database.layers.clear();
    expect((await marked(database, ['a']))[0]!.spans).toEqual(spans);
  });

  test('is that of nothing when a document was emptied', async () => {
    const { database } = await newWorkspace();
    await shelve(database, { id: 'a' }, text, sheetOf([spans[0]!]));
    await commit(database, draft({ removed: [spanEntry('a', spans[0]!)] }));
    expect((await marked(database, ['a']))[0]!.spans).toEqual([]);
    await bringUpToDate(database);
    expect((await marked(database, ['a']))[0]!.spans).toEqual([]);
  });

  test('is read of more documents than are read at once', async () => {
    const { database } = await newWorkspace();
    const ids = Array.from({ length: 520 }, (_, index) => `report-${index}`);
    await database.documents.bulkPut(ids.map((id) => documentWith({ id })));
    expect((await marked(database, ids)).map(({ document }) => document.id)).toEqual(ids.sort());
  });

  test('is that of nothing when nothing is asked for', async () => {
    const { database } = await newWorkspace();
    expect(await marked(database, [])).toEqual([]);
  });
});
