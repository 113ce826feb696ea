import { expect, test } from 'vitest';
import { erasedWords } from '../../src/ui/restore/erased-words.ts';

const titled = (...titles: string[]) => erasedWords({ isProject: false, titles });

test('what was deleted for good and would come back is named, the first ones by their titles', () => {
  expect(titled()).toBeUndefined();
  expect(titled('Harbour')).toContain('“Harbour” was deleted for good');
  const said = titled('a', 'b', 'c', 'd', 'e', 'f', 'g')!;
  expect(said).toContain('2 more were');
  expect(said).not.toContain('“f”');
});

test('a title cannot turn round the sentence that it stands in', () => {
  expect(titled('harbour\u202Etxt')).not.toContain('\u202E');
});

test('of a project that was deleted for good it is said that all of it comes back', () => {
  expect(erasedWords({ isProject: true, titles: ['a', 'b'] })).toContain('This project was');
});
