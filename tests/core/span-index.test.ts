import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SpanIndex } from '../../src/core/span-index.ts';
import { compareSpans, overlaps, type Span } from '../../src/core/span.ts';
import { annotated, span } from '../annotated.ts';
import { ranges, reach, spans } from './spans.ts';

const ids = (found: readonly Span[]) => found.map(({ id }) => id);
const labels = (found: readonly Span[]) => found.map(({ label }) => label);
const inOrder = (all: readonly Span[]) => [...all].sort(compareSpans);
const offsets = fc.nat(reach + 2);

/** The lanes of all spans by one plain pass over them. */
function plainLanes(all: readonly Span[]): Map<string, number> {
  const lanes = new Map<string, number>();
  const done: Span[] = [];
  for (const current of all) {
    const taken = done.filter((other) => overlaps(other, current)).map(({ id }) => lanes.get(id));
    let lane = 0;
    while (taken.includes(lane)) lane++;
    lanes.set(current.id, lane);
    done.push(current);
  }
  return lanes;
}

describe('the spans that', () => {
  test('overlap a range are found as by looking at each', () => {
    fc.assert(
      fc.property(spans, ranges, (all, range) => {
        const found = new SpanIndex(inOrder(all)).overlapping(range);
        expect(ids(found)).toEqual(ids(inOrder(all).filter((one) => overlaps(one, range))));
      }),
    );
  });

  test('cover a character are found as by looking at each', () => {
    fc.assert(
      fc.property(spans, offsets, (all, offset) => {
        const found = new SpanIndex(inOrder(all)).covering(offset);
        const expected = all.filter(({ start, end }) => start <= offset && offset < end);
        expect(ids(found).sort()).toEqual(ids(expected).sort());
      }),
    );
  });

  test('a caret stands in or at are found as by looking at each', () => {
    fc.assert(
      fc.property(spans, offsets, (all, offset) => {
        const found = new SpanIndex(inOrder(all)).atCaret(offset);
        const expected = all.filter(({ start, end }) => start <= offset && offset <= end);
        expect(ids(found).sort()).toEqual(ids(expected).sort());
      }),
    );
  });

  test('cover a character come innermost first', () => {
    const { text, spans: all } = annotated('[[[Ada](FIRST) Lovelace](PER) denied](ACT) it');
    const index = new SpanIndex(all);
    expect(labels(index.covering(text.indexOf('Ada')))).toEqual(['FIRST', 'PER', 'ACT']);
    expect(labels(index.covering(text.indexOf('Lovelace')))).toEqual(['PER', 'ACT']);
    expect(labels(index.covering(text.indexOf(' it')))).toEqual([]);
    fc.assert(
      fc.property(spans, offsets, (random, offset) => {
        const lengths = new SpanIndex(inOrder(random)).covering(offset).map(({ start, end }) => end - start);
        expect(lengths).toEqual([...lengths].sort((a, b) => a - b));
      }),
    );
  });

  test('coincide come in the order in which they lie, the topmost first', () => {
    const all = ['a', 'b', 'c'].map((id) => span({ id, start: 2, end: 5 }));
    expect(ids(new SpanIndex(all).covering(3))).toEqual(['c', 'b', 'a']);
  });

  test('a caret stands in come before those it only touches', () => {
    const { text, spans: all } = annotated('[Ada](PER)[ denied that she left](ACT)');
    expect(labels(new SpanIndex(all).atCaret(text.indexOf(' denied')))).toEqual(['ACT', 'PER']);
    expect(labels(new SpanIndex(all).atCaret(text.length))).toEqual(['ACT']);
    expect(labels(new SpanIndex(all).atCaret(0))).toEqual(['PER']);
    fc.assert(
      fc.property(spans, offsets, (random, offset) => {
        const around = new SpanIndex(inOrder(random)).atCaret(offset).map(({ end }) => offset < end);
        expect(around).toEqual([...around].sort((a, b) => Number(b) - Number(a)));
      }),
    );
  });

  test('five stacked spans are all found at their one common character', () => {
    const all = Array.from({ length: 5 }, (_, depth) =>
      span({ id: `s${depth}`, start: depth, end: 9 - depth }),
    );
    expect(ids(new SpanIndex(all).covering(4))).toEqual(['s4', 's3', 's2', 's1', 's0']);
  });

  test('a document without spans has none anywhere', () => {
    const index = new SpanIndex([]);
    expect(index.overlapping({ start: 0, end: 9 })).toEqual([]);
    expect(index.covering(0)).toEqual([]);
    expect(index.atCaret(0)).toEqual([]);
    expect(index.lanes({ start: 0, end: 9 }).size).toBe(0);
  });
});

describe('lanes', () => {
  test('keep overlapping spans apart', () => {
    fc.assert(
      fc.property(spans, ranges, (all, window) => {
        const lanes = [...new SpanIndex(inOrder(all)).lanes(window)];
        for (const [first, lane] of lanes)
          for (const [second, other] of lanes)
            if (first !== second && overlaps(first, second)) expect(lane).not.toBe(other);
      }),
    );
  });

  test('are those of a plain pass over the whole document, whatever the window', () => {
    fc.assert(
      fc.property(spans, ranges, (all, window) => {
        const expected = plainLanes(inOrder(all));
        const lanes = new SpanIndex(inOrder(all)).lanes(window);
        expect(ids([...lanes.keys()])).toEqual(ids(inOrder(all).filter((one) => overlaps(one, window))));
        for (const [one, lane] of lanes) expect(lane).toBe(expected.get(one.id));
      }),
    );
  });

  test('stack five coinciding spans five high', () => {
    const all = ['a', 'b', 'c', 'd', 'e'].map((id) => span({ id, start: 2, end: 5 }));
    expect([...new SpanIndex(all).lanes({ start: 0, end: 9 }).values()]).toEqual([0, 1, 2, 3, 4]);
  });

  test('are used again as soon as they are free, and touching spans share one', () => {
    const { spans: all } = annotated('[[Ada](FIRST)[ Lovelace](LAST)](PER)[ denied it](ACT)');
    const lanes = [...new SpanIndex(all).lanes({ start: 0, end: 99 })].map(([{ label }, lane]) => [
      label,
      lane,
    ]);
    expect(lanes).toEqual([
      ['PER', 0],
      ['FIRST', 1],
      ['LAST', 1],
      ['ACT', 0],
    ]);
  });

  test('are the same in a window that begins in the middle of a long chain of crossing spans', () => {
    const all = Array.from({ length: 200 }, (_, index) =>
      span({ id: `s${index}`, start: index * 2, end: index * 2 + 3 }),
    );
    const index = new SpanIndex(all);
    const whole = index.lanes({ start: 0, end: 500 });
    for (let start = 0; start < 400; start += 7)
      for (const [one, lane] of index.lanes({ start, end: start + 3 })) expect(lane).toBe(whole.get(one));
  });
});
