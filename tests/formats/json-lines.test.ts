import { describe, expect, test } from 'vitest';
import { jsonLines } from '../../src/formats/json-lines.ts';
import { emptyScheme } from '../../src/core/scheme.ts';
import { annotated, span } from '../annotated.ts';
import { fixture, goingOut, outgoing, readAll, schemeOf, sourceFile, written } from './reading.ts';

describe('reading', () => {
  test('a document a line, whatever the line ends, with blank lines between', async () => {
    const { documents, problems } = await readAll(jsonLines, fixture('three-reports.jsonl'));
    expect(problems).toEqual([]);
    expect(documents.map(({ id, line, status }) => [id, line, status])).toEqual([
      ['d1', 1, 'done'],
      ['d2', 3, 'todo'],
      ['d3', 5, 'in_progress'],
    ]);
  });

  test('spans come with offsets into the text, attributes and notes', async () => {
    const { documents } = await readAll(jsonLines, fixture('three-reports.jsonl', 1));
    const [first] = documents;
    const marked = first?.spans.map(({ start, end }) => first.text.slice(start, end));
    expect(marked).toEqual(['Stay out', 'They deny that']);
    expect(first?.spans[1]).toEqual({
      id: 'd1-s1',
      start: 24,
      end: 38,
      label: 'denial',
      annotator: 'anna',
      attributes: { speaker: ['Turkey'], target: ['Armenia'] },
      note: 'the second sentence only',
    });
    expect(first?.relations).toEqual([
      { id: 'r1', head: 'd1-s1', child: 'd1-s2', label: 'denies', annotator: 'anna', attributes: {} },
    ]);
    expect(documents[1]?.meta).toEqual({ source: 'wire' });
  });

  test('what is wrong with a line is said with its number, and the others are read (B15)', async () => {
    const { documents, complaints } = await readAll(jsonLines, fixture('broken-lines.jsonl'));
    expect(complaints).toEqual([
      'broken-lines.jsonl, line 2: this line is not JSON and was left out: at column 24 a closing brace } is missing.',
      'broken-lines.jsonl, line 4: this document was left out: it is not an object.',
      'broken-lines.jsonl, line 5: this document was left out: its "text" is missing.',
      'broken-lines.jsonl, line 6: this line is not valid UTF-8 at line 6; save the file as UTF-8 and import it again.',
      'broken-lines.jsonl, line 7: this document was left out: its "offset_unit" is none of codepoint, utf16, byte, grapheme.',
      'broken-lines.jsonl, line 8: this document was left out: it is not an object.',
      'broken-lines.jsonl, line 9: this line is not JSON and was left out: at column 24 this word is not known in JSON.',
    ]);
    expect(documents.map(({ line, title }) => [line, title])).toEqual([
      [1, 'He denied it.'],
      [10, 'It holds.'],
    ]);
  });

  test.each([
    ["{'text': 'He denied it.'}", 2, 'this word is not known in JSON'],
    ['{"text":"He denied it.",}', 25, 'a name in double quotes should stand here'],
    ['{"text":"He denied it." // no', 25, 'comments are not allowed'],
    ['{"text":"He denied it.', 9, 'a string is not closed'],
    ['{"text":"He \tdenied it."}', 9, 'a control character in a string must be escaped'],
    ['{"text":"He \\denied it."}', 9, 'this is not an escape'],
    ['{"text" "He denied it."}', 9, 'a colon should stand here'],
    ['{"text":NaN}', 9, 'this word is not known in JSON'],
    ['{"text":"😀"} {"text":"two"}', 14, 'nothing more should stand here'],
  ])('%s breaks off at column %i (B14)', async (line, column, reason) => {
    const { complaints } = await readAll(jsonLines, sourceFile('a.jsonl', line));
    expect(complaints).toEqual([
      `a.jsonl, line 1: this line is not JSON and was left out: at column ${column} ${reason}.`,
    ]);
  });

  test('a byte order mark between files that were put together disturbs nothing', async () => {
    const { documents } = await readAll(
      jsonLines,
      sourceFile('a.jsonl', '\uFEFF{"text":"one"}\n\uFEFF{"text":"two"}'),
    );
    expect(documents.map(({ text }) => text)).toEqual(['one', 'two']);
  });

  test('a file with blank lines only has no text', async () => {
    const { complaints } = await readAll(jsonLines, sourceFile('a.jsonl', '\n  \r\n'));
    expect(complaints).toEqual(['a.jsonl: this file has no text.']);
  });
});

describe('writing', () => {
  const scheme = schemeOf('claim', 'denial');

  test('the fields stand in their fixed order, offsets in code points', async () => {
    const { text, spans } = annotated('😀 [Nobody [came](denial)](claim), they say');
    const [claim, denial] = spans;
    const relation = {
      id: 'r1',
      head: 's1',
      child: 's2',
      label: 'denies',
      annotator: 'anna',
      attributes: {},
    };
    const noted = { ...claim!, note: 'a note', attributes: { certainty: 'high' } };
    const line = await written(
      jsonLines,
      [outgoing(text, { spans: [denial!, noted], relations: [relation] })],
      scheme,
    );
    expect(line).toBe(
      '{"id":"d1","title":"report.txt","text":"😀 Nobody came, they say","offset_unit":"codepoint",' +
        '"text_sha256":"8e01596c9b3ac32bf501e95986242c45f250a6682e7ddfa49a6988ea210e1709","meta":{},"status":"todo","spans":[' +
        '{"id":"s2","start":2,"end":13,"text":"Nobody came","label":"claim","annotator":"anna","attributes":{"certainty":"high"},"note":"a note"},' +
        '{"id":"s1","start":9,"end":13,"text":"came","label":"denial","annotator":"anna","attributes":{}}],' +
        '"relations":[{"id":"r1","head":"s1","child":"s2","label":"denies","annotator":"anna"}]}\n',
    );
  });

  test('spans are sorted by start, then longest first, then id; relations by id', async () => {
    const text = 'Nobody came.';
    const at = (start: number, end: number, id: string) => span({ start, end, id }, text);
    const spans = [at(7, 11, 'z'), at(0, 6, 'b'), at(0, 11, 'c'), at(0, 6, 'a')];
    const link = (id: string) => ({
      id,
      head: 'a',
      child: 'b',
      label: 'denies',
      annotator: 'anna',
      attributes: {},
    });
    const line = await written(
      jsonLines,
      [outgoing(text, { spans, relations: [link('r2'), link('r1')] })],
      scheme,
    );
    const { documents } = await readAll(jsonLines, sourceFile('a.jsonl', line));
    expect(documents[0]?.spans.map(({ id }) => id)).toEqual(['c', 'a', 'b', 'z']);
    expect(documents[0]?.relations.map(({ id }) => id)).toEqual(['r1', 'r2']);
  });

  test('a label goes out by its machine name, a lost one by its id', async () => {
    const spans = [
      span({ start: 0, end: 2, label: 'l1' }, 'He denied it.'),
      span({ start: 3, end: 9, label: 'l2' }, 'He denied it.'),
    ];
    const renamed = {
      ...emptyScheme,
      labels: [{ id: 'l1', value: 'speaker', name: 'Who', colour: 0 as const }],
    };
    const line = await written(jsonLines, [outgoing('He denied it.', { spans })], renamed);
    expect(line).toContain('"text":"He","label":"speaker"');
    expect(line).toContain('"text":"denied","label":"l2"');
  });

  test('a relation whose span is gone is left out', async () => {
    const spans = [span({ start: 0, end: 2, id: 's1' }, 'He denied it.')];
    const relations = [
      { id: 'r1', head: 's1', child: 's9', label: 'denies', annotator: 'anna', attributes: {} },
    ];
    expect(await written(jsonLines, [outgoing('He denied it.', { spans, relations })], scheme)).toContain(
      '"relations":[]',
    );
  });

  test.each([
    ['a text that stands elsewhere', { start: 0, end: 2, text: 'it' }],
    ['no characters', { start: 2, end: 2, text: '' }],
    ['half a surrogate pair', { start: 10, end: 11, text: '\ud83d' }],
  ])('a span with %s is our mistake and stops the export', async (_, traits) => {
    const documents = [outgoing('He denied 😀.', { spans: [span(traits)] })];
    await expect(written(jsonLines, documents, scheme)).rejects.toThrow(RangeError);
  });

  test('no character in a text can end its line for a reader of lines', async () => {
    const text = 'one\ntwo\u2028three\u2029four\u0085five\vsix\fseven';
    const line = await written(jsonLines, [outgoing(text)], scheme);
    expect(line.slice(0, -1)).not.toMatch(/[\n\r\u2028\u2029\u0085\v\f]/);
    const { documents } = await readAll(jsonLines, sourceFile('a.jsonl', line));
    expect(documents[0]?.text).toBe(text);
  });

  test('what a file brought goes out as it came', async () => {
    const { documents } = await readAll(jsonLines, fixture('three-reports.jsonl'));
    const out = await written(
      jsonLines,
      documents.map((document) => goingOut(document)),
      schemeOf('claim', 'denial', 'appeal'),
    );
    const again = await readAll(jsonLines, sourceFile('three-reports.jsonl', out));
    expect(again.problems).toEqual([]);
    expect(again.documents.map(({ line: _, ...document }) => document)).toEqual(
      documents.map(({ line: _, ...document }) => document),
    );
  });
});
