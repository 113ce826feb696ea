import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { conll } from '../../src/formats/conll.ts';
import { bio } from '../../src/formats/bio.ts';
import { opening } from '../../src/formats/reading/source-text.ts';
import { document } from './arbitraries.ts';
import { fixture, outgoing, readAll, schemeOf, sourceFile, written } from './reading.ts';
import { thereAndBack, words } from './token-rows.ts';

const marks = ({ documents }: Awaited<ReturnType<typeof readAll>>) =>
  documents.map(({ text, spans }) =>
    spans.map(({ start, end, label }) => `${text.slice(start, end)} (${label})`),
  );

describe('a file of CoNLL 2003', () => {
  test('is known by its four columns', async () => {
    expect(conll.recognise!(await opening(fixture('iob1.conll')))).toBe(2);
    expect(bio.recognise!(await opening(fixture('iob1.conll')))).toBe(0);
    expect(conll.recognise!(await opening(sourceFile('a.txt', 'We like it here\n')))).toBe(0);
    expect(conll.recognise!(await opening(sourceFile('a.conll', 'JAPAN\tB-LOC\n')))).toBe(0);
  });

  test('without boundaries is one document, its IOB1 told', async () => {
    const read = await readAll(conll, fixture('iob1.conll'));
    expect(read.documents).toMatchObject([
      { title: 'iob1.conll', text: 'U.N. official Ekeus heads\nGermany France', meta: { tagging: 'IOB1' } },
    ]);
    expect(marks(read)).toEqual([['U.N. (ORG)', 'Ekeus (PER)', 'Germany (LOC)', 'France (LOC)']]);
    expect(read.complaints).toEqual([
      'iob1.conll, line 1: what stands between the words and their tags, such as parts of speech, has no place here, and was skipped.',
    ]);
  });

  test('has a document for each boundary', async () => {
    const read = await readAll(conll, fixture('two-documents.conll'));
    expect(read.complaints).toEqual([]);
    expect(marks(read)).toEqual([['prices fell (claim)'], ['denied (denial)']]);
    expect(read.documents).toMatchObject([
      { text: 'Minister said prices fell .', meta: { tagging: 'BIO' }, line: 3 },
      { text: 'Opposition denied it', line: 11 },
    ]);
  });

  test('is written with a line for each word, and a blank one after each line of the text', async () => {
    const text = 'Prices fell.\nThey deny it.';
    const span = {
      ...{
        id: 'a',
        start: 7,
        end: 22,
        text: 'fell.\nThey deny',
        label: 'claim',
        annotator: 'me',
        attributes: {},
      },
      ...({ origin: 'hand', createdAt: '', updatedAt: '' } as const),
    };
    const over = [outgoing(text, { spans: [span] }), outgoing(text)];
    expect(await written(conll, over, schemeOf('claim'), { tagging: 'BIOES' })).toBe(
      [
        ...['-DOCSTART- -X- O O', '', 'Prices -X- O O', 'fell -X- O B-claim', '. -X- O I-claim'],
        ...['They -X- O I-claim', 'deny -X- O E-claim', 'it -X- O O', '. -X- O O', ''],
        ...['-DOCSTART- -X- O O', '', 'Prices -X- O O', 'fell -X- O O', '. -X- O O', ''],
        ...['They -X- O O', 'deny -X- O O', 'it -X- O O', '. -X- O O', '', ''],
      ].join('\n'),
    );
  });

  test('has the words of every text and of the marks that it holds', async () => {
    await fc.assert(
      fc.asyncProperty(document, async (whole) => {
        const { texts, spans, held, problems } = await thereAndBack(conll, whole);
        if (words(whole.text) === '' || whole.text.includes('\uFEFF')) return;
        expect(problems).toEqual([]);
        expect(texts).toEqual([words(whole.text), words(whole.text)]);
        expect(spans).toEqual([held, held]);
      }),
      { numRuns: 40 },
    );
  });
});
