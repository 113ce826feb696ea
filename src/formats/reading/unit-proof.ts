import { hashText } from '../../core/text.ts';
import { unitMap, type OffsetUnit } from '../units.ts';

/** What a file's own words say about the unit that it counts in. */
export interface UnitVerdict {
  /** The unit that fits best; the first candidate where nothing tells them apart. */
  readonly unit: OffsetUnit;
  /** Units that fit equally well and would place some span differently: the user has to say. Empty when it is clear. */
  readonly tied: readonly OffsetUnit[];
  /** For each tied unit, words that spans would cover. */
  readonly examples: Readonly<Partial<Record<OffsetUnit, readonly string[]>>>;
}

const examplesKept = 3;

/**
 * Weighs for one file which unit its offsets count: what a span covers under each unit is compared with its quote, and a
 * range that cannot be speaks against a unit. Nothing is decided by likelihood.
 */
export class UnitProof {
  readonly #candidates: readonly OffsetUnit[];
  readonly #fits: Map<OffsetUnit, number>;
  readonly #examples = new Map<OffsetUnit, string[]>();
  /** What each unit has made of all ranges so far: units that made the same of them are one choice. */
  readonly #placed: Map<OffsetUnit, string>;
  #differing = 0;

  /** The documented unit comes first. */
  constructor(candidates: readonly OffsetUnit[]) {
    this.#candidates = candidates;
    this.#fits = new Map(candidates.map((unit) => [unit, 0]));
    this.#placed = new Map(candidates.map((unit) => [unit, '']));
  }

  /** Takes one document's ranges, as the file has them, over its raw text. */
  weigh(raw: string, ranges: Iterable<{ start: number; end: number; quote?: string | undefined }>): void {
    // In a text of plain letters all units are one, and most texts are such.
    if (isPlain(raw)) return;
    const maps = this.#candidates.map((unit) => [unit, unitMap(raw, unit)] as const);
    for (const { start, end, quote } of ranges) {
      const covered = maps.map(([unit, map]) => {
        const [from, to] = [map.toOffset(start), map.toOffset(end)];
        return [
          unit,
          from === undefined || to === undefined ? undefined : raw.slice(from, to),
          from,
        ] as const;
      });
      if (new Set(covered.map(([, words, from]) => `${from} ${words}`)).size === 1) continue;
      this.#differing++;
      for (const [unit, words, from] of covered) {
        this.#placed.set(unit, hashText(`${this.#placed.get(unit)} ${from} ${words}`));
        this.#count(unit, words, quote);
      }
    }
  }

  #count(unit: OffsetUnit, words: string | undefined, quote: string | undefined): void {
    if (words === undefined || (quote !== undefined && squeezed(words) !== squeezed(quote))) return;
    this.#fits.set(unit, this.#fits.get(unit)! + 1);
    const examples = this.#examples.get(unit) ?? [];
    if (examples.length < examplesKept) this.#examples.set(unit, [...examples, words]);
  }

  verdict(): UnitVerdict {
    const most = Math.max(...this.#fits.values());
    const fitting = this.#candidates.filter((unit) => this.#fits.get(unit) === most);
    const placed = fitting.map((unit) => this.#placed.get(unit));
    const best = fitting.filter((_, index) => placed.indexOf(placed[index]) === index);
    const tied = this.#differing > 0 && best.length > 1 ? best : [];
    const examples = Object.fromEntries(tied.map((unit) => [unit, this.#examples.get(unit) ?? []]));
    return { unit: best[0]!, tied, examples };
  }
}

function isPlain(raw: string): boolean {
  // CR is listed as CRLF is one grapheme.
  return !/[^\n\x20-\x7e\t]/.test(raw);
}

/** Some tools trim or fold white space in the quotes they write, which says nothing about the unit. */
function squeezed(words: string): string {
  return words.replace(/\s+/gu, ' ').trim();
}
