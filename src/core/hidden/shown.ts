// oxlint-disable-next-line no-control-regex
const obeyed = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]/g;

/**
 * Words from outside as the interface says them, in titles, quotes and messages: without the characters that would turn
 * round what stands beside them, or break its line. What is kept and exported has them all.
 */
export function shown(words: string): string {
  return words.replace(obeyed, '');
}
