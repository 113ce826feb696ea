import * as v from 'valibot';
import { localHeader, localSignature } from './stored-zip.ts';

/** What the first file in a zip of several backups is called; it says what is in the others, and the settings. */
export const bundleHeadPath = 'locution-backup.json';

const bundleHead = v.looseObject({
  format: v.literal('locution'),
  kind: v.literal('backups'),
  version: v.pipe(v.number(), v.integer(), v.minValue(1)),
  written_at: v.string(),
  settings: v.optional(v.unknown()),
});
/** What is said at the head of a zip of several backups. */
export type BundleHead = Readonly<v.InferOutput<typeof bundleHead>>;

/** A backup that was chosen, alone or out of a zip of several. */
export interface ChosenBackup {
  readonly name: string;
  readonly blob: Blob;
}

/** The backups in a file, sound or damaged: they stand there as they are, one behind the other. */
export interface Bundle {
  readonly head: BundleHead | undefined;
  readonly backups: readonly ChosenBackup[];
}

/** Whether a file begins as a zip of several backups does. */
export async function isBundle(file: Blob): Promise<boolean> {
  const first = await entryAt(file, 0);
  return first !== undefined && isOurs(first.path);
}

/** The backups in the file: those in a zip of several, or else the file as the only one. */
export async function backupsIn(file: Blob, name: string): Promise<Bundle> {
  const single = { head: undefined, backups: [{ name, blob: file }] };
  if (!/\.zip$/i.test(name) && !(await isBundle(file))) return single;
  const backups: ChosenBackup[] = [];
  let head: BundleHead | undefined;
  for (let at: number | undefined = 0; at !== undefined;) {
    const entry: StoredEntry | undefined = await entryAt(file, at);
    if (entry && isOurs(entry.path)) {
      const blob = file.slice(entry.start, entry.start + entry.size);
      if (entry.path === bundleHeadPath) head = await headIn(blob);
      else backups.push({ name: entry.path, blob });
      at = entry.start + entry.size;
    } else at = await nextEntry(file, at + 1);
  }
  return backups.length > 0 ? { head, backups } : single;
}

async function headIn(blob: Blob): Promise<BundleHead | undefined> {
  try {
    const fit = v.safeParse(bundleHead, JSON.parse(await blob.slice(0, longestHead).text()));
    return fit.success ? fit.output : undefined;
  } catch {
    // It is damaged, and the backups behind it are told by their own heads.
    return undefined;
  }
}

interface StoredEntry {
  readonly path: string;
  readonly start: number;
  readonly size: number;
}

const headerLength = localHeader({ path: '', size: 0, crc: 0, offset: 0 }).length;
const longestPath = 500;
const longestHead = 1_000_000;
const bigSize = 0xffffffff;

function isOurs(path: string): boolean {
  return path === bundleHeadPath || /\.locution$/i.test(path);
}

/** What stands in the zip at a place, where its bytes are as they are and not deflated. */
async function entryAt(file: Blob, at: number): Promise<StoredEntry | undefined> {
  const bytes = await file.slice(at, at + headerLength + longestPath).arrayBuffer();
  if (bytes.byteLength < headerLength) return undefined;
  const view = new DataView(bytes);
  const isStored = view.getUint32(0, true) === localSignature && view.getUint16(8, true) === 0;
  const [pathLength, extraLength] = [view.getUint16(26, true), view.getUint16(28, true)];
  if (!isStored || pathLength > longestPath) return undefined;
  const path = new TextDecoder().decode(bytes.slice(headerLength, headerLength + pathLength));
  const extra = headerLength + pathLength;
  const size = view.getUint32(22, true);
  const isBig = size === bigSize && bytes.byteLength >= extra + 20;
  const start = at + extra + extraLength;
  return { path, start, size: isBig ? Number(view.getBigUint64(extra + 12, true)) : size };
}

const pieceLength = 1_000_000;

/** Where the next backup begins, should what stands before it be damaged. */
async function nextEntry(file: Blob, from: number): Promise<number | undefined> {
  for (let at = from; at < file.size; at += pieceLength) {
    const piece = new Uint8Array(await file.slice(at, at + pieceLength + 3).arrayBuffer());
    for (let index = piece.indexOf(0x50); index >= 0; index = piece.indexOf(0x50, index + 1)) {
      if (piece[index + 1] !== 0x4b || piece[index + 2] !== 3 || piece[index + 3] !== 4) continue;
      const entry = await entryAt(file, at + index);
      if (entry && isOurs(entry.path)) return at + index;
    }
  }
  return undefined;
}
