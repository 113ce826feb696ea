import fc from 'fast-check';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { expect, test } from 'vitest';
import { certainty } from '../../src/formats/format.ts';
import { opening } from '../../src/formats/reading/source-text.ts';
import { offsetUnits } from '../../src/formats/units.ts';
import { parquet } from '../../src/formats/parquet.ts';
import { brought, carried, filledDocument, randomScheme } from './carried.ts';
import { goingOut, outgoing, readAll, schemeOf, sourceFile, writeOptions, writtenFiles } from './reading.ts';

test('what is written is read again as it was, and written again to the same bytes', () =>
  fc.assert(
    fc.asyncProperty(
      fc.array(filledDocument, { minLength: 1, maxLength: 4 }),
      fc.constantFrom(...offsetUnits.slice(0, 3)),
      async (documents, unit) => {
        const options = writeOptions(randomScheme, { unit });
        const bytes = (await writtenFiles(parquet, documents, options)).files.get('')!;
        const { documents: read, complaints } = await readAll(parquet, sourceFile('a.parquet', bytes));
        expect(complaints).toEqual([]);
        expect(read.map(brought)).toEqual(documents.map(carried));
        const again = (await writtenFiles(parquet, read.map(goingOut), options)).files.get('')!;
        expect(Buffer.compare(again, bytes)).toBe(0);
      },
    ),
    { numRuns: 30 },
  ));

test('more documents than one group has are all read, in their order', async () => {
  const documents = Array.from({ length: 1203 }, (_, index) => outgoing(`Report ${index}.`));
  const bytes = (await writtenFiles(parquet, documents, writeOptions(schemeOf()))).files.get('')!;
  const { documents: read } = await readAll(parquet, sourceFile('a.parquet', bytes));
  expect(read.map(({ text }) => text)).toEqual(documents.map(({ text }) => text));
});

test('no documents are a file without rows', async () => {
  const bytes = (await writtenFiles(parquet, [], writeOptions(schemeOf()))).files.get('')!;
  expect((await readAll(parquet, sourceFile('a.parquet', bytes))).complaints).toEqual([]);
});

test('a file of others and a damaged one are refused with a reason', async () => {
  const other = new Uint8Array(
    parquetWriteBuffer({ columnData: [{ name: 'text', data: ['He denied it.'], type: 'STRING' }] }),
  );
  expect(parquet.recognise!(await opening(sourceFile('a', other)))).toBe(certainty.bySignature);
  expect((await readAll(parquet, sourceFile('a.parquet', other))).complaints).toEqual([
    'a.parquet: the rest of this file could not be read: it has no column “id”, so it is no export of Locution.',
  ]);
  for (const length of [4, 40, other.length - 1])
    expect((await readAll(parquet, sourceFile('a.parquet', other.slice(0, length)))).complaints).toEqual([
      expect.stringContaining('it is damaged or of a kind that is not known here'),
    ]);
});

test('a span that does not fit is said with its row', async () => {
  const column = (name: string, data: unknown[]) => ({ name, data: data as string[] });
  const spans = [
    [
      { id: 's1', start: 3, end: 9, text: 'denied', label: 'denial' },
      { id: 's2', start: 3, end: 99, label: 'claim' },
    ],
  ];
  const columnData = [
    column('id', ['d1']),
    column('text', ['He denied it.']),
    column('offset_unit', ['codepoint']),
    column('spans', spans),
  ];
  const bytes = new Uint8Array(
    parquetWriteBuffer({
      columnData: columnData.map((one) => ({ ...one, type: one.name === 'spans' ? 'JSON' : 'STRING' })),
    }),
  );
  const { documents, complaints } = await readAll(parquet, sourceFile('a.parquet', bytes));
  expect(documents[0]?.spans.map(({ id }) => id)).toEqual(['s1']);
  expect(complaints).toEqual([
    'a.parquet: row 1: span 2 (claim) was left out: its end 99 lies behind the text, which has 13 code points.',
  ]);
});

test('a unit, a status and attributes that make no sense are told, and no span is placed by guessing', async () => {
  const spans = [
    [
      { id: 's1', start: 3, end: 9, text: 'denied', label: 'denial', attributes: 'loud' },
      { id: 's2', start: 0, end: 2, label: 'claim' },
    ],
  ];
  const relations = [[{ id: 'r1', head: 's1', child: 's1', label: 'same', attributes: '[1]' }]];
  const texts = { id: 'd1', text: 'He denied it.', offset_unit: 'inch', status: 'finished', meta: 'once' };
  const bytes = new Uint8Array(
    parquetWriteBuffer({
      columnData: [
        ...Object.entries(texts).map(([name, one]) => ({ name, data: [one], type: 'STRING' as const })),
        { name: 'spans', data: spans, type: 'JSON' },
        { name: 'relations', data: relations, type: 'JSON' },
      ],
    }),
  );
  const { documents, complaints } = await readAll(parquet, sourceFile('a.parquet', bytes));
  expect(documents[0]?.meta).toEqual({ meta: 'once' });
  expect(documents[0]?.spans).toMatchObject([{ id: 's1', attributes: { attributes: 'loud' } }]);
  expect(documents[0]?.spans).toHaveLength(1);
  expect(documents[0]?.relations).toMatchObject([{ attributes: { attributes: '[1]' } }]);
  expect(complaints).toEqual(
    [
      'the status “finished” of this document is none of todo, in_progress, done, skipped and was ignored.',
      'the cell “attributes” of span 1 holds no JSON object and is kept as text.',
      'the offset_unit “inch” of this document is none of codepoint, utf16, byte, grapheme; its spans were read where their words stand at their offsets in code points.',
      'span 2 was left out: it has no words, and it is not known what its offsets count.',
      'the cell “attributes” of relation 1 holds no JSON object and is kept as text.',
      'the cell “meta” of this document holds no JSON object and is kept as text.',
    ].map((complaint) => `a.parquet: row 1: ${complaint}`),
  );
});
