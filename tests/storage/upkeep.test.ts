import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { invert } from '../../src/core/change.ts';
import { sheetOf } from '../../src/core/sheet.ts';
import { commit } from '../../src/storage/commit.ts';
import type { Database } from '../../src/storage/database.ts';
import { loadDocuments, openDocument } from '../../src/storage/documents.ts';
import { bringUpToDate, layersOf } from '../../src/storage/upkeep.ts';
import { annotated, span } from '../annotated.ts';
import { relation } from '../core/edits.ts';
import { acts, bring, documentId, happenings, otherId } from './histories.ts';
import { draft, everything, failingWrite, marking, newWorkspace, shelve, Workspace } from './workspace.ts';

const { text, spans } = annotated('[[Ada](claim) denied](denial) it');

/** All that anybody can see of the workspace. */
async function seen(database: Database) {
  const opened = await Promise.all([documentId, otherId].map((id) => openDocument(database, id)));
  const { documents, seq } = await loadDocuments(database, 'first');
  return { sheets: opened.map((one) => one?.sheet), texts: opened.map((one) => one?.text), documents, seq };
}

describe('upkeep', () => {
  test('changes nothing that can be seen, whatever has happened, and doing it twice does nothing', async () => {
    await fc.assert(
      fc.asyncProperty(acts, async (all) => {
        const workspace = new Workspace();
        const database = await workspace.tab();
        await bring(database);
        for (const { act, change } of happenings(all)) {
          if (change) await commit(database, change);
          if (act.what === 'tidy') await bringUpToDate(database);
        }
        const before = await seen(database);
        await bringUpToDate(database);
        expect(await seen(database)).toEqual(before);
        const tidied = await everything(database);
        await bringUpToDate(database);
        expect(await everything(database)).toEqual(tidied);
        workspace.close();
      }),
      { numRuns: 25 },
    );
  }, 20_000);

  test('makes a snapshot for each annotator, as of the newest change', async () => {
    const { database } = await newWorkspace();
    const bens = span({ id: 'b1', start: 0, end: 3, annotator: 'ben' }, text);
    await shelve(database, { id: 'report' }, text, sheetOf(spans));
    await commit(database, marking('report', bens));
    await bringUpToDate(database);
    const layers = await database.layers.toArray();
    expect(layers.map(({ annotator, seq }) => [annotator, seq])).toEqual([
      ['anna', 1],
      ['ben', 1],
    ]);
    expect(layers.map((layer) => layer.spans)).toEqual([spans, [bens]]);
  });

  test('leaves what a file brought and the log as they are', async () => {
    const { database } = await newWorkspace();
    await shelve(database, { id: 'report' }, text, sheetOf([spans[0]!]));
    await commit(database, marking('report', spans[1]!));
    const { imported, changes } = await everything(database);
    await bringUpToDate(database);
    expect(await everything(database)).toMatchObject({ imported, changes });
  });

  test('does not bring back what was imported and then removed to the last span', async () => {
    const { database } = await newWorkspace();
    await shelve(database, { id: 'report' }, text, sheetOf(spans));
    await commit(database, draft(invert(marking('report', ...spans))));
    await bringUpToDate(database);
    expect((await openDocument(database, 'report'))!.sheet.spans).toEqual([]);
    expect((await loadDocuments(database, 'first')).documents[0]!.counts).toEqual({ spans: 0, byLabel: {} });
  });

  test('forgets the snapshot of an annotator of whom nothing is left', async () => {
    const { database } = await newWorkspace();
    const bens = marking('report', span({ id: 'b1', start: 0, end: 3, annotator: 'ben' }, text));
    await shelve(database, { id: 'report' }, text, sheetOf(spans));
    await commit(database, bens);
    await bringUpToDate(database);
    await commit(database, draft(invert(bens)));
    await bringUpToDate(database);
    expect((await openDocument(database, 'report'))!.sheet).toEqual(sheetOf(spans));
  });

  test('looks at nothing that has not changed', async () => {
    const { database } = await newWorkspace();
    await shelve(database, { id: 'report' }, text, sheetOf(spans));
    await shelve(database, { id: 'other-report' }, text, sheetOf(spans));
    await commit(database, draft({}, { kind: 'import', importId: 'import-1' }));
    await commit(database, marking('report', span({ start: 4, end: 10 }, text)));
    await bringUpToDate(database);
    const layers = await database.layers.toArray();
    expect(new Set(layers.map((layer) => layer.documentId))).toEqual(new Set(['report']));
  });

  test('that is cut off leaves all as it was', async () => {
    const { database } = await newWorkspace();
    await shelve(database, { id: 'report' }, text, sheetOf([spans[0]!]));
    await commit(database, marking('report', spans[1]!));
    const before = await everything(database);
    for (const nth of [1, 2, 3]) {
      const write = failingWrite(nth, 'is aborted after it');
      await expect(bringUpToDate(database).finally(write.end)).rejects.toThrow();
      expect(await everything(database)).toEqual(before);
    }
  });
});

describe('the layers of a sheet', () => {
  test('hold all of it, each annotator’s own', () => {
    const own = relation({ id: 'r1', annotator: 'ben' });
    expect(layersOf(sheetOf(spans, [own]), 'report', 7)).toEqual([
      { documentId: 'report', annotator: 'anna', seq: 7, spans, relations: [] },
      { documentId: 'report', annotator: 'ben', seq: 7, spans: [], relations: [own] },
    ]);
  });

  test('are one, and empty, when nothing is marked', () => {
    expect(layersOf(sheetOf([]), 'report', 7)).toEqual([
      { documentId: 'report', annotator: '', seq: 7, spans: [], relations: [] },
    ]);
  });
});
