import { Dexie, type Table, type Transaction } from 'dexie';
import type { linkOf } from '../core/chain.ts';
import type { Change, Draft } from '../core/change.ts';
import type { Document } from '../core/document.ts';
import type { LineKinds } from '../core/layout.ts';
import type { StorageProblem } from '../core/problem.ts';
import type { Project } from '../core/project.ts';
import type { Relation } from '../core/relation.ts';
import type { Span } from '../core/span.ts';
import { emptyScheme } from '../core/scheme.ts';
import { completeScheme } from '../core/schemes/complete.ts';
import { storageProblem } from './failure.ts';
import { guarded, KeyRing, lockPrefix } from './lock/guard.ts';

/** All `file://` pages of a browser share one origin, so the name has to be unmistakable. */
export const databaseName = 'locution-workspace';

export interface TextRow {
  readonly documentId: string;
  readonly text: string;
  readonly lineKinds?: LineKinds;
}

/** One annotator's work on one document as of change `seq`: what came in with a file (0), or a snapshot of the log. */
export interface LayerRow {
  readonly documentId: string;
  readonly annotator: string;
  readonly seq: number;
  readonly spans: readonly Span[];
  readonly relations: readonly Relation[];
}

/** How long somebody has worked on a document. A measurement, so it is no part of the log. */
export interface ActivityRow {
  readonly documentId: string;
  readonly annotator: string;
  readonly seconds: number;
}

export interface PreferenceRow {
  readonly key: string;
  readonly value: unknown;
}

// Dexie would close the database when the page is left for another and may be come back to, and not open it again.
Dexie.disableBfCache = true;

/** The tables. Changing any of them takes a new version number: Dexie raises the native one by itself otherwise. */
export class Database extends Dexie {
  declare readonly projects: Table<Project, string>;
  declare readonly documents: Table<Document, string>;
  declare readonly texts: Table<TextRow, string>;
  /** The log. Append-only; `seq` counts up over the whole database. */
  declare readonly changes: Table<Change, number, Draft>;
  /** What files brought, written once: with the log, the truth from which layers can be rebuilt. */
  declare readonly imported: Table<LayerRow, [string, string]>;
  /** Snapshots of the log, made when idle. */
  declare readonly layers: Table<LayerRow, [string, string]>;
  declare readonly activity: Table<ActivityRow, [string, string]>;
  declare readonly preferences: Table<PreferenceRow, string>;

  /** What it was opened with, for a second connection like it. */
  readonly openedWith: DatabaseOptions;

  constructor(options: DatabaseOptions = {}) {
    const { name = databaseName, durability = 'strict' } = options;
    const factory: IDBFactory | undefined = options.factory ?? globalThis.indexedDB;
    super(name, {
      autoOpen: false,
      // With a cache live queries show rows that were never committed.
      cache: 'disabled',
      chromeTransactionDurability: durability,
      ...(factory && { indexedDB: watched(factory, () => this) }),
      ...(options.keyRange && { IDBKeyRange: options.keyRange }),
    });
    this.ring = options.ring ?? new KeyRing();
    this.openedWith = { ...options, ring: this.ring };
    this.isCopy = options.isCopy ?? false;
    this.use({ stack: 'dbcore', create: (core) => guarded(core, this.ring, this.isCopy) });
    this.version(1).stores({
      projects: 'id',
      documents: 'id, projectId, importId, [projectId+hash]',
      texts: 'documentId',
      changes: '++seq, *documentIds, kind',
      imported: '[documentId+annotator], documentId',
      layers: '[documentId+annotator], documentId',
      preferences: 'key',
    });
    // Schemes had only labels before.
    this.version(2)
      .stores({ activity: '[documentId+annotator], documentId' })
      .upgrade(
        keepingRows((transaction) =>
          transaction
            .table<Project, string>('projects')
            .toCollection()
            .modify((project, row) => {
              row.value = { ...project, scheme: completeScheme(project.scheme ?? emptyScheme) };
            }),
        ),
      );
  }

  /** Takes what is saved into a second copy, where there is one, and makes it whole again after a fault. */
  mirror: { copy(change: Change): Promise<void>; revive(): Promise<boolean> } | undefined;

  /** Chains a change to the one before it in the log. Fetched while the database is opened. */
  link: typeof linkOf | undefined;
  /** Whether opening it finds nothing rather than makes one: what was there must not be taken for empty. */
  mustExist = false;
  /** The locks of projects, and what opens them. */
  readonly ring: KeyRing;
  /** Whether this is a second copy. */
  readonly isCopy: boolean;

  /** Whether the browser said, on opening, that it had thrown away a damaged database of this name. */
  dataLoss = false;
  /** Whether tables were found on opening that no Locution has made so. */
  isForeign = false;
}

export interface DatabaseOptions {
  readonly name?: string;
  /** `relaxed` for bulk imports, which count only once a strict change says so. */
  readonly durability?: 'strict' | 'relaxed';
  readonly factory?: IDBFactory;
  readonly keyRange?: typeof IDBKeyRange;
  /** Told why the opening takes its time, which then goes on; without it nobody waits for another tab to close. */
  readonly onwaiting?: (problem: StorageProblem) => void;
  /** Shared by all connections of a page, so that what one can open every other can. */
  readonly ring?: KeyRing;
  readonly isCopy?: boolean;
}

export type Opening =
  | { readonly kind: 'open'; readonly database: Database }
  | { readonly kind: 'refused'; readonly problem: StorageProblem };

/** How long it is waited before a storage that fails to open is tried again: some do so now and then, and only once. */
const retriesAfterMs = [50, 200, 600];

/**
 * Opens the workspace, or says why it cannot be opened. `onend` is called when a newer version of the app takes the
 * database over, or it is closed under us: from then on every write is refused, never done to the wrong database, until
 * it is opened anew (`reopening.ts`).
 */
export async function openDatabase(
  onend: (problem: StorageProblem) => void,
  options: DatabaseOptions = {},
): Promise<Opening> {
  for (const waitMs of retriesAfterMs) {
    const opening = await openOnce(onend, options);
    if (opening.kind === 'open' || !isPassing(opening.problem)) return opening;
    await new Promise((resolve) => setTimeout(resolve, waitMs));
  }
  return openOnce(onend, options);
}

/** What may be otherwise a moment later. */
function isPassing({ kind }: StorageProblem): boolean {
  return kind === 'failed' || kind === 'disk';
}

async function openOnce(
  onend: (problem: StorageProblem) => void,
  options: DatabaseOptions,
): Promise<Opening> {
  const database = new Database(options);
  const refused = (problem: StorageProblem): Opening => {
    database.close({ disableAutoOpen: true });
    return { kind: 'refused', problem };
  };
  try {
    const [{ linkOf }] = await Promise.all([
      import('../core/chain.ts'),
      untilOpen(database, options.onwaiting),
    ]);
    database.link = linkOf;
  } catch (error) {
    return refused(error === blocked ? blocked : database.isForeign ? foreign : storageProblem(error));
  }
  if (database.dataLoss) return refused(damaged);
  if (!hasAll(database.backendDB().objectStoreNames, database)) return refused(foreign);
  try {
    const locks = await database.preferences.where(':id').startsWith(lockPrefix).toArray();
    if (locks.length > 0)
      (await import('./lock/learning.ts')).learnLocks(database.ring, database.isCopy, locks);
  } catch (error) {
    // Without them what is locked might be written in clear.
    return refused(storageProblem(error));
  }
  // Dexie opens it again by itself when a transaction fails on a connection that is just being closed.
  database.mustExist = true;
  watchForTheEnd(database, onend);
  return { kind: 'open', database };
}

/** An upgrade gives rows another form and takes none away. One that does fails, and the browser undoes it as a whole. */
function keepingRows(upgrade: (transaction: Transaction) => PromiseLike<unknown>) {
  return async (transaction: Transaction): Promise<void> => {
    const before = await rowsIn(transaction);
    await upgrade(transaction);
    const after = await rowsIn(transaction);
    const lost = transaction.storeNames.filter((_, index) => after[index]! < before[index]!);
    if (lost.length > 0) throw new Error(`The upgrade would lose ${lost.join(' and ')}.`);
  };
}

function rowsIn(transaction: Transaction): PromiseLike<number[]> {
  return Promise.all(transaction.storeNames.map((name) => transaction.table(name).count()));
}

function watchForTheEnd(database: Database, onend: (problem: StorageProblem) => void): void {
  const end = (problem: StorageProblem) => {
    // With Dexie's own handlers the next write would reopen, and old code would write into a newer database.
    database.close({ disableAutoOpen: true });
    onend(problem);
  };
  database.on('versionchange', ({ newVersion }) => {
    // Without a version it is to be deleted.
    end(newVersion === null ? closed : superseded);
    return false;
  });
  // Of each connection anew. Dexie's own `close` is said also when it is we who close.
  database.on('ready', () => database.backendDB().addEventListener('close', () => end(closed)), true);
}

/** A storage that has not answered for so long is spoken of. */
const patienceMs = 3000;

/** Waits for the database, or for word that another tab holds an older version of it open. */
async function untilOpen(database: Database, onwaiting: DatabaseOptions['onwaiting']): Promise<void> {
  const stalled = new Promise<never>((_, reject) =>
    database.on('blocked', () => (onwaiting ? onwaiting(blocked) : reject(blocked))),
  );
  const slow = setTimeout(() => onwaiting?.(unanswered), patienceMs);
  await Promise.race([database.open(), stalled]).finally(() => clearTimeout(slow));
}

/**
 * The factory that Dexie opens with. Chromium answers a damaged database with a fresh, empty one, and only an event
 * tells. Dexie would open a newer database by asking for no version, add what it misses to one of this version, and
 * delete the tables of another one that it does not know.
 */
function watched(
  factory: IDBFactory,
  opened: () => Pick<Database, 'dataLoss' | 'isForeign' | 'mustExist'>,
): IDBFactory {
  return {
    cmp: (first, second) => factory.cmp(first, second),
    databases: () => factory.databases(),
    deleteDatabase: (name) => factory.deleteDatabase(name),
    open(name, version) {
      if (version === undefined)
        throw new DOMException('The database is of a newer version.', 'VersionError');
      if (version > nativeVersion) {
        opened().isForeign = true;
        throw new DOMException('It lacks tables of ours.', 'DataError');
      }
      const request = factory.open(name, version);
      request.addEventListener('upgradeneeded', (event) => {
        const database = opened();
        if ('dataLoss' in event && event.dataLoss === 'total') database.dataLoss = true;
        if (event.oldVersion < 1 ? !database.mustExist : isOurs(request.result, event.oldVersion)) return;
        if (event.oldVersion > 0) database.isForeign = true;
        // Before Dexie hears of it: what is given up in the middle of being made is not there afterwards.
        event.stopImmediatePropagation();
        request.transaction?.abort();
      });
      return request;
    },
  };
}

/** The native number of the newest version of the tables. */
export const nativeVersion = 20;

/** The tables of each version that one may come from. */
const tablesBefore: Readonly<Record<number, readonly string[]>> = {
  10: ['changes', 'documents', 'imported', 'layers', 'preferences', 'projects', 'texts'],
};

function isOurs({ objectStoreNames }: IDBDatabase, version: number): boolean {
  return [...objectStoreNames].sort().join() === tablesBefore[version]?.join();
}

function hasAll(names: DOMStringList, { tables }: Database): boolean {
  return tables.every(({ name }) => names.contains(name));
}

const damaged: StorageProblem = {
  kind: 'damaged',
  message: 'The browser found the stored work damaged and put an empty storage in its place.',
};
const foreign: StorageProblem = {
  kind: 'foreign',
  message: 'The storage of this name has other tables than those of Locution. Nothing in it was changed.',
};
const blocked: StorageProblem = {
  kind: 'blocked',
  message: 'Another tab holds an older version of Locution open. Close the other tabs of Locution.',
};
const unanswered: StorageProblem = {
  kind: 'failed',
  message: 'The browser’s storage does not answer yet.',
};
const superseded: StorageProblem = {
  kind: 'superseded',
  message:
    'A newer version of Locution was opened in another tab. Reload this page to go on; what is saved is safe.',
};
const closed: StorageProblem = {
  kind: 'closed',
  message:
    'The browser closed the storage, perhaps because its data was cleared. Nothing more is saved in this tab. Reload to see what is there; if documents are missing, import your last export.',
};
