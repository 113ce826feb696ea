/** Who signs spans before a name has been given. */
export const unnamedAnnotator = 'me';

const longest = 80;

/** A name as it is signed: white space folded, at most 80 characters; `undefined` when nothing is left of it. */
export function annotatorName(typed: string): string | undefined {
  const name = typed.replace(/\s+/gu, ' ').trim();
  return name === '' ? undefined : [...name].slice(0, longest).join('').trimEnd();
}
