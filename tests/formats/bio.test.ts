import fc from 'fast-check';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { bio } from '../../src/formats/bio.ts';
import { formatOf } from '../../src/formats/formats.ts';
import { opening } from '../../src/formats/reading/source-text.ts';
import { decodeTags, taggingOf } from '../../src/formats/reading/tags.ts';
import { document } from './arbitraries.ts';
import { fixture, outgoing, readAll, schemeOf, sourceFile, writeOptions, writtenFiles } from './reading.ts';
import { thereAndBack, words } from './token-rows.ts';

const marks = ({ documents }: Awaited<ReturnType<typeof readAll>>) =>
  documents.map(({ text, spans }) =>
    spans.map(({ start, end, label }) => `${text.slice(start, end)} (${label})`),
  );

describe('tags', () => {
  test.each([
    ['BIO', ['B-a', 'I-a', 'O', 'B-a', 'B-a'], ['0-1 a', '3-3 a', '4-4 a']],
    ['IOB1', ['I-a', 'I-a', 'B-a', 'O', 'I-b'], ['0-1 a', '2-2 a', '4-4 b']],
    ['BIOES', ['B-a', 'I-a', 'E-a', 'S-a', 'O', 'S-b'], ['0-2 a', '3-3 a', '5-5 b']],
    ['BIOES', ['B-a', 'L-a', 'U-b'], ['0-1 a', '2-2 b']],
  ] as const)('of %s are told and read: %j', (tagging, tags, spans) => {
    expect(taggingOf([tags])).toBe(tagging);
    const decoded = decodeTags(tags, tagging);
    expect(decoded.faults).toEqual([]);
    expect(decoded.spans.map(({ first, last, label }) => `${first}-${last} ${label}`)).toEqual(spans);
  });

  test.each([
    ['BIO', ['O', 'I-a', 'I-a'], ['1-2 a'], ['1: “I-a” goes on with no mark, and begins one']],
    ['BIO', ['B-a', 'I-b'], ['0-0 a', '1-1 b'], ['1: “I-b” goes on with no mark, and begins one']],
    ['BIOES', ['B-a', 'I-a', 'O'], ['0-1 a'], ['1: the mark “a” has no end, and ends here']],
    ['BIOES', ['E-a', 'S-a'], ['0-0 a', '1-1 a'], ['0: “E-a” goes on with no mark, and begins one']],
    [
      'BIO',
      ['a', 'a', 'B-a'],
      ['0-1 a', '2-2 a'],
      [
        '0: “a” says not whether a mark begins or goes on',
        '1: “a” says not whether a mark begins or goes on',
      ],
    ],
  ] as const)('that break the rules of %s are repaired: %j', (tagging, tags, spans, faults) => {
    const decoded = decodeTags(tags, tagging);
    expect(decoded.spans.map(({ first, last, label }) => `${first}-${last} ${label}`)).toEqual(spans);
    expect(decoded.faults.map(({ index, fault }) => `${index}: ${fault}`)).toEqual(faults);
  });
});

describe('a file of words and tags', () => {
  test('is known by its two columns', async () => {
    expect(bio.recognise!(await opening(fixture('broken.bio')))).toBe(2);
    const tagged = 'JAPAN\tB-LOC\nGET\tO\nLUCKY\tO\n';
    for (const name of ['a.conll', 'a.txt', 'a.tsv'])
      expect(bio.recognise!(await opening(sourceFile(name, tagged)))).toBe(2);
    expect(bio.recognise!(await opening(sourceFile('a.txt', 'I am\nnot O\nat all\n')))).toBe(0);
    expect(bio.recognise!(await opening(sourceFile('a.tsv', 'title\ttext\na\tb\n')))).toBe(0);
  });

  test('is known by a tag that stands behind many words without one', async () => {
    const rows = `${'word O\n'.repeat(60)}Paris B-LOC\n`;
    for (const name of ['train.txt', 'a.tsv', 'eng.testa'])
      expect(formatOf(await opening(sourceFile(name, rows))).name).toBe('BIO');
    const four = `${'word NN B-NP O\n'.repeat(60)}Paris NNP B-NP B-LOC\n`;
    for (const name of ['train.txt', 'eng.testb'])
      expect(formatOf(await opening(sourceFile(name, four))).name).toBe('CoNLL 2003');
  });

  test.each(['train', 'dev', 'test', 'testa', 'testb', 'valid'])(
    'is known by .%s, and prose that is called so is none',
    async (extension) => {
      const name = `eng.${extension}`;
      expect(formatOf(await opening(sourceFile(name, 'word O\nmore O\n'))).name).toBe('BIO');
      const prose = 'He denied it.\nWe flew from A to O\n# Notes\nVitamin B-12\nand more.\n';
      expect(formatOf(await opening(sourceFile(name, prose))).name).toBe('Plain text');
    },
  );

  test('may have comments, which are told once and are no words', async () => {
    const file = sourceFile(
      'a.bio',
      '# from the archive of 1998\nParis B-LOC\n# O\n# checked twice\nfell O\n',
    );
    const { documents, complaints } = await readAll(bio, file);
    expect(documents.map(({ text }) => text)).toEqual(['Paris # fell']);
    expect(complaints).toEqual([
      'a.bio, line 1: comments like the one on this line have no place here, and were skipped.',
    ]);
  });

  test('is read as far as it goes, and each line that is broken is named', async () => {
    const read = await readAll(bio, fixture('broken.bio'));
    expect(read.complaints).toEqual([
      'broken.bio, line 2: comments like the one on this line have no place here, and were skipped.',
      'broken.bio, line 5: what stands between the words and their tags, such as parts of speech, has no place here, and was skipped.',
      'broken.bio, line 6: this line is not a word and its tag; its words are kept without a mark.',
      'broken.bio, line 3: “I-PER” goes on with no mark, and begins one.',
      'broken.bio, line 3: the mark “PER” has no end, and ends here.',
      'broken.bio, line 5: “E-claim” goes on with no mark, and begins one.',
      'broken.bio, line 10: “I-LOC” goes on with no mark, and begins one.',
    ]);
    expect(read.documents).toMatchObject([
      { id: 'a', text: 'Ada denied it here not a row at all', meta: { tagging: 'BIOES' } },
      { id: 'b', text: 'She left', meta: { tagging: 'BIO' } },
    ]);
    expect(marks(read)).toEqual([
      ['Ada (PER)', 'it here (claim)'],
      ['She (PER)', 'left (LOC)'],
    ]);
  });

  const text = 'They deny it.';
  const span = (start: number, end: number, label: string) => ({
    ...{ id: `${start}`, start, end, text: text.slice(start, end), label, annotator: 'me', attributes: {} },
    ...({ origin: 'hand', createdAt: '', updatedAt: '' } as const),
  });

  test('says what goes: overlaps by policy, words that are cut, spans without words', async () => {
    const whole = outgoing(text, {
      spans: [
        span(0, 9, 'claim'),
        span(5, 12, 'denial'),
        span(4, 5, 'claim'),
        span(10, 13, 'an act'),
        span(2, 3, 'cut'),
      ],
    });
    const { texts, losses } = await writtenFiles(
      bio,
      [whole],
      writeOptions(schemeOf(), { overlap: 'first' }),
    );
    expect(texts['']).toBe('-DOCSTART-\tO\n\nThey\tB-claim\ndeny\tI-claim\nit\tB-an_act\n.\tI-an_act\n\n');
    expect(losses).toEqual({
      'spans that cover no word or sign': 1,
      'spans that begin or end inside a word or in white space, which become whole words': 1,
      'spans that overlap another': 2,
      'labels with white space, which becomes “_”': 1,
      'documents’ annotators': 1,
      'documents’ status': 1,
    });
  });

  test('counts what becomes the same word as another label', async () => {
    const spans = [span(0, 4, 'an_act'), span(5, 9, 'an act'), span(10, 12, 'a claim')];
    const scheme = schemeOf('an_act', 'an act', 'a claim');
    const { losses } = await writtenFiles(bio, [outgoing(text, { spans })], writeOptions(scheme));
    expect(losses).toMatchObject({
      'labels with white space, which becomes “_”': 2,
      'spans whose label becomes the same word as another label': 1,
    });
  });

  test.each(['BIO', 'BIOES', 'IOB1'] as const)(
    'in %s has the words of every text and of the marks that it holds',
    async (tagging) => {
      await fc.assert(
        fc.asyncProperty(document, async (whole) => {
          const { texts, spans, held, problems } = await thereAndBack(bio, whole, { tagging });
          if (words(whole.text) === '' || whole.text.includes('\uFEFF')) return;
          expect(problems).toEqual([]);
          expect(texts).toEqual([words(whole.text), words(whole.text)]);
          expect(spans).toEqual([held, held]);
        }),
        { numRuns: 30 },
      );
    },
  );
});

const samples = join(import.meta.dirname, '../../../shared/samples/doccano');
const readSample = (name: string) =>
  readAll(bio, sourceFile(name, readFileSync(join(samples, name), 'utf8')));

describe.skipIf(!existsSync(samples))('doccano’s files', () => {
  test('its example is read', async () => {
    const read = await readSample('example.conll');
    expect(read.complaints).toEqual([]);
    expect(read.documents).toMatchObject([{ text: 'JAPAN GET\nNadim Ladki' }]);
    expect(marks(read)).toEqual([['JAPAN (LOC)', 'Nadim Ladki (PER)']]);
  });

  test('blank lines at the end are nothing', async () => {
    const read = await readSample('labeling.trailing.conll');
    expect(read.complaints).toEqual([]);
    expect(marks(read)).toEqual([['JAPAN (LOC)', 'CHINA (PER)']]);
  });

  test('the broken line is named, and the rest is read', async () => {
    const read = await readSample('labeling.invalid.conll');
    expect(read.complaints).toEqual([
      'labeling.invalid.conll, line 1: this line is not a word and its tag; its words are kept without a mark.',
    ]);
    expect(marks(read)).toEqual([
      ['JAPAN (LOC)', 'CHINA (PER)', 'Nadim Ladki (PER)', 'AL-AIN (LOC)', 'United Arab Emirates (LOC)'],
    ]);
  });
});
