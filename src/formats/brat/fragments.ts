import type { Range } from '../../core/offset.ts';
import { blanks } from '../writing/blanks.ts';
import { breaksLine } from './breaks.ts';

/**
 * The parts of a range that brat can quote: it is cut where a line breaks or a tab stands, and the white space around the
 * cut goes. None when the range is nothing but such.
 */
export function piecesOf(text: string, { start, end }: Range): Range[] {
  const pieces: Range[] = [];
  let from = start;
  for (const blank of text.slice(start, end).matchAll(blanks)) {
    if (!breaksLine(blank[0])) continue;
    const to = start + blank.index;
    if (from < to) pieces.push({ start: from, end: to });
    from = to + blank[0].length;
  }
  if (from < end) pieces.push({ start: from, end });
  return pieces;
}

/** Fragments with those made one again that `piecesOf` would part. In order of the text. */
export function rejoined(text: string, fragments: readonly Range[]): Range[] {
  const joined: Range[] = [];
  for (const fragment of fragments.toSorted((a, b) => a.start - b.start)) {
    const last = joined.at(-1);
    if (last && isCut(text, last, fragment)) joined.splice(-1, 1, { start: last.start, end: fragment.end });
    else joined.push(fragment);
  }
  return joined;
}

function isCut(text: string, before: Range, after: Range): boolean {
  if (before.end >= after.start) return false;
  const pieces = piecesOf(text, { start: before.end - 1, end: after.start + 1 });
  const [first, second, ...more] = pieces;
  return (
    more.length === 0 && first?.end === before.end && second?.start === after.start && first.start < first.end
  );
}
