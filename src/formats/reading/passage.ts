import type { Range } from '../../core/offset.ts';
import { canonicalText, type CanonicalText, type TextSource } from '../../core/text.ts';
import { unitMap, unitNames, type OffsetUnit, type UnitMap } from '../units.ts';
import type { Fit } from '../native/native-shape.ts';

/** A text as a file has it, with the way from the file's offsets to those of the canonical text. */
export class Passage {
  readonly #raw: string;
  readonly #unit: OffsetUnit;
  readonly #canonical: CanonicalText;
  #map: UnitMap | undefined;

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
    if (![start, end].every((place) => Number.isInteger(place) && place >= 0))
      return { fault: `${start}–${end} is no place in a text` };
    if (start >= end) return { fault: `its start ${start} is not before its end ${end}` };
    const map = (this.#map ??= unitMap(this.#raw, this.#unit));
    if (end > map.length)
      return {
        fault: `its end ${end} lies behind the text, which has ${map.length} ${unitNames[this.#unit]}`,
      };
    const [from, to] = [map.toOffset(start), map.toOffset(end)];
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

  /** Whether it is but for white space, which many tools trim and fold in the words that they write. */
  isAbout({ start, end }: Range, quoted: string): boolean {
    return this.isAt({ start, end }, quoted) || folded(this.text.slice(start, end)) === folded(quoted);
  }

  /** Whether it would be there if the file counted in UTF-16 units. */
  isInUtf16(start: number, end: number, quoted: string): boolean {
    return this.#unit === 'codepoint' && this.#raw.slice(start, end) === quoted;
  }
}

function isCanonically(raw: string, text: string): boolean {
  return canonicalText(raw).text === text;
}

function folded(words: string): string {
  return words.replace(/\s+/gu, ' ').trim();
}
