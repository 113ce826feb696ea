import { firstBreak, linkOf } from '../core/chain.ts';
import type { Change } from '../core/change.ts';
import type { Database } from './database.ts';

/** How many changes are looked at together: they are in memory at once. */
const rowsTogether = 500;

/** So many changes at the end of the log are verified at each start. */
const atStart = 50;

/**
 * Verifies the whole log and gives the place of the first change that does not fit to what is before it; `undefined` when
 * all do. A loss at the very end is not seen by it: only the second copy tells.
 */
export async function verifyChain(
  database: Database,
  onprogress: (progress: { done: number; total: number }) => void = () => undefined,
): Promise<number | undefined> {
  const total = await database.changes.count();
  let done = 0;
  for await (const { previous, changes } of stretches(database)) {
    const broken = firstBreak(previous, changes);
    if (broken) return broken.seq;
    onprogress({ done: (done += changes.length), total });
  }
  return undefined;
}

/** The same for the last changes alone, which takes no time. */
export async function verifyEnd(database: Database): Promise<number | undefined> {
  const last = await database.changes
    .orderBy(':id')
    .reverse()
    .limit(atStart + 1)
    .toArray();
  const changes = last.reverse();
  const isAll = changes.length <= atStart;
  return firstBreak(isAll ? undefined : changes[0], isAll ? changes : changes.slice(1))?.seq;
}

/**
 * Chains the whole log anew, in one transaction: after changes were put in or taken out by the user's own word, as when
 * backups are merged. The second copy has to be given the same.
 */
export async function chainAnew(database: Database): Promise<void> {
  await database.transaction('rw', database.changes, async () => {
    let last: Change | undefined;
    for await (const { changes } of stretches(database)) {
      const chained = changes.map((change) => (last = { ...change, chain: linkOf(last, change) }));
      await database.changes.bulkPut(chained);
    }
  });
}

async function* stretches(
  database: Database,
): AsyncGenerator<{ readonly previous: Change | undefined; readonly changes: readonly Change[] }> {
  let previous: Change | undefined;
  for (;;) {
    const changes = await database.changes
      .where(':id')
      .above(previous?.seq ?? 0)
      .limit(rowsTogether)
      .toArray();
    if (changes.length === 0) return;
    yield { previous, changes };
    previous = changes.at(-1);
  }
}
