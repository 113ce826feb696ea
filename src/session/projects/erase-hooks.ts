import type { Database } from '../../storage/database.ts';
import { deleteAutomaticBackups, keptFolder } from '../files/backup-folder.ts';

/**
 * Deletes what something beside the storage holds of these projects, such as backups that were written by themselves.
 * Resolves to a sentence about what the user should know, if there is anything.
 */
export type EraseHook = (database: Database, projectIds: readonly string[]) => Promise<string | undefined>;

/** All that is within reach when something is deleted for good, besides the storage and its second copy. */
export const eraseHooks: readonly EraseHook[] = [eraseAutomaticBackups];

/** A backup holds its project whole, so all of them go; of what is left the next one is written by itself. */
async function eraseAutomaticBackups(
  database: Database,
  projectIds: readonly string[],
): Promise<string | undefined> {
  const left = new Set<string>();
  for (const projectId of projectIds) {
    const folder = await whereLeft(database, projectId);
    if (folder !== undefined) left.add(folder);
  }
  const [folder] = left;
  return folder === undefined
    ? undefined
    : `Automatic backups in the folder “${folder}” could not all be deleted: delete them there by hand.`;
}

/** The folder in which backups of the project may still lie. */
async function whereLeft(database: Database, projectId: string): Promise<string | undefined> {
  try {
    const found = await deleteAutomaticBackups(database, projectId);
    return found.kind === 'out-of-reach' ? found.folder : undefined;
  } catch (error) {
    if (error instanceof DOMException) return (await keptFolder(database))?.handle.name;
    throw error;
  }
}
