import { describe, expect, test } from 'vitest';
import { certainty } from '../../src/formats/format.ts';
import { pdf } from '../../src/formats/pdf.ts';
import { opening } from '../../src/formats/reading/source-text.ts';
import { pdfOf, type Words } from './pdf-of.ts';
import { readAll, sourceFile } from './reading.ts';

/** Lines below one another, 14 points apart. */
const lines = (left: number, top: number, ...texts: string[]): Words[] =>
  texts.map((text, index) => [text, left, top - 14 * index]);

async function read(bytes: Uint8Array) {
  const { documents, complaints } = await readAll(pdf, sourceFile('a.pdf', bytes));
  return { document: documents[0], text: documents[0]?.text, complaints };
}

const textOf = async (...words: readonly (readonly Words[])[]) => (await read(pdfOf(words))).text;

describe('lines become paragraphs', () => {
  test('where a line goes on below, and its first word did not fit', async () => {
    const text = await textOf(
      lines(
        50,
        700,
        'The minister denied on Monday that',
        'he had known of the letter.',
        'A spokesman said more.',
      ),
    );
    expect(text).toBe(
      'The minister denied on Monday that he had known of the letter.\nA spokesman said more.',
    );
  });

  test('not where there is a gap, an indent, another size or an item', async () => {
    const full = 'The minister denied on Monday that';
    expect(await textOf([...lines(50, 700, full), ...lines(50, 660, full)])).toBe(`${full}\n${full}`);
    expect(await textOf([...lines(50, 700, full), ...lines(70, 686, full)])).toBe(`${full}\n${full}`);
    expect(await textOf([[full, 50, 700, { size: 18 }], ...lines(50, 684, full)])).toBe(`${full}\n${full}`);
    expect(await textOf(lines(50, 700, full, '- denied again on Tuesday and then'))).toBe(
      `${full}\n- denied again on Tuesday and then`,
    );
  });

  test('an item goes on further in than its mark', async () => {
    const text = await textOf([
      ['- The minister denied on Monday that', 50, 700],
      ['he had known of the letter.', 64.4, 686],
    ]);
    expect(text).toBe('- The minister denied on Monday that he had known of the letter.');
  });

  test('a word divided at a line’s end is joined again and counted, a compound keeps its hyphen', async () => {
    const { text, complaints } = await read(
      pdfOf([
        lines(
          50,
          700,
          'The minister denied on Monday the state-',
          'ment of an opponent known for his anti-',
          'European views.',
        ),
      ]),
    );
    expect(text).toBe(
      'The minister denied on Monday the statement of an opponent known for his anti-European views.',
    );
    expect(complaints).toEqual(['a.pdf: words divided at line ends were joined again: 1 hyphen taken out.']);
  });
});

describe('reading order', () => {
  const left = ['The left column is read', 'first from its beginning', 'down to where it ends.'];
  const right = ['The right column comes', 'after it, also when both', 'are drawn row by row.'];

  test('columns are read one after the other, below a heading over both', async () => {
    const rows = left.flatMap((words, index): Words[] => [
      [words, 50, 650 - 14 * index],
      [right[index]!, 320, 650 - 14 * index],
    ]);
    expect(await textOf([...rows, ['A heading that goes right across both of the columns', 50, 700]])).toBe(
      `A heading that goes right across both of the columns\n${left.join(' ')}\n${right.join(' ')}`,
    );
  });

  test('rows of a table are read as rows, with tabs between the cells', async () => {
    const cells: Words[] = [700, 686, 672].flatMap((baseline, index): Words[] => [
      [`Row ${index}`, 50, baseline],
      [`${index}00`, 300, baseline],
    ]);
    expect(await textOf(cells)).toBe('Row 0\t000\nRow 1\t100\nRow 2\t200');
  });

  test('what is drawn in any order is read from above', async () => {
    expect(await textOf([...lines(50, 600, 'Second.'), ...lines(50, 700, 'First.')])).toBe('First.\nSecond.');
  });

  test('words that stand askew come last', async () => {
    expect(await textOf([['Draft', 20, 300, { turned: true }], ...lines(50, 700, 'He denied it.')])).toBe(
      'He denied it.\nDraft',
    );
  });
});

test('pages are parted by an empty line, and those without text are told', async () => {
  const { document, complaints } = await read(
    pdfOf(
      [lines(50, 700, 'One.'), [], [], lines(50, 700, 'Four (4).'), []],
      '/Title (Report) /Author (Anna)',
    ),
  );
  expect(document).toMatchObject({
    title: 'a.pdf',
    text: 'One.\n\n\n\nFour (4).\n',
    meta: { title: 'Report', author: 'Anna' },
    lineKinds: [1, 2, 3, 5].map((line) => ({ line, kind: 'page' })),
  });
  expect(complaints).toEqual(['a.pdf: without text, so empty or a scanned picture: page 2–3, 5.']);
});

test('notes that readers put on a page are counted', async () => {
  const note = '/Annots [<< /Type /Annot /Subtype /Text /Rect [0 0 9 9] /Contents (Really?) >>]';
  expect((await read(pdfOf([lines(50, 700, 'One.')], '', note))).complaints).toEqual([
    'a.pdf: left out: 1 note that a reader put on the pages.',
  ]);
});

describe('a file without text that can be read is one problem (B10)', () => {
  test.each([
    ['scanned', pdfOf([[], []]), /^a\.pdf: this PDF has no text: its pages are empty, or pictures/],
    [
      'damaged',
      Buffer.from('%PDF-1.7 and nothing else'),
      /^a\.pdf: this PDF is damaged and cannot be opened \(/,
    ],
  ])('%s', async (_, bytes, message) => {
    const { document, complaints } = await read(bytes);
    expect(document).toBeUndefined();
    expect(complaints).toEqual([expect.stringMatching(message)]);
  });
});

test('a PDF is told by its beginning', async () => {
  const sure = async (text: string) => pdf.recognise!(await opening(sourceFile('a', text)));
  expect(await sure('%PDF-1.4\n')).toBe(certainty.bySignature);
  expect(await sure('A file begins with %PDF-')).toBe(certainty.no);
});
