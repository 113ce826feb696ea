import { compareSpans, overlaps, type Span } from '../../core/span.ts';
import type { OverlapPolicy } from '../format.ts';

/** Spans for a format that holds at most one at each place. */
export interface Flat {
  /** No two overlap; in the order of files. */
  readonly kept: readonly Span[];
  /** Those that a kept one overlaps. */
  readonly dropped: readonly Span[];
}

/** Of spans that overlap, keeps the longest, or the one that comes first; of equals the first in the order of files. */
export function flatten(spans: readonly Span[], policy: OverlapPolicy): Flat {
  const inOrder = [...spans].sort(compareSpans);
  const wanted =
    policy === 'first' ? inOrder : inOrder.toSorted((a, b) => b.end - b.start - (a.end - a.start));
  const kept: Span[] = [];
  for (const span of wanted) insert(kept, span);
  const isKept = new Set(kept);
  return { kept, dropped: inOrder.filter((span) => !isKept.has(span)) };
}

/** Puts a span among those that do not overlap and are in order, unless it overlaps one. */
function insert(kept: Span[], span: Span): void {
  let low = 0;
  let high = kept.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (kept[middle]!.start < span.start) low = middle + 1;
    else high = middle;
  }
  const neighbours = [kept[low - 1], kept[low]];
  if (neighbours.every((other) => other === undefined || !overlaps(other, span))) kept.splice(low, 0, span);
}
