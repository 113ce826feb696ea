/*
 * Clauses as a reader's hand takes them: the words between two marks of punctuation. What is said, and by whom, mostly
 * begins and ends at one, so that moving by clauses saves moving by words.
 */

/** Marks between clauses wherever they stand. */
const breaks = /[\n;!?…–—()[\]{}"“”„«»‹›،؛؟。、，！？：；]/u;
/** Marks that also stand inside of numbers, times and abbreviations: they part clauses before a space or another mark. */
const breaksBeforeSpace = /[.,:]/u;
const word = /[\p{L}\p{N}\p{Extended_Pictographic}]/u;

/** Where the next clause after the offset begins, or with -1 the nearest one before it; the end of the text if none does. */
export function clauseStart(text: string, offset: number, direction: 1 | -1): number {
  for (let at = offset + direction; at > 0 && at < text.length; at += direction)
    if (isClauseStart(text, at)) return at;
  return direction > 0 ? text.length : 0;
}

/** Where the clause at the offset ends, or the next one if that is its end; with -1 the nearest end before it. */
export function clauseEnd(text: string, offset: number, direction: 1 | -1): number {
  for (let at = offset + direction; at > 0 && at < text.length; at += direction)
    if (isClauseEnd(text, at)) return at;
  return direction > 0 ? text.length : 0;
}

/** A place before a word, with nothing but marks and spaces between it and the clause before. */
function isClauseStart(text: string, offset: number): boolean {
  if (!beginsWord(text, offset)) return false;
  let at = offset;
  while (at > 0 && isSpaceWithin(text[at - 1]!)) at--;
  return at === 0 || isBreak(text, at - 1);
}

/** A place behind a word and before a mark. */
function isClauseEnd(text: string, offset: number): boolean {
  if (isBreak(text, offset - 1) || isSpace(text[offset - 1]!)) return false;
  let at = offset;
  while (at < text.length && isSpaceWithin(text[at]!)) at++;
  return at === text.length || isBreak(text, at);
}

function isBreak(text: string, offset: number): boolean {
  const mark = text[offset]!;
  if (breaks.test(mark)) return true;
  const next = text[offset + 1];
  return breaksBeforeSpace.test(mark) && (next === undefined || isSpace(next) || breaks.test(next));
}

/** Whether a word may begin here; the second half of a surrogate pair and marks on a letter begin none. */
function beginsWord(text: string, offset: number): boolean {
  const unit = text.charCodeAt(offset);
  if (unit >= 0xdc00 && unit <= 0xdfff) return false;
  return word.test(String.fromCodePoint(text.codePointAt(offset)!));
}

function isSpace(character: string): boolean {
  return /\s/u.test(character);
}

function isSpaceWithin(character: string): boolean {
  return character !== '\n' && isSpace(character);
}
