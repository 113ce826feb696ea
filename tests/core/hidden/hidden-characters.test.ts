import { describe, expect, test } from 'vitest';
import { countHidden, hiddenIn, nextHidden } from '../../../src/core/hidden/hidden-characters.ts';
import { shortName } from '../../../src/core/hidden/hidden-names.ts';

const all = (text: string) => [...hiddenIn(text, { start: 0, end: text.length })];
const found = (text: string) =>
  all(text).map(({ start, kind, codePoint }) => `${start} ${kind} ${shortName(codePoint)}`);
const count = (text: string) => countHidden(text, () => true);

describe('what is hidden in a text is told', () => {
  test.each([
    [
      'a sentence that is turned round behind a reader’s back (B26)',
      'he \u202edenied\u202c it',
      ['3 direction RLO', '10 direction PDF'],
    ],
    [
      'code that is not what it seems, with isolates that are never closed (CVE-2021-42574, B26)',
      'if (a\u2067) \u2066b',
      ['5 direction RLI', '8 direction LRI'],
    ],
    [
      'marks of direction (B26)',
      '\u200fHe\u200e\u061c',
      ['0 direction RLM', '3 direction LRM', '4 direction ALM'],
    ],
    [
      'spaces without width, joiners of words, hyphens that may be (B27)',
      'a\u200bb\u2060c\u00add\ufeffe',
      ['1 invisible ZWSP', '3 invisible WJ', '5 invisible SHY', '7 invisible BOM'],
    ],
    [
      'letters that are written in tags (B27)',
      'a\u{e0041}\u{e0042}',
      ['1 invisible U+E0041', '3 invisible U+E0042'],
    ],
    [
      'bytes that are hung onto a sign by variation selectors (B27)',
      '❤\ufe0f\u{e0101}\u{e0102}',
      ['2 invisible U+E0101', '4 invisible U+E0102'],
    ],
    [
      'control characters of two sets, and the separators (B22)',
      '\0a\u0007\v\f\u0085\u2028\u2029\u007f',
      [
        ...['0 control NUL', '2 control BEL', '3 control VT', '4 control FF', '5 control NEL'],
        ...['6 control LS', '7 control PS', '8 control DEL'],
      ],
    ],
    [
      'letters of other alphabets among Latin ones (B27)',
      'p\u0430ypal, \u0391pple',
      ['1 look-alike U+0430', '8 look-alike U+0391'],
    ],
  ])('%s', (_, text, expected) => expect(found(text)).toEqual(expected));
});

test.each([
  ['tabs and line feeds', 'a\tb\nc'],
  ['families of emoji, and a flag of a region', '👨‍👩‍👧 👩🏽‍🚀 🏳️‍🌈 🏴󠁧󠁢󠁳󠁣󠁴󠁿'],
  ['a heart in colour, and a Han sign in one of its shapes', '❤️ 葛\u{e0100}'],
  ['Persian with the joiners that it is written with', 'می\u200cخواهم'],
  ['Hindi with joiners', 'क्\u200dष'],
  ['Russian, Greek and English beside each other', 'он сказал no, ο υπουργός said'],
])('%s hide nothing (B25, B27)', (_, text) => expect(found(text)).toEqual([]));

test('a joiner that joins nothing is told of', () => {
  expect(found('pass\u200dword')).toEqual(['4 invisible ZWJ']);
});

test('counting goes through a text in pieces, and neither doubles nor loses one at their edges', async () => {
  const filler = 'x'.repeat(199_999);
  const text = `${filler}\u{e0041}${filler}\u200b\u202e${filler}p\u0430`;
  expect(await count(text)).toEqual({ direction: 1, invisible: 2, control: 0, 'look-alike': 1 });
  expect(all(text)).toHaveLength(4);
});

test('a look in parts finds what a look at the whole finds', () => {
  const text = 'a\u{e0041}\u{e0042}p\u0430y\u202e👨‍👩‍👧\0';
  const parts = [...text].length;
  const inParts = [...Array(text.length).keys()].flatMap((start) => [
    ...hiddenIn(text, { start, end: start + 1 }),
  ]);
  expect(parts).toBeGreaterThan(0);
  expect(inParts).toEqual(all(text));
});

test('going to the next one starts over at the end', () => {
  const text = 'a\u202eb\u200bc\u202cd';
  expect(nextHidden(text, 'direction', 0)?.start).toBe(1);
  expect(nextHidden(text, 'direction', 2)?.start).toBe(5);
  expect(nextHidden(text, 'direction', 6)?.start).toBe(1);
  expect(nextHidden(text, 'control', 0)).toBeUndefined();
});
