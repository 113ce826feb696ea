import { fileProblem, type FileProblem } from '../../core/problem.ts';
import { headBytes, refusalOf } from './encoding.ts';
import type { Opening, SourceFile } from '../format.ts';

/** A line of a file without its line feed, `number` counting from 1, or what is wrong in its place. */
export type Line = { readonly number: number; readonly text: string } | { readonly problem: FileProblem };

/** The text of a whole file, with its byte order mark if it has one, or why there is none. */
export type WholeText = { readonly text: string } | { readonly problem: FileProblem };

type Bytes = Uint8Array<ArrayBuffer>;
type Piece = { readonly bytes: Bytes } | { readonly problem: FileProblem };

const lineFeed = 0x0a;
const carriageReturn = 0x0d;

/**
 * The lines of a UTF-8 file as they arrive, so that memory holds one line and one piece of the file. A line that is not
 * UTF-8 is a problem and the next ones go on; a file that is not text at all is one problem.
 */
export async function* lines(file: SourceFile): AsyncGenerator<Line> {
  const decode = strictDecoder();
  let number = 0;
  let isEmpty = true;
  for await (const piece of byteLines(pieces(file))) {
    if ('problem' in piece) return yield piece;
    const text = decode(piece.bytes);
    number++;
    isEmpty &&= text?.trim() === '';
    yield text === undefined ? { problem: notUtf8(file, number, 'this line') } : { number, text };
  }
  if (isEmpty) yield { problem: noText(file) };
}

/** The whole file, decoded strictly. White space only counts as no text. */
export async function wholeText(file: SourceFile): Promise<WholeText> {
  const parts: Bytes[] = [];
  for await (const piece of pieces(file)) {
    if ('problem' in piece) return piece;
    parts.push(piece.bytes);
  }
  try {
    const bytes = joined(parts);
    const text = strictDecoder()(bytes);
    if (text === undefined) return { problem: notUtf8(file, firstBadLine(bytes), 'this file') };
    return text.trim() === '' ? { problem: noText(file) } : { text };
  } catch (reason) {
    return {
      problem: fileProblem('refused', file.name, `this file is too big for one text (${said(reason)}).`),
    };
  }
}

/** How a file begins; with no bytes when it cannot be read. */
export async function opening(file: SourceFile): Promise<Opening> {
  const extension = /\.([^./]+)$/.exec(file.name)?.[1]?.toLowerCase() ?? '';
  const bytes = await firstBytes(file, 65_536);
  const text = withoutByteOrderMark(new TextDecoder().decode(bytes));
  return { name: file.name, extension, bytes, text };
}

/** At least so many bytes unless the file is shorter; none when it cannot be read, which its reader will say. */
async function firstBytes(file: SourceFile, atLeast: number): Promise<Bytes> {
  try {
    for await (const bytes of gathered(bytesOf(file), atLeast)) return bytes;
  } catch {
    return new Uint8Array();
  }
  return new Uint8Array();
}

/** The text without the mark that some editors put before it. */
export function withoutByteOrderMark(text: string): string {
  return text.startsWith('\uFEFF') ? text.slice(1) : text;
}

/** The file in pieces, the first at least so long unless the file is shorter. A problem is the last piece. */
async function* pieces(file: SourceFile): AsyncGenerator<Piece> {
  let isFirst = true;
  try {
    for await (const bytes of gathered(bytesOf(file), headBytes)) {
      const refusal = isFirst ? refusalOf(bytes.subarray(0, headBytes)) : undefined;
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

async function* byteLines(source: AsyncIterable<Piece>): AsyncGenerator<Piece> {
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

/** Decodes UTF-8 to a string, or to `undefined` when it is not valid. */
function strictDecoder(): (bytes: Bytes) => string | undefined {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  return (bytes) => {
    try {
      return decoder.decode(bytes);
    } catch (reason) {
      if (reason instanceof TypeError) return undefined;
      throw reason;
    }
  };
}

/** The line, counted as editors do, on which invalid UTF-8 comes first. */
function firstBadLine(bytes: Bytes): number {
  const decode = strictDecoder();
  let [number, start] = [1, 0];
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at];
    if (byte !== lineFeed && (byte !== carriageReturn || bytes[at + 1] === lineFeed)) continue;
    if (decode(bytes.subarray(start, at)) === undefined) return number;
    [number, start] = [number + 1, at + 1];
  }
  return number;
}

function notUtf8(file: SourceFile, line: number, what: string): FileProblem {
  const message = `${what} is not valid UTF-8 at line ${line}; save the file as UTF-8 and import it again.`;
  return fileProblem('refused', file.name, message, line);
}

function noText(file: SourceFile): FileProblem {
  return fileProblem('refused', file.name, 'this file has no text.');
}

function said(reason: unknown): string {
  return reason instanceof Error ? reason.message : String(reason);
}
