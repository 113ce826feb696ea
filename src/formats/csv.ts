import type { OutgoingDocument } from '../core/transfer.ts';
import { csvNames, documentColumns, relationColumns, spanColumns, tableKind } from './csv/csv-columns.ts';
import { readCsv } from './csv/csv-reading.ts';
import {
  certainty,
  type Certainty,
  type Format,
  type Opening,
  type WriteOptions,
  type Written,
} from './format.ts';
import { writtenLabels } from './native/native-document.ts';
import { csvRow, isGuarded } from './writing/cells.ts';
import { loss } from './writing/losses.ts';
import { relationsInFile, spansInFile } from './writing/marks.ts';
import { SetAside } from './writing/set-aside.ts';

/** Three tables: documents, spans and relations, a row each. Attributes and metadata are JSON in a cell. */
export const csv: Format = {
  name: 'CSV',
  extensions: ['csv', 'zip'],
  mediaType: 'text/csv',
  isFolder: true,
  recognise,
  companions,
  units: ['codepoint', 'utf16', 'byte', 'grapheme'],
  read: readCsv,
  choices: ['unit', 'safeCells'],
  write,
  holdsRelations: true,
  losses: [
    'The names, keys, colours and guidelines of the labels are not in the files, only their machine names.',
    'What attributes, relation types and document labels the scheme has is not in the files, only what the spans and documents have of them.',
    'The history is not in the files: when a span was made or changed, and what could be undone.',
    'Where the texts came from is not in the files.',
  ],
};

function recognise({ text }: Opening): Certainty {
  const header = text.trimStart().split(/\r?\n/, 1)[0]!;
  return tableKind(header.split(',')) ? certainty.bySignature : certainty.no;
}

function companions(name: string): readonly string[] {
  const [, folder, file] = /^(.*\/)?([^/]*)$/.exec(name)!;
  if (file !== csvNames.spans) return [];
  return [csvNames.documents, csvNames.relations].map((other) => (folder ?? '') + other);
}

/** Spans and relations wait until all documents are written, as each table is a file. */
async function* write(
  documents: AsyncIterable<OutgoingDocument>,
  options: WriteOptions,
): AsyncGenerator<Written> {
  const { scheme, unit, safeCells } = options;
  const row = (cells: readonly (string | number)[]) => csvRow(cells, safeCells);
  const [spans, relations] = [new SetAside(), new SetAside()];
  yield { kind: 'file', path: csvNames.documents };
  yield row(documentColumns);
  for await (const outgoing of documents) {
    const { id, title, status, note = '', meta } = outgoing.document;
    const labels = writtenLabels(outgoing.document, scheme);
    if (outgoing.spans.length > 0 && isGuarded(outgoing.text, safeCells))
      yield loss(1, 'texts that stand behind an apostrophe, which the offsets do not count');
    yield row([id, title, outgoing.text, unit, status, jsonUnlessEmpty(labels), note, jsonUnlessEmpty(meta)]);
    for (const { id: span, start, end, text, label, annotator, attributes, note: said = '' } of spansInFile(
      outgoing,
      scheme,
      unit,
    ))
      spans.add(
        row([id, title, span, start, end, text, label, annotator, jsonUnlessEmpty(attributes), said]),
      );
    for (const { id: relation, head, child, label, annotator, attributes } of relationsInFile(
      outgoing,
      scheme,
    ))
      relations.add(row([id, relation, head, child, label, annotator, jsonUnlessEmpty(attributes)]));
  }
  yield { kind: 'file', path: csvNames.spans };
  yield row(spanColumns);
  yield* spans.parts();
  yield { kind: 'file', path: csvNames.relations };
  yield row(relationColumns);
  yield* relations.parts();
}

function jsonUnlessEmpty(value: object): string {
  return Object.keys(value).length > 0 ? JSON.stringify(value) : '';
}
