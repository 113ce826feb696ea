import { isWordEdge } from '../boundaries.ts';
import { foldCharacters, folded, isAccent, type FoldOptions } from './fold.ts';
import { Hits } from './hits.ts';

export interface FindOptions extends FoldOptions {
  readonly wholeWords: boolean;
}

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/**
 * A text made ready for finding words in it. Making is linear and needs no more than numbers; a question then reads the
 * folded text once. Both take some hundredths of a second at 5 MB.
 */
export class FoldedText {
  readonly #text: string;
  readonly #options: FoldOptions;
  readonly #folded: FoldedUnits;

  constructor(text: string, options: FoldOptions) {
    this.#text = text;
    this.#options = options;
    this.#folded = fold(text, options);
  }

  /**
   * All places of the words, from the left, none overlapping the one before. A place begins and ends between grapheme
   * clusters; white space among the words stands for any run of it, and around them for nothing.
   */
  find(words: string, wholeWords = false): Hits {
    const pattern = unitsOf(folded(words, this.#options));
    const [starts, ends]: [number[], number[]] = [[], []];
    if (pattern.length === 0) return new Hits();
    const { units, length } = this.#folded;
    for (let at = units.indexOf(pattern[0]!); at >= 0 && at < length; at = units.indexOf(pattern[0]!, at)) {
      const end = this.#endOfMatch(pattern, at);
      if (end < 0 || (wholeWords && !this.#isWhole(at, end))) at++;
      else {
        starts.push(this.#folded.startOf(at));
        ends.push(this.#folded.endOf(end - 1));
        at = end;
      }
    }
    return new Hits(starts, ends);
  }

  /** The place behind the pattern where it stands at this place in whole characters; otherwise -1. */
  #endOfMatch(pattern: Uint16Array, at: number): number {
    const { units, length } = this.#folded;
    if (!this.#folded.isEdge(at)) return -1;
    let end = at;
    for (const unit of pattern) {
      if (end >= length || units[end] !== unit) return -1;
      end++;
      if (unit === space) while (end < length && units[end] === space) end++;
    }
    return this.#folded.isEdge(end) ? end : -1;
  }

  #isWhole(at: number, end: number): boolean {
    return (
      isWordEdge(this.#text, this.#folded.startOf(at)) && isWordEdge(this.#text, this.#folded.endOf(end - 1))
    );
  }
}

const space = 0x20;

function unitsOf(text: string): Uint16Array {
  return Uint16Array.from({ length: text.length }, (_, index) => text.charCodeAt(index));
}

/** The units of a folded text, and which cluster of the text each comes from. */
class FoldedUnits {
  units: Uint16Array;
  length = 0;
  /** Absent as long as each unit comes from the one at the same place. */
  #sources: { starts: Uint32Array; ends: Uint32Array } | undefined;

  constructor(capacity: number) {
    this.units = new Uint16Array(capacity);
  }

  add(unit: number, start: number, end: number): void {
    if (this.length === this.units.length) this.#grow();
    const sources = (this.#sources ??=
      start === this.length && end === start + 1 ? undefined : this.#identity());
    this.units[this.length] = unit;
    if (sources) {
      sources.starts[this.length] = start;
      sources.ends[this.length] = end;
    }
    this.length++;
  }

  startOf(index: number): number {
    return this.#sources?.starts[index] ?? index;
  }

  endOf(index: number): number {
    return this.#sources?.ends[index] ?? index + 1;
  }

  /** Whether a cluster begins at the place, or all are over. */
  isEdge(index: number): boolean {
    return index === 0 || index >= this.length || this.startOf(index) !== this.startOf(index - 1);
  }

  #identity(): { starts: Uint32Array; ends: Uint32Array } {
    const starts = new Uint32Array(this.units.length).map((_, index) => index);
    return { starts, ends: starts.map((start) => start + 1) };
  }

  #grow(): void {
    const capacity = this.units.length * 2 + 64;
    const units = new Uint16Array(capacity);
    units.set(this.units);
    this.units = units;
    if (!this.#sources) return;
    const { starts, ends } = this.#sources;
    this.#sources = { starts: new Uint32Array(capacity), ends: new Uint32Array(capacity) };
    this.#sources.starts.set(starts);
    this.#sources.ends.set(ends);
  }
}

function fold(text: string, options: FoldOptions): FoldedUnits {
  const result = new FoldedUnits(text.length);
  const plain = plainLetters(options);
  for (let at = 0; at < text.length;) {
    const unit = plain(text.charCodeAt(at));
    const end = unit === joined ? at : endOfAccents(text, at);
    if (unit === joined || (end < text.length && plain(text.charCodeAt(end)) === joined))
      at = foldPassage(text, at, options, result);
    else {
      if (end > at + 1 && options.matchAccents) foldCluster(text.slice(at, end), at, options, result);
      else result.add(unit, at, end);
      at = end;
    }
  }
  return result;
}

/** Behind a letter and the accents on it. Long pointed texts would take ten times as long cluster by cluster. */
function endOfAccents(text: string, at: number): number {
  let end = at + 1;
  if (text.charCodeAt(at) > 0x20) while (end < text.length && isAccentUnit(text.charCodeAt(end))) end++;
  return end > at + 1 && isControl.test(text[at]!) ? at + 1 : end;
}

function foldCluster(cluster: string, start: number, options: FoldOptions, result: FoldedUnits): void {
  const units = foldCharacters(cluster, options);
  for (let at = 0; at < units.length; at++) result.add(units.charCodeAt(at), start, start + cluster.length);
}

/** Folds cluster by cluster from here up to where plain letters go on; gives back that place. */
function foldPassage(text: string, start: number, options: FoldOptions, result: FoldedUnits): number {
  const plain = plainLetters(options);
  const isPlain = (at: number) => plain(text.charCodeAt(at)) !== joined;
  let end = start + 1;
  // One letter more than the last that joins: some join the letter behind them.
  while (end < text.length && !(isPlain(end) && isPlain(end - 1))) end++;
  for (const { segment, index } of graphemes.segment(text.slice(start, end)))
    foldCluster(segment, start + index, options, result);
  return end;
}

/** In place of a folded unit: a letter that may share a cluster with its neighbours, or is folded to none or several. */
const joined = 1;
const mayJoin = /[\p{M}\p{Cf}\p{Cs}\u0d4e\u0e33\u0eb3\u1100-\u11ff\ua960-\ua97f\ud7b0-\ud7ff\uff9e\uff9f]/u;
/** What no accent can stand on. */
const isControl = /[\p{Cc}\p{Zl}\p{Zp}]/u;
const tables = new Map<string, Uint16Array>();

/** Looks up what a letter is folded to that is a cluster of its own; it is worked out once for each. */
function plainLetters(options: FoldOptions): (code: number) => number {
  const name = JSON.stringify([options.matchCase, options.matchAccents]);
  const table = tables.get(name) ?? new Uint16Array(0x10000);
  tables.set(name, table);
  return (code) => table[code] || (table[code] = plainLetter(code, options));
}

function plainLetter(code: number, options: FoldOptions): number {
  const letter = String.fromCharCode(code);
  // A table of numbers has no other way to tell these from what they would stand for in it.
  if (code <= joined || letter === '\r' || mayJoin.test(letter)) return joined;
  const unit = foldCharacters(letter, options);
  return unit.length === 1 ? unit.charCodeAt(0) : joined;
}

const accentTable = new Uint8Array(0x10000);

function isAccentUnit(code: number): boolean {
  if (code < 0x300) return false;
  const known = accentTable[code] || (accentTable[code] = isAccent(String.fromCharCode(code)) ? 1 : 2);
  return known === 1;
}
