import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { documentUpdate } from '../../src/core/change.ts';
import { applyEdits, countSpans, emptySheet, sheetOf } from '../../src/core/sheet.ts';
import { commit } from '../../src/storage/commit.ts';
import type { Database } from '../../src/storage/database.ts';
import { documentsOfImport, loadDocuments, openDocument } from '../../src/storage/documents.ts';
import { bringUpToDate } from '../../src/storage/upkeep.ts';
import { annotated } from '../annotated.ts';
import { acts, bring, clashingActs, brought, documentId, happenings, otherId } from './histories.ts';
import { draft, marking, newWorkspace, shelve, Workspace } from './workspace.ts';

const { text, spans } = annotated('[[Ada](claim) denied](denial) it');

async function countsOf(database: Database, projectId = 'first') {
  const { documents } = await loadDocuments(database, projectId);
  return Object.fromEntries(documents.map(({ id, counts }) => [id, counts]));
}

/** What a tab sees: the sheets of both documents, and the counts that lists show. */
async function seen(database: Database) {
  const sheets = await Promise.all(
    [documentId, otherId].map(async (id) => (await openDocument(database, id))!.sheet),
  );
  return { sheets, counts: await countsOf(database) };
}

/** A workspace after all these acts. */
async function lived(all: Parameters<typeof happenings>[0]) {
  const workspace = new Workspace();
  let database = await workspace.tab();
  await bring(database);
  const history = happenings(all);
  for (const { act, change } of history) {
    if (change) await commit(database, change);
    if (act.what === 'tidy') await bringUpToDate(database);
    if (act.what !== 'leave') continue;
    workspace.close();
    database = await workspace.tab();
  }
  return { workspace, database, changes: history.flatMap(({ change }) => change ?? []) };
}

describe('a document that is opened', () => {
  test('has its text, its facts and what a file brought', async () => {
    const { database } = await newWorkspace();
    const document = await shelve(database, { id: 'report', title: 'Ada' }, text, sheetOf(spans));
    expect(await openDocument(database, 'report')).toEqual({ document, text, sheet: sheetOf(spans), seq: 0 });
  });

  test('has what was marked since, as of the newest change', async () => {
    const { database } = await newWorkspace();
    await shelve(database, { id: 'report' }, text);
    await shelve(database, { id: 'other-report' }, text);
    await commit(database, marking('report', spans[0]!));
    await commit(database, marking('other-report', spans[1]!));
    const opened = await openDocument(database, 'report');
    expect(opened!.sheet.spans).toEqual([spans[0]]);
    expect(opened!.seq).toBe(2);
  });

  test('is nothing when it is not there', async () => {
    const { database } = await newWorkspace();
    expect(await openDocument(database, 'report')).toBeUndefined();
  });

  test('shows layers and replayed changes as a plain fold of the history, tidied or not, now or in a new tab', async () => {
    await fc.assert(
      fc.asyncProperty(clashingActs, async (all) => {
        const { workspace, database, changes } = await lived(all);
        const sheets = [documentId, otherId].map((id) => applyEdits(brought[id]!, changes, id));
        expect((await seen(database)).sheets).toEqual(sheets);
        workspace.close();
      }),
      { numRuns: 50 },
    );
  }, 20_000);
});

describe('the documents of a project', () => {
  test('come in their order, deleted ones and all, and no others', async () => {
    const { database } = await newWorkspace();
    await shelve(database, { id: 'b', order: 2 });
    await shelve(database, { id: 'c', order: 1, deleted: true });
    await shelve(database, { id: 'a', order: 2 });
    await shelve(database, { id: 'd', order: 0, projectId: 'second' });
    const { documents } = await loadDocuments(database, 'first');
    expect(documents.map(({ id }) => id)).toEqual(['c', 'a', 'b']);
  });

  test('come with the place in the log that they are true for', async () => {
    const { database } = await newWorkspace();
    const before = await shelve(database, { id: 'report' });
    await commit(database, draft({ updated: [documentUpdate(before, { ...before, title: 'Ada' })] }));
    const { documents, seq } = await loadDocuments(database, 'first');
    expect([documents[0]!.title, seq]).toEqual(['Ada', 1]);
  });

  test('have the counts of their sheets, whatever has happened', async () => {
    await fc.assert(
      fc.asyncProperty(acts, async (all) => {
        const { workspace, database } = await lived(all);
        const { sheets, counts } = await seen(database);
        expect(counts).toEqual({
          [documentId]: countSpans(sheets[0]!.spans),
          [otherId]: countSpans(sheets[1]!.spans),
        });
        workspace.close();
      }),
      { numRuns: 40 },
    );
  }, 20_000);

  test('have true counts before upkeep, after it, and after a new start', async () => {
    const { workspace, database } = await newWorkspace();
    await shelve(database, { id: 'report' }, text, sheetOf([spans[0]!]));
    await commit(database, marking('report', spans[1]!));
    const expected = { report: countSpans(spans) };
    expect(await countsOf(database)).toEqual(expected);
    await bringUpToDate(database);
    expect(await countsOf(database)).toEqual(expected);
    workspace.close();
    expect(await countsOf(await workspace.tab())).toEqual(expected);
  });
});

describe('an import', () => {
  test('that was cut off counts for nothing', async () => {
    const { database } = await newWorkspace();
    await shelve(database, { id: 'report', importId: 'cut-off' }, text, sheetOf(spans));
    expect((await loadDocuments(database, 'first')).documents).toEqual([]);
  });

  test('counts from the moment that its change is written', async () => {
    const { database } = await newWorkspace();
    const report = await shelve(database, { id: 'report', importId: 'import-1' }, text, sheetOf(spans));
    await shelve(database, { id: 'other-report', importId: 'import-2' }, text);
    await commit(database, draft({}, { kind: 'import', importId: 'import-1' }));
    expect((await loadDocuments(database, 'first')).documents).toEqual([report]);
  });

  test('gives its documents in their order', async () => {
    const { database } = await newWorkspace();
    await shelve(database, { id: 'b', order: 1, importId: 'import-1' });
    await shelve(database, { id: 'a', order: 2, importId: 'import-1' });
    await shelve(database, { id: 'c', order: 3, importId: 'import-2' });
    const { documents } = await documentsOfImport(database, 'import-1');
    expect(documents.map(({ id }) => id)).toEqual(['b', 'a']);
  });
});

test('an import knows what was marked on its documents since, and as of when', async () => {
  const { database } = await newWorkspace();
  await shelve(database, { id: 'report', importId: 'import-1' }, text, sheetOf([spans[0]!]));
  await commit(database, draft({}, { kind: 'import', importId: 'import-1' }));
  await commit(database, marking('report', spans[1]!));
  const { documents, seq } = await documentsOfImport(database, 'import-1');
  expect([documents.map(({ counts }) => counts), seq]).toEqual([[countSpans(spans)], 2]);
});

test('a document without spans opens with an empty sheet', async () => {
  const { database } = await newWorkspace();
  await shelve(database, { id: 'report' }, text);
  expect((await openDocument(database, 'report'))!.sheet).toEqual(emptySheet);
});
