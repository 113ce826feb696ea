import { factsOf, tablesOf, writeFacts } from './commit.ts';
import type { Database } from './database.ts';
import { lastSeq } from './log.ts';

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
    const telling = changes.map(factsOf).filter((facts) => facts.length > 0);
    if (telling.length > 0)
      await database.transaction('rw', tablesOf(database), async () => {
        for (const facts of telling) await writeFacts(database, facts);
      });
  }
}

const replayedTogether = 200;
