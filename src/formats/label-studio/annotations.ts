import { fieldOf, unknownFields } from '../native/native-shape.ts';
import {
  isList,
  isObject,
  wordsOf,
  type Field,
  type JsonObject,
  type JsonValue,
} from '../reading/json-value.ts';
import { quoted, type OutsideRelation, type OutsideSpan } from '../reading/outside-document.ts';
import type { Checked, Place } from '../reading/place.ts';
import { attributeIn, textsIn } from './attribute-rows.ts';
import { isNote, isPlaced, notesIn, spansOfRegion, type Row } from './regions.ts';

/** What a task's annotations say of its text. */
export interface Marks {
  readonly spans: OutsideSpan[];
  readonly relations: OutsideRelation[];
  /** Labels and notes of the whole text, and whatever else is said of it. */
  readonly labels: string[];
  readonly notes: string[];
  readonly fields: Field[];
}

const relationFields = ['from_id', 'to_id', 'type', 'direction', 'labels'];

/** Takes up what one annotation says. A row that does not fit is left out alone. */
export function* takeAnnotation(annotation: JsonObject, marks: Marks, place: Place): Checked<void> {
  const annotator = annotatorOf(annotation);
  if (annotation['was_cancelled'] === true) {
    const by = annotator === undefined ? '' : ` by ${quoted(annotator)}`;
    return yield place.problem('skipped', `an annotation${by} was left out: it was cancelled.`);
  }
  const result = fieldOf(annotation, 'result');
  if (result === undefined || !isList(result))
    return yield place.problem('refused', 'an annotation was left out: its "result" is not a list.');
  const rows: Row[] = [];
  for (const [index, row] of result.entries()) {
    const here = place.at('result', index);
    if (isObject(row)) rows.push({ row, place: here });
    else yield here.problem('refused', `row ${index + 1} was left out: it is not an object.`);
  }
  const isRelation = ({ row }: Row) => row['type'] === 'relation';
  const ids = yield* takeRegions(
    rows.filter((row) => !isRelation(row)),
    annotator,
    marks,
  );
  for (const row of rows.filter(isRelation)) yield* takeRelation(row, ids, annotator, marks);
}

/** The spans by the ids that the annotation's relations know them by. */
function* takeRegions(
  rows: readonly Row[],
  annotator: string | undefined,
  marks: Marks,
): Checked<ReadonlyMap<JsonValue, string>> {
  const ids = new Map<JsonValue, string>();
  const taken = new Set(marks.spans.map(({ id }) => id!));
  for (const [id, group, isOther] of grouped(rows)) {
    if (!group.some(isPlaced)) takeFacts(group, marks);
    else {
      const name = `region ${quoted(typeof id === 'string' ? id : '?')}`;
      if (isOther)
        yield group[0]!.place.problem('adjusted', `another ${name} is elsewhere; relations join the first.`);
      const spans = yield* spansOfRegion(group, name, annotator, taken);
      if (spans[0]?.id !== undefined && !isOther) ids.set(id, spans[0].id);
      for (const span of spans) taken.add(span.id ?? '');
      marks.spans.push(...spans);
    }
  }
  return ids;
}

/** Rows of one region share an id and a place; some only say something of it. */
function grouped(rows: readonly Row[]): [id: JsonValue, rows: Row[], isOther: boolean][] {
  const groups = new Map<JsonValue, Map<string, Row[]>>();
  for (const [index, item] of rows.entries()) {
    const id = fieldOf(item.row, 'id') ?? -index;
    const places = groups.get(id) ?? new Map<string, Row[]>();
    groups.set(id, places);
    const key = placeKey(item);
    const known = places.get(key);
    if (known) known.push(item);
    else places.set(key, [item]);
  }
  return [...groups].flatMap(([id, places]) => {
    const unplaced = places.get('') ?? [];
    places.delete('');
    const [first = [], ...others] = places.values();
    return [
      [id, [...first, ...unplaced], false] as [JsonValue, Row[], boolean],
      ...others.map((other): [JsonValue, Row[], boolean] => [id, other, true]),
    ];
  });
}

/** Where a row is in the text; empty when it does not say. */
function placeKey(item: Row): string {
  const value = fieldOf(item.row, 'value');
  if (!isPlaced(item) || value === undefined || !isObject(value)) return '';
  const places = ['start', 'end', 'startOffset', 'endOffset'].map((key) => fieldOf(value, key));
  return places.every((one) => one === undefined) ? '' : JSON.stringify(places);
}

function takeFacts(rows: readonly Row[], { labels, notes, fields }: Marks): void {
  for (const item of rows) {
    const chosen = item.row['type'] === 'choices' ? textsIn(item.row) : undefined;
    if (chosen) labels.push(...chosen);
    else if (!isNote(item.row)) fields.push(attributeIn(item.row));
    notes.push(...notesIn(item));
  }
}

function* takeRelation(
  { row, place }: Row,
  ids: ReadonlyMap<JsonValue, string>,
  annotator: string | undefined,
  { relations }: Marks,
): Checked<void> {
  const [from, to] = ['from_id', 'to_id'].map((key) => {
    const id = fieldOf(row, key) ?? '?';
    return ids.get(id) ?? (typeof id === 'object' ? '?' : String(id));
  }) as [string, string];
  const list = fieldOf(row, 'labels');
  const labels = (list !== undefined && isList(list) ? list : []).filter(
    (label) => typeof label === 'string',
  );
  if (labels.length === 0)
    yield place.problem('adjusted', 'a relation has no label and is called “relation”.');
  const { direction } = row;
  const isLeft = direction === 'left';
  const both: readonly Field[] = direction === 'bi' ? [['direction', 'bi']] : [];
  const attributes = Object.fromEntries([...unknownFields(row, relationFields), ...both]);
  for (const label of labels.length > 0 ? labels : ['relation'])
    relations.push({
      ...{ head: isLeft ? to : from, child: isLeft ? from : to, label, annotator, attributes, place },
      name: `a relation (${label})`,
    });
}

/** Who annotated: by address, by name or by number, as the file has it. */
function annotatorOf(annotation: JsonObject): string | undefined {
  const by = fieldOf(annotation, 'completed_by') ?? fieldOf(annotation, 'annotator');
  if (by === undefined || !isObject(by))
    return typeof by === 'string' || typeof by === 'number' ? String(by) : undefined;
  const names = ['first_name', 'last_name'].map((key) => by[key]).filter((name) => typeof name === 'string');
  const said = [by['email'], names.join(' ').trim(), by['username'], by['id']];
  return said.flatMap((name) =>
    name === undefined || name === null || name === '' ? [] : [wordsOf(name)],
  )[0];
}
