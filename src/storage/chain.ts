import { firstBreak, linkOf } from '../core/chain.ts';
import type { Change } from '../core/change.ts';
import type { Database } from './database.ts';
import { loadPreference, savePreference } from './preferences.ts';

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

/** So many changes of the midst of the log are verified when all is quiet. */
const inTurn = 5000;
const foundKey = 'chain-broken';
const turnKey = 'chain-verified';

/**
 * Verifies a stretch of the log, at each call the next one, and begins anew behind the last: so all of it is looked at by
 * and by. A break is remembered for the next start.
 */
export async function verifyInTurn(
  database: Database,
  count = inTurn,
): Promise<{ readonly first: number; readonly last: number; readonly broken: number | undefined }> {
  const after = await numberUnder(database, turnKey);
  const previous = await database.changes
    .where(':id')
    .belowOrEqual(after ?? 0)
    .last();
  const changes = await database.changes
    .where(':id')
    .above(previous?.seq ?? 0)
    .limit(count)
    .toArray();
  const broken = firstBreak(previous, changes)?.seq;
  const [first, last] = [changes[0]?.seq ?? 1, changes.at(-1)?.seq ?? 0];
  if (broken !== undefined) await savePreference(database, foundKey, broken);
  else await savePreference(database, turnKey, changes.length < count ? 0 : last);
  return { first, last, broken };
}

/** Where the log was found broken by `verifyInTurn`, if it still is. */
export async function breakFoundBefore(database: Database): Promise<number | undefined> {
  const seq = await numberUnder(database, foundKey);
  if (seq === undefined) return undefined;
  const previous = await database.changes.where(':id').below(seq).last();
  const change = await database.changes.get(seq);
  return change && firstBreak(previous, [change])?.seq;
}

async function numberUnder(database: Database, key: string): Promise<number | undefined> {
  const value = await loadPreference(database, key);
  return typeof value === 'number' ? value : undefined;
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
