import { IDBObjectStore } from 'fake-indexeddb';
import { expect, onTestFinished, vi } from 'vitest';
import { documentUpdate, relationEntry, spanEntry } from '../../../src/core/change.ts';
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
import { Mirror } from '../../../src/storage/copying.ts';
import { openMirror } from '../../../src/storage/mirror.ts';
import { makeAlike } from '../../../src/storage/mirroring.ts';
import { savePreference } from '../../../src/storage/preferences.ts';
import { bringUpToDate } from '../../../src/storage/upkeep.ts';
import { span } from '../../annotated.ts';
import { relation } from '../../core/edits.ts';
import { draft, everything, marking, newWorkspace, shelve, type Workspace } from '../workspace.ts';

export const secretText = 'Quillfeather denied that Marrowbone knew';
export const plainText = 'Ada denied it';
/** Of the document that goes: words of its text, title, note and attributes, its own id, and the ids of what is on it. */
export const secrets = [
  'Quillfeather',
  'Marrowbone',
  'Vellichor',
  'Nyctophile',
  'Sesquipedal',
  'secret-report',
  'secret-span',
];
/** Of a project that goes. */
export const ofProject = ['Zugzwang', 'doomed-project', 'Tmesis'];

export async function filled(): Promise<{ workspace: Workspace; database: Database; copy: Database }> {
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
export async function whole(...databases: readonly Database[]): Promise<string> {
  return JSON.stringify(await Promise.all(databases.map(everything)));
}

export async function erased(database: Database, order: Partial<EraseOrder>): Promise<void> {
  await beginErasing(database, { documentIds: [], projectIds: [], ...order });
  expect(await goOnErasing(database)).toEqual({ isCopyPending: false });
}

export const secretReport = { documentIds: ['secret-report'] };

/** Lets the `nth` write or deletion from now on fail, as when the browser is killed, and all that come after it. */
function killedAt(nth: number): { readonly count: () => number; end: () => void } {
  let count = 0;
  const spies = (['put', 'add', 'delete'] as const).map((verb) => {
    const original = IDBObjectStore.prototype[verb] as (...args: unknown[]) => IDBRequest;
    return vi.spyOn(IDBObjectStore.prototype, verb).mockImplementation(function (
      this: IDBObjectStore,
      ...args: unknown[]
    ) {
      if (++count >= nth) throw new DOMException('killed', 'UnknownError');
      return original.apply(this, args as unknown[]) as never;
    });
  });
  return { count: () => count, end: () => spies.forEach((spy) => spy.mockRestore()) };
}

/** Deletes the report for good, cut off at a write, and starts anew. Resolves to how many writes there were, if all were done. */
export async function cutOffAt(nth: number): Promise<number | undefined> {
  const { database, copy } = await filled();
  const kill = killedAt(nth);
  const begun = await beginErasing(database, { ...secretReport, projectIds: [] }).then(
    () => true,
    () => false,
  );
  const isThrough =
    begun &&
    (await goOnErasing(database).then(
      ({ isCopyPending }) => !isCopyPending,
      () => false,
    ));
  const writes = isThrough ? kill.count() : undefined;
  kill.end();
  if (!begun) {
    // Nothing was written down, and so nothing is gone.
    expect(await openDocument(database, 'secret-report')).toMatchObject({ text: secretText });
    return undefined;
  }
  await bringUpToDate(database);
  await eraseLatecomers(database, 0);
  await makeAlike(database);
  for (const secret of secrets) expect(await whole(database, copy)).not.toContain(secret);
  expect(await openDocument(database, 'plain-report')).toMatchObject({ text: plainText });
  expect(await verifyChain(database)).toBeUndefined();
  return writes;
}
