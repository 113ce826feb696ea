import type { OutgoingDocument, Reading } from '../core/transfer.ts';
import {
  certainty,
  type Certainty,
  type Format,
  type Opening,
  type SourceFile,
  type WriteOptions,
} from './format.ts';
import { parseJson } from './reading/json-syntax.ts';
import { isObject } from './reading/json-value.ts';
import { firstSpanRow } from './native/foreign-marks.ts';
import { readDocument, writtenDocument } from './native/native-document.ts';
import { placeOnLine } from './reading/place.ts';
import { lines, type Line } from './reading/source-text.ts';

/** Training data with a document on every line: the default export. */
export const jsonLines: Format = {
  name: 'JSON Lines',
  extensions: ['jsonl', 'ndjson'],
  mediaType: 'application/jsonl',
  recognise,
  read: (file: SourceFile) => readJsonLines(lines(file), file.name),
  choices: ['unit'],
  write,
  holdsRelations: true,
  losses: [
    'The names, keys, colours and guidelines of the labels are not in the file, only their machine names.',
    'What attributes, relation types and document labels the scheme has is not in the file, only what the spans and documents have of them.',
    'The history is not in the file: when a span was made or changed, and what could be undone.',
    'Where the texts came from, and which of their lines are headings, items or quotations, is not in the file.',
  ],
};

/** Other tools have lines of JSON with a text too; ours have fields that no other has. */
function recognise({ extension, text }: Opening): Certainty {
  if (firstSpanRow(text)) return certainty.no;
  const first = parseJson(text.trimStart().split('\n', 1)[0]!);
  const has = (key: string) => 'value' in first && isObject(first.value) && Object.hasOwn(first.value, key);
  if (has('text') && (has('offset_unit') || has('text_sha256'))) return certainty.bySignature;
  const isOther = ['txt', 'md', 'markdown', 'json'].includes(extension);
  return ['jsonl', 'ndjson'].includes(extension) || (has('text') && !isOther)
    ? certainty.byExtension
    : certainty.no;
}

/** Reads lines with a document each. A line that is none is left out alone; blank ones are passed over. */
export async function* readJsonLines(
  source: AsyncIterable<Line> | Iterable<Line>,
  file: string,
): AsyncGenerator<Reading> {
  for await (const line of source) {
    if ('problem' in line) yield { kind: 'problem', problem: line.problem };
    else if (line.text.trim() !== '') yield* readLine(line.text, line.number, file);
  }
}

function* readLine(text: string, number: number, file: string): Generator<Reading> {
  const parsed = parseJson(text);
  const place = placeOnLine(file, number);
  if ('value' in parsed) return yield* readDocument(parsed.value, place);
  const { column, reason } = parsed.fault;
  const message = `this line is not JSON and was left out: at column ${column} ${reason}.`;
  yield { kind: 'problem', problem: place.problem('refused', message) };
}

async function* write(
  documents: AsyncIterable<OutgoingDocument>,
  options: WriteOptions,
): AsyncGenerator<string> {
  for await (const document of documents)
    yield `${oneLine(JSON.stringify(writtenDocument(document, options)))}\n`;
}

/** Escapes what JSON lets stand but some readers of lines (Python's `splitlines` for one) take for a line's end. */
export function oneLine(json: string): string {
  return json.replace(
    /[\u0085\u2028\u2029]/g,
    (mark) => `\\u${mark.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
