/** The words that several of these names become, which cannot be told apart in a file that has the words alone. */
export function sameWords(names: Iterable<string>, wordOf: (name: string) => string): ReadonlySet<string> {
  const firsts = new Map<string, string>();
  const same = new Set<string>();
  for (const name of names) {
    const word = wordOf(name);
    const first = firsts.get(word) ?? name;
    firsts.set(word, first);
    if (first !== name) same.add(word);
  }
  return same;
}

export const mergedLabels = 'spans whose label becomes the same word as another label';
