import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { huggingFaceTokens } from '../../src/formats/hugging-face-tokens.ts';
import { opening } from '../../src/formats/reading/source-text.ts';
import { document } from './arbitraries.ts';
import { fixture, outgoing, readAll, schemeOf, sourceFile, written } from './reading.ts';
import { thereAndBack, words } from './token-rows.ts';

describe('rows of tokens for Hugging Face', () => {
  test('are known by tokens and tags', async () => {
    expect(huggingFaceTokens.recognise!(await opening(fixture('tokens.jsonl')))).toBe(2);
    const other = sourceFile('a.jsonl', '{"text":"a","tokens":[{"text":"a"}]}\n');
    expect(huggingFaceTokens.recognise!(await opening(other))).toBe(0);
  });

  test('are read as far as they go, and each line that is broken is named', async () => {
    const { documents, complaints } = await readAll(huggingFaceTokens, fixture('tokens.jsonl'));
    expect(complaints).toEqual([
      'tokens.jsonl, line 3: the words of this line came in without marks: its tags are numbers, whose names stand in another file. Write the names in their place.',
      'tokens.jsonl, line 4: this line was left out: its "tokens" are no list of words.',
      'tokens.jsonl, line 5: this line has 2 words and 3 tags; what is left over was passed over.',
      'tokens.jsonl, line 5: at word 2 “I-b” goes on with no mark, and begins one.',
      'tokens.jsonl, line 6: this line is not JSON and was left out: at column 11 a value should stand here.',
    ]);
    const said = documents.map(({ id, text, spans, meta }) => [
      id,
      spans.map(({ start, end, label }) => `${text.slice(start, end)} (${label})`),
      meta,
    ]);
    expect(said).toEqual([
      ['0', ['Ada (person)', 'denied it (denial)'], { split: 'train', tagging: 'BIO' }],
      ['1', ['They (act)'], { tagging: 'IOB1' }],
      ['2', [], { ner_tags: [1, 0] }],
      [undefined, ['one (a)', 'two (b)'], { tagging: 'BIO' }],
    ]);
  });

  test('are written a document a line', async () => {
    const text = 'They\u2028 deny it.';
    const span = {
      ...{ id: 'a', start: 6, end: 13, text: 'deny it', label: 'an act', annotator: 'me', attributes: {} },
      ...({ origin: 'hand', createdAt: '', updatedAt: '' } as const),
    };
    expect(
      await written(huggingFaceTokens, [outgoing(text, { spans: [span] })], schemeOf(), { tagging: 'BIOES' }),
    ).toBe('{"id":"d1","tokens":["They","deny","it","."],"ner_tags":["O","B-an act","E-an act","O"]}\n');
  });

  test('have the words of every text and of the marks that they hold', async () => {
    await fc.assert(
      fc.asyncProperty(document, async (whole) => {
        if (words(whole.text) === '' || whole.text.includes('\uFEFF')) return;
        const { texts, spans, held, problems } = await thereAndBack(huggingFaceTokens, whole);
        expect(problems).toEqual([]);
        expect(texts).toEqual([words(whole.text), words(whole.text)]);
        expect(spans).toEqual([held, held]);
      }),
      { numRuns: 40 },
    );
  });
});
