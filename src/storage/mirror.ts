import type { Change } from '../core/change.ts';
import { openDatabase, type Database, type DatabaseOptions } from './database.ts';
import { writeChange } from './commit.ts';
import { changesAfter, lastSeq } from './log.ts';
import { noteShut } from './replaying.ts';

const mirrorName = 'locution-mirror';
const openingMs = 15_000;

/** The part of the Storage Buckets API that is used; Chromium alone has it, and no types do. */
interface Buckets {
  open(name: string, options: { durability: 'strict' }): Promise<{ readonly indexedDB: IDBFactory }>;
}

/**
 * Opens the second copy of the work: in a storage bucket where the browser has them, which is a folder of its own on the
 * disk, else as a second database. `undefined` when there can be none; the work goes on without it.
 */
export async function openMirror(options: DatabaseOptions = {}): Promise<Database | undefined> {
  try {
    return await inTime(opened(options), openingMs);
  } catch {
    // The page is not to wait for it for ever; what it lacks then it is given at the next start.
    return undefined;
  }
}

async function opened(options: DatabaseOptions): Promise<Database | undefined> {
  const own = {
    ...options,
    isCopy: true,
    name: options.name === undefined ? mirrorName : `${options.name}-mirror`,
  };
  const factory = options.factory ?? (await bucketFactory());
  const open = () => openDatabase(() => undefined, { ...own, ...(factory && { factory }) });
  const first = await open();
  if (first.kind === 'open') return first.database;
  // What was damaged is replaced by an empty one, which is then filled again.
  const second = first.problem.kind === 'damaged' ? await open() : first;
  return second.kind === 'open' ? second.database : undefined;
}

async function bucketFactory(): Promise<IDBFactory | undefined> {
  const { storageBuckets } = globalThis.navigator as { readonly storageBuckets?: Buckets };
  try {
    return (await storageBuckets?.open(mirrorName, { durability: 'strict' }))?.indexedDB;
  } catch {
    // As where all storage is forbidden: the second database then says the same of itself.
    return undefined;
  }
}

/** A second copy that does not answer for so long is given up until the next start, which fills it. */
const patienceMs = 4000;

/** Takes every change that is saved into the second copy, until that fails once: the work itself is never held up by it. */
export class Mirror {
  readonly database: Database;
  readonly #onfailure: (error: unknown) => void;
  #hasFailed = false;

  constructor(database: Database, onfailure: (error: unknown) => void) {
    this.database = database;
    this.#onfailure = onfailure;
  }

  /** Resolves when the change is in the second copy too, or cannot be. */
  async copy(change: Change): Promise<void> {
    if (this.#hasFailed) return;
    try {
      await inTime(copyChange(this.database, change), patienceMs);
    } catch (error) {
      // Told once, by whichever of several changes on their way failed first.
      if (!this.#hasFailed) this.#onfailure(error);
      this.#hasFailed = true;
    }
  }
}

async function inTime<T>(work: Promise<T>, limitMs: number): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('it does not answer')), limitMs);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * At the place that the log gave it. Another change may stand there that was never saved, as its transaction failed after
 * the copy had begun: it is set aside and not lost.
 */
async function copyChange(mirror: Database, change: Change): Promise<void> {
  const write = async () => {
    const other = await mirror.changes.get(change.seq);
    if (other && other.id !== change.id)
      await mirror.preferences.put({ key: `set-aside-${other.id}`, value: other });
    await mirror.changes.put(change);
  };
  await mirror.transaction('rw', mirror.changes, mirror.preferences, write);
}

/**
 * How the end of a log stands to that of its mirror: `behind` when changes are missing that the mirror has, `emptied` when
 * nothing is left at all, `parted` when each has changes that the other has not.
 */
export type Standing = 'whole' | 'behind' | 'emptied' | 'parted';

/**
 * Compares the ends of both logs, which takes no time. It has to be known before the next change is written, which would
 * take the place of one that was lost.
 */
export async function standingOf(database: Database, mirror: Database): Promise<Standing> {
  const [own, mirrored] = await Promise.all([lastSeq(database), lastSeq(mirror)]);
  if (await isPartedAt(Math.min(own, mirrored), database, mirror)) return 'parted';
  if (own === 0 && (await isEmpty(database)) && !(await isEmpty(mirror))) return 'emptied';
  return own < mirrored ? 'behind' : 'whole';
}

async function isPartedAt(seq: number, database: Database, mirror: Database): Promise<boolean> {
  const [own, mirrored] = await Promise.all([database.changes.get(seq), mirror.changes.get(seq)]);
  return own !== undefined && mirrored !== undefined && own.id !== mirrored.id;
}

async function isEmpty({ changes, documents }: Database): Promise<boolean> {
  const firsts = await Promise.all([changes, documents].map((table) => table.toCollection().first()));
  return firsts.every((row) => row === undefined);
}

/** Writes the changes that the log lacks at its end, as the mirror has them; gives back how many they are. */
export async function replayEnd(database: Database, mirror: Database): Promise<number> {
  const missing = await changesAfter(mirror, await lastSeq(database));
  const { changes, documents, projects, preferences } = database;
  await database.transaction('rw', [changes, documents, projects, preferences], async () => {
    for (const change of missing) await writeChange(database, change);
    await noteShut(database, missing);
  });
  return missing.length;
}
