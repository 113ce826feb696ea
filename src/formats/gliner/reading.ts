import type { Reading } from '../../core/transfer.ts';
import type { ReadContext } from '../format.ts';
import { isTokens, joinedTokens } from '../reading/joined-tokens.ts';
import {
  deepest,
  isAbsent,
  isDeeperThan,
  isList,
  isObject,
  tooDeep,
  type JsonObject,
  type JsonValue,
} from '../reading/json-value.ts';
import { outsideDocument, type OutsideRelation, type OutsideSpan } from '../reading/outside-document.ts';
import type { Place } from '../reading/place.ts';

/** Reads one document: what is wrong with it first. */
export function* readGliner(item: JsonValue, place: Place, { proof }: ReadContext): Generator<Reading> {
  const tokens = isObject(item) ? item['tokenized_text'] : undefined;
  if (!isObject(item) || !isTokens(tokens)) {
    const message = 'this document was left out: its "tokenized_text" is no list of words.';
    return yield { kind: 'problem', problem: place.problem('refused', message) };
  }
  if (isDeeperThan(deepest, item)) {
    const message = `this document was left out: ${tooDeep}.`;
    return yield { kind: 'problem', problem: place.problem('refused', message) };
  }
  const { text, range } = joinedTokens(tokens);
  const spans: OutsideSpan[] = [];
  for (const [index, mark] of partsOf(item, 'ner').entries()) {
    const there = place.at('ner', index);
    const fault = faultOfMark(mark, tokens.length);
    if (fault !== undefined) yield refused(there, `mark ${index + 1}`, fault);
    else {
      const [first, last, label] = mark as unknown as [number, number, string];
      spans.push({ id: idOf(index), ...range(first, last), label, place: there });
    }
  }
  const relations: OutsideRelation[] = [];
  for (const [index, relation] of partsOf(item, 'relations').entries()) {
    const there = place.at('relations', index);
    const fault = faultOfRelation(relation);
    if (fault !== undefined) yield refused(there, `relation ${index + 1}`, fault);
    else {
      const [head, child, label] = relation as unknown as [number, number, string];
      relations.push({ head: idOf(head), child: idOf(child), label, place: there });
    }
  }
  for (const key of ['ner', 'relations'])
    if (!isAbsent(item[key]) && !isList(item[key])) yield refused(place.at(key), `"${key}"`, 'it is no list');
  // The ranges are ours, so no answer about other files' units is meant for them.
  const outside = { text, spans, relations, meta: otherFields(item) };
  yield* outsideDocument(outside, place, { proof, options: {} }, 'utf16');
}

function refused(place: Place, what: string, fault: string): Reading {
  return { kind: 'problem', problem: place.problem('refused', `${what} was left out: ${fault}.`) };
}

function partsOf(item: JsonObject, key: string): readonly JsonValue[] {
  const value = item[key];
  return isList(value) ? value : [];
}

function idOf(index: number): string {
  return String(index);
}

function faultOfMark(mark: JsonValue, count: number): string | undefined {
  if (!isList(mark) || mark.length !== 3) return 'it is not [first, last, label]';
  const [first, last, label] = mark;
  if (!isIndex(first) || !isIndex(last) || typeof label !== 'string') return 'it is not [first, last, label]';
  if (first > last) return `its first word ${first} comes after its last ${last}`;
  return last < count ? undefined : `its last word ${last} lies behind the text, which has ${count} words`;
}

function faultOfRelation(relation: JsonValue): string | undefined {
  const isFit =
    isList(relation) &&
    relation.length === 3 &&
    isIndex(relation[0]) &&
    isIndex(relation[1]) &&
    typeof relation[2] === 'string';
  return isFit ? undefined : 'it is not [head, tail, type]';
}

function isIndex(value: JsonValue | undefined): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0;
}

function otherFields(item: JsonObject): JsonObject {
  const own = ['tokenized_text', 'ner', 'relations'];
  return Object.fromEntries(Object.entries(item).filter(([key]) => !own.includes(key)));
}
