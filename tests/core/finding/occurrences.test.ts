import { describe, expect, test } from 'vitest';
import { occurrencesIn, stillToMark } from '../../../src/core/finding/occurrences.ts';
import { snippet } from '../../../src/core/finding/snippet.ts';
import { SpanIndex } from '../../../src/core/span-index.ts';
import { annotated, span } from '../../annotated.ts';

const options = { matchCase: false, matchAccents: false, wholeWords: true };

describe('an occurrence', () => {
  test('knows its words, what is around it in one line, and how the annotator has marked it', () => {
    const { text, spans } = annotated('The [[gun](claim)](denial) was\nsilent; the gun! Guns.');
    const others = spans.map((marked) =>
      marked.label === 'denial' ? { ...marked, annotator: 'ben' } : marked,
    );
    const found = occurrencesIn(text, new SpanIndex(others), { words: 'GUN', options, annotator: 'anna' }, 9);
    expect(found).toEqual([
      {
        start: 4,
        end: 7,
        text: 'gun',
        before: 'The ',
        after: ' was silent; the gun! Guns.',
        labels: ['claim'],
      },
      { start: 24, end: 27, text: 'gun', before: 'The gun was silent; the ', after: '! Guns.', labels: [] },
    ]);
  });

  test('shows no half characters around it', () => {
    const text = `${'👩‍👩‍👧‍👦'.repeat(8)}gun${'🇩🇪'.repeat(20)}`;
    const [found] = occurrencesIn(
      text,
      new SpanIndex([]),
      { words: 'gun', options: { ...options, wholeWords: false }, annotator: 'anna' },
      1,
    );
    expect(found!.before).toMatch(/^(👩‍👩‍👧‍👦)+$/u);
    expect(found!.after).toMatch(/^(🇩🇪)+$/u);
  });

  test('is one of no more than were asked for', () => {
    const wanted = { words: 'gun', options, annotator: 'anna' };
    expect(occurrencesIn('gun gun gun', new SpanIndex([]), wanted, 2)).toHaveLength(2);
  });
});

describe('what is to be marked', () => {
  const text = 'gun and gun';
  const mark = { labelIds: ['claim', 'merged-into-claim'], annotator: 'anna' };
  const ranges = [
    { start: 0, end: 3, text: 'gun' },
    { start: 8, end: 11, text: 'gun' },
  ];

  test.each([
    ['is left out where it is marked so already', { label: 'claim' }, 1],
    ['is left out where it has a label that was merged into this one', { label: 'merged-into-claim' }, 1],
    ['stays where another label is', { label: 'denial' }, 2],
    ['stays where another annotator has marked it', { annotator: 'ben' }, 2],
    ['stays where the span is longer', { end: 7 }, 2],
  ])('%s', (_what, traits, count) => {
    const index = new SpanIndex([span({ start: 0, end: 3, ...traits }, text)]);
    expect(stillToMark(text, index, ranges, mark)).toHaveLength(count);
  });

  test.each([
    ['other words', { start: 0, end: 3, text: 'gin' }],
    ['a place a character off', { start: 1, end: 4, text: 'gun' }],
    ['a place behind the text', { start: 12, end: 15, text: 'gun' }],
    ['no words', { start: 4, end: 4, text: '' }],
  ])('is refused altogether for %s', (_what, range) => {
    expect(() => stillToMark(text, new SpanIndex([]), [ranges[0]!, range], mark)).toThrow(RangeError);
  });
});

describe('a snippet', () => {
  const text = 'The guns\nwere silent, said Velt.';
  const said = (from: number, to: number, ...strong: [number, number][]) =>
    snippet(
      text,
      { start: from, end: to },
      strong.map(([start, end]) => ({ start, end })),
    )
      .map((piece) => (piece.isStrong ? `[${piece.text}]` : piece.text))
      .join('');

  test.each([
    [
      'marks what was found, in one line',
      said(0, 40, [4, 8], [27, 31]),
      'The [guns] were silent, said [Velt].',
    ],
    ['has dots where it is cut', said(4, 21, [4, 8]), '…[guns] were silent,…'],
    ['leaves out what lies outside', said(9, 13, [4, 8]), '…were…'],
    ['is cut between words where that is not far', said(6, 30, [9, 13]), '…[were] silent, said…'],
    ['cuts what reaches over its edge', said(6, 13, [4, 8]), '…[ns] were…'],
  ])('%s', (_what, shown, expected) => {
    expect(shown).toBe(expected);
  });
});
