import { newLock, newStretching, stretched, type Lock } from '../../../src/core/lock/lock.ts';
import type { Database } from '../../../src/storage/database.ts';
import { convert } from '../../../src/storage/lock/converting.ts';
import { putLock } from '../../../src/storage/lock/locks.ts';

/** As weak as scrypt can be: a test tries no passphrases. */
export const quick = { N: 2, r: 1, p: 1 };

export interface Locked {
  readonly lock: Lock;
  readonly key: Uint8Array;
  readonly recoveryKey: Uint8Array;
}

export async function lockFor(projectId: string, passphrase: string): Promise<Locked> {
  const scrypt = newStretching(quick);
  return newLock(projectId, scrypt, await stretched(passphrase, scrypt));
}

/** Locks a project whole, as the user does it. */
export async function locked(
  database: Database,
  projectId = 'first',
  passphrase = 'open sesame',
): Promise<Locked> {
  const made = await lockFor(projectId, passphrase);
  await putLock(database, made.lock, made.key);
  await convert(database, projectId);
  return made;
}

/** Every row of the database with that name, as it lies there, whatever Dexie makes of it. */
export async function rawRows(factory: IDBFactory, name: string): Promise<Record<string, unknown[]>> {
  const database = await answer(factory.open(name));
  const rows: Record<string, unknown[]> = {};
  for (const store of database.objectStoreNames)
    rows[store] = await answer(database.transaction(store).objectStore(store).getAll());
  database.close();
  return rows;
}

/** All letters that lie there in clear, in keys and values. */
export function lettersOf(rows: unknown): string {
  const decoder = new TextDecoder('latin1');
  return JSON.stringify(rows, (_, value: unknown) =>
    value instanceof Uint8Array ? `${decoder.decode(value)}${new TextDecoder().decode(value)}` : value,
  );
}

export function answer<Result>(request: IDBRequest<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result));
    request.addEventListener('error', () => reject(new Error(String(request.error))));
  });
}
