import fc from 'fast-check';
import { canonicalText } from '../../src/core/text.ts';

const words = [
  'Ada',
  'denied',
  'it',
  'We’re',
  'don’t',
  'naïve',
  'nai\u0308ve',
  '1,000',
  '3.5',
  'co\u00adoperate',
  'A',
];
const emoji = ['😡', '👩‍👩‍👧‍👦', '🏳️‍🌈', '👍🏽', '🇩🇪', '🇫🇷', '🇩🇪🇫🇷', '1️⃣', '#️⃣', '❤️', '𝒜𝒷'];
const scripts = [
  'שלום',
  'צה"ל',
  'ש\u05c1ל',
  'سلام',
  'سُلَّم',
  '\u0600١',
  '漢字',
  'ひらがな',
  '𠮷',
  'ภาษาไทย',
  'น้ำ',
  'किन्तु',
  'क्षि',
  '각',
];
const marks = [
  '“',
  '”',
  '‘',
  '’',
  '„',
  '«',
  '»',
  '"',
  "'",
  '「',
  '」',
  '.',
  ',',
  '،',
  '、',
  '，',
  '!',
  '?',
  '…',
  '—',
  '(',
  ')',
  ':',
];
const spaces = [' ', '  ', ' \u0308', '\u00a0', '\u202f', '\t', '\u2028', '\u200d', '\u200f', '\u00ad', '\0'];
const lineBreaks = ['\n', '\n\n', '\r\n', '\r', '\r\n\r\n', '\n\r', ' \n'];

/** One piece of writing of the sort that breaks offset arithmetic. */
const piece = fc.oneof(
  { arbitrary: fc.constantFrom(...words), weight: 4 },
  { arbitrary: fc.constantFrom(...spaces, ' ', ' ', ' ', ' ', ' ', ' '), weight: 4 },
  { arbitrary: fc.constantFrom(...emoji), weight: 2 },
  { arbitrary: fc.constantFrom(...scripts), weight: 2 },
  { arbitrary: fc.constantFrom(...marks), weight: 3 },
  { arbitrary: fc.constantFrom(...lineBreaks), weight: 1 },
);

/** Texts as files hold them, with line breaks of every kind; well-formed and without a byte order mark. */
export const rawTexts = fc.array(piece, { maxLength: 24 }).map((pieces) => pieces.join(''));

/** Strings with what no text may hold besides: byte order marks and lone surrogates. */
export const brokenTexts = fc
  .tuple(
    fc.constantFrom('', '\ufeff', '\ufeff\ufeff'),
    fc.array(fc.oneof(rawTexts, fc.constantFrom('\ud83d', '\ude00', '\ufeff')), { maxLength: 6 }),
  )
  .map(([start, rest]) => start + rest.join(''));

/** Canonical texts, as documents hold them. */
export const texts = rawTexts.map((raw) => canonicalText(raw).text);

/** A canonical text that is not empty, and a place in it from 0 to its length. */
export const textsWithOffset = texts
  .filter((text) => text !== '')
  .chain((text) => fc.record({ text: fc.constant(text), offset: fc.nat(text.length) }));

/** A canonical text and a range of it, as roughly chosen as a drag of the mouse chooses it. */
export const textsWithRange = texts
  .filter((text) => text !== '')
  .chain((text) =>
    fc.tuple(fc.constant(text), fc.nat(text.length - 1), fc.integer({ min: 1, max: text.length })),
  )
  .map(([text, start, length]) => ({ text, range: { start, end: Math.min(text.length, start + length) } }));

/** Whether an offset lies between the two units of an astral character. */
export function isInsidePair(text: string, offset: number): boolean {
  return offset > 0 && /^[\ud800-\udbff][\udc00-\udfff]/.test(text.slice(offset - 1, offset + 1));
}

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** Every place between two grapheme clusters, told by segmenting whole lines, one after the other. */
export function characterEdges(text: string): Set<number> {
  const edges = new Set([0]);
  let lineStart = 0;
  for (const line of text.split('\n')) {
    edges.add(lineStart);
    for (const { index, segment } of graphemes.segment(line)) edges.add(lineStart + index + segment.length);
    lineStart += line.length + 1;
  }
  return edges;
}
