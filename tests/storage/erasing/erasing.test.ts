import { describe, expect, test, vi } from 'vitest';
import { documentUpdate, projectUpdate } from '../../../src/core/change.ts';
import { verifyChain } from '../../../src/storage/chain.ts';
import { commit } from '../../../src/storage/commit.ts';
import { openDocument } from '../../../src/storage/documents.ts';
import { beginErasing, eraseLatecomers, goOnErasing } from '../../../src/storage/erasing/erasing.ts';
import { erasedIn, forgetErased } from '../../../src/storage/erasing/tombstones.ts';
import { standingOf } from '../../../src/storage/mirror.ts';
import { lackedBy, makeAlike, restoreFromMirror } from '../../../src/storage/mirroring.ts';
import { savePreference } from '../../../src/storage/preferences.ts';
import { bringUpToDate } from '../../../src/storage/upkeep.ts';
import { examine } from '../../../src/workers/doctor/examine.ts';
import { span } from '../../annotated.ts';
import { draft, marking, shelve } from '../workspace.ts';
import {
  cutOffAt,
  erased,
  filled,
  ofProject,
  plainText,
  secretReport,
  secrets,
  secretText,
  whole,
} from './secrets.ts';

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
    await database.transaction('rw', database.preferences, async () => {
      await forgetErased(database, ['secret-report']);
    });
    expect((await erasedIn(database))?.('secret-report') ?? false).toBe(false);
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

test('deleting for good that is cut off is gone on with at the next start (A40)', async () => {
  for (const nth of [1, 2, 8, 14, 20]) await cutOffAt(nth);
});

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
