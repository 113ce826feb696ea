import { spacelessScripts } from '../spaceless.ts';

/** A class of a distribution: whole numbers from `least` up to and with `most`, which is `Infinity` in the last one. */
export interface Bin {
  readonly least: number;
  readonly most: number;
}

/** Classes that begin at these numbers, ascending; each ends where the next begins, and the last has no end. */
function binsFrom(starts: readonly number[]): readonly Bin[] {
  return starts.map((least, index) => ({ least, most: (starts[index + 1] ?? Infinity) - 1 }));
}

/** The place among the bins of the one that a number falls into. The first takes whatever is smaller. */
export function binOf(bins: readonly Bin[], value: number): number {
  return Math.max(
    0,
    bins.findLastIndex(({ least }) => least <= value),
  );
}

/** "3", "4–5", "61 and more". */
export function binName({ least, most }: Bin): string {
  if (most === Infinity) return `${least.toLocaleString('en')} and more`;
  return least === most ? String(least) : `${least}–${most}`;
}

/** Each about half as long again as the one before: most spans are short, and a few are very long. */
export const wordBins = binsFrom([1, 2, 3, 4, 6, 9, 13, 21, 36, 61]);
export const characterBins = binsFrom([1, 6, 11, 21, 41, 81, 161, 321, 641]);
export const spanBins = binsFrom([0, 1, 2, 3, 6, 11, 21, 51, 101, 501]);

const words = new Intl.Segmenter(undefined, { granularity: 'word' });
const spaceless = new RegExp(`[${spacelessScripts}]`, 'u');
const word = /[\p{L}\p{N}][\p{L}\p{N}\p{M}]*(?:[’'.\-‐][\p{L}\p{N}][\p{L}\p{N}\p{M}]*)*/gu;

/**
 * How many words a passage has, hyphenated and contracted ones as one. Only scripts that are written without spaces are
 * looked up in the browser's dictionary, which is a hundred times slower.
 */
export function countWords(passage: string): number {
  if (!spaceless.test(passage)) return passage.match(word)?.length ?? 0;
  let count = 0;
  for (const { isWordLike } of words.segment(passage)) if (isWordLike) count++;
  return count;
}

/** How many Unicode code points a passage has: what files count. */
export function countCodePoints(passage: string): number {
  let pairs = 0;
  for (let at = 0; at < passage.length; at++) if (passage.codePointAt(at)! > 0xffff) pairs++;
  return passage.length - pairs;
}

/** The middle one of numbers given by how often each occurs; the lower of two middle ones. `undefined` of none. */
export function medianOf(occurrences: ReadonlyMap<number, number>): number | undefined {
  const total = [...occurrences.values()].reduce((sum, count) => sum + count, 0);
  let seen = 0;
  for (const [value, count] of [...occurrences].sort(([a], [b]) => a - b)) {
    seen += count;
    if (seen * 2 >= total) return value;
  }
  return undefined;
}
