import type { Range } from './offset.ts';

/** A quotation mark in its sentence: what it does, and where its partner stands if that is in the passage too. */
export interface QuotationMark {
  readonly role: 'opens' | 'closes';
  /** Offset of the mark that it closes, or that closes it. */
  readonly partner?: number;
}

/** What may close each opening mark, for the habits of many countries: “ ”, „ “, ” ”, « », » «, 「 」. */
const closers: Readonly<Record<string, string>> = {
  '“': '”"',
  '„': '“”"',
  '”': '”“"',
  '"': '"”',
  '«': '»',
  '»': '«»',
  '‘': "’'",
  '‚': "‘’'",
  "'": "'’",
  '‹': '›',
  '›': '‹›',
  '「': '」',
  '『': '』',
};
const mark = /["'“”„«»‘’‚‹›「」『』]/u;
const marks = new RegExp(mark, 'gu');

/** The mark at an offset, read in its passage; `undefined` for an apostrophe and for whatever else quotes nothing. */
export function quotationMarkAt(text: string, passage: Range, offset: number): QuotationMark | undefined {
  return isMark(text[offset]) ? quotationMarks(text, passage).get(offset) : undefined;
}

/** The quotation marks of a passage by offset. The same sign may open or close, so the signs beside it are read too. */
export function quotationMarks(text: string, { start, end }: Range): ReadonlyMap<number, QuotationMark> {
  const found = new Map<number, QuotationMark>();
  const open: number[] = [];
  for (const { index } of text.slice(start, end).matchAll(marks)) {
    const offset = start + index;
    if (isPartOfWord(text, offset)) continue;
    const partner = looksOpening(text, offset) ? undefined : takePartner(text, offset, open);
    if (partner !== undefined) {
      found.set(partner, { role: 'opens', partner: offset }).set(offset, { role: 'closes', partner });
    } else if (opens(text, offset)) {
      open.push(offset);
      found.set(offset, { role: 'opens' });
    } else if (!isOmission(text, offset)) found.set(offset, { role: 'closes' });
  }
  return found;
}

/** The offset of the opening mark that this one closes, taken off the stack with those left open above it. */
function takePartner(text: string, offset: number, open: number[]): number | undefined {
  const sign = text[offset]!;
  const depth = open.findLastIndex((opening) => closes(sign, text[opening]!));
  // A single mark may be an apostrophe: it closes the innermost quotation or none.
  if (depth < 0 || (isSingle(sign) && (depth < open.length - 1 || isSpace(text[offset - 1]))))
    return undefined;
  const partner = open[depth];
  open.length = depth;
  return partner;
}

/** Whether the sign stands where only an opening mark does: something begins behind it and nothing ends before it. */
function looksOpening(text: string, offset: number): boolean {
  const sign = text[offset]!;
  if (!(sign in closers) || !isFree(text[offset - 1])) return false;
  return /[”»›]/u.test(sign) ? /[\p{L}\p{N}]/u.test(text[offset + 1] ?? '') : isBeginning(text[offset + 1]);
}

/** Whether a sign that closes nothing opens something. */
function opens(text: string, offset: number): boolean {
  if (!/["“„«‘‚‹「『]/u.test(text[offset]!)) return looksOpening(text, offset);
  return isFree(text[offset - 1]) || isBeginning(text[offset + 1]);
}

/** An apostrophe between letters (We’re), or the mark of a Hebrew abbreviation (צה"ל) but not of a prefix (ה"מחאה"). */
function isPartOfWord(text: string, offset: number): boolean {
  const [before, after] = [text.slice(Math.max(0, offset - 3), offset), text.slice(offset + 1, offset + 4)];
  if (/['’]/u.test(text[offset]!)) return /(?<=[\p{L}\p{N}])$/u.test(before) && /^[\p{L}\p{N}]/u.test(after);
  if (!/["”]/u.test(text[offset]!) || !/\p{sc=Hebr}$/u.test(before) || !/^\p{sc=Hebr}/u.test(after))
    return false;
  return /^\p{sc=Hebr}{3}/u.test(before) || !/^\p{sc=Hebr}{3}/u.test(after);
}

/** A single mark behind a letter stands for an omission (the workers’), unless it closes a quotation. */
function isOmission(text: string, offset: number): boolean {
  return /['’]/u.test(text[offset]!) && !/[\p{P}\p{S}]/u.test(text[offset - 1] ?? ' ');
}

function closes(sign: string, opening: string): boolean {
  return closers[opening]!.includes(sign);
}

/** Whether a sign that follows this one is at a beginning. */
function isFree(before: string | undefined): boolean {
  return isSpace(before) || /[\p{Ps}\p{Pi}\p{Pd}"'=:/]/u.test(before!);
}

/** Whether something begins with this character. */
function isBeginning(character: string | undefined): boolean {
  return !isSpace(character) && !/[.,;:!?،؛؟。，、\p{Pe}\p{Pf}]/u.test(character!);
}

function isSingle(sign: string): boolean {
  return /['‘’]/u.test(sign);
}

function isMark(character: string | undefined): boolean {
  return character !== undefined && mark.test(character);
}

function isSpace(character: string | undefined): boolean {
  return character === undefined || /\s/u.test(character);
}
