import type { ParquetWriter } from 'hyparquet-writer';
import type { OutgoingDocument } from '../core/transfer.ts';
import { certainty, type Certainty, type Format, type Opening, type WriteOptions } from './format.ts';
import { writtenLabels } from './native/native-document.ts';
import { readParquet } from './parquet/parquet-reading.ts';
import { columnNames, parquetSchema, type ColumnName } from './parquet/parquet-schema.ts';
import { relationsInFile, spansInFile } from './writing/marks.ts';

type Row = Readonly<Record<ColumnName, unknown>>;

/** So much text makes a group of rows, so that memory holds no more than that. */
const groupLength = 4_000_000;
const groupRows = 1000;

/** Columns for data frames: a row a document, its spans and relations as lists of structs. */
export const parquet: Format = {
  name: 'Parquet',
  extensions: ['parquet'],
  mediaType: 'application/vnd.apache.parquet',
  recognise: ({ bytes }: Opening): Certainty =>
    String.fromCharCode(...bytes.subarray(0, 4)) === 'PAR1' ? certainty.bySignature : certainty.no,
  units: ['codepoint', 'utf16', 'byte', 'grapheme'],
  read: readParquet,
  choices: ['unit'],
  write,
  holdsRelations: true,
  losses: [
    'The names, keys, colours and guidelines of the labels are not in the file, only their machine names.',
    'What attributes, relation types and document labels the scheme has is not in the file, only what the spans and documents have of them.',
    'The history is not in the file: when a span was made or changed, and what could be undone.',
    'Where the texts came from is not in the file.',
  ],
};

async function* write(
  documents: AsyncIterable<OutgoingDocument>,
  options: WriteOptions,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const writing = await import('hyparquet-writer');
  const bytes = new writing.ByteWriter();
  const file = new writing.ParquetWriter({ writer: bytes, schema: parquetSchema });
  const taken = () => {
    const part = new Uint8Array(bytes.getBuffer());
    // The writer goes on counting in `offset`; only what it holds is let go.
    bytes.index = 0;
    return part;
  };
  let rows: Row[] = [];
  let length = 0;
  for await (const document of documents) {
    rows.push(rowOf(document, options));
    length += document.text.length;
    if (length < groupLength && rows.length < groupRows) continue;
    await writeRows(file, rows);
    yield taken();
    [rows, length] = [[], 0];
  }
  if (rows.length > 0) await writeRows(file, rows);
  await file.finish();
  yield taken();
}

async function writeRows(file: ParquetWriter, rows: readonly Row[]): Promise<void> {
  const columnData = columnNames.map((name) => ({ name, data: rows.map((row) => row[name]) }));
  await file.write({ columnData, rowGroupSize: rows.length });
}

function rowOf(outgoing: OutgoingDocument, { scheme, unit }: WriteOptions): Row {
  const { id, title, status, note, meta } = outgoing.document;
  return {
    ...{ id: id.toWellFormed(), title: title.toWellFormed(), text: outgoing.text, offset_unit: unit, status },
    ...{
      labels: writtenLabels(outgoing.document, scheme),
      note: note?.toWellFormed(),
      meta: JSON.stringify(meta),
    },
    spans: spansInFile(outgoing, scheme, unit).map(({ attributes, note: said, ...span }) => ({
      ...{ ...span, attributes: JSON.stringify(attributes), note: said?.toWellFormed() },
    })),
    relations: relationsInFile(outgoing, scheme).map((relation) => ({
      ...{ ...relation, attributes: JSON.stringify(relation.attributes) },
    })),
  };
}
