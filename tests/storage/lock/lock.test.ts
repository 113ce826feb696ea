import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { documentUpdate, projectUpdate, noEdit } from '../../../src/core/change.ts';
import { firstProject } from '../../../src/core/project.ts';
import { unwrapped, stretched, opening } from '../../../src/core/lock/lock.ts';
import { recovered, recoveryFile, recoveryIn } from '../../../src/core/lock/recovery.ts';
import { commit } from '../../../src/storage/commit.ts';
import { loadDocuments, openDocument } from '../../../src/storage/documents.ts';
import { convert } from '../../../src/storage/lock/converting.ts';
import { KeyRing } from '../../../src/storage/lock/guard.ts';
import { changeLock, putLock } from '../../../src/storage/lock/locks.ts';
import { recentChanges } from '../../../src/storage/log.ts';
import { openMirror, replayEnd, standingOf } from '../../../src/storage/mirror.ts';
import { makeAlike } from '../../../src/storage/mirroring.ts';
import { namesInUse } from '../../../src/storage/names.ts';
import { replayFacts } from '../../../src/storage/replaying.ts';
import { bringUpToDate } from '../../../src/storage/upkeep.ts';
import { span } from '../../annotated.ts';
import { draft, marking, newWorkspace, shelve, type Workspace } from '../workspace.ts';
import { contentOf, filled, mark, otherPage, standing, stored, words } from './filled.ts';
import { answer, lettersOf, locked, lockFor, rawRows } from './locked.ts';

describe('a locked project', () => {
  test('lies on the disk, and in the second copy, without one of its words', async () => {
    const { workspace, database } = await filled();
    expect(standing(await stored(workspace))).toEqual(Object.values(words));
    const before = await contentOf(database);
    await locked(database);
    expect(standing(await stored(workspace))).toEqual([]);
    expect(await contentOf(database)).toEqual(before);
  });

  test('takes in new work sealed, here and in the second copy, and reads it back', async () => {
    const { workspace, database } = await filled();
    await locked(database);
    await commit(database, mark('s3', 10, 16));
    await bringUpToDate(database);
    await shelve(database, { id: 'second', title: words.title }, words.text);
    await makeAlike(database);
    expect(standing(await stored(workspace))).toEqual([]);
    const opened = await openDocument(database, 'report');
    expect(opened!.sheet.spans.map(({ id }) => id).sort()).toEqual(['i1', 's1', 's2', 's3']);
    expect(opened!.text).toBe(words.text);
    const { documents } = await loadDocuments(database, 'first');
    expect(documents.map(({ title, counts }) => [title, counts.spans])).toEqual([
      [`${words.title} 2`, 4],
      [words.title, 0],
    ]);
  });

  test('shows nothing to a page without its key, which cannot write to it either', async () => {
    const { workspace, database } = await filled();
    await locked(database);
    const page = await otherPage(workspace);
    expect(page.ring.isShut('first')).toBe(true);
    expect(standing(lettersOf(await contentOf(page)))).toEqual([]);
    expect(await recentChanges(page, 'first', 10)).toEqual([]);
    expect(await namesInUse(page, 'first')).toEqual(
      await namesInUse((await newWorkspace()).database, 'first'),
    );
    const before = await rawRows(workspace.factory, workspace.name);
    await expect(commit(page, mark('s9'))).rejects.toThrow('locked');
    await expect(page.texts.put({ documentId: 'report', text: '' })).rejects.toThrow('locked');
    await expect(page.documents.put((await database.documents.get('report'))!)).rejects.toThrow('locked');
    expect(await rawRows(workspace.factory, workspace.name)).toEqual(before);
  });

  test('goes through upkeep and second copy of a page without its key as it is', async () => {
    const { workspace, database } = await filled();
    await locked(database);
    await commit(database, mark('s3', 10, 16));
    await database.projects.add({ ...firstProject(), id: 'open', name: 'Open' });
    await shelve(database, { id: 'other', projectId: 'open' });
    const before = await contentOf(database);
    const page = await otherPage(workspace);
    await commit(
      page,
      draft({ added: marking('other', span({ id: 'o1', start: 0, end: 3 })).added }, { projectId: 'open' }),
    );
    await bringUpToDate(page);
    await page.projects.bulkPut(await page.projects.toArray());
    await page.documents.bulkPut(await page.documents.toArray());
    // What the workspace loses comes back from the second copy, sealed as it is.
    await makeAlike(page);
    await page.documents.delete('report');
    await page.texts.delete('report');
    await page.changes.delete(1);
    expect((await makeAlike(page))!.restored).toEqual({ changes: 1, documents: 1 });
    await replayFacts(database);
    expect((await loadDocuments(page, 'open')).documents.map(({ counts }) => counts.spans)).toEqual([1]);
    const after = (await contentOf(database)) as { changes: { id: string }[] };
    const own = (rows: unknown) =>
      (rows as { changes: { projectId: string }[] }).changes.filter(({ projectId }) => projectId === 'first');
    expect(own(after)).toEqual(own(before));
    expect((await openDocument(database, 'report'))!.sheet.spans).toHaveLength(4);
    expect((await openDocument(database, 'report'))!.document.title).toBe(`${words.title} 2`);
    expect(standing(await stored(workspace))).toEqual([]);
  });

  test('gets changes back that were lost at the end, and what they say of documents once it is opened', async () => {
    const { workspace, database } = await filled();
    const { lock, key } = await locked(database);
    await makeAlike(database);
    const report = (await database.documents.get('report'))!;
    await commit(database, draft({ updated: [documentUpdate(report, { ...report, title: 'Renamed' })] }));
    const last = (await database.changes.toArray()).at(-1)!;
    await database.changes.delete(last.seq);
    await database.documents.put(report);
    const page = await otherPage(workspace);
    const mirror = (await openMirror(page.openedWith))!;
    expect(await standingOf(page, mirror)).toBe('behind');
    expect(await replayEnd(page, mirror)).toBe(1);
    mirror.close({ disableAutoOpen: true });
    expect(await page.preferences.get('unreplayed-first')).toBeDefined();
    page.ring.keys.set(lock.keyId, key);
    await replayFacts(page);
    expect((await page.documents.get('report'))!.title).toBe('Renamed');
  });

  test('keeps to itself what another project’s log says of it', async () => {
    const { workspace, database } = await filled();
    await locked(database);
    await database.projects.add({ ...firstProject(), id: 'open', name: 'Open' });
    const project = (await database.projects.get('first'))!;
    const edit = { ...noEdit, updated: [projectUpdate(project, { ...project, deleted: true as const })] };
    await commit(database, draft(edit, { projectId: 'open' }));
    expect(standing(await stored(workspace))).toEqual([]);
    const page = await otherPage(workspace);
    expect((await page.projects.get('first'))!.deleted).toBe(true);
    // Without the key it can be brought back, and keeps its scheme.
    const { deleted: _, ...living } = (await page.projects.get('first'))!;
    const back = { ...noEdit, updated: [projectUpdate({ ...living, deleted: true }, living)] };
    await commit(page, draft(back, { projectId: 'open' }));
    expect(await database.projects.get('first')).toEqual(project);
  });
});

describe('the lock', () => {
  test('opens by passphrase and recovery file, and by nothing else', async () => {
    const { lock, key, recoveryKey } = await lockFor('first', 'open sesame é');
    const by = async (typed: string) => unwrapped(lock, 'passphrase', await stretched(typed, lock.scrypt));
    expect(await by('open sesame é')).toEqual(key);
    expect(await by('open sesame e\u0301')).toEqual(key);
    expect(await by('open sesame')).toBeUndefined();
    const text = recoveryFile(lock, recoveryKey, { id: 'first', name: 'My “reports” 😀' }, '2026-11-30');
    expect(recovered(lock, recoveryIn(text)!)).toEqual(key);
    expect(recovered((await lockFor('first', 'another')).lock, recoveryIn(text)!)).toBeUndefined();
    expect(recoveryIn('{"format":"locution-recovery"}')).toBeUndefined();
  });

  test('is followed by a page that knows nothing of it yet', async () => {
    const { workspace, database } = await filled();
    const page = await otherPage(workspace);
    const { lock, key } = await lockFor('first', 'open sesame');
    await putLock(database, lock, key);
    // The other page has not been told, and its very next action is refused instead of lying there in clear.
    await expect(commit(page, mark('s9'))).rejects.toThrow();
    await convert(database, 'first');
    expect(standing(await stored(workspace))).toEqual([]);
    expect(standing(lettersOf(await contentOf(page)))).toEqual([]);
  });

  test('can be taken away again, and leaves all as it was', async () => {
    const { workspace, database } = await filled();
    const before = await contentOf(database);
    const { lock, key } = await locked(database);
    await changeLock(database, lock, (known) => opening(known, key));
    expect(await convert(database, 'first')).toBe('everywhere');
    const page = await otherPage(workspace);
    expect(await contentOf(page)).toEqual(before);
    for (const name of [workspace.name, `${workspace.name}-mirror`]) {
      const { preferences, ...rows } = await rawRows(workspace.factory, name);
      expect(preferences!.filter((row) => (row as { key: string }).key.startsWith('lock-'))).toEqual([]);
      expect(
        Object.values(rows)
          .flat()
          .filter((row) => 'sealed' in (row as object)),
      ).toEqual([]);
    }
    // Nothing of it is left in a page that was open all the time either.
    await commit(page, mark('s5', 0, 5));
    expect(page.ring.locks.size).toBe(0);
  });

  test('does not take the place of another one in the second copy', async () => {
    const { workspace, database } = await filled();
    const mirror = (await openMirror({ ...workspace.options, ring: new KeyRing() }))!;
    const other = await lockFor('first', 'another');
    await putLock(mirror, other.lock, other.key);
    const { lock, key } = await lockFor('first', 'open sesame');
    database.mirror = undefined;
    await putLock(database, lock, key);
    expect(await convert(database, 'first')).toBe('here');
    expect((await mirror.preferences.get('lock-first'))!.value).toEqual(other.lock);
    mirror.close({ disableAutoOpen: true });
  });
});

describe('a sealed row', () => {
  /** Changes one row of a table as it lies there. */
  async function tamper(
    workspace: Workspace,
    store: string,
    change: (rows: Record<string, unknown>[]) => Record<string, unknown>[],
  ): Promise<void> {
    const database = await answer(workspace.factory.open(workspace.name));
    const table = database.transaction(store, 'readwrite').objectStore(store);
    for (const row of change((await answer(table.getAll())) as Record<string, unknown>[]))
      await answer(table.put(row));
    database.close();
  }

  const bytes = (row: Record<string, unknown>) => row['sealed'] as Uint8Array;

  test('that was changed by one bit, or cut, is refused and named', async () => {
    const { workspace, database } = await filled();
    await locked(database);
    const flipped = (at: number) => (rows: Record<string, unknown>[]) =>
      rows.map((row) => {
        const sealed = bytes(row).slice();
        sealed[at < 0 ? sealed.length + at : at]! ^= 1;
        return { ...row, sealed };
      });
    const faults = [
      flipped(0),
      flipped(12),
      flipped(40),
      flipped(-1),
      (rows: Record<string, unknown>[]) => rows.map((row) => ({ ...row, sealed: bytes(row).slice(0, -1) })),
      (rows: Record<string, unknown>[]) => rows.map((row) => ({ ...row, sealed: bytes(row).slice(0, 5) })),
    ];
    for (const fault of faults) {
      const before = await rawRows(workspace.factory, workspace.name);
      await tamper(workspace, 'texts', fault);
      await expect(openDocument(database, 'report')).rejects.toThrow('“texts” (report) was damaged');
      await tamper(workspace, 'texts', () => before['texts'] as Record<string, unknown>[]);
    }
    expect((await openDocument(database, 'report'))!.text).toBe(words.text);
  });

  test('that was put into another’s place is refused and named', async () => {
    const { workspace, database } = await filled();
    await shelve(database, { id: 'second' }, 'Another text');
    await locked(database);
    await tamper(workspace, 'texts', ([one, two]) => [
      { ...one!, sealed: two!['sealed'] },
      { ...two!, sealed: one!['sealed'] },
    ]);
    await expect(openDocument(database, 'report')).rejects.toThrow('damaged');
    await tamper(workspace, 'changes', ([one, two]) => [{ ...one!, sealed: two!['sealed'] }]);
    await expect(loadDocuments(database, 'first').then(() => database.changes.toArray())).rejects.toThrow(
      'damaged',
    );
  });

  test('opens to exactly what was sealed, whatever letters it has', async () => {
    const { database } = await newWorkspace();
    await locked(database);
    const letters = fc.string({
      unit: fc.oneof(
        fc.constantFrom('😀', 'ש', 'ا', '\u202e', '\ud800', '\u0000', '__proto__', '"'),
        fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
      ),
    });
    await fc.assert(
      fc.asyncProperty(letters, letters, fc.jsonValue({ maxDepth: 2 }), async (text, note, value) => {
        await shelve(database, { id: 'report', note, meta: { value } as never }, text);
        await commit(database, marking('report', span({ id: 's', start: 0, end: 1, note, text })));
        const opened = (await openDocument(database, 'report'))!;
        expect([opened.text, opened.document.note]).toEqual([text, note]);
        expect(opened.document.meta).toEqual(JSON.parse(JSON.stringify({ value })));
        expect(opened.sheet.spans.at(-1)).toMatchObject({ note, text });
      }),
      { numRuns: 40 },
    );
  });
});
