import { IDBObjectStore } from 'fake-indexeddb';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { documentUpdate, projectUpdate, relationEntry, spanEntry } from '../../../src/core/change.ts';
import { sheetOf } from '../../../src/core/sheet.ts';
import { verifyChain } from '../../../src/storage/chain.ts';
import { commit } from '../../../src/storage/commit.ts';
import type { Database } from '../../../src/storage/database.ts';
import { openDocument } from '../../../src/storage/documents.ts';
import {
  beginErasing,
  eraseLatecomers,
  goOnErasing,
  type EraseOrder,
} from '../../../src/storage/erasing/erasing.ts';
import { Mirror, openMirror, standingOf } from '../../../src/storage/mirror.ts';
import { lackedBy, makeAlike, restoreFromMirror } from '../../../src/storage/mirroring.ts';
import { savePreference } from '../../../src/storage/preferences.ts';
import { bringUpToDate } from '../../../src/storage/upkeep.ts';
import { examine } from '../../../src/workers/doctor/examine.ts';
import { span } from '../../annotated.ts';
import { relation } from '../../core/edits.ts';
import { draft, everything, marking, newWorkspace, shelve, type Workspace } from '../workspace.ts';

const secretText = 'Quillfeather denied that Marrowbone knew';
const plainText = 'Ada denied it';
/** Of the document that goes: words of its text, title, note and attributes, its own id, and the ids of what is on it. */
const secrets = [
  'Quillfeather',
  'Marrowbone',
  'Vellichor',
  'Nyctophile',
  'Sesquipedal',
  'secret-report',
  'secret-span',
];
/** Of a project that goes. */
const ofProject = ['Zugzwang', 'doomed-project', 'Tmesis'];

async function filled(): Promise<{ workspace: Workspace; database: Database; copy: Database }> {
  const { workspace, database } = await newWorkspace();
  const copy = (await openMirror(workspace.options))!;
  onTestFinished(() => copy.close({ disableAutoOpen: true }));
  database.mirror = new Mirror(copy, (error) => expect(error).toBeUndefined());
  const fromFile = span({ id: 'secret-span-1', start: 0, end: 12 }, secretText);
  const traits = { importId: 'import-1', note: 'Sesquipedal' };
  const secret = await shelve(
    database,
    { id: 'secret-report', title: 'Vellichor', ...traits },
    secretText,
    sheetOf([fromFile]),
  );
  const plain = await shelve(database, { id: 'plain-report', importId: 'import-1' }, plainText);
  await commit(database, draft({}, { kind: 'import', importId: 'import-1', title: 'Imported 2 documents' }));
  const byHand = span(
    { id: 'secret-span-2', start: 25, end: 35, note: 'Nyctophile', attributes: { speaker: 'Nyctophile' } },
    secretText,
  );
  await commit(database, { ...marking('secret-report', byHand), title: 'Marked “Marrowbone”' });
  const both = [
    spanEntry('secret-report', span({ id: 'secret-span-3', start: 13, end: 19 }, secretText)),
    spanEntry('plain-report', span({ id: 'plain-span', start: 4, end: 10 }, plainText)),
  ];
  await commit(database, draft({ added: both }, { title: 'Marked “denied” in 2 documents' }));
  const link = relation({ id: 'secret-relation', head: byHand.id, child: fromFile.id });
  await commit(database, draft({ added: [relationEntry('secret-report', link)] }));
  const renamed = [secret, plain].map((row) =>
    documentUpdate(row, { ...row, title: `${row.title} Vellichor` }),
  );
  await commit(database, draft({ updated: renamed.slice(0, 1) }, { title: 'Renamed “Vellichor”' }));
  await commit(database, draft({ removed: both.slice(0, 1) }, { kind: 'undo', undoes: 3 }));
  await bringUpToDate(database);
  await database.activity.put({ documentId: 'secret-report', annotator: 'anna', seconds: 60 });
  await savePreference(database, 'place/secret-report', { caret: 3 });
  await savePreference(database, 'parts of first', { 'secret-report': 'train', 'plain-report': 'test' });
  await savePreference(database, 'preferences', { lastDocuments: { first: 'secret-report' }, theme: 'dark' });
  await makeAlike(database);
  // A change that was never saved and that the second copy has all the same.
  await savePreference(copy, 'set-aside-x', { ...draft(marking('secret-report', byHand)), seq: 99 });
  return { workspace, database, copy };
}

/** All that is stored, of every table, as text. */
async function whole(...databases: readonly Database[]): Promise<string> {
  return JSON.stringify(await Promise.all(databases.map(everything)));
}

async function erased(database: Database, order: Partial<EraseOrder>): Promise<void> {
  await beginErasing(database, { documentIds: [], projectIds: [], ...order });
  expect(await goOnErasing(database)).toEqual({ isCopyPending: false });
}

const secretReport = { documentIds: ['secret-report'] };

describe('a document that is deleted for good', () => {
  test('leaves none of its words, names, notes or ids in the storage or the second copy', async () => {
    const { database, copy } = await filled();
    const before = await whole(database, copy);
    for (const secret of secrets) expect(before).toContain(secret);
    await erased(database, secretReport);
    for (const where of [database, copy])
      for (const secret of secrets) expect(await whole(where)).not.toContain(secret);
  });

  test('costs no other document anything: its marks, facts and history stay', async () => {
    const { database } = await filled();
    const before = await openDocument(database, 'plain-report');
    await erased(database, secretReport);
    expect(await openDocument(database, 'plain-report')).toEqual(before);
    const log = await database.changes.toArray();
    expect(log.map(({ seq, title, documentIds }) => [seq, title, documentIds])).toEqual([
      [1, 'Imported 2 documents', []],
      [2, 'Deleted for good', []],
      [3, 'Changed several documents', ['plain-report']],
      [4, 'Deleted for good', []],
      [5, 'Deleted for good', []],
      [6, 'Deleted for good', []],
    ]);
    expect(await database.preferences.get('parts of first')).toMatchObject({
      value: { 'plain-report': 'test' },
    });
    expect(await database.preferences.get('preferences')).toMatchObject({ value: { theme: 'dark' } });
  });

  test('leaves the chain of the history whole, and the Doctor nothing to find', async () => {
    const { database, copy } = await filled();
    await erased(database, secretReport);
    await commit(database, marking('plain-report', span({ id: 'later', start: 0, end: 3 }, plainText)));
    await bringUpToDate(database);
    expect([await verifyChain(database), await verifyChain(copy)]).toEqual([undefined, undefined]);
    expect(await standingOf(database, copy)).toBe('whole');
    const found = await examine(database, { now: 0 }, () => undefined);
    expect(found.findings.filter(({ kind }) => kind !== 'unknown')).toEqual([]);
  });

  test('is not brought back by the second copy, even if that could not be reached then', async () => {
    const { workspace, database, copy } = await filled();
    const open = vi.spyOn(workspace.factory, 'open').mockImplementation(() => {
      throw new DOMException('no', 'SecurityError');
    });
    await beginErasing(database, { documentIds: ['secret-report'], projectIds: [] });
    expect(await goOnErasing(database)).toEqual({ isCopyPending: true });
    open.mockRestore();
    expect(await whole(copy)).toContain('Quillfeather');
    await restoreFromMirror(database, copy);
    await makeAlike(database);
    expect(await database.documents.toCollection().primaryKeys()).toEqual(['plain-report']);
    expect(await lackedBy(database, copy)).toEqual({ documents: 0, changes: 0 });
    // At the next start it is gone on with.
    expect(await goOnErasing(database)).toEqual({ isCopyPending: false });
    for (const secret of secrets) expect(await whole(database, copy)).not.toContain(secret);
  });

  test('is deleted once more where a tab that knew nothing of it went on with it', async () => {
    const { database, copy } = await filled();
    const row = (await database.documents.get('secret-report'))!;
    await erased(database, secretReport);
    const since = 6;
    await commit(
      database,
      draft({ updated: [documentUpdate(row, { ...row, title: 'Vellichor once more' })] }),
    );
    await savePreference(database, 'place/secret-report', { caret: 1 });
    await database.activity.put({ documentId: 'secret-report', annotator: 'anna', seconds: 1 });
    await bringUpToDate(database);
    await eraseLatecomers(database, since);
    for (const secret of secrets) expect(await whole(database, copy)).not.toContain(secret);
  });

  test('that came back by the user’s word, with its text, is left alone', async () => {
    const { database } = await filled();
    const [row, text] = [
      await database.documents.get('secret-report'),
      await database.texts.get('secret-report'),
    ];
    await erased(database, secretReport);
    await database.documents.put(row!);
    await database.texts.put(text!);
    await commit(database, marking('secret-report', span({ id: 'new', start: 0, end: 3 }, secretText)));
    await eraseLatecomers(database, 6);
    expect(await openDocument(database, 'secret-report')).toMatchObject({ text: secretText });
  });
});

describe('a project that is deleted for good', () => {
  async function withProject() {
    const { database, copy } = await filled();
    const project = {
      id: 'doomed-project',
      name: 'Zugzwang',
      scheme: (await database.projects.get('first'))!.scheme,
    };
    await commit(
      database,
      draft({ added: [{ type: 'project', value: project }] }, { title: 'Made “Zugzwang”' }),
    );
    await shelve(database, { id: 'tmesis-1', projectId: project.id, title: 'Tmesis' }, 'Tmesis, tmesis');
    const marked = marking('tmesis-1', span({ id: 'tmesis-span', start: 0, end: 6 }, 'Tmesis'));
    await commit(database, { ...marked, projectId: project.id });
    const named = { ...project, name: 'Zugzwang two' };
    await commit(database, draft({ updated: [projectUpdate(project, named)] }, { projectId: project.id }));
    await savePreference(database, 'parts of doomed-project', { 'tmesis-1': 'train' });
    await savePreference(database, 'preferences', {
      lastProjectId: project.id,
      queues: { [project.id]: {} },
    });
    await makeAlike(database);
    return { database, copy };
  }

  test('takes its documents and all its history with it, in the storage and the second copy', async () => {
    const { database, copy } = await withProject();
    for (const secret of ofProject) expect(await whole(copy)).toContain(secret);
    await erased(database, { projectIds: ['doomed-project'] });
    for (const secret of ofProject) expect(await whole(database, copy)).not.toContain(secret);
    expect(await openDocument(database, 'secret-report')).toMatchObject({ text: secretText });
    expect([await verifyChain(database), await verifyChain(copy)]).toEqual([undefined, undefined]);
    await makeAlike(database);
    expect(await database.projects.toCollection().primaryKeys()).toEqual(['first']);
  });
});

/** Lets the `nth` write or deletion from now on fail, as when the browser is killed, and all that come after it. */
function killedAt(nth: number): { readonly count: () => number; end: () => void } {
  let count = 0;
  const spies = (['put', 'add', 'delete'] as const).map((verb) => {
    const original = IDBObjectStore.prototype[verb] as (...args: unknown[]) => IDBRequest;
    return vi.spyOn(IDBObjectStore.prototype, verb).mockImplementation(function (
      this: IDBObjectStore,
      ...args
    ) {
      if (++count >= nth) throw new DOMException('killed', 'UnknownError');
      return original.apply(this, args as unknown[]) as never;
    });
  });
  return { count: () => count, end: () => spies.forEach((spy) => spy.mockRestore()) };
}

test('deleting for good that is cut off anywhere is gone on with at the next start (A40)', async () => {
  let writes = Infinity;
  for (let nth = 1; nth <= writes; nth++) {
    const { database, copy } = await filled();
    const kill = killedAt(nth);
    const isBegun = await beginErasing(database, { documentIds: ['secret-report'], projectIds: [] }).then(
      () => true,
      () => false,
    );
    const isThrough =
      isBegun &&
      (await goOnErasing(database).then(
        ({ isCopyPending }) => !isCopyPending,
        () => false,
      ));
    if (isThrough) writes = kill.count();
    kill.end();
    if (!isBegun) {
      // Nothing was written down, and so nothing is gone.
      expect(await openDocument(database, 'secret-report')).toMatchObject({ text: secretText });
      continue;
    }
    await bringUpToDate(database);
    await eraseLatecomers(database, 0);
    await makeAlike(database);
    for (const secret of secrets) expect(await whole(database, copy)).not.toContain(secret);
    expect(await openDocument(database, 'plain-report')).toMatchObject({ text: plainText });
    expect(await verifyChain(database)).toBeUndefined();
  }
  expect(writes).toBeGreaterThan(15);
}, 120_000);

test('handles and other values that are no plain data stay in the settings', async () => {
  const { database } = await filled();
  const when = new Date(0);
  await savePreference(database, 'backup-folder', { id: 'x', handle: when, of: ['secret-report', 'kept'] });
  await erased(database, secretReport);
  expect(await database.preferences.get('backup-folder')).toEqual({
    key: 'backup-folder',
    value: { id: 'x', handle: when, of: ['kept'] },
  });
});
