import { wholeCharacters } from '../boundaries.ts';
import type { Range } from '../offset.ts';
import { overlaps } from '../span.ts';

/** A piece of a snippet, in one line of text; strong where it is what was looked for. */
export interface Piece {
  readonly text: string;
  readonly isStrong: boolean;
}

/**
 * The text of the window in pieces, cut between words where that is not far, with dots there. `strong` is in order, none
 * overlapping another.
 */
export function snippet(text: string, rough: Range, strong: readonly Range[]): Piece[] {
  const start = Math.max(0, rough.start);
  const end = Math.min(text.length, rough.end);
  const inside = strong.filter((range) => overlaps(range, { start, end }));
  const window = wholeCharacters(text, {
    start: afterSpace(text, start, Math.min(inside[0]?.start ?? end, start + farAway)),
    end: beforeSpace(text, end, Math.max(inside.at(-1)?.end ?? start, end - farAway)),
  });
  const pieces: Piece[] = [];
  let at = window.start;
  for (const range of inside) {
    const [first, last] = [Math.max(at, range.start), Math.min(window.end, range.end)];
    pieces.push(piece(text.slice(at, first), false), piece(text.slice(first, last), true));
    at = last;
  }
  pieces.push(piece(text.slice(at, window.end), false));
  const dots = piece('…', false);
  return [
    ...(window.start > 0 ? [dots] : []),
    ...pieces.filter((part) => part.text !== ''),
    ...(window.end < text.length ? [dots] : []),
  ];
}

function piece(text: string, isStrong: boolean): Piece {
  return { text: text.replace(/\s+/gu, ' '), isStrong };
}

/** No space is looked for further away than this, in UTF-16 units. */
const farAway = 24;

function afterSpace(text: string, from: number, most: number): number {
  if (from === 0 || /\s/u.test(text[from - 1]!)) return from;
  for (let at = from; at < most; at++) if (/\s/u.test(text[at]!)) return at + 1;
  return from;
}

function beforeSpace(text: string, from: number, least: number): number {
  if (from === text.length || /\s/u.test(text[from]!)) return from;
  for (let at = from; at > least; at--) if (/\s/u.test(text[at - 1]!)) return at - 1;
  return from;
}
