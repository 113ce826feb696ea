import { v7 as newId } from 'uuid';
import { fieldOf, unknownFields } from '../native/native-shape.ts';
import {
  isList,
  isObject,
  withFields,
  wordsOf,
  type JsonObject,
  type JsonValue,
} from '../reading/json-value.ts';
import type { OutsideRelation, OutsideSpan } from '../reading/outside-document.ts';
import type { Checked, Place } from '../reading/place.ts';
import { take, type Attributions } from './attributions.ts';
import { idOf, labelMisfit, labelOf, misfits, textOf } from './fields.ts';

const spanFields = ['id', 'span', 'obj', 'annotator', 'note', 'begin', 'end'];
const relationFields = ['id', 'pred', 'subj', 'obj', 'annotator'];

/** A denotation may have several parts, which are spans in a chain. `name` is what complaints call it. */
export function* spansIn(
  item: JsonObject,
  name: string,
  project: string | undefined,
  said: Attributions,
  place: Place,
): Checked<OutsideSpan[]> {
  const where = fieldOf(item, 'span') ?? item;
  const parts = yield* partsIn(isList(where) ? where : [where], name, place);
  // What is in several parts needs an id to be chained by.
  const id = idOf(item) ?? (parts.length > 1 ? newId() : undefined);
  const attributes = withFields(take(said, idOf(item)), [
    ...unknownFields(item, spanFields),
    ...misfits(item, ['annotator', 'note']),
    ...labelMisfit(item, 'obj'),
  ]);
  return parts.map((part, index) => ({
    id: id === undefined || index === 0 ? id : `${id}_${index + 1}`,
    ...part,
    label: labelOf(item, 'obj'),
    annotator: textOf(item, 'annotator') ?? project,
    note: textOf(item, 'note'),
    attributes,
    place,
  }));
}

/** The parts that say where they are. When none of them does, that is said of the whole. */
function* partsIn(
  list: readonly JsonValue[],
  name: string,
  place: Place,
): Checked<{ readonly start: number; readonly end: number }[]> {
  const parts = list.map((part) => {
    const [start, end] = isObject(part) ? [part['begin'], part['end']] : [];
    return typeof start === 'number' && typeof end === 'number' ? { start, end } : undefined;
  });
  const found = parts.filter((part) => part !== undefined);
  if (found.length === 0) {
    const message = `${name} was left out: it has no "span" with a "begin" and an "end" that are numbers.`;
    yield place.problem('refused', message);
  } else
    for (const [index, part] of parts.entries())
      if (!part) {
        const message = `part ${index + 1} of ${name} was left out: it has no "begin" and "end" that are numbers. Its other parts were kept.`;
        yield place.at('span', index).problem('refused', message);
      }
  return found;
}

/** The relations by which PubAnnotation itself joins the parts of what is discontinuous. */
export function chain(parts: readonly OutsideSpan[]): OutsideRelation[] {
  return parts.slice(1).flatMap(({ id, annotator, place }, index) => {
    const before = parts[index]!.id;
    if (id === undefined || before === undefined) return [];
    return [{ head: id, child: before, label: '_lexicallyChainedTo', annotator, ...(place && { place }) }];
  });
}

/** `undefined` when it does not say what it joins. */
export function relationIn(item: JsonObject, project: string | undefined, said: Attributions, place: Place) {
  const [head, child] = [fieldOf(item, 'subj'), fieldOf(item, 'obj')];
  if (head === undefined || child === undefined) return undefined;
  const id = idOf(item);
  const fields = [
    ...unknownFields(item, relationFields),
    ...misfits(item, ['annotator']),
    ...labelMisfit(item, 'pred'),
  ];
  return {
    ...{ id, head: wordsOf(head), child: wordsOf(child), label: labelOf(item, 'pred'), place },
    annotator: textOf(item, 'annotator') ?? project,
    attributes: withFields(take(said, id), fields),
  };
}
