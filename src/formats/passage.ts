import { offsetMap, type OffsetMap, type Range } from '../core/offset.ts';
import { canonicalText, type CanonicalText, type TextSource } from '../core/text.ts';
import type { Fit, OffsetUnit } from './native-shape.ts';

const unitNames = { codepoint: 'code points', utf16: 'UTF-16 units' } as const;

/** A text as a file has it, with the way from the file's offsets to those of the canonical text. */
export class Passage {
  readonly #raw: string;
  readonly #unit: OffsetUnit;
  readonly #canonical: CanonicalText;
  #codePoints: OffsetMap | undefined;

  constructor(raw: string, unit: OffsetUnit) {
    this.#raw = raw;
    this.#unit = unit;
    this.#canonical = canonicalText(raw);
  }

  get text(): string {
    return this.#canonical.text;
  }

  get source(): TextSource {
    return this.#canonical.source;
  }

  /** The range of the canonical text, in UTF-16 units, that the file's range means. */
  range(start: number, end: number): Fit<Range> {
    const length = this.#unit === 'utf16' ? this.#raw.length : this.#map.lengthInCodePoints;
    if (start >= end) return { fault: `its start ${start} is not before its end ${end}` };
    if (end > length)
      return { fault: `its end ${end} lies behind the text, which has ${length} ${unitNames[this.#unit]}` };
    const [from, to] = [this.#rawOffset(start), this.#rawOffset(end)];
    if (from === undefined || to === undefined) return { fault: `${start}–${end} cuts a character in two` };
    const value = { start: this.#canonical.toCanonical(from), end: this.#canonical.toCanonicalEnd(to) };
    return value.start < value.end ? { value } : { fault: 'it covers nothing but a byte order mark' };
  }

  /** Whether the file's text of a range is what stands there. */
  isAt({ start, end }: Range, quoted: string): boolean {
    const here = this.text.slice(start, end);
    // A byte order mark before the quoted text is one only where the whole text begins with it.
    return quoted === here || isCanonically(quoted, here) || isCanonically(`.${quoted}`, `.${here}`);
  }

  /** Whether it would be there if the file counted in UTF-16 units. */
  isInUtf16(start: number, end: number, quoted: string): boolean {
    return this.#unit === 'codepoint' && this.#raw.slice(start, end) === quoted;
  }

  /** Of the text as it came. A lone surrogate counts as one code point, as the character that replaces it does. */
  get #map(): OffsetMap {
    return (this.#codePoints ??= offsetMap(this.#raw.toWellFormed()));
  }

  #rawOffset(offset: number): number | undefined {
    if (this.#unit === 'codepoint') return this.#map.toOffset(offset);
    return isInsidePair(this.#raw, offset) ? undefined : offset;
  }
}

function isInsidePair(text: string, offset: number): boolean {
  const isHigh = (text.charCodeAt(offset - 1) & 0xfc00) === 0xd800;
  return isHigh && (text.charCodeAt(offset) & 0xfc00) === 0xdc00;
}

function isCanonically(raw: string, text: string): boolean {
  return canonicalText(raw).text === text;
}
