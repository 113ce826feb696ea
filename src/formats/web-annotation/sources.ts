import { statuses } from '../../core/document.ts';
import { unknownFields, fieldOf } from '../native/native-shape.ts';
import {
  quoted,
  type OutsideDocument,
  type OutsideRelation,
  type OutsideSpan,
} from '../reading/outside-document.ts';
import { isObject, withFields, type JsonObject, type JsonValue } from '../reading/json-value.ts';
import type { FileProblem } from '../../core/problem.ts';
import type { Place } from '../reading/place.ts';
import type { OffsetUnit } from '../units.ts';
import { restOfTags, type Annotation, type Target } from './annotations.ts';
import { idOf, idWithin } from './iri.ts';
import { placeOfQuote } from './selectors.ts';

/** A text that annotations are about, with all of them. */
export interface Source {
  readonly iri: string;
  readonly marks: (Target & { readonly annotation: Annotation })[];
  readonly relations: OutsideRelation[];
  resource?: JsonObject;
  place?: Place;
}

const resourceFields = ['id', 'type', 'format', 'label', 'value', 'status', 'meta'];

/** Whether an item of a collection is a text that annotations may be about. */
export function isResource(item: JsonValue | undefined): item is JsonObject {
  return isObject(item) && typeof item['value'] === 'string' && typeof item['id'] === 'string';
}

/** The document that a source with a text makes, with what is wrong with its annotations. */
export function documentOf(
  { iri, resource, marks, relations }: Source,
  unit: OffsetUnit,
): {
  readonly document: OutsideDocument;
  readonly problems: readonly FileProblem[];
  readonly proving: OutsideSpan[];
} {
  const text = String(resource?.['value'] ?? '');
  const problems: FileProblem[] = [];
  const spans: OutsideSpan[] = [];
  const proving: OutsideSpan[] = [];
  const whole = marks.filter(isWhole);
  for (const mark of marks) {
    if (whole.includes(mark)) continue;
    const place = placed(mark, text, unit);
    if (typeof place === 'string') {
      problems.push(mark.annotation.place.problem('refused', place));
      continue;
    }
    if (place.doubt !== undefined) problems.push(mark.annotation.place.problem('adjusted', place.doubt));
    const { id, ...named } = spanOf(mark, place);
    const span = { ...named, ...(id !== undefined && { id: idWithin(idOf(iri), id) }) };
    spans.push(span);
    if (mark.selected.position) proving.push(span);
  }
  const links = relations.map((relation) => withinDocument(idOf(iri), relation));
  const document = { ...factsOf(iri, resource ?? {}, whole), text, spans, relations: links };
  return { document, problems, proving };
}

function withinDocument(
  documentId: string,
  { id, head, child, ...relation }: OutsideRelation,
): OutsideRelation {
  const within = (one: string) => idWithin(documentId, one);
  return {
    ...{ ...relation, head: within(head), child: within(child) },
    ...(id !== undefined && { id: within(id) }),
  };
}

function isWhole({ selected: { position, quote, fault, others } }: Target): boolean {
  return [position, quote, fault].every((said) => said === undefined) && others.length === 0;
}

/** Where a mark is, and what is doubtful about that. */
interface Placed {
  readonly start: number;
  readonly end: number;
  readonly doubt?: string;
}

/** Where the mark says it is, or what is to be said when it does not. */
function placed({ selected }: Target, text: string, unit: OffsetUnit): Placed | string {
  const { position, quote, fault } = selected;
  if (position) return position;
  const because = fault === undefined ? '' : `${fault}, and `;
  if (quote === undefined)
    return `this annotation was left out: ${fault ?? 'it says neither its words nor its place in the text'}.`;
  const place = placeOfQuote(text, selected, unit);
  if ('start' in place)
    return fault === undefined
      ? place
      : { ...place, doubt: `this annotation was placed by its words ${quoted(quote)} alone: ${fault}.` };
  if (place.times > 1)
    return `this annotation was left out: ${because}its words stand ${place.times} times in the text, and it does not say which ones are meant.`;
  // Words that are not there are compared with the beginning, so that they are looked for everywhere.
  return { start: 0, end: 1 };
}

function spanOf(
  { annotation, selected }: Target & { readonly annotation: Annotation },
  { start, end }: Placed,
): OutsideSpan {
  const { id, said, annotator, extra, motivation, targets, place } = annotation;
  const index = targets.findIndex((target) => target.selected === selected);
  const fields = [
    ...restOfTags(said),
    ...Object.entries(extra),
    ...(selected.others.length > 0 ? [['selector', selected.others] as const] : []),
    ...(targets.length > 1 && id !== undefined ? [['annotation', id] as const] : []),
  ];
  return {
    id: id === undefined || index <= 0 ? id : `${id}_${index + 1}`,
    ...{ start, end },
    ...{ quote: selected.quote, prefix: selected.prefix, suffix: selected.suffix },
    label: said.tags[0] ?? motivation ?? 'highlighting',
    ...{ annotator, note: said.note, place },
    attributes: withFields(said.attributes, fields),
  };
}

type Facts = Omit<OutsideDocument, 'text' | 'spans' | 'relations'>;

function factsOf(
  iri: string,
  resource: JsonObject,
  whole: readonly { readonly annotation: Annotation }[],
): Facts {
  const meta = fieldOf(resource, 'meta');
  const title = ['label', 'title', 'name']
    .map((key) => fieldOf(resource, key))
    .find((one) => typeof one === 'string');
  const status = statuses.find((known) => known === resource['status']);
  const said = whole.map(({ annotation }) => annotation.said);
  const others = whole.flatMap(
    ({
      annotation: {
        said: { attributes },
        extra,
      },
    }) => [...Object.entries(attributes), ...Object.entries(extra)],
  );
  const notes = said.flatMap(({ note }) => (note === undefined ? [] : [note]));
  const misfit = meta !== undefined && !isObject(meta) ? [['meta', meta] as const] : [];
  return {
    id: idOf(iri),
    ...(typeof title === 'string' && { title }),
    meta: withFields(isObject(meta) ? meta : {}, [
      ...unknownFields(resource, resourceFields),
      ...misfit,
      ...others,
    ]),
    ...(status && { status }),
    labels: said.flatMap(({ tags }) => tags),
    ...(notes.length > 0 && { note: notes.join('\n\n') }),
  };
}
