import { Dexie } from 'dexie';
import { forceCloseDatabase, IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import type { StorageProblem } from '../../src/core/problem.ts';
import { openDatabase } from '../../src/storage/database.ts';
import { storageProblem } from '../../src/storage/failure.ts';
import { Workspace } from './workspace.ts';

/** Opens a database as some other program would. */
function openNatively(
  { factory, name }: Workspace,
  version?: number,
  upgrade: (database: IDBDatabase) => void = () => undefined,
): Promise<IDBDatabase> {
  const request = factory.open(name, version);
  request.addEventListener('upgradeneeded', () => upgrade(request.result));
  return answer(request);
}

function rowsOf(database: IDBDatabase, store: string): Promise<unknown[]> {
  return answer(database.transaction(store).objectStore(store).getAll());
}

function answer<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result));
    request.addEventListener('error', () => reject(request.error as Error));
  });
}

/** Opens the workspace and listens for word that it was taken over. */
async function opened(workspace: Workspace) {
  const told: StorageProblem[] = [];
  const opening = await openDatabase((problem) => told.push(problem), workspace.options);
  if (opening.kind === 'refused') throw new Error(opening.problem.message);
  return { database: opening.database, told };
}

/** The kind of problem for which opening is refused. A refusal is an answer, never also word of a takeover. */
async function refusal(workspace: Workspace, factory: IDBFactory = workspace.factory) {
  const ontakeover = vi.fn();
  const opening = await openDatabase(ontakeover, { ...workspace.options, factory });
  expect(ontakeover).not.toHaveBeenCalled();
  return opening.kind === 'refused' ? opening.problem.kind : opening.kind;
}

/** A browser's factory with something of it changed. */
function factoryWith(factory: IDBFactory, open: IDBFactory['open']): IDBFactory {
  const changed: Partial<IDBFactory> = {
    open,
    cmp: (a, b) => factory.cmp(a, b),
    databases: () => factory.databases(),
    deleteDatabase: (name) => factory.deleteDatabase(name),
  };
  return changed as IDBFactory;
}

describe('a workspace', () => {
  test('that is new opens with all its tables', async () => {
    const workspace = new Workspace();
    const { database, told } = await opened(workspace);
    expect(database.isOpen()).toBe(true);
    expect(database.tables.map(({ name }) => name).sort()).toEqual(
      ['activity', 'changes', 'documents', 'imported', 'layers', 'preferences', 'projects', 'texts'].sort(),
    );
    expect(told).toEqual([]);
    database.close();
  });

  test('keeps what was written when it is opened again', async () => {
    const workspace = new Workspace();
    const first = await workspace.tab();
    await first.texts.add({ documentId: 'report', text: 'Ada denied it' });
    workspace.close();
    const second = await workspace.tab();
    expect(await second.texts.toArray()).toEqual([{ documentId: 'report', text: 'Ada denied it' }]);
    workspace.close();
  });

  test('of version 0.1 is given what schemes have since, and loses nothing', async () => {
    const workspace = new Workspace();
    const labels = ['claim', 'denial', 'appeal', 'accusation'].map((value, index) => ({
      id: `id-${value}`,
      name: `${value}!`,
      value,
      colour: 11 - index,
      key: String(index + 1),
    }));
    const report = { id: 'report', projectId: 'first', title: 'Report' };
    const old = await openNatively(workspace, 10, (database) => {
      const stores: Record<string, IDBObjectStoreParameters> = {
        projects: { keyPath: 'id' },
        documents: { keyPath: 'id' },
        texts: { keyPath: 'documentId' },
        changes: { keyPath: 'seq', autoIncrement: true },
        imported: { keyPath: ['documentId', 'annotator'] },
        layers: { keyPath: ['documentId', 'annotator'] },
        preferences: { keyPath: 'key' },
      };
      for (const [name, options] of Object.entries(stores)) {
        const store = database.createObjectStore(name, options);
        if (name === 'projects') store.add({ id: 'first', name: 'My reports', scheme: { labels } });
        if (name === 'documents') {
          for (const index of ['projectId', 'importId']) store.createIndex(index, index);
          store.createIndex('[projectId+hash]', ['projectId', 'hash']);
          store.add(report);
        }
        if (name === 'changes') {
          store.createIndex('documentIds', 'documentIds', { multiEntry: true });
          store.createIndex('kind', 'kind');
        }
        if (name === 'imported' || name === 'layers') store.createIndex('documentId', 'documentId');
      }
    });
    old.close();
    const { database } = await opened(workspace);
    const project = await database.projects.get('first');
    expect(project!.name).toBe('My reports');
    expect(project!.scheme.labels.map(({ guideline: _, ...rest }) => rest)).toEqual(labels);
    expect(project!.scheme.attributes.map(({ value }) => value)).toContain('speaker');
    expect(project!.scheme.relations).not.toEqual([]);
    expect(await database.documents.toArray()).toEqual([report]);
    expect(await database.activity.count()).toBe(0);
    database.close();
  });

  test('opens in two tabs at once', async () => {
    const workspace = new Workspace();
    const [first, second] = await Promise.all([workspace.tab(), workspace.tab()]);
    await first.texts.add({ documentId: 'report', text: 'Ada denied it' });
    expect(await second.texts.count()).toBe(1);
    workspace.close();
  });
});

describe('a database of a newer version', () => {
  test.each([
    ['with tables of ours', ['documents', 'changes', 'treasure']],
    ['with tables of its own alone', ['treasure']],
  ])('%s is refused and left untouched (A21)', async (_what, stores) => {
    const workspace = new Workspace();
    const written = await openNatively(workspace, 999, (database) => {
      for (const store of stores) database.createObjectStore(store, { autoIncrement: true });
    });
    await answer(written.transaction('treasure', 'readwrite').objectStore('treasure').put({ kept: true }, 1));
    written.close();

    expect(await refusal(workspace)).toBe('newer-version');

    const after = await openNatively(workspace);
    expect(after.version).toBe(999);
    expect([...after.objectStoreNames].sort()).toEqual([...stores].sort());
    expect(await rowsOf(after, 'treasure')).toEqual([{ kept: true }]);
    after.close();
  });
});

describe('a newer version that takes over while the workspace is open', () => {
  test('finds it closed, and the tab is told', async () => {
    const workspace = new Workspace();
    const { database, told } = await opened(workspace);
    const newer = await openNatively(workspace, 999);
    expect(told.map(({ kind }) => kind)).toEqual(['superseded']);
    expect(database.isOpen()).toBe(false);
    newer.close();
  });

  test('is never written to by the older tab (A20)', async () => {
    const workspace = new Workspace();
    const { database } = await opened(workspace);
    const newer = await openNatively(workspace, 999);
    const write = database.texts.add({ documentId: 'report', text: 'Ada denied it' });
    await expect(write).rejects.toMatchObject({ name: 'DatabaseClosedError' });
    expect(database.isOpen()).toBe(false);
    expect(await rowsOf(newer, 'texts')).toEqual([]);
    newer.close();
  });
});

describe('a workspace whose data is cleared while it is open', () => {
  test('is not made anew by the next write', async () => {
    const workspace = new Workspace();
    const { database, told } = await opened(workspace);
    await answer(workspace.factory.deleteDatabase(workspace.name));
    expect(told).toHaveLength(1);
    await expect(database.texts.add({ documentId: 'report', text: 'it' })).rejects.toMatchObject({
      name: 'DatabaseClosedError',
    });
    expect(await workspace.factory.databases()).toEqual([]);
  });

  test('is not opened again after the browser has closed it', async () => {
    const workspace = new Workspace();
    const { database, told } = await opened(workspace);
    forceCloseDatabase(database.backendDB() as never);
    await vi.waitFor(() => expect(told).toHaveLength(1));
    expect(told[0]!.message).toContain('Nothing more is saved in this tab');
    await expect(database.texts.add({ documentId: 'report', text: 'it' })).rejects.toMatchObject({
      name: 'DatabaseClosedError',
    });
    expect(database.isOpen()).toBe(false);
  });
});

const tablesOfOld: Readonly<Record<string, IDBObjectStoreParameters>> = {
  projects: { keyPath: 'id' },
  documents: { keyPath: 'id' },
  texts: { keyPath: 'documentId' },
  changes: { keyPath: 'seq', autoIncrement: true },
  imported: { keyPath: ['documentId', 'annotator'] },
  layers: { keyPath: ['documentId', 'annotator'] },
  preferences: { keyPath: 'key' },
};

/** The tables of version 0.1, with a text in them. */
function makeOldTables(database: IDBDatabase): void {
  for (const [name, options] of Object.entries(tablesOfOld)) {
    const store = database.createObjectStore(name, options);
    if (name === 'texts') store.add({ documentId: 'report', text: 'Ada denied it' });
  }
}

describe('an older version that another tab will not let go of', () => {
  test('is not waited for by a worker, which says why', async () => {
    const workspace = new Workspace();
    const older = await openNatively(workspace, 10, makeOldTables);
    expect(await refusal(workspace)).toBe('blocked');
    expect(older.version).toBe(10);
    older.close();
  });

  test('is told of within a second, and opening goes on by itself when that tab is closed (A22)', async () => {
    const workspace = new Workspace();
    const older = await openNatively(workspace, 10, makeOldTables);
    const onwaiting = vi.fn();
    const opening = openDatabase(() => undefined, { ...workspace.options, onwaiting });
    await vi.waitFor(() => expect(onwaiting).toHaveBeenCalled(), { timeout: 1000 });
    expect(onwaiting.mock.calls[0]![0]).toMatchObject({ kind: 'blocked' });
    older.close();
    const end = await opening;
    if (end.kind === 'refused') throw new Error(end.problem.message);
    expect(await end.database.texts.toArray()).toEqual([{ documentId: 'report', text: 'Ada denied it' }]);
    end.database.close();
  });
});

describe('a storage that does not open', () => {
  /** Fails so many times, and counts how often it was asked, and asked to delete something. */
  function failing({ factory }: Workspace, times: number) {
    const open = vi.fn<IDBFactory['open']>((name, version) => {
      if (open.mock.calls.length > times) return factory.open(name, version);
      throw new DOMException('Internal error opening backing store', 'UnknownError');
    });
    const changed = factoryWith(factory, open);
    const deleteDatabase = vi.spyOn(changed, 'deleteDatabase');
    return { factory: changed, open, deleteDatabase };
  }

  test.each([1, 3, 9])(
    'is opened all the same when it fails %i times, and nobody is told (A16)',
    async (times) => {
      const workspace = new Workspace();
      const { factory, deleteDatabase } = failing(workspace, times);
      expect(await refusal(workspace, factory)).toBe('open');
      expect(deleteDatabase).not.toHaveBeenCalled();
    },
  );

  test('is given up after some tries, and nothing is deleted (A16)', async () => {
    const workspace = new Workspace();
    const { factory, open, deleteDatabase } = failing(workspace, Infinity);
    expect(await refusal(workspace, factory)).toBe('disk');
    expect(open.mock.calls.length).toBeGreaterThan(3);
    expect(deleteDatabase).not.toHaveBeenCalled();
  });

  test('nor answers is spoken of', async () => {
    const workspace = new Workspace();
    const silent = factoryWith(workspace.factory, () => new EventTarget() as IDBOpenDBRequest);
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    onTestFinished(() => void vi.useRealTimers());
    const onwaiting = vi.fn();
    void openDatabase(() => undefined, { ...workspace.options, factory: silent, onwaiting });
    await vi.waitFor(() => expect(vi.getTimerCount()).toBeGreaterThan(0), { interval: 5 });
    vi.advanceTimersByTime(3000);
    expect(onwaiting.mock.calls[0]![0]).toMatchObject({ kind: 'failed' });
  });
});

describe('a database of our name that is not ours', () => {
  test.each([
    ['of a lower version with tables of its own', 3, ['treasure']],
    ['of our last version with other tables', 10, ['changes', 'treasure']],
    ['of our version with tables of its own', 20, ['treasure']],
    ['of our version without any', 20, []],
    ['of our version in which tables of ours are missing', 20, Object.keys(tablesOfOld)],
  ])('%s is refused, and nothing in it is deleted or added (A34)', async (_what, version, stores) => {
    const workspace = new Workspace();
    const written = await openNatively(workspace, version, (database) => {
      for (const store of stores) database.createObjectStore(store).put({ kept: true }, 1);
    });
    written.close();

    expect(await refusal(workspace)).toBe('foreign');

    const after = await openNatively(workspace);
    expect(after.version).toBe(version);
    expect([...after.objectStoreNames].sort()).toEqual([...stores].sort());
    for (const store of stores) expect(await rowsOf(after, store)).toEqual([{ kept: true }]);
    after.close();
  });
});

test('an empty database in the place of a damaged one is refused', async () => {
  const workspace = new Workspace();
  const { factory } = workspace;
  const losing = factoryWith(factory, (name, version) => {
    const request = factory.open(name, version);
    request.addEventListener('upgradeneeded', (event) =>
      Object.defineProperty(event, 'dataLoss', { value: 'total' }),
    );
    return request;
  });
  expect(await refusal(workspace, losing)).toBe('damaged');
});

test('a browser that forbids storage is told from one that fails', async () => {
  const workspace = new Workspace();
  const forbidding = factoryWith(workspace.factory, () => {
    throw new DOMException('The operation is insecure.', 'SecurityError');
  });
  expect(await refusal(workspace, forbidding)).toBe('unavailable');
});

test('each factory has databases of its own', async () => {
  const workspace = new Workspace();
  const first = await workspace.tab();
  await first.texts.add({ documentId: 'report', text: 'it' });
  const elsewhere = await openDatabase(() => undefined, {
    ...workspace.options,
    factory: new IDBFactory(),
    keyRange: IDBKeyRange,
  });
  expect(elsewhere.kind === 'open' && (await elsewhere.database.texts.count())).toBe(0);
  workspace.close();
});

describe('a foreign error', () => {
  test.each([
    ['no room for the page', new DOMException('full', 'QuotaExceededError'), 'full'],
    [
      'no room for the page inside an abort',
      new Dexie.AbortError('aborted', new DOMException('full', 'QuotaExceededError')),
      'full',
    ],
    [
      'no room for the page as a cause',
      new Error('it broke', { cause: new DOMException('', 'QuotaExceededError') }),
      'full',
    ],
    ['a closed connection', new Dexie.DatabaseClosedError(), 'closed'],
    ['a closing connection', new DOMException('is closing', 'InvalidStateError'), 'closed'],
    [
      'a disk without space',
      new Dexie.AbortError(
        'aborted',
        new DOMException(
          'Connection is closing because of: IO error: 03.log: FILE_ERROR_NO_SPACE',
          'UnknownError',
        ),
      ),
      'disk',
    ],
    [
      'a disk that cannot be reached',
      new DOMException('Internal error opening backing store for indexedDB.open.', 'UnknownError'),
      'disk',
    ],
    ['a newer version', new DOMException('newer', 'VersionError'), 'newer-version'],
    ['a browser without storage', new Dexie.MissingAPIError(), 'unavailable'],
    ['a forbidden storage', new DOMException('no', 'SecurityError'), 'unavailable'],
    ['anything else', new TypeError('undefined is not a function'), 'failed'],
    ['an error of many lines', new Error('it broke\n    at somewhere\n    at elsewhere'), 'failed'],
    ['a string', 'it broke', 'failed'],
    ['nothing', undefined, 'failed'],
  ])('%s becomes a sentence', (_what, error, kind) => {
    const problem = storageProblem(error);
    expect(problem.kind).toBe(kind);
    expect(problem.message).toMatch(/^[^\n]+\.$/);
    expect(problem.message).not.toContain('at somewhere');
  });

  test('is quoted when it is not known', () => {
    expect(storageProblem(new Error('the tape tore')).message).toContain('“the tape tore”');
  });
});
