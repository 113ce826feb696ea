import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalText } from '../../src/core/text.ts';
import { certainty } from '../../src/formats/format.ts';
import { opening } from '../../src/formats/reading/source-text.ts';
import { table } from '../../src/formats/table.ts';
import { csvRow } from '../../src/formats/writing/cells.ts';
import { rawText } from './arbitraries.ts';
import { fixture, readAll, sourceFile } from './reading.ts';

const read = (content: string, name = 'a.csv') => readAll(table, sourceFile(name, content));

describe('what the columns hold is asked with a guess', () => {
  test('the longest column is the text, and the header says the rest', async () => {
    const { questions, documents, complaints } = await readAll(table, fixture('articles.csv'));
    expect(questions).toEqual([
      {
        about: 'columns',
        words: 'Which column has the texts, and what do the others hold?',
        rows: expect.arrayContaining([['date', 'headline', 'body', 'category']]),
        presumed: { text: 2, title: 1, label: 3, meta: [0, 4], hasHeader: true },
      },
    ]);
    expect(documents).toMatchObject([
      {
        ...{ title: 'Prices', text: 'Minister: “Prices fell,\nas I said.”', labels: ['news', 'economy'] },
        ...{ meta: { date: '2026-01-02' }, line: 2 },
      },
      {
        title: 'A long headline',
        text: 'The opposition "denied" it.',
        meta: { date: '2026-01-03', column_5: 'extra' },
        line: 5,
      },
    ]);
    expect(complaints).toEqual([
      'articles.csv, line 4: this row was left out: there is no text in column 3.',
    ]);
  });

  test('what the user says counts', async () => {
    const columns = { text: 1, meta: [3], hasHeader: false };
    const { documents } = await readAll(table, fixture('articles.csv'), { columns });
    expect(documents.map(({ text, meta }) => [text, meta])).toEqual([
      ['headline', { column_4: 'category' }],
      ['Prices', { column_4: 'news; economy' }],
      ['Empty', {}],
      ['A long\nheadline', { column_4: 'news', column_5: 'extra' }],
    ]);
  });

  test.each([
    ['semicolons', 'id;text\n1;He denied it, twice.\n2;She said so, once.\n', 'a.csv'],
    ['tabs', 'id\ttext\n1\tHe denied it, twice.\n2\tShe said so, once.\n', 'a.tsv'],
  ])('cells may be parted by %s', async (_, content, name) => {
    const { documents } = await read(content, name);
    expect(documents.map(({ text, meta }) => [text, meta])).toEqual([
      ['He denied it, twice.', { id: '1' }],
      ['She said so, once.', { id: '2' }],
    ]);
  });

  test('a table without a header loses no row', async () => {
    const { documents } = await read('1,He denied it.\n2,She said so.\n');
    expect(documents.map(({ text }) => text)).toEqual(['He denied it.', 'She said so.']);
  });

  test('a quotation mark that closes before its cell ends costs the row, and is told with its line (B16)', async () => {
    const rows = 'text,label\nBen denied it at once,x\n"No," he said. "Never.",y\n';
    const { documents, complaints } = await read(rows);
    expect(documents.map(({ text }) => text)).toEqual(['Ben denied it at once']);
    expect(complaints).toEqual([
      expect.stringMatching(/^a\.csv, line 3: this row was left out: a quotation mark/),
    ]);
  });

  test('a quotation mark inside a cell opens nothing', async () => {
    const { documents } = await read('text,size\nA 5" disk,3\n"A ""5"" disk",4\n');
    expect(documents.map(({ text }) => text)).toEqual(['A 5" disk', 'A "5" disk']);
  });
});

test('every text comes out as it stands in its cell, however the file arrives (B16)', () =>
  fc.assert(
    fc.asyncProperty(
      fc.array(
        rawText().filter((text) => text.trim() !== ''),
        { minLength: 1, maxLength: 60 },
      ),
      fc.integer({ min: 1, max: 50 }),
      async (texts, chunkBytes) => {
        const content = texts.map((text, index) => csvRow([index, text, 'x'], false)).join('');
        const columns = { text: 1, meta: [0], hasHeader: false };
        const { documents } = await readAll(table, sourceFile('a.csv', content, chunkBytes), { columns });
        expect(documents.map(({ text }) => text)).toEqual(
          texts.map((text) => canonicalText(text.toWellFormed()).text),
        );
        expect(documents.map(({ meta }) => meta)).toEqual(
          texts.map((_, index) => ({ column_1: String(index) })),
        );
      },
    ),
    { numRuns: 40 },
  ));

test('a table that is not UTF-8 is asked about, and a broken line may cost itself', async () => {
  const bytes = new Uint8Array([
    ...Buffer.from('id,text\n1,He denied it.\n2,'),
    0xe9,
    ...Buffer.from('\n3,She said so.\n'),
  ]);
  const { questions } = await readAll(table, sourceFile('a.csv', bytes));
  expect(questions).toEqual([
    expect.objectContaining({
      about: 'encoding',
      choices: expect.arrayContaining([expect.objectContaining({ value: 'utf-8' })]),
    }),
  ]);
  const latin = await readAll(table, sourceFile('a.csv', bytes), { encoding: 'windows-1252' });
  expect(latin.documents.map(({ text }) => text)).toEqual(['He denied it.', 'é', 'She said so.']);
  const { documents, complaints } = await readAll(table, sourceFile('a.csv', bytes), { encoding: 'utf-8' });
  expect(documents.map(({ text }) => text)).toEqual(['He denied it.', 'She said so.']);
  expect(complaints).toEqual([expect.stringContaining('a.csv, line 3: this line is not valid UTF-8')]);
});

test('it takes any table, but is never surer than by the name', async () => {
  expect(table.recognise!(await opening(sourceFile('a.tsv', 'a\tb')))).toBe(certainty.byExtension);
  expect(table.recognise!(await opening(sourceFile('a.txt', 'a,b\n1,2')))).toBe(certainty.no);
});

test('a quoted cell that is closed nowhere is told, with the line on which it opens', async () => {
  const { documents, complaints } = await read(
    'title,text\nOne,He denied it.\nTwo,"She said so\nThree,Gone\n',
  );
  expect(documents.map(({ text }) => text)).toEqual([
    'He denied it.',
    expect.stringMatching(/^She said so\nThree/),
  ]);
  expect(complaints).toEqual([
    'a.csv, line 3: a cell that begins with a quotation mark is closed nowhere, so all lines from here to the end of the file became part of it.',
  ]);
});

test('a row with more cells than a call can have arguments is read (B16)', async () => {
  const { documents } = await read(`${','.repeat(300_000)}He denied it.\n`);
  expect(documents).toMatchObject([{ text: 'He denied it.' }]);
});
