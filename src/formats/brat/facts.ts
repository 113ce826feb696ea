import type { Attributes, AttributeValue } from '../../core/span.ts';
import type { AnnLine } from './ann-line.ts';
import { oneOrList, plainNote } from './marks.ts';

type Fact = Extract<AnnLine, { kind: 'A' | 'N' | '#' }>;

/** The attribute under which plain notes are gathered before they become the note of a span. */
export const plainNoteKey = `#${plainNote}`;

/**
 * What is said of one span or relation. Attributes and references go under their names, notes under `#` and their type.
 * What is said of an event that is not the first of its trigger has the event's id behind the name.
 */
export class Facts {
  readonly #values = new Map<string, { readonly fact: Fact; readonly value: AttributeValue }[]>();

  add(fact: Fact, isOfHolder: boolean): void {
    const name = `${fact.kind === '#' ? '#' : ''}${fact.name}`;
    const key = isOfHolder ? name : `${name} ${fact.target}`;
    this.#values.set(key, [...(this.#values.get(key) ?? []), { fact, value: valueOf(fact) }]);
  }

  *values(): Generator<readonly [string, AttributeValue]> {
    for (const [key, said] of this.#values) yield [key, oneOrList(said.map(({ value }) => value))];
  }

  /** The ids of the lines, plain notes first, in the order in which they are written. */
  *ids(): Generator<readonly [Fact['kind'], string]> {
    const inOrder = [...this.#values].sort(
      ([a], [b]) => Number(b === plainNoteKey) - Number(a === plainNoteKey),
    );
    for (const [, said] of inOrder) for (const { fact } of said) yield [fact.kind, fact.id];
  }
}

function valueOf(fact: Fact): AttributeValue {
  if (fact.kind === 'A') return fact.value ?? true;
  return fact.kind === '#' ? fact.text : { reference: fact.reference, text: fact.text };
}

/** The plain notes among what is said of a span, a line each, and the rest. */
export function noteOf(all: Attributes): { note: string | undefined; attributes: Attributes } {
  const { [plainNoteKey]: notes, ...attributes } = all;
  if (notes === undefined) return { note: undefined, attributes };
  return { note: (Array.isArray(notes) ? notes : [notes]).join('\n'), attributes };
}
