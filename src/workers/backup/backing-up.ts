import { BackupReading } from '../../formats/backup/backup-reading.ts';
import { wrappingsOf } from '../../core/lock/lock.ts';
import type { BackupCounts } from '../../formats/backup/manifest.ts';
import type { Database } from '../../storage/database.ts';
import { Copy, projectNamed, type LogPlace, type OnProgress, type Writing } from './copy.ts';

export interface BackupOrder extends Writing {
  readonly projectId: string;
}

export interface BackedUp {
  readonly blob: Blob;
  readonly counts: BackupCounts;
  /** The newest change that is in it; absent when nothing was ever done in the project. */
  readonly last?: LogPlace;
  /** What is not in the backup as one would expect, as the storage itself does not have it so; a sentence each. */
  readonly warnings: readonly string[];
  /** Whether it opens with the passphrase or the recovery file of its project alone. */
  readonly isSealed: boolean;
}

/**
 * Writes everything that a project holds, as of one moment, reads the result back and compares. What is done meanwhile
 * is written behind, so nobody has to wait.
 *
 * @throws RangeError when there is no such project, or when what was read back is not what was written.
 */
export async function backUp(
  database: Database,
  order: BackupOrder,
  onprogress: OnProgress,
): Promise<BackedUp> {
  const copy = new Copy(database, await projectNamed(database, order.projectId), onprogress);
  await copy.everything();
  const blob = copy.file(order);
  const { counts, warnings, last } = copy;
  const made = { counts, warnings, ...(last && { last }) };
  const lock = database.ring.locks.get(order.projectId);
  const key = lock && lock.state !== 'opening' ? database.ring.keys.get(lock.keyId) : undefined;
  if (!lock || !key) {
    await readBack(blob, counts);
    return { ...made, blob, isSealed: false };
  }
  const sealed = await import('../../formats/backup/sealed-file.ts');
  const file = await sealed.sealedFile(blob, wrappingsOf(lock), key);
  const head = await sealed.sealedHead(file);
  if (!head || head === 'damaged') throw new RangeError('the head of the sealed backup does not come back.');
  const back = await sealed.openedFile(file, head, key);
  if (back.faults[0] !== undefined)
    throw new RangeError(`the sealed backup was read back: ${back.faults[0]}`);
  await readBack(back.blob, counts);
  return { ...made, blob: file, isSealed: true };
}

/** A backup is one only when it has come back from the file whole. */
async function readBack(blob: Blob, counts: BackupCounts): Promise<void> {
  const reading = new BackupReading(blob, 'the backup');
  const found = { documents: new Set<unknown>(), changes: 0 };
  for await (const { part, value } of reading.lines())
    if (part === 'documents') found.documents.add(value['id']);
    else if (part === 'changes') found.changes++;
  const { faults } = reading.finish();
  const isComplete = found.documents.size === counts.documents && found.changes === counts.changes;
  if (faults.length === 0 && isComplete) return;
  throw new RangeError(
    `the backup was read back and compared: ${faults[0]?.message ?? 'lines are missing.'}`,
  );
}
