import { unnamedAnnotator } from '../../core/annotator.ts';
import type { Attributes, AttributeValue } from '../../core/span.ts';
import { escapedValue } from './escapes.ts';

/** What is said of a span or relation. */
export interface Said {
  readonly label: string;
  readonly annotator: string;
  readonly attributes: Attributes;
  readonly note?: string | undefined;
}

export type Count = (what: string) => void;

/** The columns for the features of a layer, as many as what is written needs. */
export class FeatureColumns {
  readonly names: readonly string[];
  readonly #keys: readonly string[];
  readonly #hasAnnotator: boolean;
  readonly #hasNote: boolean;
  readonly #count: Count;

  constructor(all: readonly Said[], count: Count) {
    this.#count = count;
    this.#hasAnnotator = all.some(({ annotator }) => annotator !== unnamedAnnotator);
    this.#hasNote = all.some(({ note }) => note !== undefined && note !== '');
    const keys = new Set(all.flatMap(({ attributes }) => Object.keys(attributes)));
    const taken = new Set(['label', 'annotator', 'note']);
    const named = [...keys].sort().map((key) => [key, this.#nameFor(key, taken)] as const);
    this.#keys = named.map(([key]) => key);
    this.names = [
      'label',
      ...(this.#hasAnnotator ? ['annotator'] : []),
      ...(this.#hasNote ? ['note'] : []),
      ...named.map(([, name]) => name),
    ];
  }

  /** A name that stands in no other column. */
  #nameFor(key: string, taken: Set<string>): string {
    const wanted = key.replace(/[^\p{L}\p{N}\p{M}_]+/gu, '_') || '_';
    let name = wanted;
    for (let number = 2; taken.has(name); number++) name = `${wanted}_${number}`;
    taken.add(name);
    if (name !== key) this.#count('names of attributes that features cannot have, which are changed');
    return name;
  }

  /** A cell's part for each column, without the number. */
  cells({ label, annotator, attributes, note }: Said): string[] {
    return [
      this.#cell(label),
      ...(this.#hasAnnotator ? [this.#cell(annotator)] : []),
      ...(this.#hasNote ? [note === undefined || note === '' ? '*' : this.#cell(note)] : []),
      ...this.#keys.map((key) => (Object.hasOwn(attributes, key) ? this.#cell(attributes[key]!) : '*')),
    ];
  }

  #cell(value: AttributeValue): string {
    if (typeof value === 'string' && value !== '') return escapedValue(value);
    this.#count('attributes’ values that are not text, which become text');
    return escapedValue(JSON.stringify(value));
  }
}
