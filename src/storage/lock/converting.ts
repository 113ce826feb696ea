import type { Lock } from '../../core/lock/lock.ts';
import type { Database } from '../database.ts';
import { openMirror, standingOf } from '../mirror.ts';
import { changeLock, copyLock, dropLock, lockOf } from './locks.ts';
import { rewrite } from './rewriting.ts';

type OnProgress = Parameters<typeof rewrite>[2];

/** Whether the second copy is as the lock wants it too. */
export type Converted = 'everywhere' | 'here';

/**
 * Makes the rows of a project as its lock says, here and in the second copy, and says so in the lock. Cut off at any
 * moment it goes on where it is called again; the lock is forgotten only when nothing is sealed by it any more.
 */
export async function convert(
  database: Database,
  projectId: string,
  onprogress?: OnProgress,
): Promise<Converted> {
  const lock = await lockOf(database, projectId);
  if (!lock || lock.state === 'sealed') return 'everywhere';
  if (lock.state !== 'copying') await rewrite(database, projectId, onprogress);
  if (lock.state === 'sealing') await changeLock(database, lock, inState('copying'));
  if (!(await withMirror(database, (mirror) => convertCopy(database, mirror, lock)))) return 'here';
  if (lock.state === 'opening') await dropLock(database, projectId);
  else await changeLock(database, lock, inState('sealed'));
  return 'everywhere';
}

function inState(state: Lock['state']): (lock: Lock) => Lock {
  return (lock) => ({ ...lock, state });
}

async function convertCopy(database: Database, mirror: Database, { projectId }: Lock): Promise<boolean> {
  const lock = await lockOf(database, projectId);
  if (!lock || !(await copyLock(mirror, lock))) return false;
  await rewrite(mirror, projectId);
  if (lock.state === 'opening') await dropLock(mirror, projectId);
  else await changeLock(mirror, lock, inState('sealed'));
  return true;
}

/** Puts a lock with another passphrase in place here and in the second copy, of which either may stand alone one day. */
export async function renewLock(
  database: Database,
  lock: Lock,
  changed: (known: Lock) => Lock,
): Promise<Converted> {
  if (!(await changeLock(database, lock, changed)))
    throw new RangeError('the project has another lock by now');
  const isCopied = await withMirror(database, (mirror) => changeLock(mirror, lock, changed));
  return isCopied ? 'everywhere' : 'here';
}

/** `false` where there is no second copy of this work: of one that has parted only the user can say what it is to become. */
async function withMirror(
  database: Database,
  work: (mirror: Database) => Promise<boolean>,
): Promise<boolean> {
  const mirror = await openMirror({ ...database.openedWith, durability: 'strict' });
  if (!mirror) return false;
  try {
    const standing = await standingOf(database, mirror);
    return standing !== 'parted' && standing !== 'emptied' && (await work(mirror));
  } finally {
    mirror.close({ disableAutoOpen: true });
  }
}
