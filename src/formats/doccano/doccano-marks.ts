import { v7 as newId } from 'uuid';
import * as v from 'valibot';
import { fieldOf, filled, fitter, missing, offset, unknownFields, type Fit } from '../native/native-shape.ts';
import { isList, isObject, wordsOf, type JsonObject, type JsonValue } from '../reading/json-value.ts';
import type { OutsideRelation, OutsideSpan } from '../reading/outside-document.ts';
import type { Checked, Place } from '../reading/place.ts';

const tripleFit = fitter(
  v.object({ start: offset('start'), end: offset('end'), label: filled('label') }, missing),
);
const entityFit = fitter(
  v.object(
    {
      id: v.nullish(v.union([v.number(), v.string()], 'its "id" is not a number')),
      start_offset: offset('start_offset'),
      end_offset: offset('end_offset'),
      label: filled('label'),
    },
    missing,
  ),
);
const spanId = (name: string) => v.union([v.number(), v.string()], `its "${name}" is not the id of a span`);
const relationFit = fitter(
  v.object({ from_id: spanId('from_id'), to_id: spanId('to_id'), type: filled('type') }, missing),
);

/** Spans as triples or as objects, each by itself; those of objects can be ends of relations. */
export function* spansIn(
  list: readonly JsonValue[],
  ids: Map<JsonValue, string>,
  place: Place,
): Checked<OutsideSpan[]> {
  const spans: OutsideSpan[] = [];
  for (const [index, item] of list.entries()) {
    const fit = isObject(item) ? entity(item) : triple(item);
    if ('fault' in fit) {
      yield place.at(index).problem('refused', `span ${index + 1} was left out: ${fit.fault}.`);
      continue;
    }
    // Its numbers are unique in a document at most, and ours are unique everywhere.
    const span = { ...fit.value, id: newId(), place: place.at(index), name: `span ${index + 1}` };
    const idInFile = isObject(item) ? fieldOf(item, 'id') : undefined;
    if (idInFile !== undefined && ids.has(idInFile))
      yield place
        .at(index)
        .problem(
          'adjusted',
          `span ${index + 1} has the id ${wordsOf(idInFile)}, which stands here twice: relations join the first.`,
        );
    else if (idInFile !== undefined) ids.set(idInFile, span.id);
    spans.push(span);
  }
  return spans;
}

function triple(item: JsonValue): Fit<OutsideSpan> {
  if (!isList(item) || item.length !== 3) return { fault: 'it is not a start, an end and a label' };
  const [start, end, label] = item as [JsonValue, JsonValue, JsonValue];
  return tripleFit({ start, end, label });
}

function entity(item: JsonObject): Fit<OutsideSpan> {
  const fit = entityFit(item);
  if ('fault' in fit) return fit;
  const { start_offset: start, end_offset: end, label } = fit.value;
  const others = unknownFields(item, ['id', 'start_offset', 'end_offset', 'label']);
  return { value: { start, end, label, attributes: Object.fromEntries(others) } };
}

/** Relations between the spans whose ids are known, each by itself. */
export function* relationsIn(
  object: JsonObject,
  ids: ReadonlyMap<JsonValue, string>,
  place: Place,
): Checked<OutsideRelation[]> {
  const list = fieldOf(object, 'relations');
  if (list === undefined) return [];
  if (!isList(list)) {
    yield place
      .at('relations')
      .problem('refused', 'the "relations" of this document are not a list, so it was kept without them.');
    return [];
  }
  const relations: OutsideRelation[] = [];
  for (const [index, item] of list.entries()) {
    const here = place.at('relations', index);
    const fit = relationFit(item);
    if ('fault' in fit) {
      yield here.problem('refused', `relation ${index + 1} was left out: ${fit.fault}.`);
      continue;
    }
    const { from_id, to_id, type } = fit.value;
    const end = (id: JsonValue) => ids.get(id) ?? wordsOf(id);
    const others = unknownFields(item as JsonObject, ['id', 'from_id', 'to_id', 'type']);
    relations.push({
      ...{ head: end(from_id), child: end(to_id), label: type, place: here, name: `relation ${index + 1}` },
      attributes: Object.fromEntries(others),
    });
  }
  return relations;
}

/** Whether an item looks like a start, an end and a label. */
export function isTriple(item: JsonValue): boolean {
  return isList(item) && typeof item[0] === 'number' && typeof item[1] === 'number' && item.length === 3;
}
