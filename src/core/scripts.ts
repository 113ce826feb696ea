/**
 * A letter of a script that is written without spaces between words, as the source of a pattern with the flag `u`. What is
 * counted in words counts such letters one by one, as only a dictionary could tell its words.
 */
export const spacelessLetter = String.raw`(?=\p{L})[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]`;
