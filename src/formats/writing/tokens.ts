import type { Range } from '../../core/offset.ts';
import type { Span } from '../../core/span.ts';
import { spacelessCharacter, spacelessLetter } from '../../core/spaceless.ts';

/** A word, a number or a sign of a text; offsets in UTF-16 units of the text. */
export interface Token extends Range {
  readonly text: string;
}

const letters = String.raw`(?:(?!${spacelessLetter})[\p{L}\p{M}])+`;
const lettersAndTies = String.raw`(?:(?!${spacelessLetter})[\p{L}\p{M}\p{Pc}])+`;
const digits = String.raw`(?:(?!${spacelessLetter})\p{N})+`;

/**
 * How text is cut into tokens wherever a format wants them: letters with their marks, apostrophes and hyphens between them;
 * each character by itself, with its marks, in scripts without spaces such as Chinese, Japanese and Thai; numbers with
 * points and commas inside; any other sign by itself, one with its joiners and selectors being one sign.
 */
const tokenPattern = new RegExp(
  [
    spacelessCharacter,
    String.raw`${lettersAndTies}(?:[\u200d’'\u00ad\u05f3\u05f4\u200c-]${letters})*`,
    String.raw`${digits}(?:[.,:]${digits})*`,
    String.raw`\p{Regional_Indicator}{2}`,
    String.raw`[^\s\p{White_Space}][\p{M}\p{Emoji_Modifier}\ufe0f]*(?:\u200d\p{Extended_Pictographic}[\p{M}\p{Emoji_Modifier}\ufe0f]*)*`,
  ].join('|'),
  'gu',
);

export function tokensOf(text: string, { start = 0, end = text.length }: Partial<Range> = {}): Token[] {
  return Array.from(text.slice(start, end).matchAll(tokenPattern), ({ 0: words, index }) => ({
    text: words,
    start: start + index,
    end: start + index + words.length,
  }));
}

/** A span as tokens: the first and the last that it covers or cuts, both included. */
export interface TokenSpan {
  readonly span: Span;
  readonly first: number;
  readonly last: number;
  /** Whether the span ends inside one of them, or in the white space around them. */
  readonly isSnapped: boolean;
}

/** The spans snapped outwards to the edges of tokens; those that cover none are left out. `tokens` in order. */
export function snap(spans: readonly Span[], tokens: readonly Token[]): TokenSpan[] {
  return spans.flatMap((span) => {
    const first = countBelow(tokens.length, (index) => tokens[index]!.end <= span.start);
    const last = countBelow(tokens.length, (index) => tokens[index]!.start < span.end) - 1;
    if (first > last) return [];
    const isSnapped = tokens[first]!.start !== span.start || tokens[last]!.end !== span.end;
    return [{ span, first, last, isSnapped }];
  });
}

/** How many indexes come first for which something is true. */
function countBelow(length: number, isTrue: (index: number) => boolean): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isTrue(middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}
