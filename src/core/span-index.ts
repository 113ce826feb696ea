import type { Range } from './offset.ts';
import { overlaps, type Span } from './span.ts';

/**
 * The spans of one document, found by offset. Built in linear time from spans in order; a question walks only the
 * spans near the place it asks about.
 */
export class SpanIndex {
  /** In the order of `compareSpans`. */
  readonly spans: readonly Span[];
  /** The furthest end among the spans up to and with each index. */
  readonly #reach: Uint32Array;

  constructor(spansInOrder: readonly Span[]) {
    this.spans = spansInOrder;
    this.#reach = new Uint32Array(spansInOrder.length);
    let reach = 0;
    for (const [index, span] of spansInOrder.entries())
      this.#reach[index] = reach = Math.max(reach, span.end);
  }

  /** The spans that overlap the range, in order. */
  overlapping(range: Range): Span[] {
    const found: Span[] = [];
    for (let index = this.#firstStartingAt(range.end) - 1; index >= 0; index--) {
      if (this.#reach[index]! <= range.start) break;
      const span = this.spans[index]!;
      if (overlaps(span, range)) found.push(span);
    }
    return found.reverse();
  }

  /** The spans that cover the character at the offset, innermost (shortest) first. */
  covering(offset: number): Span[] {
    return this.overlapping({ start: offset, end: offset + 1 }).sort(innermostFirst);
  }

  /** The spans that a caret at the offset stands in or at the edge of: those around it before those it only touches. */
  atCaret(offset: number): Span[] {
    const around = (span: Span) => span.start <= offset && offset < span.end;
    return this.overlapping({ start: offset - 1, end: offset + 1 }).sort(
      (a, b) => Number(around(b)) - Number(around(a)) || innermostFirst(a, b),
    );
  }

  /**
   * The lane of every span that overlaps the range: the lowest number that no overlapping span before it has, so that
   * stacked spans stay apart. A span's lane does not depend on the range asked for.
   */
  lanes(range: Range): Map<Span, number> {
    const lanes = new Map<Span, number>();
    let open: { end: number; lane: number }[] = [];
    const taken: boolean[] = [];
    for (let index = this.#clusterStart(range.start); index < this.spans.length; index++) {
      const span = this.spans[index]!;
      if (span.start >= range.end) break;
      open = open.filter(({ end, lane }) => {
        const isOpen = end > span.start;
        taken[lane] = isOpen;
        return isOpen;
      });
      const free = taken.indexOf(false);
      const lane = free < 0 ? taken.length : free;
      taken[lane] = true;
      open.push({ end: span.end, lane });
      if (span.end > range.start) lanes.set(span, lane);
    }
    return lanes;
  }

  /** The index of the first span of the heap of overlapping spans that reaches past the offset. */
  #clusterStart(offset: number): number {
    let index = this.#firstReachingPast(offset);
    while (index > 0 && this.#reach[index - 1]! > (this.spans[index]?.start ?? Infinity)) index--;
    return index;
  }

  #firstStartingAt(offset: number): number {
    return firstIndex(this.spans.length, (index) => this.spans[index]!.start >= offset);
  }

  #firstReachingPast(offset: number): number {
    return firstIndex(this.spans.length, (index) => this.#reach[index]! > offset);
  }
}

/** Shortest first; of equal ones the later in order first, as it lies on top. */
function innermostFirst(a: Span, b: Span): number {
  return a.end - a.start - (b.end - b.start) || b.start - a.start || (a.id < b.id ? 1 : -1);
}

/** The first index below `length` for which the condition holds and holds ever after; `length` if there is none. */
function firstIndex(length: number, holds: (index: number) => boolean): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
