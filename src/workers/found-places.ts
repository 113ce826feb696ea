import type { Document } from '../core/document.ts';
import { FoldedText } from '../core/finding/find.ts';
import { loosely } from '../core/finding/fold.ts';
import { hasWords, isOfSpans, isOneWord, isWordBoundary, type Term } from '../core/finding/query.ts';
import { snippet, type Piece } from '../core/finding/snippet.ts';
import type { Range } from '../core/offset.ts';
import { overlaps, type Span } from '../core/span.ts';
import { holdsOf, saidOfDocument, type LabelNames, type Said } from './facts.ts';

/** A place in a document that a search leads to. */
export interface FoundPlace extends Range {
  readonly pieces: readonly Piece[];
  /** The span that it is, if it is one. */
  readonly span?: Span;
}

interface Read {
  readonly document: Document;
  readonly text: string;
  readonly spans: readonly Span[];
}

const mostPlaces = 5;
/** How much is shown around what was found, in UTF-16 units. */
const around = { before: 60, after: 100 };
const longestSpan = 240;

/** Where the document fits the terms; `undefined` when it turns out not to. */
export function placesOf(
  read: Read,
  terms: readonly Term[],
  labels: readonly LabelNames[],
): { places: FoundPlace[]; more: number } | undefined {
  const { document, text } = read;
  const [wanted, excluded] = [
    terms.filter((term) => !term.isExcluded),
    terms.filter((term) => term.isExcluded),
  ];
  const free = wanted
    .filter(({ field }) => field === undefined)
    .map((term) => ({ hits: hitsOf(text, term), isSure: isOneWord(term) || isTitled(document, term) }));
  if (free.some(({ hits, isSure }) => hits.length === 0 && !isSure)) return undefined;
  if (excluded.some((term) => has(read, term, labels))) return undefined;
  const ofSpans = wanted.filter(isOfSpans);
  const holds = (said: Said) => ofSpans.every((term) => holdsOf(said, term, labels));
  if (ofSpans.length === 0) return shown(text, inOrder(free.flatMap(({ hits }) => hits)));
  const spans = read.spans.filter((span) => holds(saidOf(span)));
  if (spans.length === 0 && !holds(saidOfDocument(document))) return undefined;
  return {
    places: spans.slice(0, mostPlaces).map((span) => spanPlace(text, span)),
    more: Math.max(0, spans.length - mostPlaces),
  };
}

function isTitled({ title }: Document, { value, isPhrase }: Term): boolean {
  return hasWords(title, value, isPhrase);
}

function saidOf(span: Span): Said {
  return { ...span, labels: [span.label] };
}

function has({ document, text, spans }: Read, term: Term, labels: readonly LabelNames[]): boolean {
  if (term.field === 'status') return false;
  if (term.field === undefined) return isTitled(document, term) || hitsOf(text, term).length > 0;
  if (term.field === 'title') return isTitled(document, term);
  return [saidOfDocument(document), ...spans.map(saidOf)].some((said) => holdsOf(said, term, labels));
}

/** The places of free words: at the beginnings of words, and of a phrase at their ends as well. */
function hitsOf(text: string, { value, isPhrase }: Term): Range[] {
  const words = value.replace(/^[^\p{L}\p{N}\p{M}]+|[^\p{L}\p{N}\p{M}]+$/gu, '');
  return [...new FoldedText(text, loosely).find(words)].filter(
    ({ start, end }) => isWordBoundary(text, start) && (!isPhrase || isWordBoundary(text, end)),
  );
}

function inOrder(ranges: readonly Range[]): Range[] {
  const sorted = [...ranges].sort((a, b) => a.start - b.start || b.end - a.end);
  const kept: Range[] = [];
  for (const range of sorted) if (!kept.at(-1) || !overlaps(kept.at(-1)!, range)) kept.push(range);
  return kept;
}

/** A snippet for the first hits; those that stand in the snippet of another one need none of their own. */
function shown(text: string, hits: readonly Range[]): { places: FoundPlace[]; more: number } {
  const places: FoundPlace[] = [];
  let [seen, index] = [-1, 0];
  for (; index < hits.length; index++) {
    const { start, end } = hits[index]!;
    if (end <= seen) continue;
    if (places.length === mostPlaces) break;
    const window = { start: Math.max(seen, start - around.before), end: end + around.after };
    places.push({ start, end, pieces: snippet(text, window, hits) });
    seen = window.end;
  }
  return { places, more: hits.length - index };
}

function spanPlace(text: string, span: Span): FoundPlace {
  const { start, end } = span;
  const last = Math.min(end, start + longestSpan);
  const window = { start: start - around.before, end: last < end ? last : last + around.before };
  return { start, end, pieces: snippet(text, window, [{ start, end }]), span };
}
