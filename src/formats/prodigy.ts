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
import { fieldOf } from './native/native-shape.ts';
import { answers, readProdigy } from './prodigy/prodigy-reading.ts';
import { isToken } from './prodigy/prodigy-tokens.ts';
import { writtenProdigy } from './prodigy/prodigy-writing.ts';
import { firstObjects } from './reading/json-objects.ts';
import { isList, isObject, type JsonObject } from './reading/json-value.ts';
import { loss } from './writing/losses.ts';

/** What Prodigy imports and exports for marking by hand: spans over tokens, with relations. Offsets are code points. */
export const prodigy: Format = {
  name: 'Prodigy JSONL',
  extensions: ['jsonl'],
  mediaType: 'application/jsonl',
  recognise,
  units: ['codepoint', 'utf16'],
  read: readProdigy,
  write,
  holdsRelations: true,
  losses: [
    'Every document goes out as accepted, whatever its status; the status stands beside it.',
    'A span whose ends are not those of tokens has no tokens in the file, and Prodigy may not show it.',
    'The names, colours and guidelines of the labels are not in the file, only their machine names.',
  ],
};

function recognise(opening: Opening): Certainty {
  const objects = firstObjects(opening).filter((object) => typeof object['text'] === 'string');
  if (objects.some((object) => hasNumber(object, '_task_hash') || hasNumber(object, '_input_hash')))
    return certainty.bySignature;
  return objects.some(isTask) ? certainty.byShape : certainty.no;
}

function isTask(object: JsonObject): boolean {
  const [tokens, spans] = [fieldOf(object, 'tokens'), fieldOf(object, 'spans')];
  const isPlaced = (span: unknown) => isObject(span) && hasNumber(span, 'token_start');
  return (
    answers.some((answer) => answer === object['answer']) ||
    (isList(tokens) && tokens.some(isToken)) ||
    (isList(spans) && spans.some(isPlaced))
  );
}

function hasNumber(object: JsonObject, key: string): boolean {
  return typeof object[key] === 'number';
}

async function* write(
  documents: AsyncIterable<OutgoingDocument>,
  options: WriteOptions,
): AsyncGenerator<Written> {
  for await (const document of documents) {
    const row = writtenProdigy(document, options);
    const lost = document.relations.length - row.relations.length;
    if (lost > 0) yield loss(lost, 'relations whose spans are not in the file');
    yield `${oneLine(JSON.stringify(row))}\n`;
  }
}
