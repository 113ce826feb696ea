import { firstBreak } from '../core/chain.ts';
import type { Change, Draft } from '../core/change.ts';
import { chainAnew, verifyChain } from './chain.ts';
import { tablesOf, writeChange } from './commit.ts';
import type { Database } from './database.ts';
import { copyChanges, recount, restoreFromMirror, type Copied, type OnProgress } from './mirroring.ts';
import { overwriteFrom, pagesOfLog, setAside } from './overwriting.ts';

/**
 * Brings storage and second copy together after they have parted: what only the second copy has is done once more behind
 * all that the storage has. Both have everything then.
 */
export async function bringTogether(
  database: Database,
  mirror: Database,
  onprogress: OnProgress = () => undefined,
): Promise<Copied> {
  const { documents } = await restoreFromMirror(database, mirror, 0, onprogress);
  const places = new Map<string, number>();
  for await (const changes of pagesOfLog(database)) for (const { id, seq } of changes) places.set(id, seq);
  const mirrored = new Map<number, string>();
  let count = 0;
  for await (const changes of pagesOfLog(mirror)) {
    const lacking = changes.filter(({ id }) => !places.has(id));
    for (const { id, seq } of changes) mirrored.set(seq, id);
    count += lacking.length;
    await database.transaction('rw', tablesOf(database), async () => {
      for (const change of lacking) {
        const { seq } = await writeChange(database, behindAll(change, mirrored, places));
        places.set(change.id, seq);
      }
    });
  }
  await recount(database);
  await follow(database, mirror);
  return { documents, changes: count };
}

/** A change of the second copy as one of the storage: what it takes back has another place there. */
function behindAll(
  { seq: _, chain: __, undoes, ...change }: Change,
  mirrored: ReadonlyMap<number, string>,
  places: ReadonlyMap<string, number>,
): Draft {
  const place = undoes === undefined ? undefined : places.get(mirrored.get(undoes) ?? '');
  return place === undefined ? change : { ...change, undoes: place };
}

/** Whether the second copy has all changes as they were written. */
export async function isSound(mirror: Database): Promise<boolean> {
  let previous: Change | undefined;
  for await (const changes of pagesOfLog(mirror)) {
    if (firstBreak(previous, changes)) return false;
    previous = changes.at(-1);
  }
  return previous !== undefined;
}

/**
 * Puts changes back as the second copy has them, where the storage has them otherwise; those are set aside and not lost.
 * What is missing comes back as well.
 */
export async function putBack(
  database: Database,
  mirror: Database,
  onprogress: OnProgress = () => undefined,
): Promise<Copied> {
  const altered = await overwriteFrom(mirror, database);
  const { documents, changes } = await restoreFromMirror(database, mirror, Infinity, onprogress);
  // What only the storage has was written onto what was altered.
  if ((await verifyChain(database)) !== undefined) await acceptAsIs(database, mirror);
  await recount(database);
  return { documents, changes: changes + altered };
}

/** Takes the log as it stands for the truth, by the user's word. */
export async function acceptAsIs(database: Database, mirror: Database | undefined): Promise<void> {
  await chainAnew(database);
  if (mirror) await follow(database, mirror);
}

/**
 * Lets the log of the second copy follow that of the storage: by the user's word, or when it was altered itself. What it
 * had otherwise is set aside in it.
 */
async function follow(database: Database, mirror: Database): Promise<void> {
  await overwriteFrom(database, mirror);
  await copyChanges(database, mirror);
  for await (const changes of pagesOfLog(mirror)) {
    const rows = await database.changes.bulkGet(changes.map(({ seq }) => seq));
    const surplus = changes.filter((_, index) => rows[index] === undefined);
    if (surplus.length === 0) continue;
    await mirror.transaction('rw', mirror.changes, mirror.preferences, async () => {
      await setAside(mirror, surplus);
      await mirror.changes.bulkDelete(surplus.map(({ seq }) => seq));
    });
  }
}
