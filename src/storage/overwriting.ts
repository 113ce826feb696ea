import { differ } from '../core/chain.ts';
import type { Change } from '../core/change.ts';
import type { Database } from './database.ts';

/** How many changes are looked at together: they are in memory at once. */
const rowsTogether = 500;

/** Gives `to` the changes of `from` where it has others in their places; gives back how many those are. */
export async function overwriteFrom(
  from: Database,
  to: Database,
  { first = 1, last = Infinity }: { readonly first?: number; readonly last?: number } = {},
): Promise<number> {
  let altered = 0;
  for await (const changes of pagesOfLog(from, first, last)) {
    const rows = await to.changes.bulkGet(changes.map(({ seq }) => seq));
    const others = changes.flatMap((change, index) => {
      const row = rows[index];
      return row && differ(row, change) ? [{ change, row }] : [];
    });
    if (others.length === 0) continue;
    altered += others.length;
    await to.transaction('rw', to.changes, to.preferences, async () => {
      await setAside(
        to,
        others.map(({ row }) => row),
      );
      await to.changes.bulkPut(others.map(({ change }) => change));
    });
  }
  return altered;
}

/** Within a transaction: keeps changes beside the log, where nothing reads them and the rescue file has them. */
export async function setAside({ preferences }: Database, changes: readonly Change[]): Promise<void> {
  await preferences.bulkPut(
    changes.map((change) => ({ key: `set-aside-${change.id}-${change.chain ?? change.seq}`, value: change })),
  );
}

/** The changes of a stretch of the log in order, some at a time. */
export async function* pagesOfLog(
  database: Database,
  first = 1,
  last = Infinity,
): AsyncGenerator<readonly Change[]> {
  for (let from = first; ;) {
    const changes = await database.changes
      .where(':id')
      .between(from, last, true, true)
      .limit(rowsTogether)
      .toArray();
    if (changes.length === 0) return;
    yield changes;
    from = changes.at(-1)!.seq + 1;
  }
}
