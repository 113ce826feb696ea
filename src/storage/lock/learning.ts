import { lockIn, openKey } from '../../core/lock/lock.ts';
import type { KeyRing } from './guard.ts';
import { sealer } from './sealed-rows.ts';

/** Takes note of the locks that a database has among its settings, and gets ready to seal. */
export function learnLocks(
  ring: KeyRing,
  isCopy: boolean,
  rows: readonly { readonly value: unknown }[],
): void {
  const found = rows.flatMap(({ value }) => lockIn(value) ?? []);
  const locks = new Map(found.map((lock) => [lock.projectId, lock]));
  if (isCopy) ring.copyLocks = locks;
  else ring.locks = locks;
  ring.sealer = sealer;
  for (const lock of found) {
    // While a lock is being taken away its key lies open.
    const key = openKey(lock);
    if (key) ring.keys.set(lock.keyId, key);
  }
}
