import { describe, expect, test } from 'vitest';
import { readOne } from './reading.ts';

const good = { id: 's1', start: 3, end: 9, label: 'denial' };

describe('a span that does not fit is left out alone (B35)', () => {
  test.each<[string, object | number | null, string]>([
    ['no start', { end: 9, label: 'denial' }, 'its "start" is missing'],
    ['no end', { start: 3, label: 'denial' }, 'its "end" is missing'],
    ['no label', { start: 3, end: 9 }, 'its "label" is missing'],
    ['a start in quotes', { ...good, start: '3' }, 'its "start" is not a number'],
    ['a fraction', { ...good, end: 8.5 }, 'its "end" is not a whole number'],
    ['null for a start', { ...good, start: null }, 'its "start" is not a number'],
    ['a start before the text', { ...good, start: -1 }, 'its "start" is below 0'],
    [
      'an end behind the text',
      { ...good, end: 14 },
      'its end 14 lies behind the text, which has 13 code points',
    ],
    ['no characters', { ...good, end: 3 }, 'its start 3 is not before its end 3'],
    ['its ends the wrong way', { ...good, start: 9, end: 3 }, 'its start 9 is not before its end 3'],
    ['an empty label', { ...good, label: '' }, 'its "label" is empty'],
    ['a label that is a number', { ...good, label: 4 }, 'its "label" is not text'],
    ['a list of labels', { ...good, label: ['denial'] }, 'its "label" is not text'],
    ['attributes in a list', { ...good, attributes: ['speaker'] }, 'its "attributes" are not an object'],
    ['a number for a note', { ...good, note: 4 }, 'its "note" is not text'],
    ['a number for an annotator', { ...good, annotator: 4 }, 'its "annotator" is not text'],
    ['a number for its text', { ...good, text: 4 }, 'its "text" is not text'],
    ['another text', { ...good, text: 'denies' }, 'its text is “denies”, but at 3–9 stands “denied”'],
    ['a list for a span', [3, 9, 'denial'], 'it is not an object'],
    ['null for a span', null, 'it is not an object'],
    ['a number for a span', 3, 'it is not an object'],
  ])('%s', async (_, span, fault) => {
    const spans = [{ start: 0, end: 2, label: 'claim' }, span, { start: 10, end: 12, label: 'claim' }];
    const { document, complaints } = await readOne({ text: 'He denied it.', spans });
    expect(complaints).toEqual([`span 2 was left out: ${fault}.`]);
    expect(document?.spans.map(({ start }) => start)).toEqual([0, 10]);
  });

  test('long texts are quoted in short', async () => {
    const text = 'He denied it, and denied it, and then he denied it again.';
    const { complaints } = await readOne({ text, spans: [{ ...good, end: 57, text: `${text}!` }] });
    expect(complaints).toEqual([
      'span 1 was left out: its text is “He denied it, and denied it, and then he…”, ' +
        'but at 3–57 stands “denied it, and denied it, and then he de…”.',
    ]);
  });

  test('offsets in the wrong unit are recognised (B35)', async () => {
    const { complaints } = await readOne({
      text: '😀 He denied it.',
      spans: [{ ...good, start: 6, end: 12, text: 'denied' }],
    });
    expect(complaints).toEqual([
      'span 1 was left out: its text is “denied”, but at 6–12 stands “enied ”; its offsets seem to count UTF-16 units, ' +
        'so give the document "offset_unit": "utf16".',
    ]);
  });

  test('half of a surrogate pair cannot be marked (B35)', async () => {
    const spans = [
      { ...good, start: 1, end: 5 },
      { ...good, start: 0, end: 1 },
    ];
    const { complaints } = await readOne({ text: '😀 He denied it.', offset_unit: 'utf16', spans });
    expect(complaints).toEqual([
      'span 1 was left out: 1–5 cuts a character in two.',
      'span 2 was left out: 0–1 cuts a character in two.',
    ]);
  });

  test('nothing but a byte order mark cannot be marked', async () => {
    const { complaints } = await readOne({
      text: '\uFEFFHe denied it.',
      spans: [{ ...good, start: 0, end: 1 }],
    });
    expect(complaints).toEqual(['span 1 was left out: it covers nothing but a byte order mark.']);
  });
});

describe('a relation that does not fit is left out alone', () => {
  const link = { id: 'r2', head: 's1', child: 's2', label: 'denies' };
  test.each<[string, object | null, string]>([
    ['no head', { child: 's2', label: 'denies' }, 'its "head" is missing'],
    ['no child', { head: 's1', label: 'denies' }, 'its "child" is missing'],
    ['no label', { head: 's1', child: 's2' }, 'its "label" is missing'],
    ['an empty label', { ...link, label: ' ' }, 'its "label" is empty'],
    ['a list for a head', { ...link, head: ['s1'] }, 'its "head" is not the id of a span'],
    [
      'a stray head',
      { ...link, head: 's9' },
      'its head “s9” is not a span of this document, or one that was left out',
    ],
    [
      'a child that was left out',
      { ...link, child: 's3' },
      'its child “s3” is not a span of this document, or one that was left out',
    ],
    ['attributes in a list', { ...link, attributes: [] }, 'its "attributes" are not an object'],
    ['null', null, 'it is not an object'],
  ])('%s', async (_, relation, fault) => {
    const spans = [good, { ...good, id: 's2' }, { ...good, id: 's3', end: 99 }];
    const relations = [{ ...link, id: 'r1' }, relation, { ...link, id: 'r3' }];
    const { document, complaints } = await readOne({ text: 'He denied it.', spans, relations });
    expect(complaints).toEqual([expect.stringContaining('span 3 '), `relation 2 was left out: ${fault}.`]);
    expect(document?.relations.map(({ id }) => id)).toEqual(['r1', 'r3']);
  });
});

describe('a document that has no usable text is left out', () => {
  test.each<[string, object, string]>([
    ['no text', { title: 'a' }, 'its "text" is missing'],
    ['an empty text', { text: '' }, 'its "text" is empty'],
    ['a byte order mark only', { text: '\uFEFF' }, 'its "text" is empty'],
    ['null for a text', { text: null }, 'its "text" is not text'],
    ['a list of words', { text: ['He', 'denied'] }, 'its "text" is not text'],
    [
      'offsets in words',
      { text: 'He', offset_unit: 'word' },
      'its "offset_unit" is none of codepoint, utf16, byte, grapheme',
    ],
    [
      'its unit in capitals',
      { text: 'He', offset_unit: 'UTF16' },
      'its "offset_unit" is none of codepoint, utf16, byte, grapheme',
    ],
  ])('%s', async (_, document, fault) => {
    expect(await readOne(document)).toEqual({ complaints: [`this document was left out: ${fault}.`] });
  });

  test('or nested deeper than the browser can copy', async () => {
    const deep = `{"text":"He denied it.","meta":{"a":${'['.repeat(50_000)}${']'.repeat(50_000)}}}`;
    expect((await readOne(deep)).complaints).toEqual([
      'this document was left out: it is nested more than 100 levels deep.',
    ]);
  });
});
