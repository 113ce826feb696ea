import type {
  DBCore,
  DBCoreMutateRequest,
  DBCoreMutateResponse,
  DBCoreTable,
  DBCoreTransaction,
} from 'dexie';
import { emptyScheme } from '../../core/scheme.ts';
import type { Lock } from '../../core/lock/lock.ts';

/** A row of a locked project as it lies on the disk: what indexes need in clear, and everything else sealed. */
export interface SealedRow {
  /** The `keyId` of the lock. */
  readonly lock: string;
  readonly sealed: Uint8Array;
}

/** What knows how to seal. It is fetched only where a project is locked. */
export interface Sealer {
  mutate(write: GuardedWrite): Promise<DBCoreMutateResponse>;
  /** The row as it was before it was sealed; `undefined` where nobody has the key. */
  open(table: string, row: SealedRow, ring: KeyRing): object | undefined;
}

/** Rows on their way into a database that has these locks. */
export interface GuardedWrite {
  readonly core: DBCore;
  readonly table: DBCoreTable;
  readonly request: Extract<DBCoreMutateRequest, { type: 'add' | 'put' }>;
  readonly locks: Locks;
  readonly ring: KeyRing;
  readonly isCopy: boolean;
}

/** Locks by project. */
export type Locks = ReadonlyMap<string, Lock>;

/** The locks that a page knows of, and the keys of those that were opened: in memory alone. */
export class KeyRing {
  /** As the workspace has them. */
  locks: Locks = new Map();
  /** As the second copy had them when it was opened. */
  copyLocks: Locks = new Map();
  /** By the id of the key. */
  readonly keys = new Map<string, Uint8Array>();
  sealer: Sealer | undefined;

  /** Whether the project is locked and cannot be read here. */
  isShut(projectId: string): boolean {
    const lock = this.locks.get(projectId);
    return lock !== undefined && !this.keys.has(lock.keyId);
  }
}

/** Where the lock of a project stands among the settings. */
export const lockPrefix = 'lock-';
export const lockKey = (projectId: string): string => lockPrefix + projectId;

export function isSealed(row: object): row is SealedRow {
  return 'sealed' in row && ArrayBuffer.isView(row.sealed);
}

const noEdits = { added: [], updated: [], removed: [], annotator: '', at: '', title: '' };
const noMarks = { spans: [], relations: [] };

/**
 * What stands for a row that nobody can open, by table, so that whatever goes over all projects finds nothing in it. It
 * keeps what is sealed, and is written again as it was.
 */
const standIns: Readonly<Record<string, object>> = {
  projects: { scheme: emptyScheme },
  documents: { title: '', meta: {}, length: 0, hash: '', status: 'todo', counts: { spans: 0, byLabel: {} } },
  texts: { text: '' },
  changes: noEdits,
  imported: noMarks,
  layers: noMarks,
  preferences: {},
};

/** Of these the document tells whose they are. */
const belowDocuments = ['texts', 'imported', 'layers'];

/**
 * Lets nothing of a locked project into the database but sealed. Whether it is locked is asked in the very transaction
 * that writes: another tab may have locked it a moment ago.
 */
export function guarded(core: DBCore, ring: KeyRing, isCopy: boolean): DBCore {
  return {
    ...core,
    transaction: (stores, mode, options) =>
      core.transaction(mode === 'readwrite' ? withLocks(stores) : stores, mode, options),
    table: (name) =>
      name in standIns ? guardedTable(core, core.table(name), ring, isCopy) : core.table(name),
  };
}

function withLocks(stores: string[]): string[] {
  if (!stores.some((store) => store in standIns)) return stores;
  const wanted = [...stores, 'preferences'];
  if (stores.some((store) => belowDocuments.includes(store))) wanted.push('documents');
  return [...new Set(wanted)];
}

function guardedTable(core: DBCore, table: DBCoreTable, ring: KeyRing, isCopy: boolean): DBCoreTable {
  const opened = (row: unknown): unknown => {
    if (typeof row !== 'object' || !row || !isSealed(row)) return row;
    return ring.sealer?.open(table.name, row, ring) ?? { ...standIns[table.name], ...row };
  };
  return {
    ...table,
    mutate: (request) => {
      if (request.type !== 'add' && request.type !== 'put') return table.mutate(request);
      // Settings are no content, but for changes that a second copy has set aside.
      if (table.name === 'preferences' && !request.values.some(isSetAside)) return table.mutate(request);
      return locksIn(core, request.trans).then((locks) => {
        // The second copy is behind at times: there the workspace has the word.
        if (!isCopy) ring.locks = locks;
        if (locks.size + ring.locks.size + ring.copyLocks.size === 0) return table.mutate(request);
        if (!ring.sealer) throw new DOMException('a project was locked in another tab', 'ShutError');
        return ring.sealer.mutate({ core, table, request, locks, ring, isCopy });
      });
    },
    get: (request) => table.get(request).then(opened),
    getMany: (request) => table.getMany(request).then((rows) => rows.map(opened)),
    query: (request) =>
      table
        .query(request)
        .then((found) => (request.values ? { ...found, result: found.result.map(opened) } : found)),
    openCursor: (request) =>
      table.openCursor(request).then((cursor) =>
        cursor && request.values
          ? // What the browser's own cursor has it gives to nobody else.
            (Object.create(cursor, {
              key: { get: () => cursor.key },
              primaryKey: { get: () => cursor.primaryKey },
              value: { get: () => opened(cursor.value) },
            }) as typeof cursor)
          : cursor,
      ),
  };
}

function isSetAside(row: { readonly key: string }): boolean {
  return row.key.startsWith('set-aside-');
}

/** The locks of this database, by project. */
function locksIn(core: DBCore, trans: DBCoreTransaction): Promise<Locks> {
  const table = core.table('preferences');
  const range = { type: 2, lower: lockPrefix, upper: `${lockPrefix}\uffff` };
  const query = { index: table.schema.primaryKey, range };
  return table
    .query({ trans, values: true, query })
    .then(({ result }) => new Map(result.map(({ value }: { value: Lock }) => [value.projectId, value])));
}
