import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { csv } from '../../src/formats/csv.ts';
import { certainty } from '../../src/formats/format.ts';
import { opening } from '../../src/formats/reading/source-text.ts';
import { offsetUnits } from '../../src/formats/units.ts';
import { csvRow, plainCell } from '../../src/formats/writing/cells.ts';
import { brought, carried, filledDocument, randomScheme } from './carried.ts';
import {
  fixture,
  goingOut,
  outgoing,
  readAll,
  schemeOf,
  sourceFile,
  writeOptions,
  writtenFiles,
} from './reading.ts';

const documents = fc.uniqueArray(filledDocument, {
  minLength: 1,
  maxLength: 3,
  selector: ({ document: { id } }) => id,
});

const read = (texts: Readonly<Record<string, string>>) => {
  const [spans, ...others] = ['spans.csv', 'documents.csv', 'relations.csv'].map((name) =>
    sourceFile(name, texts[name]!),
  );
  return readAll(csv, spans!, {}, others);
};

test.each([true, false])(
  'what is written is read again as it was, with formulas neutralised or not: %s',
  (safeCells) =>
    fc.assert(
      // In graphemes there is no place for every offset.
      fc.asyncProperty(documents, fc.constantFrom(...offsetUnits.slice(0, 3)), async (marked, unit) => {
        const options = writeOptions(randomScheme, { unit, safeCells });
        const { texts } = await writtenFiles(csv, marked, options);
        const { documents: again, complaints } = await read(texts);
        expect(complaints).toEqual([]);
        expect(again.map(brought)).toEqual(marked.map(carried));
        expect((await writtenFiles(csv, again.map(goingOut), options)).texts).toEqual(texts);
      }),
      { numRuns: 40 },
    ),
);

describe('cells that a spreadsheet would run (B17)', () => {
  test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '＝1'])(
    '%j is neutralised, and read as it was',
    (cell) => {
      expect(csvRow([cell], true)).toMatch(/^"?'/);
      expect(csvRow([cell], false)).not.toMatch(/^"?'/);
      expect(plainCell(`'${cell}`)).toBe(cell);
    },
  );

  test('an apostrophe that was there stays there', () => {
    for (const isSafe of [true, false])
      for (const cell of ["'=1", "''=1", "'tis", "'"])
        expect(plainCell(csvRow([cell], isSafe).replace(/\r\n$/, ''))).toBe(cell);
  });

  test('numbers are numbers', () => {
    expect(csvRow([-1, 12], true)).toBe('-1,12\r\n');
  });
});

describe('files that were touched', () => {
  test('spans need their texts', async () => {
    expect((await readAll(csv, fixture('spans.csv'))).complaints).toEqual([
      'spans.csv: nothing could be read from this file: it has no texts. Import it together with the documents.csv that was exported with it.',
    ]);
    expect(csv.companions?.('a/spans.csv')).toEqual(['a/documents.csv', 'a/relations.csv']);
    expect(csv.companions?.('a/documents.csv')).toEqual([]);
  });

  test('a table beside it that is another one is not passed over in silence', async () => {
    const others = [fixture('documents.csv'), sourceFile('relations.csv', 'from,to\nAda,Ben\n')];
    const { documents: all, complaints } = await readAll(csv, fixture('spans.csv'), {}, others);
    expect(all.length).toBeGreaterThan(0);
    expect(complaints).toContain(
      'relations.csv: this table was left out: it is not the one that was exported with the spans beside it. Import it by itself, in another folder or under another name.',
    );
  });

  test('documents alone are read, and it is said that they have no spans', async () => {
    const { documents: alone, complaints } = await readAll(csv, fixture('documents.csv'));
    expect(alone).toHaveLength(1);
    expect(complaints).toEqual([
      'documents.csv: the spans of these documents are in spans.csv, which did not come along, so they have none.',
    ]);
  });

  test('a unit, a status and attributes that make no sense are told, and no span is placed by guessing', async () => {
    const table =
      'id,title,text,offset_unit,status,labels,note,meta\nd1,a,He denied it.,inch,finished,,,once\n';
    const spans =
      'document,title,id,start,end,text,label,annotator,attributes,note\nd1,a,s1,3,9,denied,denial,anna,loud,\nd1,a,s2,0,2,,claim,anna,,\n';
    const { documents: all, complaints } = await readAll(csv, sourceFile('spans.csv', spans), {}, [
      sourceFile('documents.csv', table),
    ]);
    expect(all[0]?.spans).toMatchObject([{ id: 's1', attributes: { attributes: 'loud' } }]);
    expect(all[0]?.spans).toHaveLength(1);
    expect(all[0]?.meta).toEqual({ meta: 'once' });
    expect(complaints).toEqual([
      'documents.csv, line 2: the status “finished” of this document is none of todo, in_progress, done, skipped and was ignored.',
      'spans.csv, line 2: the cell “attributes” of this row holds no JSON object and is kept as text.',
      'documents.csv, line 2: the offset_unit “inch” of this document is none of codepoint, utf16, byte, grapheme; its spans were read where their words stand at their offsets in code points.',
      'spans.csv, line 3: this span was left out: it has no words, and it is not known what its offsets count.',
      'documents.csv, line 2: the cell “meta” of this row holds no JSON object and is kept as text.',
    ]);
  });

  test('an id that stands twice is said', async () => {
    const content = 'id,title,text,offset_unit\nd1,a,He denied it.,codepoint\nd1,b,She said so.,codepoint\n';
    const { documents: both, complaints } = await readAll(csv, sourceFile('documents.csv', content));
    expect(both).toHaveLength(2);
    expect(complaints.slice(1)).toEqual([
      'documents.csv, line 3: the id “d1” stands here twice; the spans and relations with it went to the first document.',
    ]);
  });

  test('what is broken is said with its line; columns that were added are attributes (B16)', async () => {
    const { documents: all, complaints } = await readAll(csv, fixture('spans.csv'), {}, [
      fixture('documents.csv'),
      fixture('relations.csv'),
    ]);
    expect(all[0]?.text).toBe('He said: “Prices fell.”\nThey deny that.');
    expect(all[0]?.spans).toMatchObject([
      {
        id: 's1',
        label: 'claim',
        annotator: 'anna',
        attributes: { speaker: ['he'], checked: 'yes' },
        note: 'Two\nlines',
      },
    ]);
    expect(complaints).toEqual([
      'spans.csv, line 6: this row has 12 cells and the table 11 columns; the last ones were left out.',
      'spans.csv, line 4: this span was left out: its start “x” is not a whole number.',
      'spans.csv, line 5: span 2 was left out: it has no label.',
      'relations.csv, line 2: relation 1 was left out: “s9” is not a span of this document, or one that was left out.',
      'spans.csv, line 6: this span was left out: no row of documents.csv has the id “d9”.',
    ]);
  });
});

test('a line break in a quoted cell is no end of a row', async () => {
  const { texts } = await writtenFiles(csv, [outgoing('a "b"\n\nc,d')], writeOptions(schemeOf()));
  expect(texts['documents.csv']).toContain('d1,report.txt,"a ""b""\n\nc,d",codepoint,todo,,,\r\n');
});

test('it knows its own tables alone', async () => {
  const sure = async (content: string) => csv.recognise!(await opening(sourceFile('a.csv', content)));
  for (const name of ['spans.csv', 'documents.csv', 'relations.csv'])
    expect(csv.recognise!(await opening(fixture(name)))).toBe(certainty.bySignature);
  expect(await sure('id,title,text\n')).toBe(certainty.no);
});
