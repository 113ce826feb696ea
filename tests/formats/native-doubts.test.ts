import { describe, expect, test } from 'vitest';
import { formatOf } from '../../src/formats/formats.ts';
import { huggingFaceSpans } from '../../src/formats/hugging-face-spans.ts';
import { json } from '../../src/formats/json.ts';
import { opening } from '../../src/formats/reading/source-text.ts';
import { outgoing, readAll, readOne, schemeOf, sourceFile, written } from './reading.ts';

const text = 'He denied it.';

describe('marks of another tool', () => {
  test.each([
    ['label', [{ start: 3, end: 9, text: 'denied', labels: ['denial'] }]],
    ['annotations', [{ begin: 3, type: 'denial' }]],
    ['entities', [[{ start_offset: 3, end_offset: 9 }]]],
    ['ents', [{ start_char: 3, end_char: 9, label_: 'denial' }]],
  ])('under "%s" are told and kept: %j', async (key, marks) => {
    const { document, complaints } = await readOne({ text, [key]: marks });
    expect(complaints).toEqual([
      `the "${key}" of this document look like marks of another tool and were not read as spans; they are kept in its metadata.`,
    ]);
    expect(document?.meta).toEqual({ [key]: marks });
  });

  test.each([
    ['tokens', [{ start: 0, end: 2, text: 'He' }]],
    ['votes', [{ by: 'anna', start: 'noon' }]],
    ['figures', [[1, 2], [3]]],
  ])('are not seen where nobody marked: %s', async (key, value) => {
    const { document, complaints } = await readOne({ text, [key]: value });
    expect(complaints).toEqual([]);
    expect(document?.meta).toEqual({ [key]: value });
  });

  test('are told in what Label Studio exports as JSON_MIN', async () => {
    const item = { id: 1, text, label: [{ start: 3, end: 9, text: 'denied', labels: ['denial'] }] };
    const file = sourceFile('min.json', JSON.stringify([item], null, 1));
    const { complaints } = await readAll(formatOf(await opening(file)), file);
    expect(complaints.join()).toContain('min.json, line 5: the "label" of this document look like marks');
  });
});

describe('offsets of which nothing says what they count', () => {
  const said =
    'the offsets of a span behind “😀” were taken for code points, as the file does not say what they count; ' +
    'if they count something else, add "offset_unit" to this document, such as "offset_unit": "utf16", and import it again.';
  const behind = { start: 5, end: 11, label: 'denial' };

  test('are told where they stand behind a wide character and have no words', async () => {
    const { document, complaints } = await readOne({ text: `😀 ${text}`, spans: [behind] });
    expect(complaints).toEqual([said]);
    const [span] = document!.spans;
    expect(document!.text.slice(span!.start, span!.end)).toBe('denied');
  });

  test.each([
    ['the words of the span', { text: `😀 ${text}`, spans: [{ ...behind, text: 'denied' }] }],
    ['a unit', { text: `😀 ${text}`, offset_unit: 'codepoint', spans: [behind] }],
    ['a place before the character', { text: `${text} 😀`, spans: [{ ...behind, start: 3, end: 9 }] }],
    ['a text without such characters', { text, spans: [{ ...behind, start: 3, end: 9 }] }],
  ])('are not told where there is %s', async (_, document) => {
    expect((await readOne(document)).complaints).toEqual([]);
  });

  test('are those of the whole file where it says so', async () => {
    const whole = { offset_unit: 'codepoint', documents: [{ text: `😀 ${text}`, spans: [behind] }] };
    expect((await readAll(json, sourceFile('a.json', JSON.stringify(whole)))).complaints).toEqual([]);
  });
});

describe('rows of Hugging Face spans', () => {
  const whole = 'Prices fell.\n😀 He denied it.\nNobody spoke.';
  const span = (id: string, start: number, end: number, label: string) => ({
    ...{
      id,
      start,
      end,
      label,
      text: whole.slice(start, end),
      annotator: 'anna',
      attributes: { sure: true },
    },
    ...{ origin: 'hand' as const, createdAt: '2026-01-01T00:00:00Z', updatedAt: '2026-01-01T00:00:00Z' },
  });
  const document = outgoing(whole, {
    spans: [span('s1', 7, 11, 'claim'), span('s2', 16, 18, 'claim'), span('s3', 19, 25, 'denial')],
  });

  test.each(['codepoint', 'utf16', 'byte'] as const)(
    'counted in %s are lines with their spans, and no documents of ours',
    async (unit) => {
      const file = sourceFile(
        'spans.jsonl',
        await written(huggingFaceSpans, [document], schemeOf('claim', 'denial'), { unit }),
      );
      const format = formatOf(await opening(file));
      expect(format.name).toBe('Hugging Face spans');
      const { documents, complaints } = await readAll(format, file);
      expect(complaints).toHaveLength(1);
      expect(complaints[0]).toContain('spans.jsonl, line 1: this file has of its texts only the lines');
      expect(
        documents.map((read) => [
          read.text,
          ...read.spans.map(({ start, end, label }) => `${read.text.slice(start, end)} (${label})`),
        ]),
      ).toEqual([
        ['Prices fell.', 'fell (claim)'],
        ['😀 He denied it.', 'He (claim)', 'denied (denial)'],
      ]);
      expect(documents[0]?.spans[0]).toMatchObject({
        id: 's1',
        annotator: 'anna',
        attributes: { sure: true },
      });
      expect(documents[0]?.meta).toEqual({ document: 'd1' });
    },
  );

  test('in a list are left out, not taken for documents', async () => {
    const row = { text: 'denied', context: text, start: 3, end: 9, label: 'denial' };
    const { documents, complaints } = await readAll(json, sourceFile('a.json', JSON.stringify([row])));
    expect(documents).toEqual([]);
    expect(complaints).toEqual([
      'a.json, line 1: this document was left out: it is one span with the lines around it, and no document.',
    ]);
  });

  test('that do not fit cost themselves only', async () => {
    const row = { text: 'denied', context: text, start: 3, end: 9, label: 'denial' };
    const rows = [row, { ...row, start: 4 }, { ...row, offset_unit: 'inch' }, { text }, 'x'];
    const file = sourceFile('a.jsonl', rows.map((one) => JSON.stringify(one)).join('\n'));
    const { documents, complaints } = await readAll(huggingFaceSpans, file);
    expect(documents.map(({ spans }) => spans.length)).toEqual([1]);
    expect(complaints.map((complaint) => complaint.slice(0, 60)).sort()).toEqual(
      [
        'a.jsonl, line 1: this file has of its texts only the lines in',
        'a.jsonl, line 2: this span (denial) was left out: its words ',
        'a.jsonl, line 3: this span was left out: its "offset_unit" is',
        'a.jsonl, line 4: this span was left out: it has no "context",',
        'a.jsonl, line 5: this document was left out: it is not an obj',
      ].map((complaint) => complaint.slice(0, 60)),
    );
  });
});
