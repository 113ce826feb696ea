import type { Fragment } from './fragments.ts';

/** A page of more is a map or a drawing, whose words have no order but that in which they are drawn. */
const mostFragments = 3000;
/** What a strip between columns has on each side, and how wide it is in heights of letters. */
const leastRows = 3;
const leastCharacters = 15;
const leastGutter = 0.8;

/**
 * The fragments of a page in the order in which one reads them, by cutting it up: where an empty strip from top to bottom
 * has lines of prose on both sides, the left column comes first (the right one where that is how its script runs);
 * otherwise it is cut at the highest empty strip from side to side, and what is above comes first.
 */
export function inReadingOrder(fragments: readonly Fragment[]): readonly Fragment[] {
  if (fragments.length > mostFragments) return fragments;
  const parts = columns(fragments) ?? bands(fragments);
  return parts ? parts.flatMap(inReadingOrder) : rows(fragments);
}

function columns(fragments: readonly Fragment[]): readonly Fragment[][] | undefined {
  const byLeft = fragments.toSorted((a, b) => a.left - b.left);
  let [best, gap, right] = [0, 0, -Infinity];
  for (const [index, fragment] of byLeft.entries()) {
    const free = fragment.left - right;
    if (index > 0 && free > gap && free > leastGutter * fragment.size) {
      const sides = [byLeft.slice(0, index), byLeft.slice(index)];
      if (sides.every(isProse)) [best, gap] = [index, free];
    }
    right = Math.max(right, fragment.right);
  }
  if (best === 0) return undefined;
  const sides = [byLeft.slice(0, best), byLeft.slice(best)];
  return isRightToLeft(fragments) ? sides.toReversed() : sides;
}

function isProse(fragments: readonly Fragment[]): boolean {
  const characters = fragments.reduce((sum, { text }) => sum + text.trim().length, 0);
  return fragments.length >= leastRows && characters >= leastCharacters * fragments.length;
}

function bands(fragments: readonly Fragment[]): readonly Fragment[][] | undefined {
  const byTop = fragments.toSorted((a, b) => topOf(a) - topOf(b));
  let [best, gap, bottom] = [0, 0, -Infinity];
  for (const [index, fragment] of byTop.entries()) {
    const free = topOf(fragment) - bottom;
    if (index > 0 && free > gap) [best, gap] = [index, free];
    bottom = Math.max(bottom, fragment.baseline + 0.1 * fragment.size);
  }
  return best === 0 ? undefined : [byTop.slice(0, best), byTop.slice(best)];
}

function topOf({ baseline, size }: Fragment): number {
  return baseline - 0.7 * size;
}

/** What cannot be cut any more is read line by line. */
function rows(fragments: readonly Fragment[]): readonly Fragment[] {
  const sign = isRightToLeft(fragments) ? -1 : 1;
  const byLine = fragments.toSorted((a, b) => a.baseline - b.baseline);
  const lines: Fragment[][] = [];
  for (const fragment of byLine) {
    const first = lines.at(-1)?.[0];
    if (first && fragment.baseline - first.baseline < fragment.size / 2) lines.at(-1)!.push(fragment);
    else lines.push([fragment]);
  }
  return lines.flatMap((line) => line.sort((a, b) => sign * (a.left - b.left)));
}

function isRightToLeft(fragments: readonly Fragment[]): boolean {
  const turned = fragments.filter((fragment) => fragment.isRightToLeft);
  return turned.length * 2 > fragments.length;
}
