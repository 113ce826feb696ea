import {
  nativeVersion,
  openDatabase,
  type Database,
  type DatabaseOptions,
  type Opening,
} from './database.ts';
import { inTime } from './copying.ts';
import { breakFoundBefore, verifyEnd } from './chain.ts';
import { replayChange } from './commit.ts';
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

/**
 * Opens it when the workspace is open: an upgrade that goes wrong there must find the second copy as it was before. Beside
 * a workspace that does not open it is opened only where that upgrades nothing; a damaged one needs it above all.
 */
export async function openMirrorAfter(
  opening: Promise<Opening>,
  options: DatabaseOptions,
): Promise<Database | undefined> {
  const workspace = await opening;
  const isSafe = workspace.kind === 'open' || workspace.problem.kind === 'damaged';
  return isSafe || (await isOfThisVersion(options)) ? openMirror(options) : undefined;
}

async function isOfThisVersion(options: DatabaseOptions): Promise<boolean> {
  try {
    const { name, factory = globalThis.indexedDB } = await mirrorPlace(options);
    const known = await factory.databases();
    return known.some((one) => one.name === name && one.version === nativeVersion);
  } catch {
    // As where there is no storage at all.
    return false;
  }
}

async function opened(options: DatabaseOptions): Promise<Database | undefined> {
  const place = await mirrorPlace(options);
  const open = () => openDatabase(() => undefined, { ...options, ...place, isCopy: true });
  const first = await open();
  if (first.kind === 'open') return first.database;
  // What was damaged is replaced by an empty one, which is then filled again.
  const second = first.problem.kind === 'damaged' ? await open() : first;
  return second.kind === 'open' ? second.database : undefined;
}

/** Where the second copy is kept. */
export async function mirrorPlace(
  options: DatabaseOptions = {},
): Promise<{ readonly name: string; readonly factory?: IDBFactory }> {
  const factory = options.factory ?? (await bucketFactory());
  const name = options.name === undefined ? mirrorName : `${options.name}-mirror`;
  return { name, ...(factory && { factory }) };
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

/**
 * How a log stands to its mirror, as far as their ends tell: `behind` when changes are missing at its end that the mirror
 * has, `gapped` when they are missing before it, `emptied` when nothing is left at all, `parted` when each has changes that
 * the other has not, `altered` when a change says something else than when it was written.
 */
export type Standing = 'whole' | 'behind' | 'gapped' | 'emptied' | 'parted' | 'altered';

/**
 * Compares the ends of both logs, which takes no time. It has to be known before the next change is written, which would
 * take the place of one that was lost.
 */
export async function standingOf(database: Database, mirror: Database): Promise<Standing> {
  const [own, mirrored] = await Promise.all([lastSeq(database), lastSeq(mirror)]);
  const broken = await breakNow(database);
  if (broken !== undefined) return (await isGap(database, broken)) ? 'gapped' : 'altered';
  if (await isPartedAt(Math.min(own, mirrored), database, mirror)) return 'parted';
  if (own === 0 && (await isEmpty(database)) && !(await isEmpty(mirror))) return 'emptied';
  if (own < mirrored) return 'behind';
  return (await hasFewer(database, mirror)) ? 'gapped' : 'whole';
}

/** Counting is cheap, and the second copy never holds more than there was. */
async function hasFewer(database: Database, mirror: Database): Promise<boolean> {
  const counts = ({ changes, documents }: Database) => Promise.all([changes.count(), documents.count()]);
  const [own, mirrored] = await Promise.all([counts(database), counts(mirror)]);
  return own.some((count, index) => count < mirrored[index]!);
}

/** Where the log breaks, as far as its end and what was found in its midst before tell. */
export async function breakNow(database: Database): Promise<number | undefined> {
  return (await breakFoundBefore(database)) ?? verifyEnd(database);
}

async function isGap({ changes }: Database, broken: number): Promise<boolean> {
  return broken > 1 && (await changes.get(broken - 1)) === undefined;
}

/** With another history before it a change has another link; in a copy that was altered itself that says nothing. */
async function isPartedAt(seq: number, database: Database, mirror: Database): Promise<boolean> {
  const [own, mirrored] = await Promise.all([database.changes.get(seq), mirror.changes.get(seq)]);
  if (own === undefined || mirrored === undefined) return false;
  if (own.id !== mirrored.id) return true;
  return own.chain !== mirrored.chain && (await verifyEnd(mirror)) === undefined;
}

export async function isEmpty({ changes, documents }: Database): Promise<boolean> {
  const firsts = await Promise.all([changes, documents].map((table) => table.toCollection().first()));
  return firsts.every((row) => row === undefined);
}

/** Writes the changes that the log lacks at its end, as the mirror has them; gives back how many they are. */
export async function replayEnd(database: Database, mirror: Database): Promise<number> {
  const missing = await changesAfter(mirror, await lastSeq(database));
  const { changes, documents, projects, preferences } = database;
  await database.transaction('rw', [changes, documents, projects, preferences], async () => {
    for (const change of missing) await replayChange(database, change);
    await noteShut(database, missing);
  });
  return missing.length;
}
