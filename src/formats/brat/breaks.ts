/** Separators of files, groups and records, which some readers of lines take for a line's end. */
const separators = String.fromCharCode(0x1c, 0x1d, 0x1e);

/** What ends a line for some reader of lines. */
export const lineEnd = new RegExp(`\\r\\n|[\\n\\v\\f\\r${separators}\\u0085\\u2028\\u2029]`);
export const lineEnds = new RegExp(lineEnd, 'g');

/** Whether words cannot stand in a column of a line. */
export function breaksLine(words: string): boolean {
  return words.includes('\t') || lineEnd.test(words);
}
