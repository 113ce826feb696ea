/** The scripts that are written without spaces between words, for a class of a regular expression with the flag `u`. */
export const spacelessScripts = String.raw`\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}`;

/** Letters that Unicode counts among the marks of the letter before: the vowel am of Thai and Lao, voicing of narrow kana. */
const letterMarks = String.raw`\u0e33\u0eb3\uff9e\uff9f`;

/** Signs of Chinese and Japanese that Unicode gives to no script: of length, of repetition, of closing, of “masu”. */
const shared = String.raw`\u30fc\uff70\u3031-\u3035\u3006\u303c`;

const marks = String.raw`[\p{M}${letterMarks}\u200c\u200d]*`;

/** A letter, or a numeral that is a letter such as 〇, of a script without spaces, without its marks. */
export const spacelessLetter = String.raw`(?:(?![${letterMarks}])(?=[${spacelessScripts}${shared}])[\p{L}\p{Nl}])`;

/**
 * What is taken for a word where nothing but a dictionary knows the words: a letter with its marks, and in Khmer and
 * Myanmar with the letters that are stacked below it.
 */
export const spacelessCharacter = String.raw`${spacelessLetter}${marks}(?:(?<=[\u1039\u17d2])${spacelessLetter}${marks})*`;
