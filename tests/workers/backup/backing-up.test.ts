import { BlobReader, TextWriter, ZipReader } from '@zip.js/zip.js/lib/zip-core-native.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { documentUpdate, spanEntry } from '../../../src/core/change.ts';
import { addActivity } from '../../../src/storage/activity.ts';
import { commit } from '../../../src/storage/commit.ts';
import { keepParts } from '../../../src/storage/parts.ts';
import { backUp } from '../../../src/workers/backup/backing-up.ts';
import { document as anyDocument } from '../../formats/arbitraries.ts';
import { span } from '../../annotated.ts';
import { acts } from '../../storage/histories.ts';
import { draft, marking, newWorkspace, shelve } from '../../storage/workspace.ts';
import { backedUp, live, order, recordsOf, shelveRecords } from './projects.ts';

const bytesOf = async (file: Blob) => new Uint8Array(await file.arrayBuffer());

describe('a backup holds everything of a project', () => {
  test('what is restored from it gives the same backup, byte by byte, whatever was done before', async () => {
    await fc.assert(
      fc.asyncProperty(acts, async (all) => {
        const [{ database, workspace }, second] = [await newWorkspace(), await newWorkspace()];
        await live(database, all);
        const file = await backedUp(database);
        const { records, state } = await recordsOf(file);
        expect(state.faults).toEqual([]);
        await shelveRecords(second.database, records);
        expect(await bytesOf(await backedUp(second.database))).toEqual(await bytesOf(file));
        workspace.close();
        second.workspace.close();
      }),
      { numRuns: 12 },
    );
  });

  test('random texts, spans, attributes, notes and relations come back as they were', async () => {
    await fc.assert(
      fc.asyncProperty(anyDocument, async ({ document, text, spans, relations }) => {
        const { database, workspace } = await newWorkspace();
        const sheet = { spans: [...spans], relations: [...relations] };
        await shelve(database, document, text, sheet);
        const { records, state } = await recordsOf(await backedUp(database));
        expect(state.faults).toEqual([]);
        const { counts: _, ...facts } = (await database.documents.get(document.id))!;
        expect(records.documents).toEqual([{ document: facts, text }]);
        const layers = (await database.imported.toArray()).map(({ seq: __, ...layer }) => layer);
        expect(records.layers).toEqual(layers);
        workspace.close();
      }),
      { numRuns: 25 },
    );
  });

  test('deleted documents, an import that was taken back, time worked and parts of splits go with it', async () => {
    const { database } = await newWorkspace();
    const gone = await shelve(database, { id: 'gone', importId: 'i1' });
    await shelve(database, { id: 'never', importId: 'i2' });
    await commit(database, draft({}, { kind: 'import', importId: 'i1' }));
    const { seq } = await commit(
      database,
      draft({ updated: [documentUpdate(gone, { ...gone, deleted: true })] }),
    );
    await commit(database, draft({}, { kind: 'undo', importId: 'i1', undoes: 1 }));
    await addActivity(database, 'gone', 'anna', 12);
    await keepParts(database, 'first', new Map([['gone', 'test' as const]]));
    const { records } = await recordsOf(await backedUp(database));
    expect(records.documents.map(({ document }) => [document.id, document.deleted])).toEqual([
      ['gone', true],
    ]);
    expect(records.changes.map(({ kind, undoes }) => [kind, undoes])).toEqual([
      ['import', undefined],
      ['do', undefined],
      ['undo', records.changes[0]!.id],
    ]);
    expect(seq).toBe(2);
    expect(records.settings).toEqual([
      { setting: 'activity', documentId: 'gone', annotator: 'anna', seconds: 12 },
      { setting: 'part', documentId: 'gone', part: 'test' },
    ]);
  });

  test('nothing of another project goes with it', async () => {
    const { database } = await newWorkspace();
    await shelve(database, { id: 'ours' });
    await shelve(database, { id: 'theirs', projectId: 'other' }, 'A secret');
    await commit(database, {
      ...marking('theirs', span({ start: 0, end: 1 }, 'A secret')),
      projectId: 'other',
    });
    expect(await (await backedUp(database)).text()).not.toContain('secret');
  });
});

describe('the file', () => {
  test('is a zip of plain files, its documents as training data has them', async () => {
    const { database } = await newWorkspace();
    await shelve(database, { id: 'a' }, '😀 They deny that.');
    await commit(
      database,
      marking('a', span({ id: 's', start: 3, end: 12, label: 'denial' }, '😀 They deny that.')),
    );
    const blob = await backedUp(database);
    const entries = await new ZipReader(new BlobReader(blob), { useWebWorkers: false }).getEntries();
    expect(entries.map(({ filename }) => filename)).toEqual([
      'manifest.json',
      'scheme.json',
      'documents.jsonl',
      'changes.jsonl',
      'end.json',
    ]);
    const documents = entries[2]!;
    if (documents.directory) throw new Error('it is no file');
    const value = JSON.parse(await documents.getData(new TextWriter(), { checkSignature: true }));
    expect(value).toMatchObject({
      id: 'a',
      offset_unit: 'codepoint',
      text: '😀 They deny that.',
      status: 'todo',
    });
    expect(value.spans).toMatchObject([{ id: 's', start: 2, end: 11, text: 'They deny', annotator: 'anna' }]);
  });

  test('says at its head what all is in it', async () => {
    const { database } = await newWorkspace();
    await shelve(database, { id: 'a' });
    await commit(database, marking('a', span({ start: 0, end: 3 }, 'Ada')));
    const { state } = await recordsOf(await backedUp(database));
    expect(state.manifest).toMatchObject({
      format: 'locution',
      version: 1,
      project: { id: 'first' },
      counts: { documents: 1, spans: 1, relations: 0, changes: 1 },
    });
  });

  test('is as of one moment, though somebody goes on marking and deleting while it is written', async () => {
    const { database, workspace } = await newWorkspace();
    for (let index = 0; index < 60; index++) await shelve(database, { id: `d${100 + index}` });
    const other = await workspace.tab();
    let marked = 0;
    const blob = await backUp(database, order, ({ done }) => {
      if (done % 9 !== 1 || marked >= 12) return;
      const id = `d${100 + marked++}`;
      void commit(other, marking(id, span({ id: `s${marked}`, start: 0, end: 3 }, 'Ada')));
    });
    const { records, state } = await recordsOf(blob.blob);
    expect(state.faults).toEqual([]);
    expect(marked).toBeGreaterThan(0);
    expect(records.changes.length).toBe(blob.counts.changes);
    expect(blob.counts.spans).toBe(records.changes.length);
    expect(blob.counts.documents).toBe(60);
  });

  test('tells of spans that do not stand where their words are, and keeps them in the history', async () => {
    const { database } = await newWorkspace();
    await shelve(database, { id: 'a' });
    await commit(
      database,
      draft({ added: [spanEntry('a', { ...span({ start: 0, end: 3 }), text: 'Eve' })] }),
    );
    const { warnings, blob } = await backUp(database, order, () => undefined);
    expect(warnings).toEqual([
      'Spans that do not stand where their words are: 1. They are in the backup as part of the history.',
    ]);
    expect((await recordsOf(blob)).records.changes[0]!.added).toHaveLength(1);
  });

  test('tells of a document that has lost its text', async () => {
    const { database } = await newWorkspace();
    await shelve(database, { id: 'a' });
    await database.texts.delete('a');
    const { warnings } = await backUp(database, order, () => undefined);
    expect(warnings[0]).toContain('Documents without a text in the storage: 1.');
  });
});
