import { Source, type ByteFile } from './byte-source.ts';
import { centralSignature, localHeader, localSignature } from './stored-zip.ts';
import { sealEnd, unsealed, type SealedLine } from './sealed-line.ts';

/** What stands in a backup, in the order of its bytes; `offset` is where it begins. */
export type Found =
  | { readonly kind: 'line'; readonly line: SealedLine; readonly bytes: Uint8Array; readonly offset: number }
  /** The bytes between two parts, and those at the end. */
  | { readonly kind: 'header' | 'directory'; readonly bytes: Uint8Array; readonly offset: number }
  /** Something that is no line of a backup; `isCut` when the file ended within. */
  | { readonly kind: 'damage'; readonly bytes: Uint8Array; readonly offset: number; readonly isCut: boolean };

const lineFeed = 0x0a;
const brace = 0x7b;
/** What stands between two parts is shorter than this. */
const furthest = 100;
const fixedHeader = localHeader({ path: '', size: 0, crc: 0, offset: 0 }).length;

/**
 * Reads all whole lines of a backup, however damaged the file is: each vouches for itself, so the zip around them is not
 * needed to find them. Memory holds a line and a piece of the file.
 */
export async function* scanned(file: ByteFile): AsyncGenerator<Found> {
  const source = new Source(file);
  while (await source.reach(1)) {
    const { offset } = source;
    const headerLength = await headerAt(source);
    if (headerLength !== undefined) yield { kind: 'header', bytes: source.take(headerLength), offset };
    else if (await isDirectory(source, file.size)) {
      yield { kind: 'directory', bytes: await source.rest(), offset };
      return;
    } else yield* lineOrDamage(await source.line(), offset);
  }
}

function* lineOrDamage(bytes: Uint8Array, offset: number): Generator<Found> {
  const isCut = bytes.at(-1) !== lineFeed;
  const line = isCut ? undefined : unsealed(bytes.subarray(0, -1));
  if (line) return yield { kind: 'line', line, bytes, offset };
  const from = isCut ? undefined : soundFrom(bytes);
  if (from !== undefined) {
    yield { kind: 'damage', bytes: bytes.subarray(0, from), offset, isCut: false };
    return yield* lineOrDamage(bytes.subarray(from), offset + from);
  }
  const until = soundUntil(bytes);
  if (until === undefined) return yield { kind: 'damage', bytes, offset, isCut };
  // A line whose line feed is another byte: it is sound, and what follows may be.
  const first = bytes.slice(0, until + 1);
  const found = unsealed(first.subarray(0, until))!;
  yield { kind: 'line', line: found, bytes: withLineFeed(first), offset };
  yield { kind: 'damage', bytes: first.subarray(until), offset: offset + until, isCut: false };
  if (until + 1 < bytes.length) yield* lineOrDamage(bytes.subarray(until + 1), offset + until + 1);
}

/** Where a sound line begins behind damaged bytes that stand before it, as of a part's header. */
function soundFrom(bytes: Uint8Array): number | undefined {
  let at = bytes.indexOf(brace, 1);
  for (let tries = 0; at > 0 && at < furthest && tries < 4; tries++) {
    if (unsealed(bytes.subarray(at, -1))) return at;
    at = bytes.indexOf(brace, at + 1);
  }
  return undefined;
}

/** Where a sound line ends that begins here and no line feed follows. */
function soundUntil(bytes: Uint8Array): number | undefined {
  for (let at = sealEnd(bytes, 0); at !== undefined; at = sealEnd(bytes, at))
    if (unsealed(bytes.subarray(0, at))) return at;
  return undefined;
}

function withLineFeed(line: Uint8Array): Uint8Array {
  const mended = line.slice();
  mended[line.length - 1] = lineFeed;
  return mended;
}

/** How many bytes the header of a part has that stands here, if one does. */
async function headerAt(source: Source): Promise<number | undefined> {
  if (!(await source.reach(fixedHeader)) || source.number(0, 4) !== localSignature) return undefined;
  const length = fixedHeader + source.number(26, 2) + source.number(28, 2);
  if (length > furthest || !(await source.reach(length + 1))) return undefined;
  return source.number(length, 1) === brace ? length : undefined;
}

/** Whether the list of the parts stands here. It is short: were there more, a damaged line would be taken for it. */
async function isDirectory(source: Source, size: number): Promise<boolean> {
  if (size - source.offset > longestDirectory || !(await source.reach(4))) return false;
  return source.number(0, 4) === centralSignature;
}

const longestDirectory = 4000;
