import type { Range } from './offset.ts';
import { quotationMarkAt, type QuotationMark } from './quotation.ts';

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
const words = new Intl.Segmenter(undefined, { granularity: 'word' });
const sentences = new Intl.Segmenter(undefined, { granularity: 'sentence' });

/** Long lines are segmented a piece at a time: nothing is looked for further away than this many UTF-16 units. */
const nearby = 2000;

const plainWord = /[A-Za-z0-9]/;
const outerMarks = /[\s,،、，]/u;
/** Stops between a quotation's last word and its closing mark, each perhaps behind a space, as in French. */
const stopsBehind = /^(?:\p{Zs}?[.,;:!?…،؛؟。，！？])*\p{Zs}?/u;

/** The range without white space at its ends; `undefined` when nothing else is in it. */
export function trimSpace(text: string, { start, end }: Range): Range | undefined {
  while (start < end && isSpace(text, start)) start++;
  while (end > start && isSpace(text, end - 1)) end--;
  return start < end ? { start, end } : undefined;
}

/** Moves the ends of a range outwards so that none lies inside a grapheme cluster. */
export function wholeCharacters(text: string, range: Range): Range {
  return {
    start: segmentAt(graphemes, text, range.start).start,
    end: range.end === 0 ? 0 : segmentAt(graphemes, text, range.end - 1).end,
  };
}

/**
 * The words that a rough selection means: whole words, without outer white space and commas, and without the stop or
 * bracket that another passage left at its edge; a closing quotation mark, and the stop before it, belong to the range
 * when its opening mark is inside it, and not otherwise.
 */
export function snapToWords(text: string, rough: Range): Range | undefined {
  const inner = trimOuter(text, rough);
  if (!inner) return undefined;
  const whole = {
    start: segmentAt(words, text, inner.start).start,
    end: segmentAt(words, text, inner.end - 1).end,
  };
  const trimmed = trimOuter(text, whole) ?? whole;
  return wholeCharacters(text, closeQuotations(text, wholeCharacters(text, trimmed)));
}

/** What a selection made by keyboard means: itself, in whole characters, without outer white space. */
export function exactRange(text: string, rough: Range): Range | undefined {
  const inner = trimSpace(text, rough);
  return inner && wholeCharacters(text, inner);
}

/**
 * The next wider of word, sentence and paragraph around what is not outer white space of the range; the range itself
 * when it is as wide as can be. The range may be empty: a caret, which belongs to the word that it stands in or at.
 */
export function widen(text: string, range: Range): Range {
  const inner = exactRange(text, range) ?? { start: range.start, end: range.start };
  const seed = inner.start < inner.end ? inner : besideCaret(text, inner.start);
  for (const unit of ['word', 'sentence', 'paragraph'] as const) {
    const wider = exactRange(text, enclosing(text, seed, unit));
    if (!wider || (unit === 'word' && !isWord(text.slice(wider.start, wider.end)))) continue;
    if (contains(wider, inner) && wider.end - wider.start > inner.end - inner.start) return wider;
  }
  return range;
}

/** The place one unit before or after an offset, in reading order; stays inside the text. */
export function step(text: string, offset: number, unit: 'character' | 'word', direction: -1 | 1): number {
  return unit === 'character' ? stepCharacter(text, offset, direction) : stepWord(text, offset, direction);
}

/** Whether a word ends or begins at the offset, or neither side of it belongs to one. */
export function isWordEdge(text: string, offset: number): boolean {
  if (offset <= 0 || offset >= text.length) return true;
  const [before, after] = [text[offset - 1]!, text[offset]!];
  // Most places are told at sight, and segmenting costs a hundred times more.
  if (plainWord.test(before) && plainWord.test(after)) return false;
  if ((before === ' ' && plainWord.test(after)) || (after === ' ' && plainWord.test(before))) return true;
  return segmentAt(words, text, offset).start === offset;
}

/** The half-open range of the line (a text between line feeds) around an offset. */
export function lineAt(text: string, offset: number): Range {
  // A negative second argument would look at the first character all the same.
  const start = offset > 0 ? text.lastIndexOf('\n', offset - 1) + 1 : 0;
  const end = text.indexOf('\n', offset);
  return { start, end: end < 0 ? text.length : end };
}

function enclosing(text: string, range: Range, unit: 'word' | 'sentence' | 'paragraph'): Range {
  const last = range.end - 1;
  if (unit === 'paragraph') return { start: lineAt(text, range.start).start, end: lineAt(text, last).end };
  const segmenter = unit === 'word' ? words : sentences;
  return { start: segmentAt(segmenter, text, range.start).start, end: segmentAt(segmenter, text, last).end };
}

/** The character that a caret stands at: the one before it where a word or the line ends, else the one after it. */
function besideCaret(text: string, offset: number): Range {
  const line = lineAt(text, offset);
  // Looking behind, as Chromium 156 looks for a class before `$` inside of a pair of surrogates and does not find it.
  const endsWord =
    /(?<=[\p{L}\p{N}\p{M}\p{ExtPict}\p{EMod}])$/u.test(text.slice(line.start, offset).slice(-2)) &&
    !/^[\p{L}\p{N}\p{M}]/u.test(text.slice(offset, line.end));
  const start = offset > line.start && (offset === line.end || endsWord) ? offset - 1 : offset;
  return { start, end: start + 1 };
}

function stepCharacter(text: string, offset: number, direction: -1 | 1): number {
  if (direction > 0) return offset >= text.length ? text.length : segmentAt(graphemes, text, offset).end;
  return offset <= 0 ? 0 : segmentAt(graphemes, text, offset - 1).start;
}

/** To the end of the next word, or back to the beginning of the last one; an emoji is a word of its own. */
function stepWord(text: string, offset: number, direction: -1 | 1): number {
  let at = offset;
  for (;;) {
    const word = wholeCharacters(text, segmentAt(words, text, direction > 0 ? at : at - 1));
    at = direction > 0 ? word.end : word.start;
    if (at <= 0 || at >= text.length || isWord(text.slice(word.start, word.end))) return at;
  }
}

function isWord(segment: string): boolean {
  return /[\p{L}\p{N}\p{Extended_Pictographic}\p{RI}]/u.test(segment);
}

/** The segment around the unit at the offset. Only the line concerned is read, and only the near part of a long one. */
function segmentAt(segmenter: Intl.Segmenter, text: string, offset: number): Range {
  if (offset >= text.length) return { start: text.length, end: text.length };
  if (offset < 0) return { start: 0, end: 0 };
  if (text[offset] === '\n') return { start: offset, end: offset + 1 };
  const line = nearbyLine(text, offset);
  const segment = segmenter.segment(text.slice(line.start, line.end)).containing(offset - line.start);
  if (!segment) throw new RangeError(`no segment at offset ${offset} of a text of ${text.length}`);
  const start = line.start + segment.index;
  return { start, end: start + segment.segment.length };
}

function nearbyLine(text: string, offset: number): Range {
  const line = lineAt(text, offset);
  const start = offset - line.start > nearby ? cutNear(text, offset - nearby, line.start) : line.start;
  const end = line.end - offset > nearby ? cutNear(text, offset + nearby, offset + 1) : line.end;
  return { start: start - flagsBefore(text.slice(line.start, start)), end };
}

/** A place after a space at or before the offset, so that no word or cluster is cut; the offset if none is near. */
function cutNear(text: string, offset: number, least: number): number {
  for (let at = offset; at > offset - 200 && at > least; at--) if (text[at - 1] === ' ') return at;
  return isLowSurrogate(text, offset) ? offset - 1 : offset;
}

/** The length of the regional indicators that a passage ends with: which two make a flag shows only from the first. */
function flagsBefore(passage: string): number {
  let at = passage.length;
  while (/^\p{RI}/u.test(passage.slice(Math.max(0, at - 2), at))) at -= 2;
  return passage.length - at;
}

function trimOuter(text: string, range: Range): Range | undefined {
  let { start, end } = range;
  for (;;) {
    while (start < end && outerMarks.test(text[start]!)) start++;
    while (end > start && outerMarks.test(text[end - 1]!)) end--;
    if (start >= end) return undefined;
    const [left, right] = [strayAtStart(text, { start, end }), strayAtEnd(text, { start, end })];
    if (left + right === 0) return { start, end };
    start += left;
    end -= right;
  }
}

/** How many characters at the start end what stands before: `. The police`, `” he said`, `) and then`. */
function strayAtStart(text: string, range: Range): number {
  const closes = (offset: number) => markAt(text, range, offset)?.role === 'closes';
  if (closes(range.start)) return 1;
  const { length } = /^[)\]}]?(?:[.;:؛؟。]|[!?]{1,3})?/u.exec(text.slice(range.start, range.start + 4))![0];
  const behind = range.start + length;
  return length > 0 && behind < range.end && (isSpace(text, behind) || closes(behind)) ? length : 0;
}

/** How many characters at the end begin what stands behind: an opening mark, or a closing one that was opened outside. */
function strayAtEnd(text: string, range: Range): number {
  if (/^\s[([{]/u.test(text.slice(Math.max(range.start, range.end - 2), range.end))) return 1;
  const mark = markAt(text, range, range.end - 1);
  return mark && (mark.role === 'opens' || (mark.partner ?? -1) < range.start) ? 1 : 0;
}

/** Takes in the closing marks right behind the range, and the stops before them, when the opening ones are inside. */
function closeQuotations(text: string, { start, end }: Range): Range {
  for (;;) {
    const at = end + stopsBehind.exec(text.slice(end, end + 8))![0].length;
    const mark = markAt(text, { start, end: at }, at);
    if (mark?.role !== 'closes' || mark.partner === undefined) return { start, end };
    if (mark.partner < start || mark.partner >= end) return { start, end };
    end = at + 1;
  }
}

/** The quotation mark at an offset, read in the lines that the range stands in. */
function markAt(text: string, { start, end }: Range, offset: number): QuotationMark | undefined {
  const passage = { start: nearbyLine(text, start).start, end: nearbyLine(text, end - 1).end };
  return quotationMarkAt(text, passage, offset);
}

function isSpace(text: string, offset: number): boolean {
  return /\s/u.test(text[offset]!);
}

function isLowSurrogate(text: string, offset: number): boolean {
  const unit = text.charCodeAt(offset);
  return unit >= 0xdc00 && unit <= 0xdfff;
}

function contains(outer: Range, inner: Range): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}
