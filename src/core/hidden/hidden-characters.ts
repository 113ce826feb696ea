import type { Range } from '../offset.ts';

/** Why a character is worth telling of. */
export const hiddenKinds = ['direction', 'invisible', 'control', 'look-alike'] as const;
export type HiddenKind = (typeof hiddenKinds)[number];

/** One character that is not what one sees: its range in the text, and what it is. */
export interface HiddenCharacter extends Range {
  readonly kind: HiddenKind;
  readonly codePoint: number;
}

/** How many there are of each kind. */
export type HiddenCounts = Readonly<Record<HiddenKind, number>>;

/**
 * Everything that has no look of its own, without the `u` flag, which costs three times as long: the last alternative is
 * U+E0000 to U+E01EF, tags and variation selectors, as surrogates.
 */
const hidden =
  // oxlint-disable-next-line no-control-regex, no-misleading-character-class -- such characters are what is looked for
  /[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb]|\udb40[\udc00-\uddef]/g;

/** Letters of the Cyrillic and Greek alphabets that look like a Latin one, beside a Latin letter. */
const twins = 'аеорсухіѕјԁһԛԝѵАВЕЅІЈКМНОРСТУХЗАαοριυνΑΒΕΖΗΙΚΜΝΟΡΤΥΧ';
const lookAlike = new RegExp(`(?<=[A-Za-z])[${twins}]|[${twins}](?=[A-Za-z])`, 'g');

/** The hidden characters that begin in a part of the text, in order. */
export function* hiddenIn(text: string, { start, end }: Range): Generator<HiddenCharacter> {
  // With a character more on either side, as one may lie across the edge or be told by its neighbour.
  const from = Math.max(0, start - 1);
  const part = text.slice(from, end + 1);
  const lookAlikes = lookAlikesIn(part, from);
  let twin = lookAlikes.next();
  for (const { index, 0: found } of part.matchAll(hidden)) {
    const at = from + index;
    for (; !twin.done && twin.value.start < at; twin = lookAlikes.next())
      if (isIn(twin.value.start)) yield twin.value;
    const codePoint = found.codePointAt(0)!;
    if (!isIn(at) || isOrdinary(text, at, codePoint)) continue;
    yield { start: at, end: at + found.length, kind: kindOf(codePoint), codePoint };
  }
  for (; !twin.done; twin = lookAlikes.next()) if (isIn(twin.value.start)) yield twin.value;

  function isIn(offset: number): boolean {
    return offset >= start && offset < end;
  }
}

function* lookAlikesIn(part: string, from: number): Generator<HiddenCharacter> {
  for (const { index, 0: found } of part.matchAll(lookAlike)) {
    const start = from + index;
    yield { start, end: start + 1, kind: 'look-alike', codePoint: found.charCodeAt(0) };
  }
}

/** So many characters are looked through without a pause: some milliseconds. */
const pieceLength = 200_000;
/** Long enough for a frame to be drawn between two pieces. */
const pauseMs = 20;

/** Counts the hidden characters of a text, letting the page do other things meanwhile. */
export async function countHidden(text: string, isStillWanted: () => boolean): Promise<HiddenCounts> {
  const counts = { direction: 0, invisible: 0, control: 0, 'look-alike': 0 };
  for (let start = 0; start < text.length; start += pieceLength) {
    // First of all too: what has just been opened is to be seen before it is counted.
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
    if (!isStillWanted()) break;
    for (const { kind } of hiddenIn(text, { start, end: Math.min(text.length, start + pieceLength) }))
      counts[kind]++;
  }
  return counts;
}

/** The next hidden character of a kind from an offset on, or the first one of the text when there is none behind it. */
export function nextHidden(text: string, kind: HiddenKind, from: number): HiddenCharacter | undefined {
  return (
    firstOf(kind, hiddenIn(text, { start: from, end: text.length })) ??
    firstOf(kind, hiddenIn(text, { start: 0, end: from }))
  );
}

function firstOf(kind: HiddenKind, found: Iterable<HiddenCharacter>): HiddenCharacter | undefined {
  for (const character of found) if (character.kind === kind) return character;
  return undefined;
}

function kindOf(codePoint: number): HiddenKind {
  if (codePoint < 0x20 || (codePoint >= 0x7f && codePoint <= 0x9f)) return 'control';
  if (codePoint === 0x2028 || codePoint === 0x2029) return 'control';
  return isDirection(codePoint) ? 'direction' : 'invisible';
}

function isDirection(codePoint: number): boolean {
  return (
    codePoint === 0x61c ||
    (codePoint >= 0x200e && codePoint <= 0x200f) ||
    (codePoint >= 0x202a && codePoint <= 0x202e) ||
    (codePoint >= 0x2066 && codePoint <= 0x2069)
  );
}

/** Where the way a script or an emoji is written asks for it, as Unicode's identifiers allow joiners (UAX 31, A1 and B). */
function isOrdinary(text: string, offset: number, codePoint: number): boolean {
  if (codePoint === 0x200c || codePoint === 0x200d) return joins.test(before(text, offset));
  if (isVariation(codePoint)) return varies.test(before(text, offset));
  return isTag(codePoint) && isOfFlag(text, offset);
}

// No `$` behind these: Chromium 156 looks for the end of a pattern inside of a pair of surrogates.

/** Scripts whose letters join or stack, and pictures with what may follow them. */
const joins =
  /^(?:[\p{Script=Arabic}\p{Script=Syriac}\p{Script=Mongolian}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Gurmukhi}\p{Script=Gujarati}\p{Script=Oriya}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Kannada}\p{Script=Malayalam}\p{Script=Sinhala}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Tibetan}\p{Extended_Pictographic}\p{Emoji_Modifier}]|\ufe0f)/u;
/** One may follow anything that is seen; a second one says something else than how the first sign is drawn. */
const varies = /^[^\p{C}\p{Z}\p{Variation_Selector}]/u;

function isVariation(codePoint: number): boolean {
  return (
    (codePoint >= 0xfe00 && codePoint <= 0xfe0f) ||
    (codePoint >= 0xe0100 && codePoint <= 0xe01ef) ||
    (codePoint >= 0x180b && codePoint <= 0x180f && codePoint !== 0x180e)
  );
}

function isTag(codePoint: number): boolean {
  return codePoint >= 0xe0000 && codePoint < 0xe0080;
}

/** Behind a black flag, the tags for a region, such as Scotland's. */
const tagsOfRegion = 6;

function isOfFlag(text: string, offset: number): boolean {
  for (let tags = 0; tags <= tagsOfRegion; tags++) {
    const sign = before(text, offset - 2 * tags);
    if (sign === '\u{1f3f4}') return true;
    if (!isTag(sign.codePointAt(0) ?? 0)) return false;
  }
  return false;
}

/** The character that ends at the offset. */
function before(text: string, offset: number): string {
  const pair = text.slice(Math.max(0, offset - 2), Math.max(0, offset));
  return pair.length === 2 && pair.codePointAt(0)! > 0xffff ? pair : pair.slice(-1);
}
