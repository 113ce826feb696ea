import { fileProblem, type FileProblem } from '../../core/problem.ts';
import type { SourceFile } from '../format.ts';
import { headBytes, refusalOf } from './encoding.ts';

export type Bytes = Uint8Array<ArrayBuffer>;

/** A part of a file, or what is wrong in its place. */
export type Piece = { readonly bytes: Bytes } | { readonly problem: FileProblem };

const lineFeed = 0x0a;

/** All bytes of a file, whatever it is. @throws what its stream throws. */
export async function allBytes(file: SourceFile): Promise<Bytes> {
  const parts: Bytes[] = [];
  for await (const bytes of bytesOf(file)) parts.push(bytes);
  return joined(parts);
}

/** Browsers hold no longer text than about this, and need several times as much memory to read one. */
const longestText = 500_000_000;

/** All bytes of a file that is to be read as text. */
export async function wholeBytes(
  file: SourceFile,
  isKnown: boolean,
): Promise<{ readonly bytes: Bytes } | { readonly problem: FileProblem }> {
  if (file.size > longestText)
    return { problem: tooBig(file, 'it has more than 500 MB; cut it into several files') };
  const parts: Bytes[] = [];
  for await (const piece of pieces(file, isKnown)) {
    if ('problem' in piece) return piece;
    parts.push(piece.bytes);
  }
  try {
    return { bytes: joined(parts) };
  } catch (reason) {
    return { problem: tooBig(file, reason) };
  }
}

/** At least so many bytes unless the file is shorter; none when it cannot be read, which its reader will say. */
export async function firstBytes(file: SourceFile, atLeast: number): Promise<Bytes> {
  try {
    for await (const bytes of gathered(bytesOf(file), atLeast)) return bytes;
  } catch {
    return new Uint8Array();
  }
  return new Uint8Array();
}

/** The file in pieces, the first at least so long unless the file is shorter. A problem is the last piece. */
export async function* pieces(file: SourceFile, isKnown: boolean): AsyncGenerator<Piece> {
  let isFirst = true;
  try {
    for await (const bytes of gathered(bytesOf(file), headBytes)) {
      const refusal = isFirst ? refusalOf(bytes.subarray(0, headBytes), isKnown) : undefined;
      if (refusal !== undefined) return yield { problem: fileProblem('refused', file.name, refusal) };
      isFirst = false;
      yield { bytes };
    }
  } catch (reason) {
    const message = `this file could not be read to its end (${said(reason)}). Choose it again.`;
    yield { problem: fileProblem('refused', file.name, message) };
  }
}

/** A stream's bytes; streams are not yet iterable in every browser. */
async function* bytesOf(file: SourceFile): AsyncGenerator<Bytes> {
  const reader = file.stream().getReader();
  try {
    for (let step = await reader.read(); !step.done; step = await reader.read()) yield step.value;
  } finally {
    await reader.cancel();
  }
}

/** The same bytes with the first piece made long enough. */
async function* gathered(source: AsyncIterable<Bytes>, atLeast: number): AsyncGenerator<Bytes> {
  let held: Bytes[] | undefined = [];
  let heldLength = 0;
  for await (const bytes of source) {
    held?.push(bytes);
    heldLength += bytes.length;
    if (held && heldLength < atLeast) continue;
    yield held ? joined(held) : bytes;
    held = undefined;
  }
  if (held) yield joined(held);
}

/** The pieces parted at line feeds, which are left out. */
export async function* byteLines(source: AsyncIterable<Piece>): AsyncGenerator<Piece> {
  let open: Bytes[] = [];
  for await (const piece of source) {
    if ('problem' in piece) return yield piece;
    const { bytes } = piece;
    let start = 0;
    for (let end = bytes.indexOf(lineFeed); end >= 0; end = bytes.indexOf(lineFeed, start)) {
      yield { bytes: joined([...open, bytes.subarray(start, end)]) };
      open = [];
      start = end + 1;
    }
    if (start < bytes.length) open.push(bytes.subarray(start));
  }
  if (open.length > 0) yield { bytes: joined(open) };
}

/** The bytes in parts that end with a line feed, but for the last. */
export function* parted(bytes: Bytes): Generator<Bytes> {
  let start = 0;
  for (let end = bytes.indexOf(lineFeed); end >= 0; end = bytes.indexOf(lineFeed, start)) {
    yield bytes.subarray(start, end + 1);
    start = end + 1;
  }
  if (start < bytes.length) yield bytes.subarray(start);
}

function joined(parts: readonly Bytes[]): Bytes {
  if (parts.length === 1) return parts[0]!;
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** A piece that was taken from a stream, and the rest of it, which is let go when nobody reads on. */
export async function* withFirst(first: Piece, rest: AsyncGenerator<Piece>): AsyncGenerator<Piece> {
  try {
    yield first;
    yield* rest;
  } finally {
    await rest.return(undefined);
  }
}

export function tooBig(file: SourceFile, reason: unknown): FileProblem {
  return fileProblem('refused', file.name, `this file is too big for one text (${said(reason)}).`);
}

export function said(reason: unknown): string {
  return reason instanceof Error ? reason.message : String(reason);
}
