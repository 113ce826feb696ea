import { Dexie, type Table } from 'dexie';
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
const databaseName = 'locution-workspace';

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
    const { name = databaseName, durability = 'strict', factory = globalThis.indexedDB } = options;
    super(name, {
      autoOpen: false,
      // With a cache live queries show rows that were never committed.
      cache: 'disabled',
      chromeTransactionDurability: durability,
      indexedDB: watched(factory, () => (this.dataLoss = true)),
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
      .upgrade((transaction) =>
        transaction
          .table<Project, string>('projects')
          .toCollection()
          .modify((project, row) => {
            row.value = { ...project, scheme: completeScheme(project.scheme ?? emptyScheme) };
          }),
      );
  }

  /** Takes what is saved into a second copy, where there is one. */
  mirror: { copy(change: Change): Promise<void> } | undefined;

  /** The locks of projects, and what opens them. */
  readonly ring: KeyRing;
  /** Whether this is a second copy. */
  readonly isCopy: boolean;

  /** Whether the browser said, on opening, that it had thrown away a damaged database of this name. */
  dataLoss = false;
}

export interface DatabaseOptions {
  readonly name?: string;
  /** `relaxed` for bulk imports, which count only once a strict change says so. */
  readonly durability?: 'strict' | 'relaxed';
  readonly factory?: IDBFactory;
  readonly keyRange?: typeof IDBKeyRange;
  /** Shared by all connections of a page, so that what one can open every other can. */
  readonly ring?: KeyRing;
  readonly isCopy?: boolean;
}

export type Opening =
  | { readonly kind: 'open'; readonly database: Database }
  | { readonly kind: 'refused'; readonly problem: StorageProblem };

/**
 * Opens the workspace, or says why it cannot be opened. `onsuperseded` is called when a newer version of the app takes
 * the database over or it is closed under us: from then on every write is refused, never done to the wrong database.
 */
export async function openDatabase(
  onsuperseded: (problem: StorageProblem) => void,
  options: DatabaseOptions = {},
): Promise<Opening> {
  const database = new Database(options);
  try {
    await untilOpen(database);
    const locks = await database.preferences.where(':id').startsWith(lockPrefix).toArray();
    if (locks.length > 0)
      (await import('./lock/learning.ts')).learnLocks(database.ring, database.isCopy, locks);
  } catch (error) {
    database.close({ disableAutoOpen: true });
    return { kind: 'refused', problem: error === blocked ? blocked : storageProblem(error) };
  }
  if (database.dataLoss) {
    database.close({ disableAutoOpen: true });
    return { kind: 'refused', problem: damaged };
  }
  watchForTheEnd(database, onsuperseded);
  return { kind: 'open', database };
}

/** Dexie says `close` also when it is we who close, so the first word of the end is the true one. */
function watchForTheEnd(database: Database, onsuperseded: (problem: StorageProblem) => void): void {
  let isOver = false;
  const end = (problem: StorageProblem) => {
    if (isOver) return;
    isOver = true;
    // With Dexie's own handlers the next write would reopen, and old code would write into a newer database.
    database.close({ disableAutoOpen: true });
    onsuperseded(problem);
  };
  database.on('versionchange', () => {
    end(superseded);
    return false;
  });
  database.on('close', () => end(closed));
}

/** Waits for the database, or for word that another tab holds an older version of it open. */
function untilOpen(database: Database): Promise<unknown> {
  const stalled = new Promise<never>((_, reject) => database.on('blocked', () => reject(blocked)));
  return Promise.race([database.open(), stalled]);
}

/**
 * The factory that Dexie opens with. Chromium answers a damaged database with a fresh, empty one, and only an event
 * tells. Dexie would open a newer database by asking for no version, and even add what it misses to it.
 */
function watched(factory: IDBFactory, onloss: () => void): IDBFactory {
  return {
    cmp: (first, second) => factory.cmp(first, second),
    databases: () => factory.databases(),
    deleteDatabase: (name) => factory.deleteDatabase(name),
    open(name, version) {
      if (version === undefined)
        throw new DOMException('The database is of a newer version.', 'VersionError');
      const request = factory.open(name, version);
      request.addEventListener('upgradeneeded', (event) => {
        if ('dataLoss' in event && event.dataLoss === 'total') onloss();
      });
      return request;
    },
  };
}

const damaged: StorageProblem = {
  kind: 'damaged',
  message:
    'The browser found the stored work damaged and put an empty storage in its place. Do not clear anything: close the page, keep a copy of the browser profile, and bring your last export or backup.',
};
const blocked: StorageProblem = {
  kind: 'blocked',
  message:
    'Another tab holds an older version of Locution open. Close the other tabs, then reload this page.',
};
const superseded: StorageProblem = {
  kind: 'superseded',
  message:
    'A newer version of Locution was opened in another tab. Reload this page to go on; what is saved is safe.',
};
const closed: StorageProblem = {
  kind: 'superseded',
  message:
    'The browser closed the storage, perhaps because its data was cleared. Nothing more is saved in this tab. Reload to see what is there; if documents are missing, import your last export.',
};
