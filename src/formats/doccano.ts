import type { OutgoingDocument } from '../core/transfer.ts';
import { readDoccano, isDoccano } from './doccano/doccano-reading.ts';
import { placedSpans, writtenDoccano } from './doccano/doccano-writing.ts';
import { certainty, type Format, type WriteOptions, type Written } from './format.ts';
import { oneLine } from './json-lines.ts';
import { firstObjects } from './reading/json-objects.ts';
import { loss, lossesOf } from './writing/losses.ts';

/** What doccano imports and exports for sequence labelling, with or without relations. */
export const doccano: Format = {
  name: 'doccano JSONL',
  extensions: ['jsonl'],
  mediaType: 'application/jsonl',
  recognise: (opening) => (firstObjects(opening).some(isDoccano) ? certainty.byShape : certainty.no),
  // It counts in UTF-16 units, or in graphemes if its project says so. Scripts that prepare files for it are often Python.
  units: ['utf16', 'grapheme', 'codepoint'],
  read: readDoccano,
  choices: ['unit'],
  write,
  losses: [
    'The file does not say what its offsets count: doccano takes them for UTF-16 units, or for graphemes where the project says so.',
    'Spans have no attributes, notes and annotators in doccano, and documents no status.',
    'The names, colours and guidelines of the labels are not in the file, only their machine names.',
  ],
  held: ({ text, spans }, { unit }) => ({ text: 'exact', spans: placedSpans(text, spans, unit).kept }),
};

async function* write(
  documents: AsyncIterable<OutgoingDocument>,
  options: WriteOptions,
): AsyncGenerator<Written> {
  for await (const document of documents) {
    yield* lossesOf(document, { relations: true, meta: true, documentNote: true });
    const { row, lostSpans, lostRelations } = writtenDoccano(document, options);
    if (lostSpans > 0) yield loss(lostSpans, 'spans that begin or end inside a grapheme');
    if (lostRelations > 0) yield loss(lostRelations, 'relations whose spans are not in the file');
    yield `${oneLine(JSON.stringify(row))}\n`;
  }
}
