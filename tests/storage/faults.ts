import { IDBCursor, IDBDatabase, IDBIndex, IDBObjectStore } from 'fake-indexeddb';

/**
 * What becomes of the nth operation: it throws, its transaction is aborted after it, or from it on everything throws until
 * that is ended.
 */
export type Manner = 'throws' | 'aborts' | 'sticks';
export const manners: readonly Manner[] = ['throws', 'aborts', 'sticks'];

/** A fault that waits for its operation. */
export interface Fault {
  /** How many operations there were since it was set. */
  readonly count: () => number;
  /** Whether it has struck, and what. */
  readonly struck: () => string | undefined;
  /** From here on everything works again. */
  readonly end: () => void;
}

const reads = [
  'get',
  'getKey',
  'getAll',
  'getAllKeys',
  'getAllRecords',
  'count',
  'openCursor',
  'openKeyCursor',
];

/** Every door through which work comes to the storage or is read from it. */
const doors: readonly (readonly [object, readonly string[]])[] = [
  [IDBDatabase.prototype, ['transaction']],
  [IDBObjectStore.prototype, [...reads, 'add', 'put', 'delete', 'clear']],
  [IDBIndex.prototype, reads],
  [IDBCursor.prototype, ['update', 'delete', 'continue', 'advance', 'continuePrimaryKey']],
];

type Operation = (this: unknown, ...args: unknown[]) => unknown;

/**
 * Lets the `nth` operation from now on fail, counting from 1, in every connection to every database, or to the one of that
 * name: opened transactions, reads, writes and steps of cursors alike.
 */
export function failing(nth: number, manner: Manner, name?: string): Fault {
  let count = 0;
  let struck: string | undefined;
  let isOver = false;
  const restore = doors.flatMap(([prototype, names]) =>
    names.map((verb) => {
      const methods = prototype as Record<string, Operation>;
      const original = methods[verb]!;
      methods[verb] = function (this: unknown, ...args) {
        // The stand-in for the browser opens its own one to upgrade in.
        const isElsewhere = name !== undefined && databaseOf(this)?.name !== name;
        // A database that was opened meanwhile holds on to this function.
        if (isOver || isElsewhere || args[1] === 'versionchange') return original.apply(this, args);
        const isIt = ++count === nth;
        const isDown = manner === 'sticks' && count >= nth;
        if (isIt) struck = `${verb} of ${placeOf(this)}`;
        if ((isIt && manner === 'throws') || isDown) throw new DOMException('no luck', 'UnknownError');
        const result = original.apply(this, args);
        if (isIt && manner === 'aborts') abortAfter(this, verb, result);
        return result;
      };
      return () => (methods[verb] = original);
    }),
  );
  const end = () => {
    isOver = true;
    restore.forEach((undo) => undo());
  };
  return { count: () => count, struck: () => struck, end };
}

/** As when the storage gives out only while the transaction is under way. */
function abortAfter(place: unknown, verb: string, result: unknown): void {
  if (verb === 'transaction') return abort(result as IDBTransaction);
  const transaction = transactionOf(place);
  if (result && typeof result === 'object' && 'onsuccess' in result)
    (result as IDBRequest).addEventListener('success', () => abort(transaction));
  else queueMicrotask(() => abort(transaction));
}

function abort(transaction: IDBTransaction | undefined): void {
  try {
    transaction?.abort();
  } catch {
    // It is through already, and nothing has failed.
  }
}

function transactionOf(place: unknown): IDBTransaction | undefined {
  if (place instanceof IDBObjectStore) return place.transaction;
  if (place instanceof IDBIndex) return place.objectStore.transaction;
  if (place instanceof IDBCursor) return transactionOf(place.source);
  return undefined;
}

function databaseOf(place: unknown): IDBDatabase | undefined {
  return place instanceof IDBDatabase ? place : transactionOf(place)?.db;
}

function placeOf(place: unknown): string {
  if (place instanceof IDBIndex) return `${placeOf(place.objectStore)} by ${place.name}`;
  if (place instanceof IDBObjectStore) return `${place.transaction.db.name} ${place.name}`;
  if (place instanceof IDBCursor) return placeOf(place.source);
  return place instanceof IDBDatabase ? place.name : 'something';
}
