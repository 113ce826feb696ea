import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FoldedText, type FindOptions } from '../../../src/core/finding/find.ts';
import { foldCharacters, folded } from '../../../src/core/finding/fold.ts';
import type { Range } from '../../../src/core/offset.ts';
import { overlaps } from '../../../src/core/span.ts';
import { characterEdges, texts } from '../texts.ts';

const plain: FindOptions = { matchCase: false, matchAccents: false, wholeWords: false };

function find(text: string, words: string, options: Partial<FindOptions> = {}): Range[] {
  const chosen = { ...plain, ...options };
  return [...new FoldedText(text, chosen).find(words, chosen.wholeWords)];
}

const found = (text: string, words: string, options: Partial<FindOptions> = {}) =>
  find(text, words, options).map(({ start, end }) => text.slice(start, end));

describe('words are found (B24, B29)', () => {
  test.each([
    ['whatever their case', 'Velt denied. VELT lied.', 'velt', ['Velt', 'VELT']],
    ['whatever their accents', 'Erdoğan, Erdogan', 'erdogan', ['Erdoğan', 'Erdogan']],
    ['composed or decomposed', 'nai\u0308ve and naïve', 'naïve', ['nai\u0308ve', 'naïve']],
    ['with ß for ss', 'Die Straße, die Strasse', 'STRASSE', ['Straße', 'Strasse']],
    ['with ligatures', 'the ﬁnal oﬃce', 'FINAL OFFICE', ['ﬁnal oﬃce']],
    ['with a Turkish İ', 'İstanbul, ISTANBUL', 'istanbul', ['İstanbul', 'ISTANBUL']],
    ['with the sigma at the end of a word', 'Ο ΛΟΓΟΣ, ο λόγος', 'λογοσ', ['ΛΟΓΟΣ', 'λόγος']],
    [
      'over lines and any white space',
      'the\n\n bridge, the\u00a0bridge',
      'the bridge',
      ['the\n\n bridge', 'the\u00a0bridge'],
    ],
    ['with any apostrophe', "We don’t. We don't.", "don't", ['don’t', "don't"]],
    ['over a soft hyphen', 'co\u00adoperate', 'cooperate', ['co\u00adoperate']],
    ['in Hebrew with vowel points', 'שָׁלוֹם שלום', 'שלום', ['שָׁלוֹם', 'שלום']],
    ['in Arabic with vowel signs', 'سُلَّم سلم', 'سلم', ['سُلَّم', 'سلم']],
    ['in Hangul, composed or not', '각 \u1100\u1161\u11a8', '각', ['각', '\u1100\u1161\u11a8']],
    ['without overlap', 'aaaa', 'aa', ['aa', 'aa']],
    ['as they stand when they are a pattern', `${'a'.repeat(5000)} (a+)+$ b`, '(a+)+$', ['(a+)+$']],
  ])('%s', (_how, text, words, hits) => {
    expect(found(text, words)).toEqual(hits);
  });

  test.each([
    ['half a Hangul syllable', '각', '가'],
    ['one person of a family', '👩‍👩‍👧‍👦', '👩'],
    ['one letter of a flag', '🇩🇪', '🇩'],
    ['half of a letter that stands for two', 'ﬁ', 'f'],
    ['another vowel sign of a Hindi letter', 'कि', 'का'],
    ['nothing at all', 'Ada', '  '],
  ])('but never %s', (_what, text, words) => {
    expect(find(text, words)).toEqual([]);
  });

  test.each([
    ['matchCase', 'Velt velt', 'velt', ['velt']],
    ['matchAccents', 'Erdoğan Erdogan', 'Erdogan', ['Erdogan']],
    ['wholeWords', 'gun guns begun gun', 'gun', ['gun', 'gun']],
    ['wholeWords', 'שלום ושלום', 'שלום', ['שלום']],
    ['wholeWords', '“gun”, gun-boat; a_gun', 'gun', ['gun', 'gun']],
  ] as const)('more narrowly with %s', (option, text, words, hits) => {
    expect(found(text, words, { [option]: true })).toEqual(hits);
  });
});

const options = fc.record({ matchCase: fc.boolean(), matchAccents: fc.boolean(), wholeWords: fc.boolean() });
const alphabet = [
  'a',
  'A',
  'á',
  'a\u0301',
  'ß',
  's',
  'ﬁ',
  'f',
  'i',
  'İ',
  'ı',
  'ᾳ',
  'ι',
  '각',
  '가',
  '\u11a8',
  ' ',
  '\n',
  '\u00ad',
  '\u0308',
  '🇩🇪',
  '🇩',
];
const dense = fc.array(fc.constantFrom(...alphabet), { maxLength: 12 }).map((letters) => letters.join(''));
/** A text, and words that have a fair chance to stand in it. */
const searches = fc.oneof(texts, dense).chain((text) =>
  fc.record({
    text: fc.constant(text),
    words: fc.oneof(
      fc
        .tuple(fc.nat(text.length), fc.nat(6))
        .map(([start, length]) => text.slice(start, start + length).toWellFormed()),
      dense,
    ),
  }),
);

const wordSegments = new Intl.Segmenter(undefined, { granularity: 'word' });

function wordEdges(text: string): Set<number> {
  const edges = new Set([0, text.length]);
  let lineStart = 0;
  for (const line of text.split('\n')) {
    for (const { index, segment } of wordSegments.segment(line))
      edges.add(lineStart + index).add(lineStart + index + segment.length);
    edges.add(lineStart).add(lineStart + line.length);
    lineStart += line.length + 1;
  }
  return edges;
}

/** By trying every range between two clusters. What is folded away is not taken in at the ends. */
function naively(text: string, words: string, chosen: FindOptions): Range[] {
  const pattern = folded(words, chosen);
  const edges = [...characterEdges(text)].sort((a, b) => a - b);
  const isWord = wordEdges(text);
  const says = (start: number, end: number) =>
    foldCharacters(text.slice(start, end), chosen).replace(/ +/g, ' ');
  const isHit = (start: number, end: number, first: number, last: number) =>
    says(start, end) === pattern &&
    says(start, first) !== '' &&
    says(last, end) !== '' &&
    (!chosen.wholeWords || (isWord.has(start) && isWord.has(end)));
  if (pattern === '') return [];
  return leftmost(
    edges.flatMap((start, index) =>
      edges
        .slice(index + 1)
        .flatMap((end, more) =>
          isHit(start, end, edges[index + 1]!, edges[index + more]!) ? [{ start, end }] : [],
        ),
    ),
  );
}

function leftmost(ranges: readonly Range[]): Range[] {
  const kept: Range[] = [];
  for (const range of ranges) if (!kept.some((other) => overlaps(other, range))) kept.push(range);
  return kept;
}

describe('of any text and any words', () => {
  test('each hit says what was asked for, between whole characters', () => {
    fc.assert(
      fc.property(searches, options, ({ text, words }, chosen) => {
        const edges = characterEdges(text);
        for (const { start, end } of find(text, words, chosen)) {
          expect(folded(text.slice(start, end), chosen)).toBe(folded(words, chosen));
          expect([edges.has(start), edges.has(end)]).toEqual([true, true]);
        }
      }),
      { numRuns: 500 },
    );
  });

  test('the hits are those of a search that tries every range', () => {
    fc.assert(
      fc.property(searches, options, ({ text, words }, chosen) => {
        expect(find(text, words, chosen)).toEqual(naively(text, words, chosen));
      }),
      { numRuns: 500 },
    );
  });

  test('each option narrows: there are no more hits, and each lies on one found without it', () => {
    const names = ['matchCase', 'matchAccents', 'wholeWords'] as const;
    fc.assert(
      fc.property(searches, options, fc.constantFrom(...names), ({ text, words }, chosen, name) => {
        // A lone accent is nothing to look for when accents do not matter.
        fc.pre(folded(words) !== '');
        const wide = find(text, words, { ...chosen, [name]: false });
        const narrow = find(text, words, { ...chosen, [name]: true });
        expect(narrow.length).toBeLessThanOrEqual(wide.length);
        for (const hit of narrow) expect(wide.some((other) => overlaps(hit, other))).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});

describe('the hits', () => {
  const text = 'one gun, two guns, three gun';
  const hits = new FoldedText(text, plain).find('gun');

  test('are found by offset and by range', () => {
    expect([hits.from(0), hits.from(4), hits.from(5), hits.from(26)]).toEqual([0, 0, 1, 3]);
    expect(hits.indexOf({ start: 13, end: 16 })).toBe(1);
    expect(hits.indexOf({ start: 13, end: 17 })).toBe(-1);
    expect(() => hits.at(3)).toThrow(RangeError);
  });

  test('near a window are those that overlap it', () => {
    expect(hits.within({ start: 6, end: 13 })).toEqual([{ start: 4, end: 7 }]);
    expect(hits.within({ start: 7, end: 14 })).toEqual([{ start: 13, end: 16 }]);
    expect(hits.within({ start: 7, end: 13 })).toEqual([]);
  });
});
