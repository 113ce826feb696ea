import findMatches from 'approx-string-match';
import type { Range } from '../../core/offset.ts';
import { isInsidePair } from '../units.ts';

/** Words that should stand somewhere in a text. */
export interface Anchor {
  readonly quote: string;
  readonly prefix?: string | undefined;
  readonly suffix?: string | undefined;
  /** Where they were said to be, a UTF-16 offset. */
  readonly near: number;
}

/** A place where the words, or something very like them, stand. `score` is 0 to 1. */
export interface Anchored extends Range {
  readonly score: number;
}

/** The search is quadratic in the quote at worst, and a long one is told by its beginning and its end as well. */
const longestQuote = 1000;
const weights = { quote: 50, prefix: 20, suffix: 20, near: 2 };

/**
 * Where the words stand most likely, by the way of Hypothesis: likeness of the words, of what is around them, and how near
 * they are. `undefined` when nothing in the text is like three quarters of them.
 */
export function bestAnchor(text: string, anchor: Anchor): Anchored | undefined {
  const { quote } = anchor;
  if (quote.trim() === '' || quote.length > longestQuote) return undefined;
  const exact = placesOf(quote, text);
  const matches =
    exact.length > 0 ? exact : findMatches(text, quote, Math.min(64, Math.floor(quote.length / 4)));
  const scored = matches
    .filter(({ start, end }) => start < end && !isInsidePair(text, start) && !isInsidePair(text, end))
    .map(({ start, end, errors }) => ({ start, end, score: scoreOf(text, { start, end }, errors, anchor) }));
  return scored.sort((a, b) => b.score - a.score || a.start - b.start)[0];
}

/** Where the very words stand. To look for these alone is faster by far, and no others are nearer to them. */
function placesOf(quote: string, text: string): { start: number; end: number; errors: number }[] {
  const places = [];
  for (let start = text.indexOf(quote); start >= 0; start = text.indexOf(quote, start + 1))
    places.push({ start, end: start + quote.length, errors: 0 });
  return places;
}

function scoreOf(text: string, { start, end }: Range, errors: number, anchor: Anchor): number {
  const { quote, prefix, suffix, near } = anchor;
  const parts = [
    [weights.quote, 1 - errors / quote.length],
    ...(prefix
      ? [[weights.prefix, likeness(text.slice(Math.max(0, start - prefix.length), start), prefix)] as const]
      : []),
    ...(suffix ? [[weights.suffix, likeness(text.slice(end, end + suffix.length), suffix)] as const] : []),
    [weights.near, 1 - Math.abs(start - near) / Math.max(1, text.length)],
  ] as const;
  const weight = parts.reduce((sum, [part]) => sum + part, 0);
  return parts.reduce((sum, [part, share]) => sum + part * Math.max(0, share), 0) / weight;
}

/** 1 when the words are the same, 0 when nothing of them is there. */
function likeness(here: string, words: string): number {
  const [match] = findMatches(here, words, words.length).sort((a, b) => a.errors - b.errors);
  return match ? 1 - match.errors / words.length : 0;
}
