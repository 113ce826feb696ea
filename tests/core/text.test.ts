import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalText, hashText, leadingDate } from '../../src/core/text.ts';
import { brokenTexts, isInsidePair, rawTexts } from './texts.ts';

/** What the canonical text is, said slowly: one code point of the file after the other. */
function naiveText(raw: string): string {
  const body = raw.startsWith('\ufeff') ? raw.slice(1) : raw;
  const characters = [...body.split('\r\n').join('\n')];
  return characters
    .map((character) => (character === '\r' ? '\n' : /^\p{Cs}$/u.test(character) ? '\ufffd' : character))
    .join('');
}

function isInsideCrlf(raw: string, offset: number): boolean {
  return raw.slice(offset - 1, offset + 1) === '\r\n';
}

describe('the canonical text', () => {
  test('is what a reader makes of the file one character at a time', () => {
    fc.assert(
      fc.property(brokenTexts, (raw) => {
        expect(canonicalText(raw).text).toBe(naiveText(raw));
      }),
    );
  });

  test('has no carriage return and no lone surrogate', () => {
    fc.assert(
      fc.property(brokenTexts, (raw) => {
        const { text } = canonicalText(raw);
        expect(text).not.toContain('\r');
        expect(text.isWellFormed()).toBe(true);
      }),
    );
  });

  test('made canonical once more is the same', () => {
    fc.assert(
      fc.property(rawTexts, (raw) => {
        const { text } = canonicalText(raw);
        expect(canonicalText(text).text).toBe(text);
      }),
    );
  });

  test.each([
    ['leading and trailing spaces', '  She left. \t'],
    ['blank lines and a missing last newline', '\n\nShe left.\n \nHe stayed.'],
    ['accents in two code points', 'nai\u0308ve \u1e69 s\u0323\u0307'],
    ['a Hangul syllable in three code points', '\u1112\u1161\u11ab'],
    ['compatibility characters', 'ﬁve ① Ⅳ'],
    ['null, no-break spaces and soft hyphens', 'a\0b\u00a0c\u00add'],
    ['other separators of lines', 'a\u2028b\u2029c\u0085d\u000be\u000cf'],
    ['entities', 'Rock &amp; roll &lt;b&gt;'],
    ['a byte order mark that does not lead', 'a\ufeffb'],
    ['emoji', '👩‍👩‍👧‍👦🇩🇪👍🏽1️⃣'],
    ['nothing at all', ''],
  ])('leaves %s alone', (_, raw) => {
    expect(canonicalText(raw).text).toBe(raw);
  });

  test('loses one byte order mark and no second one (B20)', () => {
    expect(canonicalText('\ufeff\ufeffShe').text).toBe('\ufeffShe');
  });

  test('holds the replacement character for each lone surrogate (B18)', () => {
    expect(canonicalText('a\ud83d b\ude00 \ude00\ud83d 😀').text).toBe('a\ufffd b\ufffd \ufffd\ufffd 😀');
  });
});

describe('the source remembers', () => {
  test.each([
    ['She left.', 'none'],
    ['She\nleft.\n', 'lf'],
    ['She\r\nleft.\r\n', 'crlf'],
    ['She\rleft.\r', 'cr'],
    ['She\r\r\nleft.', 'mixed'],
    ['She\n\rleft.', 'mixed'],
    ['She\r\nleft.\n', 'mixed'],
  ] as const)('the newlines of %j as %s', (raw, newlines) => {
    expect(canonicalText(raw).source.newlines).toBe(newlines);
  });

  test('whether there was a byte order mark', () => {
    expect(canonicalText('\ufeffShe').source.byteOrderMark).toBe(true);
    expect(canonicalText('She\ufeff').source.byteOrderMark).toBe(false);
  });

  test('how many lone surrogates were replaced (B18)', () => {
    fc.assert(
      fc.property(brokenTexts, (raw) => {
        const before = raw.split('\ufffd').length;
        const after = canonicalText(raw).text.split('\ufffd').length;
        expect(canonicalText(raw).source.replacedSurrogates).toBe(after - before);
      }),
    );
    expect(canonicalText('\ud83d\ud83d\ude00\ude00').source.replacedSurrogates).toBe(2);
  });
});

describe('an offset carried into the canonical text', () => {
  test('is the length of the canonical text before it (B23)', () => {
    fc.assert(
      fc.property(brokenTexts, (raw) => {
        const { toCanonical, toCanonicalEnd } = canonicalText(raw);
        for (let offset = 0; offset <= raw.length; offset++) {
          if (isInsideCrlf(raw, offset)) continue;
          const before = naiveText(raw.slice(0, offset)).length;
          expect(toCanonical(offset)).toBe(before);
          expect(toCanonicalEnd(offset)).toBe(before);
        }
      }),
    );
  });

  test('goes before the line feed of a CRLF as a start and after it as an end', () => {
    fc.assert(
      fc.property(brokenTexts, (raw) => {
        const { text, toCanonical, toCanonicalEnd } = canonicalText(raw);
        for (let offset = 0; offset <= raw.length; offset++) {
          if (!isInsideCrlf(raw, offset)) continue;
          expect(toCanonical(offset)).toBe(toCanonical(offset - 1));
          expect(toCanonicalEnd(offset)).toBe(toCanonical(offset + 1));
          expect(text.slice(toCanonical(offset), toCanonicalEnd(offset))).toBe('\n');
        }
      }),
    );
    const { toCanonical, toCanonicalEnd } = canonicalText('\ufeffa\r\nb');
    expect([0, 1, 2, 3, 4, 5].map(toCanonical)).toEqual([0, 0, 1, 1, 2, 3]);
    expect([0, 1, 2, 3, 4, 5].map(toCanonicalEnd)).toEqual([0, 0, 1, 2, 2, 3]);
  });

  test('never goes back', () => {
    fc.assert(
      fc.property(brokenTexts, (raw) => {
        const { text, toCanonical, toCanonicalEnd } = canonicalText(raw);
        for (const carry of [toCanonical, toCanonicalEnd]) {
          const carried = Array.from({ length: raw.length + 1 }, (_, offset) => carry(offset));
          expect(carried).toEqual([...carried].sort((a, b) => a - b));
          expect([carried.at(0), carried.at(-1)]).toEqual([0, text.length]);
        }
      }),
    );
  });

  test('covers the same words there (B23)', () => {
    fc.assert(
      fc.property(rawTexts, fc.nat(), fc.nat(), (raw, first, second) => {
        const [start, end] = [first % (raw.length + 1), second % (raw.length + 1)].sort((a, b) => a - b) as [
          number,
          number,
        ];
        fc.pre(![start, end].some((offset) => isInsideCrlf(raw, offset) || isInsidePair(raw, offset)));
        const { text, toCanonical, toCanonicalEnd } = canonicalText(raw);
        expect(text.slice(toCanonical(start), toCanonicalEnd(end))).toBe(naiveText(raw.slice(start, end)));
      }),
    );
  });
});

test.each([
  ['', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
  ['naïve 😡', '934104fca1504564b74585003fda88541e88a4499b4e28be6c5aa390d58ccbaf'],
])('the hash of %j is SHA-256 over UTF-8', (text, hash) => {
  expect(hashText(text)).toBe(hash);
});

describe('the date a text opens with', () => {
  test.each([
    ['date 2020-10-02 The mayor denied it.', '2020-10-02'],
    [' date 2020-10-02 “We never left,” she said.', '2020-10-02'],
    ['\n\tDATE  2020-10-02\nThe mayor denied it.', '2020-10-02'],
    ['date 2020-10-02', '2020-10-02'],
    ['date 2020-10-02, Bonn', '2020-10-02'],
    ['date 2020-02-29 A leap day.', '2020-02-29'],
    ['date 2000-02-29 A leap day.', '2000-02-29'],
  ])('%j is %s', (text, date) => {
    expect(leadingDate(text)).toBe(date);
  });

  test.each([
    ['there is none', 'The mayor denied it.'],
    ['the text is empty', ''],
    ['it does not lead', 'The date 2020-10-02 was agreed.'],
    ['the word is missing', '2020-10-02 The mayor denied it.'],
    ['the word is another', 'update 2020-10-02 The mayor denied it.'],
    ['no space stands between', 'date2020-10-02'],
    ['a digit follows', 'date 2020-10-021'],
    ['it is written in another way', 'date 02.10.2020'],
    ['the year was no leap year', 'date 2021-02-29'],
    ['the century was no leap year', 'date 1900-02-29'],
    ['February has no such day', 'date 2020-02-30'],
    ['June has no such day', 'date 2020-06-31'],
    ['no month has such a day', 'date 2020-10-32'],
    ['the day is zero', 'date 2020-10-00'],
    ['the month is zero', 'date 2020-00-10'],
    ['there is no such month', 'date 2020-13-01'],
  ])('is unknown where %s', (_, text) => {
    expect(leadingDate(text)).toBeUndefined();
  });
});
