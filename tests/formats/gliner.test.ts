import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { gliner } from '../../src/formats/gliner.ts';
import { opening } from '../../src/formats/reading/source-text.ts';
import { document } from './arbitraries.ts';
import {
  fixture,
  outgoing,
  readAll,
  schemeOf,
  sourceFile,
  written,
  writeOptions,
  writtenFiles,
} from './reading.ts';
import { thereAndBack, words } from './token-rows.ts';

describe('a GLiNER file', () => {
  test('is known by its words', async () => {
    expect(gliner.recognise!(await opening(fixture('gliner.json')))).toBe(2);
    expect(gliner.recognise!(await opening(sourceFile('a.json', '[{"text":"a"}]')))).toBe(0);
    expect(gliner.recognise!(await opening(sourceFile('a.txt', '["tokenized_text": []]')))).toBe(0);
  });

  test('is read with marks that overlap and relations, and what is broken is named', async () => {
    const { documents, complaints } = await readAll(gliner, fixture('gliner.json'));
    expect(complaints).toEqual([
      'gliner.json, line 4: mark 1 was left out: its last word 2 lies behind the text, which has 2 words.',
      'gliner.json, line 4: mark 2 was left out: its first word 1 comes after its last 0.',
      'gliner.json, line 4: mark 3 was left out: it is not [first, last, label].',
      'gliner.json, line 5: relation 1 was left out: “0” is not a span of this document, or one that was left out.',
      'gliner.json, line 7: this document was left out: its "tokenized_text" is no list of words.',
    ]);
    const said = documents.map(({ text, spans }) =>
      spans.map(({ start, end, label }) => `${text.slice(start, end)} (${label})`),
    );
    expect(said).toEqual([
      ['Ada (person)', 'denied it (denial)', 'Ada denied it . (claim)'],
      ['They (person)'],
    ]);
    expect(documents[0]!.relations).toMatchObject([{ head: '0', child: '1', label: 'says' }]);
    expect(documents[0]!.meta).toEqual({ split: 'train' });
    expect(documents[1]!.relations).toMatchObject([{ head: '3', child: '3', label: 'is' }]);
  });

  test('with an object a line is read as well', async () => {
    const lines = '{"tokenized_text":["Ada"],"ner":[[0,0,"person"]]}\n{"tokenized_text"\n';
    const { documents, complaints } = await readAll(gliner, sourceFile('a.jsonl', lines));
    expect(documents).toMatchObject([{ text: 'Ada', spans: [{ label: 'person' }] }]);
    expect(complaints).toEqual([
      'a.jsonl, line 2: this line is not JSON and was left out: at column 18 a colon should stand here.',
    ]);
  });

  test.each([
    ['{}', 'a.json, line 1: this document was left out: its "tokenized_text" is no list of words.'],
    ['"a"', 'a.json, line 1: this file is no list of documents.'],
    ['[\n1,]', 'a.json, line 2: this file is not JSON: at column 3 a value should stand here.'],
  ])('that is none is one problem: %j', async (content, complaint) => {
    expect((await readAll(gliner, sourceFile('a.json', content))).complaints).toEqual([complaint]);
  });

  test('is written as a list, its last words counted in', async () => {
    const text = 'They deny it.';
    const span = (id: string, start: number, end: number) => ({
      ...{ id, start, end, text: text.slice(start, end), label: 'claim', annotator: 'me', attributes: {} },
      ...({ origin: 'hand', createdAt: '', updatedAt: '' } as const),
    });
    const relation = { id: 'r', label: 'denies', annotator: 'me', attributes: {} };
    const whole = outgoing(text, {
      spans: [span('a', 5, 13), span('b', 0, 7), span('c', 4, 5)],
      relations: [
        { ...relation, head: 'a', child: 'b' },
        { ...relation, id: 's', head: 'a', child: 'c' },
      ],
    });
    const { texts, losses } = await writtenFiles(
      gliner,
      [whole, outgoing('So.')],
      writeOptions(schemeOf('claim')),
    );
    expect(texts['']).toBe(
      '[\n{"tokenized_text":["They","deny","it","."],"ner":[[0,1,"claim"],[1,3,"claim"]],"relations":[[1,0,"denies"]]},\n{"tokenized_text":["So","."],"ner":[]}\n]\n',
    );
    expect(losses).toEqual({
      'spans that cover no word or sign': 1,
      'spans that begin or end inside a word or in white space, which become whole words': 1,
      'relations of spans that cover no word or sign': 1,
      'documents’ annotators': 1,
      'documents’ status': 2,
    });
    expect(await written(gliner, [], schemeOf())).toBe('[]\n');
  });

  test('has the words of every text and of the marks that it holds', async () => {
    await fc.assert(
      fc.asyncProperty(document, async (whole) => {
        if (words(whole.text) === '' || whole.text.includes('\uFEFF')) return;
        const { texts, spans, held, problems } = await thereAndBack(gliner, whole);
        expect(problems).toEqual([]);
        expect(texts).toEqual([words(whole.text), words(whole.text)]);
        expect(spans).toEqual([held, held]);
      }),
      { numRuns: 40 },
    );
  });
});
