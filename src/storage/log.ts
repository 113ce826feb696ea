import type { Change } from '../core/change.ts';
import type { Database } from './database.ts';
import { follow } from './following.ts';
import { isSealed } from './lock/guard.ts';

/** The changes after a place in the log, in order. */
export function changesAfter(database: Database, seq: number): Promise<Change[]> {
  return database.changes.where(':id').above(seq).toArray();
}

/** All changes that touch the document, in order: its history. */
export function historyOf(database: Database, documentId: string): Promise<Change[]> {
  return database.changes.where('documentIds').equals(documentId).sortBy('seq');
}

/** The place of the newest change; 0 for an empty log. */
export async function lastSeq(database: Database): Promise<number> {
  const key = await database.changes.orderBy(':id').lastKey();
  return typeof key === 'number' ? key : 0;
}

/**
 * Calls back with every change that is committed after `seq`, by any tab or worker, in order and each once. Gives back
 * the function that ends it.
 */
export function followLog(
  database: Database,
  seq: number,
  onchanges: (changes: readonly Change[]) => void,
  onerror: (error: unknown) => void,
): () => void {
  let seen = seq;
  const take = (changes: readonly Change[]) => {
    const fresh = changes.filter((change) => change.seq > seen);
    if (fresh.length === 0) return;
    seen = fresh.at(-1)!.seq;
    onchanges(fresh);
  };
  return follow(() => changesAfter(database, seen), take, onerror);
}

/** The newest changes of a project, newest first. */
export async function recentChanges(database: Database, projectId: string, limit: number): Promise<Change[]> {
  return database.changes
    .orderBy(':id')
    .reverse()
    .filter((change) => change.projectId === projectId && !isSealed(change))
    .limit(limit)
    .toArray();
}
