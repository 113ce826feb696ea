import type { Attributes, AttributeValue } from '../../core/span.ts';
import { isList, isObject, type JsonObject } from '../reading/json-value.ts';

/*
 * What spans and relations hold of brat that has no other place with us. The names have a space in them, which those of
 * brat's own attributes cannot have.
 */

/** On the trigger of events: their ids, each with its type behind it where that is not the trigger's. */
export const eventMark = 'brat event';

/** On a relation: what line it is a part of, where that is not plain `R Type Arg1:… Arg2:…` from span to span. */
export const lineMark = 'brat line';

/** In the metadata of a document: what else is needed to write its file again as it was. */
export const documentMark = 'brat';

/** What joins the fragments of one mark. */
export const fragmentLabel = 'fragment';

export const plainNote = 'AnnotatorNotes';
export const plainRoles = ['Arg1', 'Arg2'] as const;

export interface EventOf {
  readonly id: string;
  readonly type?: string;
}

/** The events that a span triggers. */
export function eventsOf(attributes: Attributes): EventOf[] {
  return textsIn(attributes[eventMark]).flatMap((said) => {
    const [id, type] = said.split(' ');
    return id && /^E\S+$/.test(id) ? [{ id, ...(type && { type }) }] : [];
  });
}

/** What a relation says of the line that it is a part of. */
export function lineOf(attributes: Attributes): JsonObject {
  const said = attributes[lineMark];
  return isObject(said) ? said : {};
}

export function textsIn(value: AttributeValue | undefined): string[] {
  return (isList(value) ? value : [value]).filter((one) => typeof one === 'string');
}

/** One value alone, several as a list. */
export function oneOrList<T extends AttributeValue>(values: readonly T[]): AttributeValue {
  return values.length === 1 ? values[0]! : values;
}

/** By the number in the id, then by the id: T2 before T10. */
export function compareIds(a: string, b: string): number {
  return numberIn(a) - numberIn(b) || (a < b ? -1 : a > b ? 1 : 0);
}

function numberIn(id: string): number {
  const number = /^[A-Z#]+(\d+)/.exec(id)?.[1];
  return number === undefined ? Infinity : Number(number);
}
