import { lockIn, type Lock } from '../../core/lock/lock.ts';
import type { Database } from '../database.ts';
import { lockKey } from './guard.ts';
import { sealer } from './sealed-rows.ts';

/** Puts the lock on the project: whatever is written from now on is sealed, and `key` opens it in this page. */
export async function putLock(database: Database, lock: Lock, key: Uint8Array): Promise<void> {
  const { ring } = database;
  ring.sealer = sealer;
  ring.keys.set(lock.keyId, key);
  await database.preferences.put({ key: lockKey(lock.projectId), value: lock });
  setLock(database, lock.projectId, lock);
}

/**
 * Puts the same lock with another passphrase or state in its place, whatever another tab has made of it meanwhile.
 * Resolves to whether that was done: another lock, or none where one is wanted, is left alone.
 */
export async function changeLock(
  database: Database,
  { projectId, keyId }: Lock,
  changed: (known: Lock) => Lock,
): Promise<boolean> {
  const lock = await database.transaction('rw', database.preferences, async () => {
    const known = await lockOf(database, projectId);
    if (known?.keyId !== keyId) return undefined;
    const next = changed(known);
    await database.preferences.put({ key: lockKey(projectId), value: next });
    return next;
  });
  if (lock) setLock(database, projectId, lock);
  return lock !== undefined;
}

/** Gives a second copy the lock as the workspace has it. Resolves to whether it has that one then, and no other. */
export async function copyLock(mirror: Database, lock: Lock): Promise<boolean> {
  const known = await lockOf(mirror, lock.projectId);
  if (known) return changeLock(mirror, lock, () => lock);
  await mirror.preferences.put({ key: lockKey(lock.projectId), value: lock });
  setLock(mirror, lock.projectId, lock);
  return true;
}

/** Forgets the lock, once nothing is sealed by it any more. */
export async function dropLock(database: Database, projectId: string): Promise<void> {
  await database.preferences.delete(lockKey(projectId));
  setLock(database, projectId, undefined);
}

/** The lock of a project as it is stored now. */
export async function lockOf(database: Database, projectId: string): Promise<Lock | undefined> {
  return lockIn((await database.preferences.get(lockKey(projectId)))?.value);
}

function setLock({ ring, isCopy }: Database, projectId: string, lock: Lock | undefined): void {
  const locks = new Map(isCopy ? ring.copyLocks : ring.locks);
  if (lock) locks.set(projectId, lock);
  else locks.delete(projectId);
  if (isCopy) ring.copyLocks = locks;
  else ring.locks = locks;
}
