/** Words as Markdown that reads as the words themselves, on one line. */
export function plain(words: string): string {
  return words
    .replace(/\s+/gu, ' ')
    .trim()
    .replace(/[\\`*_{}[\]<>|#~$&]/g, '\\$&');
}

/** Words as they stand, such as a machine name, in the type of code. */
export function code(words: string): string {
  const oneLine = words.replace(/\s/gu, ' ').replaceAll('|', '\\|');
  const longest = Math.max(0, ...Array.from(oneLine.matchAll(/`+/g), ([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  return longest > 0 ? `${fence} ${oneLine} ${fence}` : `${fence}${oneLine}${fence}`;
}

/** A table, the first column of it words and the others numbers unless `isText`. Cells are Markdown. */
export function table(
  head: readonly string[],
  rows: readonly (readonly (string | number)[])[],
  isText = false,
): string {
  const line = (cells: readonly (string | number)[]) => `| ${cells.join(' | ')} |`;
  const rule = head.map((_, column) => (column === 0 || isText ? '---' : '---:'));
  return [head, rule, ...rows].map(line).join('\n');
}
