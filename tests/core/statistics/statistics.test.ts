import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { statuses } from '../../../src/core/document.ts';
import { overlaps, compareSpans, type Span } from '../../../src/core/span.ts';
import { emptyScheme, type Scheme } from '../../../src/core/scheme.ts';
import type { Figure } from '../../../src/core/statistics/figures.ts';
import {
  localDay,
  mostKept,
  StatisticsTally,
  type MarkedDocument,
  type Statistics,
} from '../../../src/core/statistics/statistics.ts';
import { annotated, span } from '../../annotated.ts';
import { documentWith } from '../documents.ts';
import { relation } from '../edits.ts';
import { spans as randomSpans } from '../spans.ts';

const scheme: Scheme = {
  ...emptyScheme,
  relations: [{ id: 'r-denies', name: 'Denies', value: 'denies', pairs: [] }],
  labels: [
    { id: 'claim', name: 'Claim', value: 'claim', colour: 0 },
    { id: 'denial', name: 'Denial', value: 'denial', colour: 1 },
    { id: 'old', name: 'Old', value: 'old', colour: 3, deleted: true, mergedInto: 'denial' },
    { id: 'gone', name: 'Gone', value: 'gone', colour: 2, deleted: true },
  ],
};

function marked(id: string, spans: readonly Span[], traits: Partial<MarkedDocument> = {}): MarkedDocument {
  return { document: documentWith({ id }), spans, relations: [], ...traits };
}

function counted(...documents: readonly MarkedDocument[]): Statistics {
  const tally = new StatisticsTally(scheme, (time) => time.slice(0, 10));
  for (const document of documents) tally.add(document);
  return tally.statistics();
}

const brief = (figures: readonly Figure<unknown>[]) =>
  figures.map(({ key, count, documents }) => [key, count, documents]);

describe('three reports', () => {
  const first = annotated('[Ada [denied](denial) it](claim), [he said](claim).').spans;
  const second = annotated('[Ben](gone) [was there](claim)').spans;
  const statistics = counted(
    { ...marked('one', first), document: documentWith({ id: 'one', status: 'done' }) },
    marked('two', second),
    marked('three', []),
  );

  test('are counted by status, in the order of their life', () => {
    expect(brief(statistics.statuses)).toEqual([
      ['todo', 2, [1, 2]],
      ['in_progress', 0, []],
      ['done', 1, [0]],
      ['skipped', 0, []],
    ]);
  });

  test('are counted by label, the most used first', () => {
    expect(statistics.spans).toBe(4);
    expect(brief(statistics.labels)).toEqual([
      ['claim', 3, [0, 1]],
      ['denial', 1, [0]],
    ]);
  });

  test('are counted without the spans of deleted labels, which are told of', () => {
    expect(statistics.leftOut).toBe(1);
    expect(sum(statistics.annotators)).toBe(4);
  });

  test('are sorted by how many spans they have', () => {
    expect(brief(statistics.spansPerDocument.bins)).toEqual([
      [{ least: 0, most: 0 }, 1, [2]],
      [{ least: 1, most: 1 }, 1, [1]],
      [{ least: 2, most: 2 }, 0, []],
      [{ least: 3, most: 5 }, 1, [0]],
    ]);
    expect(statistics.spansPerDocument.median).toBe(1);
    expect(brief(statistics.fullest)).toEqual([
      ['one', 3, [0]],
      ['two', 1, [1]],
    ]);
  });

  test('have spans of one, two and three words', () => {
    expect(brief(statistics.words.bins).map(([, count]) => count)).toEqual([1, 2, 1]);
    expect(statistics.words.median).toBe(2);
  });

  test('have spans of six to thirteen characters', () => {
    expect(brief(statistics.characters.bins)).toEqual([
      [{ least: 1, most: 5 }, 0, []],
      [{ least: 6, most: 10 }, 3, [0, 1]],
      [{ least: 11, most: 20 }, 1, [0]],
    ]);
    expect(statistics.characters.median).toBe(7);
  });

  test('have one overlap, of a claim and a denial', () => {
    expect(brief(statistics.overlaps)).toEqual([[['claim', 'denial'], 1, [0]]]);
  });
});

test('spans of a label that was merged count as the one that it was merged into', () => {
  const { spans } = annotated('[[Ada](old) denied](denial)');
  const { labels, leftOut, overlaps: pairs } = counted(marked('one', spans));
  expect(brief(labels)).toEqual([['denial', 2, [0]]]);
  expect(leftOut).toBe(0);
  expect(brief(pairs)).toEqual([[['denial', 'denial'], 1, [0]]]);
});

test('spans of two annotators make no pair, as they would wherever the two agree', () => {
  const both = ['anna', 'ben'].map((annotator) => span({ id: annotator, start: 0, end: 3, annotator }));
  expect(counted(marked('one', both)).overlaps).toEqual([]);
  expect(brief(counted(marked('one', both)).annotators)).toEqual([
    ['anna', 1, [0]],
    ['ben', 1, [0]],
  ]);
});

test('names are counted once a span, from lists of any attribute and from a speaker or target', () => {
  const attributes = [
    { speaker: ['Ada', ' Ben ', 'Ada'], target: 'Velt', kind: 'deny' },
    { speaker: ['Ben'], target: ['Velt', ''], sources: ['letter', 3] },
    { speaker: [], note: null, quotation: 'direct' },
  ];
  const spans = attributes.map((each, at) => span({ start: at * 5, end: at * 5 + 3, attributes: each }));
  const figures = counted(marked('one', [spans[0]!]), marked('two', [spans[1]!, spans[2]!])).attributes;
  expect(figures.map(({ name, distinct, values }) => [name, distinct, brief(values)])).toEqual([
    [
      'speaker',
      2,
      [
        ['Ben', 2, [0, 1]],
        ['Ada', 1, [0]],
      ],
    ],
    ['target', 1, [['Velt', 2, [0, 1]]]],
    ['sources', 1, [['letter', 1, [1]]]],
  ]);
});

test('of very many names the most used are kept, and how many there are', () => {
  const spans = Array.from({ length: mostKept + 50 }, (_, at) =>
    span({ start: at * 5, end: at * 5 + 3, attributes: { speaker: [`Speaker ${at}`, 'Ada'] } }),
  );
  const [speakers] = counted(marked('one', spans)).attributes;
  expect(speakers).toMatchObject({ distinct: mostKept + 51 });
  expect(speakers!.values).toHaveLength(mostKept);
  expect(speakers!.values[0]).toMatchObject({ key: 'Ada', count: mostKept + 50 });
});

test('days tell what was marked by hand from what came with a file', () => {
  const spans = [
    span({ start: 0, end: 3, createdAt: '2031-03-15T09:00:00Z' }),
    span({ start: 4, end: 7, createdAt: '2031-03-14T09:00:00Z' }),
    span({ start: 8, end: 9, createdAt: '2031-03-15T10:00:00Z', origin: 'file' }),
  ];
  expect(counted(marked('one', spans)).days).toEqual([
    { key: '2031-03-14', count: 1, byHand: 1, documents: [0] },
    { key: '2031-03-15', count: 2, byHand: 1, documents: [0] },
  ]);
});

test('a day is that of the place where one works, and a broken time has none', () => {
  const late = new Date(2031, 2, 14, 23, 59);
  expect(localDay(late.toISOString())).toBe('2031-03-14');
  expect(localDay(new Date(2031, 0, 1, 0, 0).toISOString())).toBe('2031-01-01');
  expect(localDay('some day')).toBeUndefined();
});

test('relations are counted by type, but not those of spans that are left out', () => {
  const { spans } = annotated('[Ada](claim) [denied](denial) [it](gone)');
  const [ada, denied, it] = spans.map(({ id }) => id) as [string, string, string];
  const relations = [
    relation({ id: 'r1', head: denied, child: ada, label: 'denies' }),
    relation({ id: 'r2', head: ada, child: denied, label: 'answers' }),
    relation({ id: 'r3', head: denied, child: ada, label: 'r-denies' }),
    relation({ id: 'r4', head: it, child: ada, label: 'denies' }),
  ];
  expect(brief(counted(marked('one', spans, { relations })).relations)).toEqual([
    ['r-denies', 2, [0]],
    ['answers', 1, [0]],
  ]);
});

test('nothing at all gives nothing', () => {
  const statistics = counted();
  expect(statistics).toMatchObject({ documentIds: [], spans: 0, labels: [], words: { bins: [] } });
  expect(statistics.words.median).toBeUndefined();
});

describe('of any documents', () => {
  const documents = fc
    .array(fc.tuple(randomSpans, fc.constantFrom(...statuses)), { maxLength: 5 })
    .map((all) =>
      all.map(([spans, status], at) => ({
        document: documentWith({ id: `d${at}`, status }),
        relations: [],
        spans: spans
          .map((each, index) => ({
            ...each,
            text: 'x'.repeat(each.end - each.start),
            annotator: `a${index % 2}`,
          }))
          .sort(compareSpans),
      })),
    );

  /** Counts by going over all spans again for each key. */
  function plainly(all: readonly MarkedDocument[], key: string, keyOf: (one: Span) => string) {
    const counts = all.map(({ spans }) => spans.filter((one) => keyOf(one) === key).length);
    return {
      key,
      count: counts.reduce((total, count) => total + count, 0),
      documents: [...counts.keys()].filter((at) => counts[at]! > 0),
    };
  }

  test('labels and annotators are counted as by looking at each', () => {
    fc.assert(
      fc.property(documents, (all) => {
        const { labels, annotators, spans } = counted(...all);
        for (const figure of labels) expect(figure).toEqual(plainly(all, figure.key, ({ label }) => label));
        for (const figure of annotators)
          expect(figure).toEqual(plainly(all, figure.key, ({ annotator }) => annotator));
        const total = all.flatMap((each) => each.spans).length;
        expect([spans, ...[labels, annotators].map(sum)]).toEqual([total, total, total]);
      }),
    );
  });

  test('every distribution holds everything once, and the most frequent comes first', () => {
    fc.assert(
      fc.property(documents, (all) => {
        const statistics = counted(...all);
        for (const bins of [statistics.words.bins, statistics.characters.bins, statistics.days])
          expect(sum(bins)).toBe(statistics.spans);
        expect([sum(statistics.statuses), sum(statistics.spansPerDocument.bins)]).toEqual([
          all.length,
          all.length,
        ]);
        const counts = statistics.labels.map(({ count }) => count);
        expect(counts).toEqual([...counts].sort((a, b) => b - a));
      }),
    );
  });

  test('overlaps are those of every pair of spans', () => {
    fc.assert(
      fc.property(documents, (all) => {
        const expected = new Map<string, { count: number; documents: Set<number> }>();
        for (const [place, { spans }] of all.entries())
          for (const [at, one] of spans.entries())
            for (const other of spans.slice(at + 1)) {
              if (one.annotator !== other.annotator || !overlaps(one, other)) continue;
              const key = ['claim', 'denial', 'appeal'].filter((label) =>
                [one, other].some((x) => x.label === label),
              );
              const pair = expected.get(String([key[0], key.at(-1)])) ?? { count: 0, documents: new Set() };
              pair.count++;
              pair.documents.add(place);
              expected.set(String([key[0], key.at(-1)]), pair);
            }
        const found = counted(...all).overlaps;
        expect(new Map(found.map(({ key, count }) => [String(key), count]))).toEqual(
          new Map([...expected].map(([key, { count }]) => [key, count])),
        );
        for (const { key, documents: places } of found)
          expect(places).toEqual([...expected.get(String(key))!.documents]);
      }),
    );
  });
});

function sum(figures: readonly Figure<unknown>[]): number {
  return figures.reduce((total, { count }) => total + count, 0);
}
