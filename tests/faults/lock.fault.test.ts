import { describe, expect, test } from 'vitest';
import { opening } from '../../src/core/lock/lock.ts';
import type { Database } from '../../src/storage/database.ts';
import { convert } from '../../src/storage/lock/converting.ts';
import { changeLock, putLock } from '../../src/storage/lock/locks.ts';
import { contentOf, filled, otherPage, standing, stored } from '../storage/lock/filled.ts';
import { locked, lockFor } from '../storage/lock/locked.ts';
import { failingWrite, type Failure } from '../storage/workspace.ts';

describe('locking and unlocking that is cut off', () => {
  const failures: readonly Failure[] = ['is refused', 'is aborted after it'];

  test.each(failures)(
    'at any write, which %s, loses nothing and goes on at the next start',
    async (failure) => {
      for (let nth = 1, wasClean = false; !wasClean; nth++) {
        const { workspace, database } = await filled();
        const before = await contentOf(database);
        const made = await lockFor('first', 'open sesame');
        const first = failingWrite(nth, failure);
        const lockIt = async (page: Database) => {
          await putLock(page, made.lock, made.key);
          await convert(page, 'first');
        };
        await lockIt(database).catch(() => undefined);
        wasClean = first.count() < nth;
        first.end();
        // The next start, with the key and with mixed rows, and its work.
        const page = await otherPage(workspace);
        page.ring.keys.set(made.lock.keyId, made.key);
        expect(await contentOf(page)).toEqual(before);
        if (page.ring.locks.size > 0) {
          await convert(page, 'first');
          expect(standing(await stored(workspace))).toEqual([]);
        }
        expect(await contentOf(page)).toEqual(before);
      }
    },
  );

  test.each(failures)('the same when the lock is taken away and a write %s', async (failure) => {
    for (let nth = 1, wasClean = false; !wasClean; nth++) {
      const { workspace, database } = await filled();
      const before = await contentOf(database);
      const { lock, key } = await locked(database);
      const write = failingWrite(nth, failure);
      const takeAway = async () => {
        await changeLock(database, lock, (known) => opening(known, key));
        await convert(database, 'first');
      };
      await takeAway().catch(() => undefined);
      wasClean = write.count() < nth;
      write.end();
      const page = await otherPage(workspace);
      const isBegun = page.ring.locks.get('first')?.state === 'opening';
      // Nobody is asked for a passphrase any more, once it is begun.
      if (!isBegun && page.ring.locks.size > 0) page.ring.keys.set(lock.keyId, key);
      expect(await contentOf(page)).toEqual(before);
      if (isBegun) {
        expect(await convert(page, 'first')).toBe('everywhere');
        expect(await contentOf(await otherPage(workspace))).toEqual(before);
      }
    }
  });
});
