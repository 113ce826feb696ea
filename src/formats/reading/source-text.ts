import { fileProblem, type FileProblem } from '../../core/problem.ts';
import { attempt, decoded, strictDecoder } from './decoding.ts';
import { markedEncoding } from './encoding.ts';
import {
  byteLines,
  firstBytes,
  parted,
  pieces,
  tooBig,
  wholeBytes,
  withFirst,
  type Bytes,
  type Piece,
} from './file-bytes.ts';
import type { Opening, SourceFile } from '../format.ts';

/** A line of a file without its line feed, `number` counting from 1, or what is wrong in its place. */
export type Line = { readonly number: number; readonly text: string } | { readonly problem: FileProblem };

/** The text of a whole file, with its byte order mark if it has one, or why there is none. */
export type WholeText = { readonly text: string } | { readonly problem: FileProblem };

const lineFeed = 0x0a;
const carriageReturn = 0x0d;

/**
 * The lines of a file as they arrive, so that memory holds one line and one piece of the file. It has to be UTF-8, or
 * UTF-16 with a byte order mark, unless its encoding is given. A line that is not UTF-8 is a problem and the next ones go
 * on; in any other encoding what follows is not to be trusted. A file that is not text at all is one problem.
 */
export async function* lines(file: SourceFile, encoding?: string): AsyncGenerator<Line> {
  const source = pieces(file, encoding !== undefined);
  const first = await source.next();
  if (first.done) return;
  if ('problem' in first.value) return yield first.value;
  const label = markedEncoding(first.value.bytes) ?? encoding ?? 'utf-8';
  const decoder = strictDecoder(label);
  if (!decoder) return yield { problem: unknownEncoding(file, label) };
  const whole = withFirst(first.value, source);
  let isEmpty = true;
  for await (const line of decoder.encoding === 'utf-8'
    ? utf8Lines(file, whole, decoder)
    : decodedLines(file, whole, decoder)) {
    isEmpty &&= 'text' in line && line.text.trim() === '';
    yield line;
  }
  if (isEmpty) yield { problem: noText(file) };
}

async function* utf8Lines(
  file: SourceFile,
  source: AsyncIterable<Piece>,
  decoder: TextDecoder,
): AsyncGenerator<Line> {
  let number = 0;
  for await (const piece of byteLines(source)) {
    if ('problem' in piece) return yield piece;
    const text = attempt(() => decoder.decode(piece.bytes));
    number++;
    yield text === undefined ? { problem: notUtf8(file, number, 'this line') } : { number, text };
  }
}

/** Lines of an encoding in which a line feed need not be one byte. */
async function* decodedLines(
  file: SourceFile,
  source: AsyncIterable<Piece>,
  decoder: TextDecoder,
): AsyncGenerator<Line> {
  let [number, open] = [0, ''];
  const undecodable = () => ({ problem: cannotBe(file, decoder.encoding, number + 1) });
  for await (const piece of source) {
    if ('problem' in piece) return yield piece;
    // In parts that end where lines may, so that the line is known that cannot be decoded.
    for (const part of parted(piece.bytes)) {
      const text = attempt(() => decoder.decode(part, { stream: true }));
      if (text === undefined) return yield undecodable();
      const [end, ...begun] = text.split('\n');
      open += end;
      for (const next of begun) {
        yield { number: ++number, text: open };
        open = next;
      }
    }
  }
  const rest = attempt(() => decoder.decode());
  if (rest === undefined) return yield undecodable();
  if (`${open}${rest}` !== '') yield { number: ++number, text: `${open}${rest}` };
}

/** The whole file, decoded strictly, in UTF-8 unless told otherwise. White space only counts as no text. */
export async function wholeText(file: SourceFile, encoding?: string): Promise<WholeText> {
  const whole = await wholeBytes(file, encoding !== undefined);
  return 'problem' in whole ? whole : textIn(whole.bytes, file, encoding);
}

/** The same of the bytes of a file. */
export function textIn(bytes: Bytes, file: SourceFile, encoding?: string): WholeText {
  const label = markedEncoding(bytes) ?? encoding ?? 'utf-8';
  const decoder = strictDecoder(label);
  if (!decoder) return { problem: unknownEncoding(file, label) };
  let text: string | undefined;
  try {
    text = attempt(() => decoder.decode(bytes));
  } catch (reason) {
    return { problem: tooBig(file, reason) };
  }
  if (text === undefined)
    return {
      problem:
        decoder.encoding === 'utf-8'
          ? notUtf8(file, firstBadLine(bytes), 'this file')
          : cannotBe(file, decoder.encoding),
    };
  return text.trim() === '' ? { problem: noText(file) } : { text };
}

/** How a file begins; with no bytes when it cannot be read. */
export async function opening(file: SourceFile): Promise<Opening> {
  const extension = /\.([^./]+)$/.exec(file.name)?.[1]?.toLowerCase() ?? '';
  const bytes = await firstBytes(file, 65_536);
  const text = withoutByteOrderMark(new TextDecoder(markedEncoding(bytes)).decode(bytes));
  return { name: file.name, extension, bytes, text };
}

/** The text without the mark that some editors put before it. */
export function withoutByteOrderMark(text: string): string {
  return text.startsWith('\uFEFF') ? text.slice(1) : text;
}

/** The line, counted as editors do, on which invalid UTF-8 comes first. */
function firstBadLine(bytes: Bytes): number {
  let [number, start] = [1, 0];
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at];
    if (byte !== lineFeed && (byte !== carriageReturn || bytes[at + 1] === lineFeed)) continue;
    if (decoded(bytes.subarray(start, at), 'utf-8') === undefined) return number;
    [number, start] = [number + 1, at + 1];
  }
  return number;
}

function notUtf8(file: SourceFile, line: number, what: string): FileProblem {
  const message = `${what} is not valid UTF-8 at line ${line}; save the file as UTF-8 and import it again.`;
  return fileProblem('refused', file.name, message, line);
}

function cannotBe(file: SourceFile, encoding: string, line?: number): FileProblem {
  const where = line === undefined ? '' : ` from line ${line} on`;
  const message = `this file cannot be read as ${encoding}${where}; choose another encoding, or save it as UTF-8.`;
  return fileProblem('refused', file.name, message, line);
}

function unknownEncoding(file: SourceFile, label: string): FileProblem {
  return fileProblem(
    'refused',
    file.name,
    `“${label}” is no encoding that is known here; choose another one.`,
  );
}

function noText(file: SourceFile): FileProblem {
  return fileProblem('refused', file.name, 'this file has no text.');
}
