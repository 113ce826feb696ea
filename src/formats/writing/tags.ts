import type { OutgoingDocument } from '../../core/transfer.ts';
import type { Span } from '../../core/span.ts';
import { loss } from './losses.ts';
import type { Held, Loss, OverlapPolicy, WriteOptions } from '../format.ts';
import { flatten } from './flatten.ts';
import { checkSpan } from './places.ts';
import { snap, tokensOf, type Token, type TokenSpan } from './tokens.ts';

/** A text as tokens, of which each is in one mark at most. */
export interface Tagged {
  readonly tokens: readonly Token[];
  /** In order; no two have a token in common. */
  readonly marks: readonly TokenSpan[];
  readonly losses: readonly Loss[];
}

/**
 * The spans of a document as marks on tokens: snapped outwards, those without a token left out, and of those that then
 * overlap the ones that the policy keeps.
 */
export function taggedText({ text, spans }: OutgoingDocument, overlap: OverlapPolicy): Tagged {
  const { tokens, marks, losses } = tokenMarks(text, spans);
  const { kept, dropped } = flatten(
    marks.map(({ span }) => span),
    overlap,
  );
  const isKept = new Set(kept);
  return {
    tokens,
    marks: marks.filter(({ span }) => isKept.has(span)).sort((a, b) => a.first - b.first),
    losses: [...losses, ...someLost(dropped.length, 'spans that overlap another')],
  };
}

/** The spans of a text as marks on tokens that may overlap. Their spans have the ranges of their tokens. */
export function tokenMarks(text: string, spans: readonly Span[]): Tagged {
  for (const span of spans) checkSpan(span, text);
  const tokens = tokensOf(text);
  const marks = snap(spans, tokens).map((mark) => {
    const [start, end] = [tokens[mark.first]!.start, tokens[mark.last]!.end];
    return { ...mark, span: { ...mark.span, start, end, text: text.slice(start, end) } };
  });
  return {
    tokens,
    marks,
    losses: [
      ...someLost(spans.length - marks.length, 'spans that cover no word or sign'),
      ...someLost(
        marks.filter(({ isSnapped }) => isSnapped).length,
        'spans that begin or end inside a word or in white space, which become whole words',
      ),
    ],
  };
}

export function someLost(count: number, what: string): Loss[] {
  return count > 0 ? [loss(count, what)] : [];
}

/** What a reader finds of a document written as tokens and tags. */
export function heldInTags(document: OutgoingDocument, { overlap }: WriteOptions): Held {
  return { text: 'words', spans: taggedText(document, overlap).marks.map(({ span }) => span) };
}

/**
 * The tag of each of so many tokens. `labelOf` gives what stands behind the prefix; `starts` are the tokens that begin a
 * sentence, where no mark touches the one before.
 */
export function tagsOf(
  count: number,
  marks: readonly TokenSpan[],
  tagging: WriteOptions['tagging'],
  labelOf: (span: Span) => string,
  starts: ReadonlySet<number> = new Set(),
): string[] {
  const tags = Array<string>(count).fill('O');
  let before: { readonly last: number; readonly label: string } | undefined;
  for (const { span, first, last } of marks) {
    const label = labelOf(span);
    const touches = before?.last === first - 1 && before.label === label && !starts.has(first);
    for (let index = first; index <= last; index++)
      tags[index] = `${prefixAt(index, first, last, tagging, touches)}-${label}`;
    before = { last, label };
  }
  return tags;
}

function prefixAt(
  index: number,
  first: number,
  last: number,
  tagging: WriteOptions['tagging'],
  touches: boolean,
): string {
  if (tagging === 'IOB1') return index === first && touches ? 'B' : 'I';
  if (tagging === 'BIO') return index === first ? 'B' : 'I';
  if (first === last) return 'S';
  return index === first ? 'B' : index === last ? 'E' : 'I';
}

/** Runs of tokens: a line of the text each, or several where a mark goes on over their end. Both ends included. */
export function sentencesOf(
  text: string,
  tokens: readonly Token[],
  marks: readonly TokenSpan[],
): { readonly first: number; readonly last: number }[] {
  const sentences: { first: number; last: number }[] = [];
  let next = 0;
  for (const [index, token] of tokens.entries()) {
    const before = tokens[index - 1];
    while (marks[next] && marks[next]!.last < index) next++;
    const isInside = marks[next] !== undefined && marks[next]!.first < index;
    const isNewLine = !before || text.slice(before.end, token.start).includes('\n');
    if (isNewLine && !isInside) sentences.push({ first: index, last: index });
    else sentences.at(-1)!.last = index;
  }
  return sentences;
}
