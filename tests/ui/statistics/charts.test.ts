import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Scheme } from '../../../src/core/scheme.ts';
import { emptyScheme, labelOf } from '../../../src/core/scheme.ts';
import { StatisticsTally, type Statistics } from '../../../src/core/statistics/statistics.ts';
import { nextIndex } from '../../../src/ui/statistics/arrow-keys.svelte.ts';
import {
  attributeCharts,
  dayChart,
  fullestChart,
  labelChart,
  lengthChart,
  matrixOf,
  overlapChart,
  progressChart,
  sentenceOf,
  spansPerDocumentChart,
  summaryOf,
  tableOf,
} from '../../../src/ui/statistics/charts.ts';
import { dayName, daysUpTo, shortDayName } from '../../../src/ui/statistics/days.ts';
import { underlineOf } from '../../../src/ui/statistics/underline.ts';
import { annotated, span } from '../../annotated.ts';
import { documentWith } from '../../core/documents.ts';

const scheme: Scheme = {
  ...emptyScheme,
  labels: (['claim', 'denial', 'appeal'] as const).map((value, at) => ({
    id: value,
    name: value === 'claim' ? 'Claim' : value,
    value,
    colour: at as 0 | 1 | 2,
  })),
};
const names = {
  label: (id: string) => labelOf(scheme, id),
  title: (id: string) => `The ${id}`,
  attribute: (value: string) => (value === 'about' ? 'what it is about' : value),
  relation: (id: string) => id,
};

function counted(...notations: readonly string[]): Statistics {
  const tally = new StatisticsTally(scheme, (time) => time.slice(0, 10));
  for (const [at, notation] of notations.entries()) {
    const { spans } = annotated(notation);
    const document = documentWith({ id: `report ${at + 1}`, status: at === 0 ? 'done' : 'todo' });
    tally.add({ document, spans, relations: [] });
  }
  return tally.statistics();
}

const statistics = counted('[[Ada](claim) denied](denial) [it](claim)', '[Ben was there](claim)', 'No');

describe('a chart', () => {
  test('has a table of the same numbers, with heads', () => {
    expect(tableOf(labelChart(statistics, names))).toEqual([
      ['Label', 'Spans', 'Documents'],
      ['Claim', 3, 2],
      ['denial', 1, 1],
    ]);
    expect(tableOf(fullestChart(statistics, names))).toEqual([
      ['Document', 'Spans'],
      ['The report 1', 3],
      ['The report 2', 1],
    ]);
    expect(tableOf(spansPerDocumentChart(statistics))).toEqual([
      ['Spans', 'Documents'],
      ['0', 1],
      ['1', 1],
      ['2', 0],
      ['3–5', 1],
    ]);
    expect(tableOf(progressChart(statistics))).toEqual([
      ['Status', 'Documents'],
      ['done', 1],
      ['skipped', 0],
      ['in progress', 0],
      ['to do', 2],
    ]);
    expect(tableOf(overlapChart(statistics, names))).toEqual([
      ['Label', 'With', 'Pairs', 'Documents'],
      ['Claim', 'denial', 1, 1],
    ]);
  });

  test.each([
    [labelChart(statistics, names), 'Claim: 3 spans in 2 documents'],
    [progressChart(statistics), 'Status “done”: 1 document'],
    [overlapChart(statistics, names), 'Claim over denial: 1 pair in 1 document'],
    [lengthChart(statistics.words, 'word'), 'Spans of 1 word: 2 spans in 1 document'],
  ])('tells each number in words', (chart, sentence) => {
    expect(sentenceOf(chart, chart.rows[0]!)).toBe(sentence);
  });

  test('is told in one sentence', () => {
    expect(summaryOf(labelChart(statistics, names))).toBe('Labels, by number of spans: Claim 3, denial 1.');
    const spans = ['a', 'b', 'c', 'd', 'e'].map((name, at) =>
      span({ start: at * 2, end: at * 2 + 1, attributes: { speaker: [name] } }),
    );
    const tally = new StatisticsTally(scheme);
    tally.add({ document: documentWith(), spans, relations: [] });
    const [speakers] = attributeCharts(tally.statistics(), names);
    expect(summaryOf(speakers!)).toBe('Speakers, by number of spans: a 1, b 1, c 1, and 2 more.');
  });

  test('of names begins with speakers and targets', () => {
    const attributes = { about: ['war'], target: ['Velt'], speaker: ['Ada'], quoted_from: ['letter'] };
    const tally = new StatisticsTally(scheme);
    tally.add({ document: documentWith(), spans: [span({ start: 0, end: 1, attributes })], relations: [] });
    expect(attributeCharts(tally.statistics(), names).map(({ title }) => title)).toEqual([
      'Speakers',
      'Targets',
      'What it is about',
      'Quoted from',
    ]);
  });
});

describe('days', () => {
  test('are drawn without gaps, two weeks at least and eight at most, up to the last', () => {
    const days = fc.date({ min: new Date('2020-01-01'), max: new Date('2040-01-01'), noInvalidDate: true });
    fc.assert(
      fc.property(days, fc.nat(200), (last, back) => {
        const first = new Date(last.getTime() - back * 86_400_000);
        const [from, to] = [first, last].map((day) => day.toISOString().slice(0, 10)) as [string, string];
        const drawn = daysUpTo(from, to);
        expect(drawn.at(-1)).toBe(to);
        expect(drawn).toHaveLength(Math.min(56, Math.max(14, back + 1)));
        for (const [at, day] of drawn.slice(1).entries())
          expect(Date.parse(day) - Date.parse(drawn[at]!)).toBe(86_400_000);
      }),
    );
  });

  test('are named for people', () => {
    expect(dayName('2031-03-14')).toBe('14 March 2031');
    expect(shortDayName('2031-03-14')).toBe('14 Mar');
  });

  test('without work are drawn, and are not in the table', () => {
    const chart = dayChart(statistics);
    expect(tableOf(chart)).toEqual([
      ['Day', 'Spans', 'Documents', 'By hand', 'Imported'],
      ['2026-01-01', 4, 2, 4, 0],
    ]);
    expect(chart.drawn!.map(({ count }) => count)).toEqual([...Array<number>(13).fill(0), 4]);
  });
});

test('the matrix has each pair below or on the diagonal, in the order of the scheme', () => {
  const crossing = counted('[[a](denial) [b](claim) [c](appeal)](denial) [[d](claim)](claim)');
  const chart = overlapChart(crossing, names);
  const { labels, cells } = matrixOf(crossing, chart, scheme.labels);
  expect(labels.map(({ id }) => id)).toEqual(['claim', 'denial', 'appeal']);
  expect(cells.map(({ row, column, figure }) => [row, column, figure.names, figure.count])).toEqual([
    [0, 0, ['Claim', 'Claim'], 1],
    [1, 0, ['Claim', 'denial'], 1],
    [1, 1, ['denial', 'denial'], 1],
    [2, 1, ['denial', 'appeal'], 1],
  ]);
});

test('every pattern of underline is a line of its own', () => {
  const lines = ([0, 1, 2, 3, 4] as const).map((colour) => JSON.stringify(underlineOf(colour, 20, 14)));
  expect(new Set(lines).size).toBe(5);
  expect(underlineOf(5, 20, 14)).toEqual(underlineOf(0, 20, 14));
});

test.each([
  ['ArrowRight', 0, 1],
  ['ArrowDown', 0, 1],
  ['ArrowLeft', 2, 1],
  ['Home', 2, 0],
  ['End', 0, 2],
  ['ArrowLeft', 0, undefined],
  ['ArrowRight', 2, undefined],
  ['Enter', 0, undefined],
])('%s leads from button %i of three to %s', (key, from, to) => {
  expect(nextIndex(key, from, 3)).toBe(to);
});
