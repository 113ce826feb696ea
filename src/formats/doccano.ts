import type { OutgoingDocument } from '../core/transfer.ts';
import { readDoccano, isDoccano } from './doccano/doccano-reading.ts';
import { placedSpans, writtenDoccano } from './doccano/doccano-writing.ts';
import { certainty, type Format, type WriteOptions, type Written } from './format.ts';
import { oneLine } from './json-lines.ts';
import { firstObjects } from './reading/json-objects.ts';
import { loss, lossesOf } from './writing/losses.ts';
import { SetAside } from './writing/set-aside.ts';

/** What doccano imports and exports for sequence labelling, with or without relations. */
export const doccano: Format = {
  name: 'doccano JSONL',
  extensions: ['jsonl'],
  mediaType: 'application/jsonl',
  recognise: (opening) => (firstObjects(opening).some(isDoccano) ? certainty.byShape : certainty.no),
  // It counts in UTF-16 units, or in graphemes if its project says so. Scripts that prepare files for it are often Python.
  units: ['utf16', 'grapheme', 'codepoint'],
  read: readDoccano,
  writtenUnit: 'utf16',
  choices: ['unit'],
  write,
  holdsRelations: true,
  losses: [
    'The file does not say what its offsets count: doccano takes them for UTF-16 units, or for graphemes where the project says so.',
    'Where documents have relations, all are written for a project with relations, which doccano has to be told when the project is made.',
    'Spans have no attributes, notes and annotators in doccano, and documents no status.',
    'The names, colours and guidelines of the labels are not in the file, only their machine names.',
  ],
  held: ({ text, spans }, { unit }) => ({ text: 'exact', spans: placedSpans(text, spans, unit).kept }),
};

/** A project of doccano reads one kind of row, so one document with relations decides for all. */
async function* write(
  documents: AsyncIterable<OutgoingDocument>,
  options: WriteOptions,
): AsyncGenerator<Written> {
  const [plain, linked] = [new SetAside(), new SetAside()];
  let hasLinks = false;
  for await (const document of documents) {
    yield* lossesOf(document, { relations: true, meta: true, documentNote: true });
    const { row, linkedRow, lostSpans, lostRelations } = writtenDoccano(document, options);
    hasLinks ||= linkedRow.relations.length > 0;
    if (lostSpans > 0) yield loss(lostSpans, 'spans that begin or end inside a grapheme');
    if (lostRelations > 0) yield loss(lostRelations, 'relations whose spans are not in the file');
    plain.add(`${oneLine(JSON.stringify(row))}\n`);
    linked.add(`${oneLine(JSON.stringify(linkedRow))}\n`);
  }
  yield* (hasLinks ? linked : plain).parts();
}
