import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fitOf, folded, hasWords, wordsOf } from '../../../src/ui/palette/matching.ts';

describe('a search among names', () => {
  test.each([
    ['next doc', 'Next document', true],
    ['doc next', 'Next document', true],
    ['NEXT', 'Next document', true],
    ['eclair', 'Éclair über alles', true],
    ['ÜBER éclair', 'Eclair uber alles', true],
    ['ument', 'Next document', true],
    ['', 'Next document', true],
    ['next span', 'Next document', false],
    ['שלום', 'דו״ח שָׁלוֹם', true],
    ['ﬁle', 'Import file', true],
  ])('of “%s” finds “%s”: %s', (search, name, expected) => {
    expect(hasWords(search, name)).toBe(expected);
  });

  test.each([
    ['go to', 'Go to report', 3],
    ['re go', 'Go to report', 2],
    ['eport', 'Go to report', 1],
    ['port', 'Report-port', 2],
    ['lost', 'Go to report', undefined],
  ])('of “%s” fits “%s” as well as %s', (search, name, fit) => {
    expect(fitOf(wordsOf(search), folded(name))).toBe(fit);
  });

  test('finds a name by any of its words, in any order and case', () => {
    const word = fc.stringMatching(/^[a-zà-ö]{1,8}$/);
    fc.assert(
      fc.property(fc.uniqueArray(word, { minLength: 1, maxLength: 5 }), fc.nat(), (words, turn) => {
        const turned = words.map((_, index) => words[(index + turn) % words.length]!.toUpperCase());
        expect(hasWords(turned.join(' '), words.join(' '))).toBe(true);
      }),
    );
  });
});
