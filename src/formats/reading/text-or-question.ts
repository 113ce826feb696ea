import { fileProblem, type FileProblem } from '../../core/problem.ts';
import type { Question, Reading } from '../../core/transfer.ts';
import type { ReadContext, SourceFile } from '../format.ts';
import { decoded } from './decoding.ts';
import { headBytes, markedEncoding, refusalOf, unmarkedWide } from './encoding.ts';
import { encodings, likelihood } from './encodings.ts';
import { wholeBytes, type Bytes } from './file-bytes.ts';
import { textIn } from './source-text.ts';

/** The text of a file of words, or what is to be told or asked of it instead. */
export type TextOrReading = { readonly text: string } | { readonly reading: Reading };

/**
 * The whole text of a file. It is read in the encoding that the user gave, that its byte order mark tells, or that
 * `declared` finds in it, and else as UTF-8; where it is none of these the user is asked, and never a guess made.
 */
export async function textOrQuestion(
  file: SourceFile,
  { options }: Pick<ReadContext, 'options'>,
  declared: (bytes: Bytes) => string | undefined = () => undefined,
): Promise<TextOrReading> {
  const whole = await wholeBytes(file, true);
  if ('problem' in whole) return asReading(whole);
  const { bytes } = whole;
  if (options.encoding !== undefined) return asReading(textIn(bytes, file, options.encoding));
  const head = bytes.subarray(0, headBytes);
  const refusal = refusalOf(head);
  if (refusal !== undefined && unmarkedWide(head) !== 'UTF-16')
    return asReading({ problem: fileProblem('refused', file.name, refusal) });
  const read = refusal === undefined ? textIn(bytes, file) : undefined;
  if (read && ('text' in read || isSure(bytes))) return asReading(read);
  const label = declared(bytes);
  const text = label === undefined ? undefined : decoded(bytes, label);
  return text === undefined ? asReading(encodingQuestion(file, bytes)) : { text };
}

/** Whether all of a file is UTF-8; memory holds one piece of it. */
export async function isUtf8(file: SourceFile): Promise<boolean> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const reader = file.stream().getReader();
  try {
    for (let step = await reader.read(); !step.done; step = await reader.read())
      decoder.decode(step.value, { stream: true });
    decoder.decode();
    return true;
  } catch (reason) {
    if (reason instanceof TypeError) return false;
    throw reason;
  } finally {
    await reader.cancel();
  }
}

/** Whether the encoding is known, so that what is wrong with the text is something else. */
function isSure(bytes: Bytes): boolean {
  return markedEncoding(bytes) !== undefined || decoded(bytes, 'utf-8') !== undefined;
}

function asReading(
  read: { readonly text: string } | { readonly problem: FileProblem } | { readonly question: Question },
): TextOrReading {
  if ('text' in read) return read;
  return {
    reading:
      'problem' in read
        ? { kind: 'problem', problem: read.problem }
        : { kind: 'question', question: read.question },
  };
}

/** So much of a file is decoded to see which encodings do not fit, and so much to see which fits best. */
const triedBytes = 8_000_000;
const weighedCharacters = 20_000;

function encodingQuestion(
  file: SourceFile,
  bytes: Bytes,
): { readonly question: Question } | { readonly problem: FileProblem } {
  const tried = bytes.length <= triedBytes ? bytes : bytes.subarray(0, triedBytes);
  const choices = encodings
    .flatMap(({ label, name }) => {
      const text = decodedStart(tried, label, tried.length < bytes.length);
      if (text === undefined) return [];
      const from = firstTelling(text);
      const weight = likelihood(text.slice(from, from + weighedCharacters));
      return [{ weight, value: label, name, examples: [excerpt(text, from)] }];
    })
    .sort((a, b) => b.weight - a.weight);
  if ((choices[0]?.weight ?? -1) < 0)
    return { problem: fileProblem('refused', file.name, 'this file is no text in any encoding known here.') };
  const words = 'This is not UTF-8. Which encoding shows its words as they should be?';
  return {
    question: {
      about: 'encoding',
      words,
      choices: choices.map(({ value, name, examples }) => ({ value, name, examples })),
    },
  };
}

/** A character may be cut where only the start of a file is tried, so up to three bytes less are tried as well. */
function decodedStart(bytes: Bytes, label: string, isCut: boolean): string | undefined {
  for (let less = 0; less <= (isCut ? 3 : 0); less++) {
    const text = decoded(bytes.subarray(0, bytes.length - less), label);
    if (text !== undefined) return text;
  }
  return undefined;
}

/** Where the first character stands by which encodings differ, or the beginning. */
function firstTelling(text: string): number {
  return Math.max(0, text.search(/[^\t\n\r\f\x20-\x7e]/u));
}

const contextLength = 40;

function excerpt(text: string, at: number): string {
  const [start, end] = [Math.max(0, at - contextLength), Math.min(text.length, at + contextLength)];
  const words = text.slice(start, end).toWellFormed().replace(/\s+/gu, ' ');
  return `${start > 0 ? '…' : ''}${words.trim()}${end < text.length ? '…' : ''}`;
}
