import { describe, expect, test } from 'vitest';
import type { SourceFile } from '../../src/formats/format.ts';
import { formatFor, formats } from '../../src/formats/formats.ts';
import { fixture, readAll, sourceFile } from './reading.ts';

const nameFor = async (file: SourceFile) => (await formatFor(file)).name;

test('the default export comes first', () => {
  expect(formats.map(({ name }) => name)).toEqual(['JSON Lines', 'JSON', 'Plain text']);
  expect(formats.filter(({ write }) => write).map(({ name }) => name)).toEqual(['JSON Lines', 'JSON']);
});

test.each([
  ['a.jsonl', 'JSON Lines'],
  ['a.ndjson', 'JSON Lines'],
  ['A.JSONL', 'JSON Lines'],
  ['a.json', 'JSON'],
  ['a.txt', 'Plain text'],
  ['{"text":"in the name"}.md', 'Plain text'],
  ['a.markdown', 'Plain text'],
])('%s is read as %s whatever is in it', async (name, format) => {
  expect(await nameFor(sourceFile(name, '{"text":"He denied it."}'))).toBe(format);
});

describe('a file of another name is told by its content', () => {
  test.each([
    ['a document a line', '\uFEFF{"text":"He denied it."}\n{"text":"He said so."}\n', 'JSON Lines'],
    ['a list of documents', '[\n {"text":"He denied it."}]', 'JSON'],
    ['a project on one line', '{"format":"locution","version":1,"documents":[]}', 'JSON'],
    ['an indented document', '{\n  "text": "He denied it."\n}', 'JSON'],
    ['a stage direction', '[Applause] He denied it.', 'Plain text'],
    ['a brace', '{He denied it}', 'Plain text'],
    ['words', 'He denied it.', 'Plain text'],
    ['nothing', '', 'Plain text'],
  ])('%s', async (_, content, format) => {
    expect(await nameFor(sourceFile('export', content, 5))).toBe(format);
    expect(await nameFor(sourceFile('export.2024-03-05', content))).toBe(format);
  });
});

test('a PDF and a Word file are refused clearly', async () => {
  for (const [name, content] of [
    ['report.pdf', '%PDF-1.7 …'],
    ['report.docx', 'PK\u0003\u0004…'],
  ] as const) {
    const file = sourceFile(name, content);
    const { documents, complaints } = await readAll(await formatFor(file), file);
    expect(documents).toEqual([]);
    expect(complaints).toEqual([expect.stringMatching(/^report\.(pdf|docx): this file is a (PDF|Word)/)]);
  }
});

test('a file that cannot be opened is a problem of the format it is read with', async () => {
  const stream = () => {
    throw new Error('gone');
  };
  const file = { name: 'unknown', size: 5, stream };
  expect((await readAll(await formatFor(file), file)).complaints).toEqual([
    expect.stringContaining('(gone)'),
  ]);
});

test('every fixture is read without an exception', async () => {
  for (const name of [
    'wide.txt',
    'broken-lines.jsonl',
    'broken-spans.json',
    'newer.json',
    'comment.json',
    'blank.txt',
  ])
    for (const format of formats) expect((await readAll(format, fixture(name))).problems).toBeDefined();
});
