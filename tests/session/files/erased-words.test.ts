import { expect, test } from 'vitest';
import { erasedWords } from '../../../src/session/files/erased-words.ts';

const titled = (...titles: string[]) => erasedWords({ erased: { isProject: false, titles } });

test('what was deleted for good and would come back is named, the first ones by their titles', () => {
  expect(titled()).toBeUndefined();
  expect(titled('Harbour')).toContain('\u2068Harbour\u2069');
  const said = titled('a', 'b', 'c', 'd', 'e')!;
  expect(said).toContain('2 more');
  expect(said).not.toContain('\u2068d\u2069');
});

test('a title cannot turn round the sentence that it stands in', () => {
  expect(titled('harbour\u202Etxt')).not.toContain('\u202E');
});

test('of a project that was deleted for good it is said that all of it comes back', () => {
  expect(erasedWords({ erased: { isProject: true, titles: ['a', 'b'] } })).toContain('with 2 documents');
});
