import { wholeCharacters } from '../boundaries.ts';
import type { Range } from '../offset.ts';
import type { SpanIndex } from '../span-index.ts';
import { FoldedText, type FindOptions } from './find.ts';

/** A place where the words stand, with a line of what is around it. */
export interface Occurrence extends Range {
  /** The words as the text has them there. */
  readonly text: string;
  readonly before: string;
  readonly after: string;
  /** Ids of the labels that the annotator has put on exactly this range. */
  readonly labels: readonly string[];
}

export interface Wanted {
  readonly words: string;
  readonly options: FindOptions;
  readonly annotator: string;
}

/** At most `limit` places of the words in a text, in order. */
export function occurrencesIn(
  text: string,
  index: SpanIndex,
  { words, options, annotator }: Wanted,
  limit: number,
): Occurrence[] {
  const found: Occurrence[] = [];
  for (const range of new FoldedText(text, options).find(words, options.wholeWords)) {
    if (found.length === limit) break;
    found.push({
      ...range,
      text: text.slice(range.start, range.end),
      ...surroundings(text, range),
      labels: labelsOn(index, range, annotator),
    });
  }
  return found;
}

/** The same places with the labels that are on them by another index of spans. */
export function withLabels(
  found: readonly Occurrence[],
  index: SpanIndex,
  annotator: string,
): readonly Occurrence[] {
  return found.map((occurrence) => ({ ...occurrence, labels: labelsOn(index, occurrence, annotator) }));
}

/** What stands beside a range in one line of the screen, in UTF-16 units, give or take a character. */
const besideLength = 60;

function surroundings(text: string, { start, end }: Range): { before: string; after: string } {
  const [first, last] = [Math.max(0, start - besideLength), Math.min(text.length, end + besideLength)];
  const whole = wholeCharacters(text, { start: first, end: last });
  return { before: inOneLine(text.slice(whole.start, start)), after: inOneLine(text.slice(end, whole.end)) };
}

function inOneLine(text: string): string {
  return text.replace(/\s+/gu, ' ');
}

function labelsOn(index: SpanIndex, { start, end }: Range, annotator: string): string[] {
  return index
    .overlapping({ start, end })
    .filter((span) => span.start === start && span.end === end && span.annotator === annotator)
    .map(({ label }) => label);
}

/** A range together with the words that were seen in it. */
export interface Quoted extends Range {
  readonly text: string;
}

/**
 * Those of the ranges that the annotator has not marked so yet.
 *
 * @throws RangeError when a range does not hold the words that were seen in it: nothing may then be marked at all.
 */
export function stillToMark<Q extends Quoted>(
  text: string,
  index: SpanIndex,
  ranges: readonly Q[],
  mark: { readonly labelIds: readonly string[]; readonly annotator: string },
): Q[] {
  for (const { start, end, text: words } of ranges)
    if (start >= end || text.slice(start, end) !== words)
      throw new RangeError(`“${words}” does not stand at ${start} to ${end} of the text`);
  return ranges.filter(
    (range) => !labelsOn(index, range, mark.annotator).some((label) => mark.labelIds.includes(label)),
  );
}
