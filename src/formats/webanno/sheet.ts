import type { Relation } from '../../core/relation.ts';
import type { Span } from '../../core/span.ts';
import { sentencesOf } from '../writing/tags.ts';
import type { Token } from '../writing/tokens.ts';
import { escapedText } from './escapes.ts';

/** A token, or the part of one that a span covers. */
export interface Unit {
  readonly token: number;
  readonly start: number;
  readonly end: number;
}

/** A span on what it covers of tokens. */
export interface Placed {
  readonly span: Span;
  readonly units: readonly Unit[];
}

interface Columns {
  /** The cells' parts of each span, by its id. */
  readonly spanCells: ReadonlyMap<string, readonly string[]>;
  readonly spanWidth: number;
  readonly relationWidth: number;
}

interface Joined {
  readonly cells: readonly string[];
  readonly source: string;
}

/** Where everything of a text stands: its sentences, the rows of its tokens and of parts of them, and what is there. */
export class Sheet {
  readonly sentences: readonly { readonly first: number; readonly last: number }[];
  readonly #tokens: readonly Token[];
  readonly #tokenIds: readonly string[];
  readonly #placed: ReadonlyMap<string, Placed>;
  /** What covers the whole of a row, by the row's key, in the order of files. */
  readonly #at = new Map<string, Placed[]>();
  /** The parts of tokens that have rows of their own, in order. */
  readonly #parts = new Map<number, Unit[]>();
  /** Of those that a row alone does not tell. */
  readonly #numbers = new Map<string, number>();
  readonly #joined = new Map<string, Joined[]>();

  constructor(text: string, tokens: readonly Token[], placed: readonly Placed[]) {
    this.#tokens = tokens;
    this.sentences = sentencesOf(text, tokens, []);
    this.#tokenIds = this.sentences.flatMap(({ first, last }, sentence) =>
      Array.from({ length: last - first + 1 }, (_, index) => `${sentence + 1}-${index + 1}`),
    );
    this.#placed = new Map(placed.map((one) => [one.span.id, one]));
    for (const one of placed) for (const unit of one.units) this.#put(one, unit);
    for (const parts of this.#parts.values()) parts.sort((a, b) => a.start - b.start || a.end - b.end);
    for (const { span, units } of placed)
      if (units.length > 1 || this.#at.get(keyOf(units[0]!))!.length > 1)
        this.#numbers.set(span.id, this.#numbers.size + 1);
  }

  #put(placed: Placed, unit: Unit): void {
    const key = keyOf(unit);
    const there = this.#at.get(key);
    if (there) return void there.push(placed);
    this.#at.set(key, [placed]);
    const token = this.#tokens[unit.token]!;
    if (unit.start === token.start && unit.end === token.end) return;
    this.#parts.set(unit.token, [...(this.#parts.get(unit.token) ?? []), unit]);
  }

  /** Puts a relation at the first row of its target. */
  join({ head, child }: Relation, cells: readonly string[]): void {
    const [from, to] = [this.#numbers.get(head) ?? 0, this.#numbers.get(child) ?? 0];
    const numbers = from > 0 || to > 0 ? `[${from}_${to}]` : '';
    const key = keyOf(this.#placed.get(child)!.units[0]!);
    const source = `${this.#idOf(this.#placed.get(head)!.units[0]!)}${numbers}`;
    this.#joined.set(key, [...(this.#joined.get(key) ?? []), { cells, source }]);
  }

  /** The row of a token, and those of its parts. */
  rowsOf(token: number, text: string, columns: Columns): string[] {
    const { start, end } = this.#tokens[token]!;
    const units = [{ token, start, end }, ...(this.#parts.get(token) ?? [])];
    return units.map((unit) => {
      const cells = [...this.#spanCells(unit, columns), ...this.#relationCells(unit, columns)];
      const words = escapedText(text.slice(unit.start, unit.end));
      return `${[this.#idOf(unit), `${unit.start}-${unit.end}`, words, ...cells].join('\t')}\t`;
    });
  }

  #spanCells(unit: Unit, { spanCells, spanWidth }: Columns): string[] {
    const there = this.#at.get(keyOf(unit));
    if (!there) return Array<string>(spanWidth).fill('_');
    return Array.from({ length: spanWidth }, (_, column) =>
      there
        .map(({ span }) => {
          const number = this.#numbers.get(span.id);
          return `${spanCells.get(span.id)![column]}${number === undefined ? '' : `[${number}]`}`;
        })
        .join('|'),
    );
  }

  #relationCells(unit: Unit, { relationWidth }: Columns): string[] {
    const there = this.#joined.get(keyOf(unit));
    if (!there) return Array<string>(relationWidth).fill('_');
    return Array.from({ length: relationWidth }, (_, column) =>
      there.map(({ cells, source }) => (column === relationWidth - 1 ? source : cells[column]!)).join('|'),
    );
  }

  #idOf({ token, start, end }: Unit): string {
    const index = (this.#parts.get(token) ?? []).findIndex(
      (part) => part.start === start && part.end === end,
    );
    return `${this.#tokenIds[token]}${index < 0 ? '' : `.${index + 1}`}`;
  }
}

function keyOf({ start, end }: Unit): string {
  return `${start}-${end}`;
}
