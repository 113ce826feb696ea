import fc from 'fast-check';
import { expect, test } from 'vitest';
import { graphemeStarts } from '../../src/formats/grapheme-starts.ts';
import { rawText } from './arbitraries.ts';

const segmenter = new Intl.Segmenter('und', { granularity: 'grapheme' });
const asWhole = (text: string) => [...Array.from(segmenter.segment(text), ({ index }) => index), text.length];
const tricky = rawText(
  '\r',
  '🇦',
  '🇦🇲🇦',
  '\u0600',
  '\u0301',
  '🏽',
  '👩‍',
  'क\u094d',
  'ᄀ',
  'ᅡ',
  '\ud83d',
  '’',
  '€',
  '\u00ad',
  '©',
);

test('graphemes start where they do in the whole text', () =>
  fc.assert(
    fc.property(fc.array(tricky, { minLength: 1, maxLength: 3 }), (texts) => {
      const text = texts.join('');
      expect([...graphemeStarts(text)]).toEqual(asWhole(text));
    }),
    { numRuns: 200 },
  ));

test('between any two characters that join nothing', () => {
  const all = Array.from({ length: 0x10000 }, (_, code) => String.fromCharCode(code)).filter(
    (character) => !/\p{Cs}/u.test(character),
  );
  for (let at = 0; at < all.length; at += 100) {
    const text = all
      .slice(at, at + 100)
      .flatMap((character) => [character, character, 'a', character])
      .join('');
    expect([...graphemeStarts(text)]).toEqual(asWhole(text));
  }
});

test.each(['🇦🇲', '👩‍', 'a\u0301', 'שָׁ', '👍🏽', '\u0600'])('also in a long run of %j', (piece) => {
  const text = `a${piece.repeat(900)}b`;
  expect([...graphemeStarts(text)]).toEqual(asWhole(text));
});
