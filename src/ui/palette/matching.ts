/** Words as they are compared: without case and accents. */
export function folded(words: string): string {
  return words.normalize('NFKD').replace(/\p{M}/gu, '').toLocaleLowerCase();
}

/** Whether all words of the search are in the name, in any order, beginnings and parts of words included. */
export function hasWords(search: string, name: string): boolean {
  return fitOf(wordsOf(search), folded(name)) !== undefined;
}

export function wordsOf(search: string): readonly string[] {
  return folded(search)
    .split(/\s+/u)
    .filter((word) => word !== '');
}

/**
 * How well a folded name fits the words of a search: 3 when it begins with them as they stand, 2 when each begins a word
 * of the name, 1 when each is somewhere in it; `undefined` when one is missing. Everything fits a search of no words.
 */
export function fitOf(words: readonly string[], name: string): 1 | 2 | 3 | undefined {
  if (!words.every((word) => name.includes(word))) return undefined;
  if (name.startsWith(words.join(' '))) return 3;
  return words.every((word) => beginsAWord(word, name)) ? 2 : 1;
}

function beginsAWord(word: string, name: string): boolean {
  for (let at = name.indexOf(word); at >= 0; at = name.indexOf(word, at + 1))
    if (at === 0 || !/[\p{L}\p{N}]/u.test(name.charAt(at - 1))) return true;
  return false;
}
