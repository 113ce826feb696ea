import {
  closingAbbreviations,
  countingAbbreviations,
  leadingAbbreviations,
  months,
  openers,
} from './abbreviations.ts';
import type { Range } from './offset.ts';
import { segmentsIn } from './segments.ts';

const segmenter = new Intl.Segmenter('und', { granularity: 'sentence' });

/** An abbreviation with the words before it that matter fits into this many UTF-16 units. */
const near = 40;

/**
 * The sentences of a passage, which together are the whole passage. To the segmenter every line ends one; here lines are parted unless the next one goes on in a small
 * letter. In doubt two sentences stay one, as a span is lost where one is cut. At the offsets `starts` a sentence
 * begins in any case.
 */
export function sentencesIn(text: string, passage: Range, starts: ReadonlySet<number> = new Set()): Range[] {
  const sentences: Range[] = [];
  for (const { start, end } of segmentsIn(segmenter, text, passage)) {
    const segment = text.slice(start, end);
    const last = sentences.at(-1);
    if (
      last &&
      !starts.has(start) &&
      goesOn(text.slice(Math.max(last.start, last.end - near), last.end), segment)
    )
      sentences[sentences.length - 1] = { start: last.start, end };
    else sentences.push({ start, end });
  }
  return sentences;
}

/** Whether what was cut apart is one sentence. */
function goesOn(before: string, after: string): boolean {
  // A small letter, or a mark that closes: « Quoi ? » dit-il.
  if (/^\s*(?:\p{Ll}|[»”)\]](?:[\s\p{P}]|$))/u.test(after)) return true;
  const word = /[^\s([{<“”"„‟«»‹›'‘’‚]+$/u.exec(before.trimEnd())?.[0] ?? '';
  // With its stop, which tells the initial in "J. A. Smith" from the article.
  const next = /[\p{L}\p{N}\p{M}]+(?:\.(?=\s))?/u.exec(after.slice(0, near))?.[0] ?? '';
  if (leadingAbbreviations.has(word)) return true;
  if (countingAbbreviations.has(word) && /^\d/.test(next)) return true;
  if (/^\d{1,3}\.$/.test(word)) return months.has(next.replace('.', '')) || isAlone(word, before);
  return (closingAbbreviations.has(word) || isInitial(word)) && !openers.has(next) && next !== '';
}

/** "J.", "U.S.", "J.R.R.", "B." in "z. B.", "J.-P.". */
function isInitial(word: string): boolean {
  return /^(?:\p{L}\p{M}*\.-?)+$/u.test(word);
}

/** Whether a number is all that stands on its line before the cut, as in a list. */
function isAlone(word: string, before: string): boolean {
  const line = before.slice(before.trimEnd().lastIndexOf('\n') + 1);
  return line.trim() === word && before.length < near;
}
