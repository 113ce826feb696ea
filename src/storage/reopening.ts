import type { StorageProblem } from '../core/problem.ts';
import { Database } from './database.ts';
import { storageProblem } from './failure.ts';
import { lastSeq } from './log.ts';

/** A change that a tab knows to be in the log: by these it knows its database again. */
export interface Landmark {
  readonly seq: number;
  readonly id: string;
}

/** The newest changes up to one, newest first. */
export async function landmarksUpTo({ changes }: Database, seq: number): Promise<Landmark[]> {
  const newest = await changes.where(':id').belowOrEqual(seq).reverse().limit(3).toArray();
  return newest.map((change) => ({ seq: change.seq, id: change.id }));
}

/**
 * Opens the database anew that the browser has closed under us, if it is still the one with these changes up to `seq`.
 * Otherwise it stays closed, and why is given back. It never makes a database, and writes into none.
 */
export async function reopen(
  database: Database,
  seq: number,
  landmarks: readonly Landmark[],
): Promise<StorageProblem | undefined> {
  // Looked at over a connection of its own: live queries must not show what is not the work of this tab.
  const probe = new Database(database.openedWith);
  probe.mustExist = true;
  let isOpen = false;
  try {
    await probe.open();
    isOpen = true;
    const fault = await faultOf(probe, seq, landmarks);
    if (fault) return fault;
    // Dexie may have begun to open it by itself, and holds a connection then that it would wait for without end.
    database.close({ disableAutoOpen: true });
    await database.open();
    return undefined;
  } catch (error) {
    database.close({ disableAutoOpen: true });
    // Later an abort is that of a transaction, and says nothing of what is there.
    return !isOpen && isMissing(error) ? replaced : storageProblem(error);
  } finally {
    probe.close({ disableAutoOpen: true });
  }
}

/** What is wrong when the log is not the one that this tab knows. */
export async function faultOf(
  database: Database,
  seq: number,
  landmarks: readonly Landmark[],
): Promise<StorageProblem | undefined> {
  const found = await database.changes.bulkGet(landmarks.map((mark) => mark.seq));
  const held = found.map((change, index) => change && change.id === landmarks[index]!.id);
  const isKnown = held.includes(true) || (await lastSeq(database)) >= seq;
  return isKnown && !held.includes(false) ? undefined : replaced;
}

/** Where there was nothing to open, opening was given up. */
function isMissing(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}

const replaced: StorageProblem = {
  kind: 'replaced',
  message:
    'the work of this tab is no longer in the browser’s storage, as when its data was cleared. Nothing more is written from here; save a copy of your work before you close this page.',
};
