import type { OutgoingDocument } from '../core/transfer.ts';
import {
  certainty,
  type Certainty,
  type Format,
  type Opening,
  type WriteOptions,
  type Written,
} from './format.ts';
import { oneLine } from './json-lines.ts';
import { readLabelStudio } from './label-studio/task-reading.ts';
import { writtenTask } from './label-studio/task-writing.ts';
import { fieldOf } from './native/native-shape.ts';
import { firstObjects } from './reading/json-objects.ts';
import { isList, isObject, type JsonObject } from './reading/json-value.ts';
import { loss, lossesOf } from './writing/losses.ts';

/** What Label Studio imports and exports whole: tasks with annotations. Offsets are code points. */
export const labelStudio: Format = {
  name: 'Label Studio JSON',
  extensions: ['json', 'jsonl'],
  mediaType: 'application/json',
  recognise,
  // Releases before 2021 counted UTF-16 units.
  units: ['codepoint', 'utf16'],
  read: readLabelStudio,
  write,
  losses: [
    'The labelling interface is not in the file: its project needs `Labels` named “label” on a `Text` named “text”, and a control for each attribute.',
    'Label Studio knows annotators by number or e-mail address and refuses those it does not know; other names stand beside and are lost there.',
    'The names, colours and guidelines of the labels are not in the file, only their machine names.',
  ],
};

function recognise(opening: Opening): Certainty {
  return firstObjects(opening).some(isTask) ? certainty.byShape : certainty.no;
}

function isTask(object: JsonObject): boolean {
  const keys = Object.keys(object);
  const lists = ['annotations', 'completions', 'predictions'].map((key) => fieldOf(object, key));
  // In a long first task the data comes later than one looks.
  const hasResult = lists.some(
    (list) => isList(list) && list.some((item) => isObject(item) && isList(item['result'])),
  );
  const isBare = keys.every((key) => ['id', 'data', 'meta'].includes(key));
  return hasResult || (isObject(object['data']) && (isBare || lists.some((list) => list !== undefined)));
}

async function* write(
  documents: AsyncIterable<OutgoingDocument>,
  options: WriteOptions,
): AsyncGenerator<Written> {
  let before = '[\n';
  for await (const document of documents) {
    const { task, lostRelations, unsigned, bare } = writtenTask(document, options);
    yield* lossesOf(document, {
      ...{
        relations: true,
        relationAttributes: true,
        attributes: true,
        notes: true,
        annotators: true,
        meta: true,
      },
      ...{ documentLabels: true, documentNote: true },
    });
    if (lostRelations > 0) yield loss(lostRelations, 'relations that do not join two spans of one annotator');
    if (unsigned > 0) yield loss(unsigned, 'relations’ names of who made them');
    if (bare > 0) yield loss(bare, 'relations’ attributes');
    yield `${before}${oneLine(JSON.stringify(task))}`;
    before = ',\n';
  }
  yield before === '[\n' ? '[]\n' : '\n]\n';
}
