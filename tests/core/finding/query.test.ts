import { describe, expect, test } from 'vitest';
import {
  hasWords,
  isWordBoundary,
  parseQuery,
  withField,
  wordsOf,
  type Term,
} from '../../../src/core/finding/query.ts';

const term = (value: string, traits: Partial<Term> = {}): Term => ({
  value,
  isPhrase: false,
  isExcluded: false,
  ...traits,
});

describe('a search', () => {
  test.each([
    ['free words', 'bridge  guns', [term('bridge'), term('guns')]],
    ['a phrase', '"pure theatre" bridge', [term('pure theatre', { isPhrase: true }), term('bridge')]],
    [
      'a phrase in the quotation marks of a text',
      '“pure theatre”',
      [term('pure theatre', { isPhrase: true })],
    ],
    ['a phrase that is still being typed', '"pure th', [term('pure th', { isPhrase: true })]],
    [
      'fields',
      'label:denial Speaker:Erdoğan',
      [term('denial', { field: 'label' }), term('Erdoğan', { field: 'speaker' })],
    ],
    [
      'a field with several words',
      'speaker:"Anna Velt"',
      [term('Anna Velt', { field: 'speaker', isPhrase: true })],
    ],
    [
      'what is left out',
      '-label:claim -guns',
      [term('claim', { field: 'label', isExcluded: true }), term('guns', { isExcluded: true })],
    ],
    ['a time of day as words', '10:30', [term('10:30')]],
    ['no field without a value', 'label: bridge', [term('bridge')]],
    ['no words of signs alone', '— "" ...', []],
  ])('has %s', (_what, query, terms) => {
    expect(parseQuery(query)).toEqual(terms);
  });

  test('takes another value for a field, and leaves the rest as it was written', () => {
    expect(withField('bridge label:claim "a  b"', 'label', 'denial')).toBe('bridge "a  b" label:denial');
    expect(withField('Label:claim bridge', 'label', undefined)).toBe('bridge');
    expect(withField('', 'speaker', 'Anna Velt')).toBe('speaker:"Anna Velt"');
  });
});

describe('words', () => {
  test.each([
    ['are folded', 'Erdoğan’s STRASSE', ['erdogan', 's', 'strasse']],
    ['of writing without spaces are its characters', 'ABC 漢字', ['abc', '漢', '字']],
    ['keep the vowel signs that are letters', 'किन्तु', ['किन्तु']],
    ['of a text of signs are none', '… — !', []],
  ])('%s', (_what, text, words) => {
    expect(wordsOf(text)).toEqual(words);
  });

  test.each([
    ['by their beginnings', 'The bridges of Velt', 'brid vel', false, true],
    ['all of them', 'The bridges of Velt', 'bridges Teves', false, false],
    ['in order, if it is a phrase', 'The bridges of Velt', 'of bridges', true, false],
    ['whole, if it is a phrase', 'The bridges of Velt', 'bridges of Vel', true, false],
    ['as a phrase', 'The bridges of Velt', 'BRIDGES of', true, true],
  ])('are in a text %s', (_how, text, value, isPhrase, expected) => {
    expect(hasWords(text, value, isPhrase)).toBe(expected);
  });

  test('begin and end where letters do, and anywhere in writing without spaces', () => {
    const text = 'a bridge, 漢字';
    const edges = [...text, ''].flatMap((_, offset) => (isWordBoundary(text, offset) ? [offset] : []));
    expect(edges).toEqual([0, 1, 2, 8, 9, 10, 11, 12]);
  });
});
