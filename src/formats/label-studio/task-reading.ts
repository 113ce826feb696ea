import type { Reading } from '../../core/transfer.ts';
import type { ReadContext, SourceFile } from '../format.ts';
import { checkNumbers } from '../native/native-marks.ts';
import { fieldOf, unknownFields, type Fit } from '../native/native-shape.ts';
import { factsBeside } from '../reading/facts-beside.ts';
import { jsonObjects } from '../reading/json-objects.ts';
import { isList, isObject, withFields, type JsonObject, type JsonValue } from '../reading/json-value.ts';
import { outsideDocument, type OutsideDocument } from '../reading/outside-document.ts';
import { readings, type Checked, type Place } from '../reading/place.ts';
import { takeAnnotation, type Marks } from './annotations.ts';

const taskFields = ['data', 'annotations', 'completions', 'predictions', 'drafts', 'meta'];
const annotationFields = ['result', 'completed_by', 'annotator', 'was_cancelled'];

/** What is in a file and was not marked by people, counted. */
interface LeftOut {
  predictions: number;
  drafts: number;
  first?: Place;
}

/** Yields a document for each task that has a text. */
export async function* readLabelStudio(file: SourceFile, context: ReadContext): AsyncGenerator<Reading> {
  const left: LeftOut = { predictions: 0, drafts: 0 };
  for await (const item of jsonObjects(file)) {
    if ('problem' in item) yield { kind: 'problem', problem: item.problem };
    else {
      countUnread(item.object, item.place, left);
      yield* readTask(item.object, item.place, context);
    }
  }
  const { first, predictions, drafts } = left;
  if (!first) return;
  const counts = [
    ...(predictions > 0 ? [counted(predictions, 'prediction')] : []),
    ...(drafts > 0 ? [counted(drafts, 'draft')] : []),
  ];
  const message = `${counts.join(' and ')} left out, the first of them here: only finished annotations are read.`;
  yield { kind: 'problem', problem: first.problem('skipped', message) };
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}

function countUnread(task: JsonObject, place: Place, left: LeftOut): void {
  for (const key of ['predictions', 'drafts'] as const) {
    const list = fieldOf(task, key);
    if (list === undefined || !isList(list) || list.length === 0) continue;
    left[key] += list.length;
    left.first ??= place.at(key);
  }
}

function* readTask(task: JsonObject, place: Place, context: ReadContext): Generator<Reading> {
  const found = textOf(task);
  if ('value' in found)
    return yield* readings(checkTask(task, found.value, place), (outside) =>
      outsideDocument(outside, place, context, 'codepoint'),
    );
  const lost = rowsIn(task).length;
  const withIt = lost > 0 ? `, and with it went ${counted(lost, 'row')} of annotations` : '';
  const problem = place.problem('refused', `this task was left out: ${found.fault}${withIt}.`);
  yield { kind: 'problem', problem };
}

/** The key of the text among the task's data. */
function textOf(task: JsonObject): Fit<string> {
  const data = fieldOf(task, 'data');
  if (data === undefined || !isObject(data)) return { fault: 'its "data" is missing' };
  const texts = Object.keys(data).filter((key) => typeof data[key] === 'string');
  const named = texts.filter((key) => namesIn(task).has(key));
  const key = [texts.filter((name) => name === 'text'), named, texts].find(({ length }) => length === 1)?.[0];
  if (key === undefined)
    return texts.length > 1
      ? { fault: `it has several texts (${texts.join(', ')}) and none is called "text"` }
      : {
          fault: Object.values(data).some(isList)
            ? 'its text is a list of paragraphs, not one text'
            : 'it has no text',
        };
  return /^(https?|s3|gs|azure-blob):\/\/\S+$/.test(String(data[key]).trim())
    ? { fault: `its "${key}" is only the address of a text` }
    : { value: key };
}

/** What the rows of the task say they are about. */
function namesIn(task: JsonObject): ReadonlySet<JsonValue> {
  return new Set(rowsIn(task).flatMap((row) => (isObject(row) ? [row['to_name'] ?? null] : [])));
}

function rowsIn(task: JsonObject): JsonValue[] {
  return annotationsOf(task).flatMap((annotation) => {
    const result = isObject(annotation) ? fieldOf(annotation, 'result') : undefined;
    return result !== undefined && isList(result) ? result : [];
  });
}

/** Older releases call them completions. */
function annotationsOf(task: JsonObject): readonly JsonValue[] {
  return ['annotations', 'completions'].flatMap((key) => {
    const list = fieldOf(task, key);
    return list !== undefined && isList(list) ? list : [];
  });
}

function* checkTask(task: JsonObject, key: string, place: Place): Checked<OutsideDocument> {
  const data = task['data'] as JsonObject;
  const marks: Marks = { spans: [], relations: [], labels: [], notes: [], fields: [] };
  for (const name of ['annotations', 'completions']) yield* takeAnnotations(task, name, marks, place);
  const { spans, relations, labels, notes, fields } = marks;
  const { id, title } = factsBeside(data);
  const [meta, about] = [fieldOf(task, 'meta'), annotationFacts(task)];
  const all = withFields(isObject(meta) ? meta : {}, [
    ...unknownFields(data, [
      key,
      ...(id === undefined ? [] : ['id']),
      ...(title === undefined ? [] : ['title']),
    ]),
    ...unknownFields(task, isObject(meta) || meta === undefined ? taskFields : taskFields.slice(0, -1)),
    ...fields,
    ...(about.length > 0 ? [['annotations', about] as const] : []),
  ]);
  yield* checkNumbers(all, 'the metadata of this task', place);
  return {
    ...(id !== undefined && { id }),
    ...(title !== undefined && { title }),
    ...{ text: String(data[key]), meta: all, labels, note: notes.join('\n'), spans, relations },
  };
}

function* takeAnnotations(task: JsonObject, name: string, marks: Marks, place: Place): Checked<void> {
  const list = fieldOf(task, name);
  if (list === undefined) return;
  if (!isList(list))
    return yield place
      .at(name)
      .problem('refused', `the "${name}" of this task are not a list and were left out.`);
  for (const [index, annotation] of list.entries()) {
    const here = place.at(name, index);
    if (isObject(annotation)) yield* takeAnnotation(annotation, marks, here);
    else yield here.problem('refused', 'an annotation was left out: it is not an object.');
  }
}

/** What is known of annotations besides their result: when and how long somebody worked on them. */
function annotationFacts(task: JsonObject): JsonObject[] {
  return annotationsOf(task).flatMap((annotation) => {
    if (!isObject(annotation) || annotation['was_cancelled'] === true) return [];
    const facts = unknownFields(annotation, annotationFields);
    return facts.length > 0 ? [Object.fromEntries(facts)] : [];
  });
}
