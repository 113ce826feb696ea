import type { Database } from '../../storage/database.ts';
import { beginErasing, type EraseOrder } from '../../storage/erasing/erasing.ts';
import { storageProblem } from '../../storage/failure.ts';
import { rememberDocumentCount } from '../../storage/tripwire.ts';
import { startJob } from '../job.ts';
import type { Session } from '../session.svelte.ts';
import { eraseHooks } from './erase-hooks.ts';

/** What came of deleting for good, in sentences; `isDone` when nothing of it is left in the storage. */
export interface Erasure {
  readonly isDone: boolean;
  readonly words: readonly string[];
}

/**
 * Deletes documents and projects for good, with their history, in the storage, its second copy, and whatever else the
 * hooks reach. Once it is written down it goes on by itself, whatever happens to this page.
 */
export async function erase(session: Session, database: Database, order: EraseOrder): Promise<Erasure> {
  const refusal = await refusalTo(session);
  if (refusal !== undefined) return { isDone: false, words: [refusal] };
  try {
    const projectIds = await projectsOf(database, order);
    await session.leave(order.documentIds);
    // By the page's own connection, whose word is on the disk when it is given.
    await beginErasing(database, order);
    const { isCopyPending } = await startJob({ kind: 'erase' }).result;
    rememberDocumentCount(await database.documents.count());
    const words = await Promise.all(eraseHooks.map((hook) => hook(database, projectIds)));
    return {
      isDone: true,
      words: [...(isCopyPending ? [pendingWords] : []), ...words.flatMap((said) => said ?? [])],
    };
  } catch (error) {
    return {
      isDone: false,
      words: [
        `It is not all deleted yet: ${storageProblem(error).message} What is written down is gone on with at the next start.`,
      ],
    };
  }
}

const pendingWords =
  'The second copy could not be reached or there is none; should there be one, it is deleted there as soon as it answers.';

async function refusalTo(session: Session): Promise<string | undefined> {
  if (session.importing.progress || session.exporting.progress || session.backingUp.progress)
    return 'An import, export or backup is under way, so nothing was deleted. Try again when it is through.';
  if (!(await session.settle()))
    return 'Some work is not saved yet, so nothing was deleted. Try saving again first.';
  return undefined;
}

async function projectsOf(database: Database, order: EraseOrder): Promise<readonly string[]> {
  const documents = await database.documents.bulkGet([...order.documentIds]);
  return [...new Set([...order.projectIds, ...documents.flatMap((row) => row?.projectId ?? [])])];
}
