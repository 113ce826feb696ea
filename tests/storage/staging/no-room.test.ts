import { describe, expect, test } from 'vitest';
import { commit } from '../../../src/storage/commit.ts';
import { loadDocuments } from '../../../src/storage/documents.ts';
import { remains, removeRemains } from '../../../src/storage/restoring/remains.ts';
import { importFiles } from '../../../src/workers/importing/importing.ts';
import { draft, everything, failingWrite, newWorkspace } from '../workspace.ts';

/** Files of so many characters, so that a few of them are written together. */
const files = Array.from({ length: 5 }, (_, index) => ({
  path: `report ${index}.txt`,
  blob: new Blob([`Report ${index}. ${'Ada denied it. '.repeat(80_000)}`]),
}));
const order = { projectId: 'first', files, pasted: false, labelKeys: [], options: {}, importId: 'i1' };

describe('an import for which there is no room', () => {
  test('keeps the files that were written whole, names the rest, and the rest goes in later with nothing twice (A10)', async () => {
    const { database } = await newWorkspace();
    // Each batch is a note, and two rows with a text each.
    const failing = failingWrite(8, 'is refused');
    const result = await importFiles(database, order, () => undefined);
    failing.end();
    if (result.kind !== 'staged') throw new Error('it was not staged');
    const { staged } = result;
    expect(staged.left!.problem.kind).toBe('full');
    expect(staged.documentIds.length + staged.left!.files.length).toBe(files.length);
    expect(staged.documentIds.length).toBeGreaterThan(0);
    await commit(database, draft({}, { kind: 'import', importId: staged.importId }));
    const { documents } = await loadDocuments(database, 'first');
    expect(documents.map(({ id }) => id).sort()).toEqual([...staged.documentIds].sort());
    const texts = await database.texts.bulkGet(documents.map(({ id }) => id));
    expect(texts.map((row, index) => row?.text.length === documents[index]!.length)).not.toContain(false);

    const rest = files.filter(({ path }) => staged.left!.files.includes(path));
    const again = await importFiles(database, { ...order, files: rest, importId: 'i2' }, () => undefined);
    if (again.kind !== 'staged') throw new Error('it was not staged');
    await commit(database, draft({}, { kind: 'import', importId: 'i2' }));
    const all = (await loadDocuments(database, 'first')).documents.map(({ title }) => title);
    expect(all.sort()).toEqual(files.map(({ path }) => path).sort());
  });

  test('of which nothing was written says so and leaves nothing', async () => {
    const { database } = await newWorkspace();
    const failing = failingWrite(2, 'is refused');
    await expect(importFiles(database, order, () => undefined)).rejects.toThrow();
    failing.end();
    expect(await database.documents.count()).toBe(0);
  });
});

describe('an import that is cut off', () => {
  test('is found with its files at the next start, counts nowhere, and can be taken away (A40)', async () => {
    const { database } = await newWorkspace();
    const before = await everything(database);
    await importFiles(database, order, () => undefined);
    expect((await loadDocuments(database, 'first')).documents).toEqual([]);
    expect(await remains(database)).toMatchObject([
      { kind: 'import', documents: 5, files: files.map(({ path }) => path) },
    ]);
    await removeRemains(database);
    expect(await everything(database)).toEqual(before);
  });

  test('and imported once more comes once, and is no remainder then', async () => {
    const { database } = await newWorkspace();
    await importFiles(database, order, () => undefined);
    await importFiles(database, { ...order, importId: 'i2' }, () => undefined);
    await commit(database, draft({}, { kind: 'import', importId: 'i2' }));
    await removeRemains(database);
    expect((await loadDocuments(database, 'first')).documents).toHaveLength(files.length);
    expect(await remains(database)).toEqual([]);
    expect(await database.texts.count()).toBe(files.length);
  });
});
