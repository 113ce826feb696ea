import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

/** What was done to a file's characters to make the canonical text. */
export interface TextSource {
  readonly file?: string;
  readonly newlines: 'none' | 'lf' | 'crlf' | 'cr' | 'mixed';
  readonly byteOrderMark: boolean;
  /** Lone surrogates that became U+FFFD. */
  readonly replacedSurrogates: number;
}

export interface CanonicalText {
  readonly text: string;
  readonly source: TextSource;
  /**
   * Carries an offset into the raw string to one into `text`, both in UTF-16 units. Inside a CRLF the result is the
   * place before the line feed; `toCanonicalEnd` gives the place after it.
   */
  toCanonical(rawOffset: number): number;
  toCanonicalEnd(rawOffset: number): number;
}

/**
 * The canonical string of a document: CRLF and lone CR become LF, one leading byte order mark goes, lone surrogates
 * become U+FFFD. Nothing else is touched.
 */
export function canonicalText(raw: string): CanonicalText {
  const byteOrderMark = raw.charCodeAt(0) === 0xfeff;
  const body = byteOrderMark ? raw.slice(1) : raw;
  const text = body.replace(/\r\n?/g, '\n').toWellFormed();
  const dropped = byteOrderMark ? 1 : 0;
  const crlf = offsetsOfCrlf(body);
  const passed = (rawOffset: number) => countBelow(crlf, rawOffset - dropped);
  const isInsideCrlf = (rawOffset: number) => crlf[passed(rawOffset) - 1] === rawOffset - dropped - 1;
  const toCanonical = (rawOffset: number) => Math.max(0, rawOffset - dropped - passed(rawOffset));
  const toCanonicalEnd = (rawOffset: number) => toCanonical(rawOffset) + (isInsideCrlf(rawOffset) ? 1 : 0);
  return {
    text,
    source: { newlines: newlinesOf(body), byteOrderMark, replacedSurrogates: countLoneSurrogates(body) },
    toCanonical,
    toCanonicalEnd,
  };
}

/** SHA-256 over the UTF-8 bytes of the text, in lower-case hexadecimal. */
export function hashText(text: string): string {
  if (text !== hashed.text) hashed = { text, hash: bytesToHex(sha256(utf8ToBytes(text))) };
  return hashed.hash;
}

/** The last one: on its way through the app a text is asked for several times in a row. */
let hashed = { text: '', hash: bytesToHex(sha256(utf8ToBytes(''))) };

/** The date of a text that opens with `date YYYY-MM-DD`, as news archives print it; the text itself is left alone. */
export function leadingDate(text: string): string | undefined {
  const date = /^\s*date\s+(\d{4}-\d{2}-\d{2})(?!\d)/i.exec(text.slice(0, 200))?.[1];
  return date !== undefined && isCalendarDate(date) ? date : undefined;
}

function isCalendarDate(date: string): boolean {
  const time = Date.parse(`${date}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(date);
}

function offsetsOfCrlf(body: string): number[] {
  const offsets: number[] = [];
  for (let at = body.indexOf('\r\n'); at >= 0; at = body.indexOf('\r\n', at + 2)) offsets.push(at);
  return offsets;
}

/** How many of the ascending `offsets` lie below `limit`. */
function countBelow(offsets: readonly number[], limit: number): number {
  let low = 0;
  let high = offsets.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (offsets[middle]! < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

function newlinesOf(body: string): TextSource['newlines'] {
  const kinds = new Set(body.match(/\r\n|\r|\n/g));
  if (kinds.size === 0) return 'none';
  if (kinds.size > 1) return 'mixed';
  if (kinds.has('\n')) return 'lf';
  return kinds.has('\r') ? 'cr' : 'crlf';
}

function countLoneSurrogates(body: string): number {
  if (body.isWellFormed()) return 0;
  return body.match(/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g)?.length ?? 0;
}
