import fc from 'fast-check';
import { expect, test } from 'vitest';
import { wordsOf } from '../../../src/core/finding/query.ts';
import { WordIndex } from '../../../src/core/finding/word-index.ts';

const pieces = fc.constantFrom(
  ...['Erdoğan', 'don’t', 'STRASSE', 'straße', 'Ὀδυσσεύς', 'e\u0301', '\u0301', '\u0338', '=', 'a\u00adb'],
  ...['漢字と', 'か\u3099', '\u3099', 'ไทย', 'कि', '\u093f', '한', '\u1112\u1161', '\u200d', '\ufeff', '👩‍🚀'],
  ...[' ', '\u00a0', '\r\n', '-', '—', '“', '”', '_', '1,200', 'x\u2028y', 'Å', 'ſ', 'İ', 'ʼ', '²'],
);
const texts = fc.array(fc.oneof(pieces, fc.string({ unit: 'grapheme' })), { maxLength: 12 });

function found(index: WordIndex, word: string, isPrefix = false): number[] {
  const numbers = new Set<number>();
  index.visit(word, isPrefix, (number) => numbers.add(number));
  return [...numbers].sort((a, b) => a - b);
}

test('a text is found by each of its words, and by no other', () => {
  fc.assert(
    fc.property(fc.array(texts, { minLength: 1, maxLength: 4 }), (written) => {
      const index = new WordIndex();
      const words = written.map((parts, number) => {
        index.add(number, parts.join(''));
        return new Set(wordsOf(parts.join('')));
      });
      for (const word of words.flatMap((each) => [...each])) {
        const holding = words.flatMap((each, number) => (each.has(word) ? [number] : []));
        expect(found(index, word)).toEqual(holding);
      }
      // Every word begins with nothing, so this is all that can be found.
      const all: string[] = [];
      index.visit('', true, (_number, word) => all.push(word));
      expect(new Set(all)).toEqual(new Set(words.flatMap((each) => [...each])));
    }),
    { numRuns: 500 },
  );
});

test('the beginning of a word finds texts by the words that begin so', () => {
  const index = new WordIndex();
  for (const [number, text] of ['The bridges', 'A bridge, a bridge', 'Abridged'].entries())
    index.add(number, text);
  expect(found(index, 'bridg', true)).toEqual([0, 1]);
  expect(found(index, 'bridg')).toEqual([]);
  const words: string[] = [];
  index.visit('bridge', true, (number, word) => words.push(`${number} ${word}`));
  expect(words).toEqual(['0 bridges', '1 bridge']);
});
