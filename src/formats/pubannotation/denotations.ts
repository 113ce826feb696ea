import { fieldOf, unknownFields } from '../native/native-shape.ts';
import { isList, isObject, withFields, wordsOf, type JsonObject } from '../reading/json-value.ts';
import type { OutsideRelation, OutsideSpan } from '../reading/outside-document.ts';
import type { Place } from '../reading/place.ts';
import { take, type Attributions } from './attributions.ts';
import { idOf, labelMisfit, labelOf, misfits, textOf } from './fields.ts';

const spanFields = ['id', 'span', 'obj', 'annotator', 'note', 'begin', 'end'];
const relationFields = ['id', 'pred', 'subj', 'obj', 'annotator'];

/** A denotation may have several parts, which are spans in a chain. */
export function spansIn(
  item: JsonObject,
  project: string | undefined,
  said: Attributions,
  place: Place,
): OutsideSpan[] {
  const id = idOf(item);
  const where = fieldOf(item, 'span') ?? item;
  const parts = (isList(where) ? where : [where]).flatMap((part) => {
    const [start, end] = isObject(part) ? [part['begin'], part['end']] : [];
    return typeof start === 'number' && typeof end === 'number' ? [{ start, end }] : [];
  });
  const attributes = withFields(take(said, id), [
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
