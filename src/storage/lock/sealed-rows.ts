import type { DBCore, DBCoreTransaction } from 'dexie';
import { openValue, sealValue } from '../../core/lock/cipher.ts';
import type { Edit } from '../../core/change.ts';
import type { Lock } from '../../core/lock/lock.ts';
import {
  isSealed,
  lockKey,
  type GuardedWrite,
  type KeyRing,
  type Locks,
  type SealedRow,
  type Sealer,
} from './guard.ts';

type Row = Readonly<Record<string, unknown>>;

/**
 * What of a sealed row stays in clear: its key, what it is found by, and whose it is. `chain` is of hashes. Of projects
 * also what their list shows, which may change while nobody has the key.
 */
const clearFields: Readonly<Record<string, readonly string[]>> = {
  projects: ['id', 'name', 'createdAt', 'deleted'],
  documents: ['id', 'projectId', 'importId'],
  texts: ['documentId', 'projectId'],
  changes: ['seq', 'id', 'projectId', 'documentIds', 'kind', 'importId', 'undoes', 'chain'],
  imported: ['documentId', 'annotator', 'seq', 'projectId'],
  layers: ['documentId', 'annotator', 'seq', 'projectId'],
  preferences: ['key', 'projectId'],
};

/** A project is locked and nobody has the key, so that nothing can be written to it. */
class ShutError extends Error {
  override readonly name = 'ShutError';

  constructor() {
    super('the project is locked');
  }
}

/** A sealed row that was changed since it was written, or put into another's place. */
class DamagedRowError extends Error {
  override readonly name = 'DamagedRowError';

  constructor(table: string, row: Row) {
    super(`a sealed row of “${table}” (${String(row['id'] ?? row['documentId'] ?? row['key'])}) was damaged`);
  }
}

/** Seals rows on their way in and opens them on their way out. */
export const sealer: Sealer = {
  mutate(write) {
    const { core, table, request, ring } = write;
    const rows = request.values as readonly Row[];
    // The workspace alone decides of itself; its second copy may not have been told yet.
    const locks = write.isCopy ? new Map([...ring.locks, ...write.locks]) : write.locks;
    return ownersOf(core, request.trans, table.name, rows, locks).then((owners) => {
      const used = new Set<Lock>();
      const values = rows.map((row, index) => {
        const lock = isSealed(row) ? lockOf(row, locks, ring) : locks.get(owners[index]!);
        if (!lock || (lock.state === 'opening' && !isSealed(row))) return row;
        used.add(lock);
        return isSealed(row) ? asItLay(table.name, row) : sealedRow(table.name, row, lock, ring);
      });
      return withLocks(write, used).then(() => table.mutate({ ...request, values }));
    });
  },

  open(table, row, ring) {
    const clear = row as SealedRow & Row;
    const key = ring.keys.get(row.lock);
    if (!key) return undefined;
    const opened = openValue(key, row.sealed, about(table, clear)) as Row | undefined;
    if (!opened) throw new DamagedRowError(table, clear);
    return inClear(table, opened, clear);
  },
};

/** No sealed row stands in a database in which its lock is not: with that the key would be lost. */
function withLocks({ core, request, locks }: GuardedWrite, used: ReadonlySet<Lock>): Promise<unknown> {
  const missing = [...used].filter(({ projectId }) => !locks.has(projectId));
  if ([...used].some(({ projectId, keyId }) => (locks.get(projectId)?.keyId ?? keyId) !== keyId))
    throw new ShutError();
  if (missing.length === 0) return Promise.resolve();
  const values = missing.map((lock) => ({ key: lockKey(lock.projectId), value: lock }));
  return core.table('preferences').mutate({ type: 'put', trans: request.trans, values });
}

/** The lock of a row that was read without its key. */
function lockOf({ lock }: SealedRow, locks: Locks, ring: KeyRing): Lock {
  const known = [...locks.values(), ...ring.locks.values(), ...ring.copyLocks.values()];
  const found = known.find(({ keyId }) => keyId === lock);
  if (!found) throw new ShutError();
  return found;
}

function sealedRow(table: string, row: Row, lock: Lock, ring: KeyRing): SealedRow {
  const key = ring.keys.get(lock.keyId);
  if (!key) throw new ShutError();
  const { seq: _, ...content } = row;
  const clear = clearOf(table, ownsUp(table) ? row : { ...row, projectId: lock.projectId });
  // The place of a change is given by the log.
  const value = table === 'changes' ? content : row;
  return { ...clear, lock: lock.keyId, sealed: sealValue(key, value, about(table, clear)) };
}

/** As it was before it was read. */
function asItLay(table: string, row: SealedRow & Row): SealedRow {
  return { ...clearOf(table, row), lock: row.lock, sealed: row.sealed };
}

/** Whether rows of the table say themselves whose they are. */
function ownsUp(table: string): boolean {
  return ['projects', 'documents', 'changes'].includes(table);
}

function clearOf(table: string, row: Row): Row {
  return Object.fromEntries(
    clearFields[table]!.flatMap((field) => (row[field] === undefined ? [] : [[field, row[field]]])),
  );
}

/** What a sealed row says it is: its table, its key and its project. The place of a change is not known before it is written. */
function about(table: string, row: Row): string {
  const key = row['id'] ?? row['key'] ?? [row['documentId'], row['annotator'] ?? null];
  return JSON.stringify(['locution row', table, key, row['projectId'] ?? null]);
}

/** The row as it was written, but for what may have changed in clear since. */
function inClear(table: string, row: Row, clear: Row): object {
  if (table === 'changes') return { ...row, seq: clear['seq'] };
  if (table !== 'projects') return row;
  const { deleted: _, ...rest } = row;
  return { ...rest, ...clearOf(table, clear) };
}

/** The projects that rows belong to, in their order. */
function ownersOf(
  core: DBCore,
  trans: DBCoreTransaction,
  table: string,
  rows: readonly Row[],
  locks: Locks,
): Promise<readonly string[]> {
  if (ownsUp(table)) return Promise.resolve(rows.map((row) => ownOwner(table, row, locks)));
  if (table === 'preferences')
    return Promise.resolve(rows.map(({ value }) => ownOwner('changes', (value ?? {}) as Row, locks)));
  const ids = rows.map((row) => row['documentId'] as string);
  const keys = [...new Set(ids)];
  return core
    .table('documents')
    .getMany({ trans, keys })
    .then((documents: readonly ({ readonly projectId: string } | undefined)[]) => {
      const owners = new Map(keys.map((key, index) => [key, documents[index]?.projectId]));
      return ids.map((id) => {
        const owner = owners.get(id);
        // Whether it may lie here in clear nobody could say.
        if (owner === undefined) throw new RangeError(`no document ${id} for a row about it`);
        return owner;
      });
    });
}

function ownOwner(table: string, row: Row, locks: Locks): string {
  if (table === 'projects') return String(row['id']);
  return (table === 'changes' && !isSealed(row) && toldOf(row, locks)) || String(row['projectId']);
}

/** A change of one project may tell of another that is locked, as when that is deleted. */
function toldOf(change: Row, locks: Locks): string | undefined {
  const { added = [], updated = [], removed = [] } = change as Partial<Edit>;
  const entries = [...added, ...removed, ...updated.flatMap(({ before, after }) => [before, after])];
  // A project that nobody could read has nothing to tell.
  return entries
    .flatMap((entry) => (entry.type === 'project' && !isSealed(entry.value) ? [entry.value.id] : []))
    .find((id) => locks.has(id));
}
