import type { Reading } from '../../core/transfer.ts';
import type { ReadContext } from '../format.ts';
import { isObject, type JsonObject, type JsonValue } from '../reading/json-value.ts';
import {
  outsideDocument,
  type OutsideDocument,
  type OutsideRelation,
  type OutsideSpan,
} from '../reading/outside-document.ts';
import { readings, type Checked, type Place } from '../reading/place.ts';
import { attributesIn } from './attributions.ts';
import { chain, relationIn, spansIn } from './denotations.ts';
import { factsOf } from './facts.ts';
import { list, textOf } from './fields.ts';

/** Reads one document with its annotations. */
export function* readPubAnnotation(value: JsonValue, place: Place, context: ReadContext): Generator<Reading> {
  yield* readings(documentIn(value, place), (document) =>
    outsideDocument(document, place, context, 'codepoint'),
  );
}

function* documentIn(value: JsonValue, place: Place): Checked<OutsideDocument | undefined> {
  if (!isObject(value) || typeof value['text'] !== 'string') {
    yield place.problem('refused', 'this document was left out: it has no "text".');
    return undefined;
  }
  const spans: OutsideSpan[] = [];
  const relations: OutsideRelation[] = [];
  yield* readTrack(value, place, spans, relations);
  for (const [index, track] of (yield* list(value, 'tracks', place)).entries())
    if (isObject(track)) yield* readInTrack(track, index, place, spans, relations);
    else
      yield place
        .at('tracks', index)
        .problem('refused', `track ${index + 1} was left out: it is not an object.`);
  return { ...factsOf(value), text: value['text'], spans, relations };
}

/** The ids of a track are its own: those of two tracks may be alike and mean other things. */
function* readInTrack(
  track: JsonObject,
  index: number,
  place: Place,
  spans: OutsideSpan[],
  relations: OutsideRelation[],
): Checked<void> {
  const [theirs, links]: [OutsideSpan[], OutsideRelation[]] = [[], []];
  yield* readTrack(track, place.at('tracks', index), theirs, links);
  const here = (id: string) => `${index + 1}:${id}`;
  spans.push(...theirs.map(({ id, ...span }) => ({ ...span, ...(id !== undefined && { id: here(id) }) })));
  relations.push(
    ...links.map(({ id, head, child, ...relation }) => ({
      ...{ ...relation, head: here(head), child: here(child) },
      ...(id !== undefined && { id: here(id) }),
    })),
  );
}

/** The annotations of a document, or those that one project made on it. */
function* readTrack(
  track: JsonObject,
  place: Place,
  spans: OutsideSpan[],
  relations: OutsideRelation[],
): Checked<void> {
  const project = textOf(track, 'project');
  const said = yield* attributesIn(track, place);
  for (const key of ['denotations', 'blocks'] as const)
    for (const [index, item] of (yield* list(track, key, place)).entries()) {
      const here = place.at(key, index);
      const name = `${key.slice(0, -1)} ${index + 1}`;
      const read = isObject(item) ? yield* spansIn(item, name, project, said, here) : [];
      if (!isObject(item)) yield here.problem('refused', `${name} was left out: it is not an object.`);
      spans.push(...read);
      relations.push(...chain(read));
    }
  for (const [index, item] of (yield* list(track, 'relations', place)).entries()) {
    const here = place.at('relations', index);
    const relation = isObject(item) ? relationIn(item, project, said, here) : undefined;
    if (relation) relations.push(relation);
    else yield here.problem('refused', `relation ${index + 1} was left out: it has no "subj" and "obj".`);
  }
  for (const [subject, fields] of said)
    yield place
      .at('attributes')
      .problem(
        'refused',
        `${fields.size} attributes of “${subject}” were left out: there is nothing with this id.`,
      );
}
