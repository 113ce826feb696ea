import fc from 'fast-check';
import { IDBObjectStore } from 'fake-indexeddb';
import { describe, expect, test, vi } from 'vitest';
import { contentOf } from '../../../src/core/backup/content.ts';
import { documentUpdate, projectUpdate, spanUpdate } from '../../../src/core/change.ts';
import { firstProject, type Project } from '../../../src/core/project.ts';
import { hashText } from '../../../src/core/text.ts';
import { commit } from '../../../src/storage/commit.ts';
import type { Database } from '../../../src/storage/database.ts';
import { beginErasing, goOnErasing } from '../../../src/storage/erasing/erasing.ts';
import { span } from '../../annotated.ts';
import { acts, clashingActs } from '../../storage/histories.ts';
import { draft, everything, marking, newWorkspace, shelve } from '../../storage/workspace.ts';
import { remains, removeRemains } from '../../../src/storage/restoring/remains.ts';
import { restoreBackup } from '../../../src/workers/backup/restoring.ts';
import { assembled, PartWriter, singleLine } from '../../../src/workers/backup/part-writer.ts';
import { backedUp, live, recordsOf } from './projects.ts';
import { goOn, restored, seenIn, undoRestore } from './restoring.ts';

function severalLines(part: 'documents' | 'imported' | 'changes', values: readonly object[]) {
  const writer = new PartWriter(part);
  for (const value of values) writer.add(value);
  return writer.close();
}

const text = 'Ada denied it';
const marked = span({ id: 's', start: 0, end: 3 }, text);

describe('a backup that is restored where nothing is', () => {
  test('gives the project as it was, with its history, whatever was done before (A38)', async () => {
    await fc.assert(
      fc.asyncProperty(acts, async (all) => {
        const [{ database, workspace }, other] = [await newWorkspace(), await newWorkspace()];
        await other.database.projects.clear();
        await live(database, all);
        const file = await backedUp(database);
        const result = await restored(other.database, file, 'merge');
        expect(result).toMatchObject({ isNothing: false, problems: [], conflicts: [] });
        expect(await seenIn(other.database)).toEqual(await seenIn(database));
        const [was, is] = [await recordsOf(file), await recordsOf(await backedUp(other.database))];
        // The last change is the restore itself.
        expect(is.records.changes.slice(0, -1)).toEqual(was.records.changes);
        expect({ ...is.records, changes: [] }).toEqual({ ...was.records, changes: [] });
        workspace.close();
        other.workspace.close();
      }),
      { numRuns: 12 },
    );
  });
});

describe('a backup of what was deleted for good since', () => {
  /** Two documents that one change has marked, a backup of them, and one of them deleted for good. */
  async function erasedSince() {
    const { database } = await newWorkspace();
    await shelve(database, { id: 'a', order: 0 });
    await shelve(database, { id: 'b', order: 1 });
    const [one, two] = ['b', 'a'].map((id) => marking(id, { ...marked, id: `on ${id}` }));
    await commit(database, {
      ...one!,
      documentIds: ['a', 'b'],
      added: [...one!.added, ...two!.added],
    });
    const [before, file] = [await seenIn(database), await backedUp(database)];
    await beginErasing(database, { documentIds: ['b'], projectIds: [] });
    await goOnErasing(database);
    return { database, before, file };
  }

  test.each(['merge', 'replace'] as const)(
    'brings it back with every span, one that a change over several documents made too, and nothing twice: %s (A41)',
    async (mode) => {
      const { database, before, file } = await erasedSince();
      expect(await restored(database, file, mode)).toMatchObject({ problems: [], conflicts: [] });
      expect(await seenIn(database)).toEqual(before);
      expect(await restored(database, file, mode)).toMatchObject({ isNothing: true, conflicts: [] });
      expect(await seenIn(database)).toEqual(before);
    },
  );

  test('takes no span from where it was not deleted', async () => {
    const [{ database, before, file }, other] = [await erasedSince(), await newWorkspace()];
    await other.database.projects.clear();
    await restored(other.database, file, 'merge');
    await restored(other.database, await backedUp(database), 'merge');
    expect(await seenIn(other.database)).toEqual(before);
  });
});

const hours = fc.array(fc.nat(9), { minLength: 30, maxLength: 30 });
const parting = fc.record({
  shared: acts,
  one: clashingActs,
  other: clashingActs,
  first: hours,
  second: hours,
});

type Parting = typeof parting extends fc.Arbitrary<infer Value> ? Value : never;

/** Two workspaces with a project that went apart after some changes. */
async function parted({ shared, one, other, first, second }: Parting) {
  const [here, there] = [await newWorkspace(), await newWorkspace()];
  await live(here.database, shared);
  await there.database.projects.clear();
  await restored(there.database, await backedUp(here.database), 'merge');
  await goOn(here.database, shared, one, first);
  await goOn(there.database, shared, other, second);
  const close = () => [here, there].forEach(({ workspace }) => workspace.close());
  return { here: here.database, there: there.database, close };
}

describe('two states of a project that went apart', () => {
  test('give the same whichever is merged into the other, and nothing new the second time (A42, A41)', async () => {
    await fc.assert(
      fc.asyncProperty(parting, async (both) => {
        const { here, there, close } = await parted(both);
        const [a, b] = [await backedUp(here), await backedUp(there)];
        const ab = await restored(here, b, 'merge');
        const ba = await restored(there, a, 'merge');
        expect(await seenIn(here)).toEqual(await seenIn(there));
        const swapped = ba.conflicts.map((c) => ({ ...c, here: c.incoming, incoming: c.here }));
        expect(ab.conflicts.map(contentOf).sort()).toEqual(swapped.map(contentOf).sort());
        const before = await everything(here);
        expect(await restored(here, b, 'merge')).toMatchObject({ isNothing: true, changes: 0 });
        expect(await everything(here)).toEqual(before);
        close();
      }),
      { numRuns: 12 },
    );
  });

  test('Replace gives exactly what the backup holds, and taking it back what was here', async () => {
    await fc.assert(
      fc.asyncProperty(parting, async (both) => {
        const { here, there, close } = await parted(both);
        const [was, wanted] = [await seenIn(here), await seenIn(there)];
        await restored(here, await backedUp(there), 'replace');
        expect(await seenIn(here)).toEqual(wanted);
        await undoRestore(here);
        expect(await seenIn(here)).toEqual(was);
        close();
      }),
      { numRuns: 12 },
    );
  });
});

/** A project with an imported and two other documents, one of them marked by hand. */
async function worked() {
  const { database, workspace } = await newWorkspace();
  const report = await shelve(database, { id: 'a', title: 'Report a' }, text);
  await shelve(database, { id: 'b', title: 'b', importId: 'i1', order: 1 }, 'Ben claimed it');
  await commit(database, draft({}, { kind: 'import', importId: 'i1', title: 'Imported 1 document' }));
  await commit(database, marking('a', marked));
  return { database, workspace, report };
}

const idsSeen = async (database: Database, projectId?: string) =>
  (await seenIn(database, projectId)).documents.map(({ document }) => document.id);

describe('merging', () => {
  test('brings documents that are not here; taking it back puts them away, doing it again brings them back', async () => {
    const { database } = await worked();
    const file = await backedUp(database);
    const other = (await newWorkspace()).database;
    await shelve(other, { id: 'c' }, 'Carla was there');
    await restored(other, file, 'merge');
    expect(await idsSeen(other)).toEqual(['a', 'c', 'b']);
    await undoRestore(other);
    expect(await idsSeen(other)).toEqual(['c']);
    expect(await restored(other, file, 'merge')).toMatchObject({ isNothing: true });
    await restored(other, file, 'replace');
    expect(await idsSeen(other)).toEqual(['a', 'b']);
  });

  test('an older backup brings nothing back that was removed since, and says that nothing came (A41)', async () => {
    const { database } = await worked();
    const file = await backedUp(database);
    await commit(database, draft({ removed: marking('a', marked).added }));
    await commit(database, draft({}, { kind: 'undo', importId: 'i1', undoes: 1 }));
    const before = await everything(database);
    expect(await restored(database, file, 'merge')).toMatchObject({
      isNothing: true,
      documents: { new: 0, changed: 0 },
      changes: 0,
    });
    expect(await everything(database)).toEqual(before);
  });

  test('a project that was put away here is seen again', async () => {
    const { database } = await worked();
    const file = await backedUp(database);
    await commit(
      database,
      draft(
        { updated: [projectUpdate(firstProject(), { ...firstProject(), deleted: true })] },
        { projectId: 'x' },
      ),
    );
    expect((await seenIn(database)).isDeleted).toBe(true);
    expect(await restored(database, file, 'merge')).toMatchObject({ isNothing: false, changes: 0 });
    expect((await seenIn(database)).isDeleted).toBe(false);
  });

  test('two texts under one id are both kept with what is marked on each, and a second time nothing comes', async () => {
    const { database } = await worked();
    const file = await backedUp(database);
    const other = (await newWorkspace()).database;
    const own = span({ id: 'own', start: 4, end: 9 }, 'Carla was there');
    await shelve(other, { id: 'a' }, 'Carla was there');
    await commit(other, marking('a', own));
    const { conflicts } = await restored(other, file, 'merge');
    expect(conflicts.map(({ about }) => about)).toContain('text');
    const { documents } = await seenIn(other);
    const marks = documents.map((one) => [one.text, one.sheet!.spans.map(({ id }) => id)]);
    expect(marks.sort()).toEqual([
      [text, ['s']],
      ['Ben claimed it', []],
      ['Carla was there', ['own']],
    ]);
    expect(await restored(other, file, 'merge')).toMatchObject({ isNothing: true });
  });

  test('documents whose ids another project has are given others, and the other project stays as it is', async () => {
    const { database } = await worked();
    const file = await backedUp(database);
    const other = (await newWorkspace()).database;
    await other.projects.put({ ...firstProject(), id: 'p2' });
    await shelve(other, { id: 'a', projectId: 'p2', importId: 'i1' }, text);
    await commit(other, draft({}, { kind: 'import', importId: 'i1', projectId: 'p2' }));
    const before = await seenIn(other, 'p2');
    await restored(other, file, 'merge');
    expect(await idsSeen(other)).toEqual(['a~first', 'b']);
    await commit(other, draft({}, { kind: 'undo', importId: 'i1~first' }));
    expect(await seenIn(other, 'p2')).toEqual(before);
    expect(await idsSeen(other)).toEqual(['a~first']);
    expect(await restored(other, file, 'merge')).toMatchObject({ isNothing: true });
  });
});

describe('replacing', () => {
  test('puts away what is here alone and brings back what was taken back; taking it back undoes both', async () => {
    const { database, report } = await worked();
    const file = await backedUp(database);
    await shelve(database, { id: 'c', title: 'c', order: 2 }, 'Carla was there');
    await commit(database, draft({}, { kind: 'undo', importId: 'i1', undoes: 1 }));
    await commit(database, draft({ updated: [documentUpdate(report, { ...report, title: 'Renamed' })] }));
    await commit(database, draft({ updated: [spanUpdate('a', marked, { ...marked, label: 'denial' })] }));
    const was = await seenIn(database);
    expect(was.documents.map(({ document }) => document.title)).toEqual(['Renamed', 'c']);
    await restored(database, file, 'replace');
    const now = await seenIn(database);
    expect(now.documents.map(({ document }) => document.title)).toEqual(['Report a', 'b']);
    expect(now.documents[0]!.sheet!.spans).toEqual([marked]);
    await undoRestore(database);
    expect(await seenIn(database)).toEqual(was);
    const back = await database.documents.get('c');
    expect(back?.deleted).toBeUndefined();
  });

  test('a project in which nothing was done gives way wholly', async () => {
    const { database } = await worked();
    const scheme = { ...firstProject().scheme, labels: firstProject().scheme.labels.slice(0, 1) };
    await database.projects.put({ ...firstProject(), name: 'Mine', scheme });
    const other = (await newWorkspace()).database;
    await restored(other, await backedUp(database), 'merge');
    expect(await seenIn(other)).toMatchObject({ name: 'Mine', scheme });
  });
});

describe('a copy', () => {
  test('is a project of its own beside the one that is here, with nothing in common', async () => {
    const { database } = await worked();
    const before = await seenIn(database);
    const { projectId } = await restored(database, await backedUp(database), 'copy');
    const copy = await seenIn(database, projectId);
    expect(copy.name).toBe('A copy');
    expect(copy.documents.map(({ text: words }) => words)).toEqual(
      before.documents.map(({ text: words }) => words),
    );
    expect(copy.documents[0]!.sheet!.spans).toEqual([marked]);
    const imports = await database.changes.where('kind').equals('import').toArray();
    const own = imports.find((change) => change.projectId === projectId && change.importId !== undefined)!;
    await commit(database, draft({}, { kind: 'undo', importId: own.importId!, undoes: own.seq, projectId }));
    expect(await idsSeen(database, projectId)).toHaveLength(1);
    expect(await seenIn(database)).toEqual(before);
  });
});

describe('a backup that is damaged, or made by somebody', () => {
  /** The backup of the project in which a line that says this is damaged. */
  async function damaged(database: Database, words: string): Promise<Blob> {
    const bytes = new Uint8Array(await (await backedUp(database)).arrayBuffer());
    bytes[Buffer.from(bytes).indexOf(words) + 3]! ^= 1;
    return new Blob([bytes]);
  }

  test('gives back every whole line and names the lost ones; the whole backup then brings the rest (A39)', async () => {
    const { database } = await worked();
    const other = (await newWorkspace()).database;
    const { problems } = await restored(other, await damaged(database, '"text":"Ada'), 'merge');
    expect(problems[0]).toMatchObject({ file: 'b.locution/documents.jsonl', line: 1, outcome: 'refused' });
    expect(await idsSeen(other)).toEqual(['b']);
    expect(await other.changes.count()).toBe(3);
    await restored(other, await backedUp(database), 'merge');
    expect(await seenIn(other)).toEqual(await seenIn(database));
  });

  test('documents come back whose import is lost, and stay when it is found', async () => {
    const { database } = await worked();
    const other = (await newWorkspace()).database;
    await restored(other, await damaged(database, '"title":"Imported 1'), 'merge');
    expect(await idsSeen(other)).toEqual(['a', 'b']);
    await restored(other, await backedUp(database), 'merge');
    expect(await idsSeen(other)).toEqual(['a', 'b']);
    expect((await seenIn(other)).documents).toEqual((await seenIn(database)).documents);
  });

  test('whose project line is lost is restored under the name at its head', async () => {
    const { database } = await worked();
    const other = (await newWorkspace()).database;
    await other.projects.clear();
    await restored(other, await damaged(database, '{"project":{"id":"first"'), 'merge');
    expect((await seenIn(other)).name).toBe('My reports');
    expect(await idsSeen(other)).toEqual(['a', 'b']);
  });

  test('of a newer Locution, or no backup at all, is refused and nothing is touched (A43)', async () => {
    const { database } = await worked();
    const before = await everything(database);
    const newer = { format: 'locution', version: 9, kind: 'backup', project: { id: 'first', name: 'x' } };
    const counts = { documents: 0, spans: 0, relations: 0, changes: 0 };
    const head = { ...newer, written_at: '', written_by: '', counts, parts: [] };
    const change = { ...marking('a', marked), id: 'c9' };
    const files = [
      assembled([singleLine('manifest', head), singleLine('changes', change)]),
      new Blob(['PK and nothing else']),
      new Blob([]),
    ];
    for (const file of files) await expect(restored(database, file, 'replace')).rejects.toThrow(RangeError);
    expect(await everything(database)).toEqual(before);
  });

  test('brings in nothing that no import would, whatever its lines say and vouch for (B33)', async () => {
    const { database } = await newWorkspace();
    await database.projects.put({ ...firstProject(), id: 'theirs', name: 'Theirs' });
    await shelve(database, { id: 'other', projectId: 'theirs', importId: 'i7' }, text);
    await commit(database, draft({}, { kind: 'import', importId: 'i7', projectId: 'theirs' }));
    const theirs = await seenIn(database, 'theirs');
    const { kind: _, ...line } = documentRecord('a', text);
    const off = { ...marked, id: 'off', end: 4000 };
    const renamed = { ...firstProject(), id: 'theirs', name: 'Hacked', deleted: true };
    const hostile = [
      { ...marking('a', marked, off), id: 'c1', seq: 1e15, chain: 'x', undoes: 'nothing' },
      { ...marking('other', { ...marked, id: 'mine' }), id: 'c2' },
      { ...draft({ added: [{ type: 'project', value: renamed as Project }] }), id: 'c3' },
      { ...draft({}, { kind: 'undo', importId: 'i7' }), id: 'c4' },
      { ...draft(), id: 'c5', projectId: 'theirs' },
      { ...draft(), id: 'c6', undoes: 1e15 },
    ];
    const layers = [
      {
        documentId: 'a',
        annotator: 'anna',
        spans: [
          { ...marked, id: 'l1' },
          { ...off, id: 'l2' },
        ],
        relations: [],
      },
      {
        documentId: 'a',
        annotator: 'ben',
        spans: [{ ...marked, id: 'l1', annotator: 'ben' }],
        relations: [],
      },
      { documentId: 'nowhere', annotator: 'anna', spans: [marked], relations: [] },
    ];
    const lines = [
      line,
      documentRecord('cr', 'Ada\rdenied'),
      documentRecord('half', 'Ada \ud800 denied'),
      { ...documentRecord('liar', 'Ada'), text_sha256: 'beef' },
      { ...documentRecord('stray', 'Ada'), record: { projectId: 'theirs', order: 0 } },
    ];
    const file = assembled([
      singleLine('manifest', headOf(1e15)),
      singleLine('scheme', { project: firstProject() }),
      severalLines('documents', lines),
      severalLines('imported', layers),
      severalLines('changes', hostile),
    ]);
    const { problems } = await restored(database, file, 'merge');
    const { documents } = await seenIn(database);
    expect(documents.map((one) => one.document.id)).toEqual(['a']);
    expect(documents[0]!.sheet!.spans.map(({ id }) => id)).toEqual(['l1', 's']);
    expect(await seenIn(database, 'theirs')).toEqual(theirs);
    expect((await database.changes.orderBy(':id').lastKey()) as number).toBeLessThan(20);
    const refused = problems.map(({ file: part, line: number }) => `${part} ${number}`);
    for (const place of [2, 3, 4, 5].map((number) => `b.locution/documents.jsonl ${number}`))
      expect(refused).toContain(place);
    for (const place of ['imported.jsonl 3', 'changes.jsonl 5', 'changes.jsonl 6'])
      expect(refused).toContain(`b.locution/${place}`);
    const words = problems.map(({ message }) => message).join(' ');
    expect(words).toContain('1 in the history that do not stand where their words are were left out.');
    expect(words).toContain('2 from files that do not stand where their words are');
  });

  function documentRecord(id: string, words: string) {
    return {
      kind: 'document',
      id,
      title: id,
      text: words,
      text_sha256: hashText(words),
      meta: {},
      status: 'todo',
      spans: [],
      source: { newlines: 'none', byteOrderMark: false, replacedSurrogates: 0 },
      record: { projectId: 'first', order: 0 },
    };
  }

  const headOf = (huge: number) => ({
    format: 'locution',
    version: 1,
    kind: 'backup',
    project: { id: 'first', name: 'My reports' },
    written_at: '2026-01-01T00:00:00.000Z',
    written_by: 'Locution 9',
    counts: { documents: huge, spans: huge, relations: huge, changes: huge },
    parts: [],
  });
});

/** From the `nth` write on nothing is written any more, as when the browser is killed; gives back what ends it. */
function dyingAt(nth: number): { readonly hasDied: () => boolean; end: () => void } {
  let writes = 0;
  const spies = (['add', 'put', 'delete', 'clear'] as const).map((verb) => {
    const original = IDBObjectStore.prototype[verb];
    const dying = function (this: IDBObjectStore, ...args: unknown[]) {
      if (++writes >= nth) {
        this.transaction.abort();
        throw new DOMException('killed', 'UnknownError');
      }
      return Reflect.apply(original, this, args) as IDBRequest;
    };
    return vi.spyOn(IDBObjectStore.prototype, verb).mockImplementation(dying as never);
  });
  return { hasDied: () => writes >= nth, end: () => spies.forEach((spy) => spy.mockRestore()) };
}

describe('a restore that is cut off at any write', () => {
  test('has done nothing that anybody sees, is found at the next start, and can be removed or done again (A40)', async () => {
    const { database } = await worked();
    const file = await backedUp(database);
    let cut = 0;
    for (let nth = 1; ; nth++) {
      const { database: other, workspace } = await newWorkspace();
      await shelve(other, { id: 'c', title: 'c' }, 'Carla was there');
      const [seen, stored] = [await seenIn(other), await everything(other)];
      const death = dyingAt(nth);
      const ended = await restored(other, file, 'merge').catch(() => undefined);
      death.end();
      if (!death.hasDied()) break;
      if (!ended) {
        cut++;
        expect(await seenIn(other)).toEqual(seen);
        const left = await remains(other);
        expect(left.length).toBe(nth === 1 ? 0 : 1);
        if (nth > 2) expect(left[0]).toMatchObject({ kind: 'restore', files: ['b.locution'] });
        await removeRemains(other);
        expect(await everything(other)).toEqual(stored);
      }
      await restored(other, file, 'merge');
      expect(await idsSeen(other)).toEqual(['a', 'c', 'b']);
      expect(await remains(other)).toEqual([]);
      workspace.close();
    }
    expect(cut).toBeGreaterThan(8);
  });

  test('what is done in another tab meanwhile is neither lost nor undone by it', async () => {
    const { database, workspace } = await worked();
    const file = await backedUp(database);
    const other = await workspace.tab();
    await commit(database, draft({ removed: marking('a', marked).added }));
    let isDone = false;
    const order = { file, name: 'b', mode: 'replace', annotator: 'anna', at: '', title: 'Restored' } as const;
    await restoreBackup(database, order, () => {
      if (isDone) return;
      isDone = true;
      void commit(other, marking('a', { ...marked, id: 'meanwhile' }));
    });
    const changes = await database.changes.toArray();
    expect(changes.map(({ seq }) => seq)).toEqual(changes.map((_, index) => index + 1));
    const spans = (await seenIn(database)).documents[0]!.sheet!.spans.map(({ id }) => id);
    const isBefore = changes.at(-1)!.title === 'Restored';
    expect(spans).toEqual(isBefore ? ['s'] : ['meanwhile', 's']);
  });
});
