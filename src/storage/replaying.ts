import type { Change } from '../core/change.ts';
import { factsOf, tablesOf, writeFacts } from './commit.ts';
import type { Database } from './database.ts';
import { isSealed } from './lock/guard.ts';
import { lastSeq } from './log.ts';
import { loadPreference, savePreference } from './preferences.ts';

/**
 * Does once more, in order, what the log says of documents and projects: rows of a second copy are as they were when they
 * came in. To those that are up to date nothing happens.
 */
export async function replayFacts(database: Database): Promise<void> {
  const last = await lastSeq(database);
  for (let after = 0; after < last; after += replayedTogether) {
    const changes = await database.changes
      .where(':id')
      .between(after, after + replayedTogether, false, true)
      .toArray();
    await noteShut(database, changes);
    const telling = changes.map(factsOf).filter((facts) => facts.length > 0);
    if (telling.length > 0)
      await database.transaction('rw', tablesOf(database), async () => {
        for (const facts of telling) await writeFacts(database, facts);
      });
  }
}

/** Where it is noted that changes of a locked project were taken in and are still to be replayed once it is opened. */
const unreplayedKey = (projectId: string): string => `unreplayed-${projectId}`;

/** Notes the projects whose changes nobody could read. */
export async function noteShut(database: Database, changes: readonly Change[]): Promise<void> {
  const projectIds = new Set(changes.filter(isSealed).map(({ projectId }) => projectId));
  for (const projectId of projectIds) await savePreference(database, unreplayedKey(projectId), true);
}

/** Does what changes of the project say that came back while nobody could read them. */
export async function replayIfDue(database: Database, projectId: string): Promise<void> {
  if (!(await loadPreference(database, unreplayedKey(projectId)))) return;
  await replayFacts(database);
  await database.preferences.delete(unreplayedKey(projectId));
}

const replayedTogether = 200;
