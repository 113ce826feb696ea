import type { Database } from '../../storage/database.ts';

/**
 * Deletes what something beside the storage holds of these projects, such as backups that were written by themselves.
 * Resolves to a sentence about what the user should know, if there is anything.
 */
export type EraseHook = (database: Database, projectIds: readonly string[]) => Promise<string | undefined>;

/** All that is within reach when something is deleted for good, besides the storage and its second copy. */
export const eraseHooks: readonly EraseHook[] = [];
