import { Digest } from '../../core/digest.ts';
import { oneLine } from '../json-lines.ts';
import { isObject, type JsonObject } from '../reading/json-value.ts';
import { isPartName, type PartName } from './part-names.ts';

/** A line of a backup as it was read: which part it is of, its number there from 1, and what it says. */
export interface SealedLine {
  readonly part: PartName;
  readonly line: number;
  readonly value: JsonObject;
  readonly sum: string;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

const sumLength = 32;
const sealStart = ',"sum":"';
const sealLength = sealStart.length + sumLength + '"}'.length;

/**
 * An object as a line that vouches for itself: its part, its number and the beginning of the SHA-256 over all that stands
 * before stand at its end. So each line can be told sound or damaged alone, wherever in a file it is found.
 */
export function sealedLine(
  value: object,
  part: PartName,
  line: number,
): { readonly bytes: Uint8Array<ArrayBuffer>; readonly sum: string } {
  const body = oneLine(JSON.stringify({ ...value, part, line })).slice(0, -1);
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

function spoken(bytes: Uint8Array, sum: string): SealedLine | undefined {
  try {
    const value: unknown = JSON.parse(decoder.decode(bytes));
    if (!isObject(value)) return undefined;
    const { part, line, sum: _, ...rest } = value;
    return isPartName(part) && typeof line === 'number' ? { part, line, value: rest, sum } : undefined;
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
