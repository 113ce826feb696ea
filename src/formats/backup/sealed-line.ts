import { Digest } from '../../core/digest.ts';
import { oneLine } from '../json-lines.ts';
import { isObject, type JsonObject } from '../reading/json-value.ts';
import { isPartName, type PartName } from './part-names.ts';

/** Where a line of a backup stands: in which part, as which line from 1, and after which. */
export interface LinePlace {
  readonly part: PartName;
  readonly line: number;
  /** The sum of the line before; empty for a part's first line. */
  readonly after: string;
}

/** A line of a backup as it was read. */
export interface SealedLine extends LinePlace {
  readonly value: JsonObject;
  readonly sum: string;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

const sumLength = 32;
const sealStart = ',"sum":"';
const sealLength = sealStart.length + sumLength + '"}'.length;

/**
 * An object as a line that vouches for itself: at its end stand its part, its number, the sum of the line before, and its
 * own sum, the beginning of the SHA-256 over all that. So each line can be told sound or damaged alone, wherever it is
 * found, and the last sum of a part stands for all its lines.
 */
export function sealedLine(
  value: object,
  { part, line, after }: LinePlace,
): { readonly bytes: Uint8Array<ArrayBuffer>; readonly sum: string } {
  const body = oneLine(JSON.stringify({ ...value, in: part, line, after })).slice(0, -1);
  const sum = sumOf(encoder.encode(body));
  return { bytes: encoder.encode(`${body}${sealStart}${sum}"}\n`), sum };
}

/** The line without its line feed, if it is exactly what was written; otherwise `undefined`. */
export function unsealed(bytes: Uint8Array): SealedLine | undefined {
  const at = bytes.length - sealLength;
  if (at < 1) return undefined;
  const sum = sumOf(bytes.subarray(0, at));
  if (!isEqual(bytes.subarray(at), encoder.encode(`${sealStart}${sum}"}`))) return undefined;
  return spoken(bytes, sum);
}

/** Where the next seal after a place ends, if there is one: a line may end there, even if no line feed follows. */
export function sealEnd(bytes: Uint8Array, after: number): number | undefined {
  const first = encoder.encode(sealStart);
  for (let at = bytes.indexOf(first[0]!, after); at >= 0; at = bytes.indexOf(first[0]!, at + 1)) {
    const end = at + sealLength;
    if (end <= bytes.length && end > after && isEqual(bytes.subarray(at, at + first.length), first))
      return end;
  }
  return undefined;
}

function spoken(bytes: Uint8Array, sum: string): SealedLine | undefined {
  try {
    const value: unknown = JSON.parse(decoder.decode(bytes));
    if (!isObject(value)) return undefined;
    const { in: part, line, after, sum: _, ...rest } = value;
    const isPlace = isPartName(part) && typeof line === 'number' && typeof after === 'string';
    return isPlace ? { part, line, after, value: rest, sum } : undefined;
  } catch {
    // Somebody may have sealed what is no JSON, and then it says nothing.
    return undefined;
  }
}

function sumOf(bytes: Uint8Array): string {
  const digest = new Digest();
  digest.add(bytes);
  return digest.finish().sha256.slice(0, sumLength);
}

export function isEqual(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, index) => byte === other[index]);
}
