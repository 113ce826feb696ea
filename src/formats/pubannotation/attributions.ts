import type { AttributeValue } from '../../core/span.ts';
import { fieldOf } from '../native/native-shape.ts';
import { isList, isObject, wordsOf, type JsonObject } from '../reading/json-value.ts';
import type { Checked, Place } from '../reading/place.ts';
import { list } from './fields.ts';

/** What attributes say, by the id of what they say it of. One that stands several times makes a list. */
export type Attributions = Map<string, Map<string, AttributeValue>>;

export function* attributesIn(track: JsonObject, place: Place): Checked<Attributions> {
  const said: Attributions = new Map();
  const repeated = new Set<string>();
  for (const [index, item] of (yield* list(track, 'attributes', place)).entries()) {
    const [subj, pred] = isObject(item) ? [fieldOf(item, 'subj'), fieldOf(item, 'pred')] : [];
    if (subj === undefined || pred === undefined) {
      yield place
        .at('attributes', index)
        .problem('refused', `attribute ${index + 1} was left out: it has no "subj" and "pred".`);
      continue;
    }
    const obj = (item as JsonObject)['obj'] ?? null;
    const fields = said.get(wordsOf(subj)) ?? new Map<string, AttributeValue>();
    const [key, before] = [JSON.stringify([subj, pred]), fields.get(wordsOf(pred))];
    if (before === undefined) fields.set(wordsOf(pred), obj);
    else fields.set(wordsOf(pred), repeated.has(key) && isList(before) ? [...before, obj] : [before, obj]);
    if (before !== undefined) repeated.add(key);
    said.set(wordsOf(subj), fields);
  }
  return said;
}

/** What is said of an id, which is then no longer left over. */
export function take(said: Attributions, id: string | undefined): JsonObject {
  const fields = id === undefined ? undefined : said.get(id);
  if (id !== undefined) said.delete(id);
  return Object.fromEntries(fields ?? []);
}
