/** What two pieces of writing may differ in and still be found as the same. */
export interface FoldOptions {
  readonly matchCase: boolean;
  readonly matchAccents: boolean;
}

export const loosely: FoldOptions = { matchCase: false, matchAccents: false };

/** What nobody sees and nobody types: soft hyphens, direction marks, joiners of words. */
const unseen = /[\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu;
/** Accents, vowel points and the like. The vowel signs of Indic and Thai writing and the voicing of kana are letters. */
const accents =
  /(?=\p{M})(?![\u3099\u309a])[\p{sc=Zinh}\p{sc=Latn}\p{sc=Grek}\p{sc=Cyrl}\p{sc=Copt}\p{sc=Hebr}\p{sc=Arab}\p{sc=Syrc}]/gu;

export function isAccent(character: string): boolean {
  return character.replace(accents, '') === '';
}

/**
 * The writing as it is compared: accents and case gone unless they matter, one sort of quotation mark, apostrophe and
 * hyphen, white space as single spaces. What it gives for a text is what it gives for its grapheme clusters, joined.
 */
export function foldCharacters(text: string, { matchCase, matchAccents }: FoldOptions): string {
  const apart = text.normalize('NFD');
  const letters = matchAccents ? apart : apart.replace(accents, '');
  return (
    (matchCase ? letters : withoutCase(letters))
      .normalize('NFC')
      // Only now, lest what stood behind a soft hyphen joins what stood before it.
      .replace(unseen, '')
      .replace(/[‘’‚‛ʼ׳]/gu, "'")
      .replace(/[“”„‟״]/gu, '"')
      .replace(/[‐‑]/gu, '-')
      .replace(/\s/gu, ' ')
  );
}

/** The same with every run of white space as one space, and none at the ends. */
export function folded(text: string, options: FoldOptions = loosely): string {
  return foldCharacters(text, options).replace(/ +/gu, ' ').replace(/^ | $/gu, '');
}

/** By way of upper case, so that ß meets SS; the iota below a letter would become a letter of its own on that way. */
function withoutCase(letters: string): string {
  return letters.replace(/[^\u0345]+/gu, (part) => part.toUpperCase().toLowerCase().replaceAll('ς', 'σ'));
}
