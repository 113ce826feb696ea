import type { Span } from '../src/core/span.ts';
import { compareSpans } from '../src/core/span.ts';

/**
 * Reads the notation of the tests: `annotated('[[Ada](FIRST) Lovelace](PER) denied it')` is a text with two spans. The
 * ids are s1, s2, … in the order in which the spans close.
 */
export function annotated(notation: string, annotator = 'anna'): { text: string; spans: Span[] } {
  const spans: Span[] = [];
  const open: number[] = [];
  let text = '';
  for (let at = 0; at < notation.length; at++) {
    const label = /^\]\((\w+)\)/.exec(notation.slice(at));
    if (notation[at] === '[') open.push(text.length);
    else if (label && open.length > 0) {
      const start = open.pop()!;
      spans.push(
        span({ id: `s${spans.length + 1}`, start, end: text.length, label: label[1]!, annotator }, text),
      );
      at += label[0].length - 1;
    } else text += notation[at];
  }
  return { text, spans: spans.sort(compareSpans) };
}

/** A span with nothing but what matters to the test. */
export function span(traits: Partial<Span> & { start: number; end: number }, text = ''): Span {
  return {
    id: `${traits.start}-${traits.end}`,
    label: 'claim',
    annotator: 'anna',
    text: text.slice(traits.start, traits.end),
    attributes: {},
    origin: 'hand',
    createdAt: '2026-01-01T00:00:00.000Z',
    updatedAt: '2026-01-01T00:00:00.000Z',
    ...traits,
  };
}
