import { describe, expect, test } from 'vitest';
import type { SourceFile } from '../../src/formats/format.ts';
import { formatFor, formats } from '../../src/formats/formats.ts';
import { readdirSync } from 'node:fs';
import { fixture, readAll, sourceFile } from './reading.ts';

const fixtureNames = readdirSync(new URL('../fixtures/formats', import.meta.url), {
  recursive: true,
  withFileTypes: true,
})
  .filter((entry) => entry.isFile())
  .map(({ name, parentPath }) =>
    `${parentPath.split('fixtures/formats')[1]!.slice(1)}/${name}`.replace(/^\//, ''),
  );

const nameFor = async (file: SourceFile) => (await formatFor(file)).name;

test('the default export comes first, and the others in the order in which people look for them', () => {
  expect(formats.filter(({ write }) => write).map(({ name }) => name)).toEqual([
    'JSON Lines',
    'JSON',
    'Label Studio JSON',
    'Label Studio JSON_MIN',
    'doccano JSONL',
    'Prodigy JSONL',
    'brat',
    'CoNLL 2003',
    'BIO',
    'WebAnno TSV',
    'UIMA CAS JSON',
    'UIMA CAS XMI',
    'Web Annotation',
    'PubAnnotation',
    'Hugging Face tokens',
    'Hugging Face spans',
    'GLiNER',
    'OpenAI chat',
    'spaCy',
    'CSV',
    'Parquet',
    'HTML',
    'Dataset folder',
  ]);
});

test('no two formats have one name, and what only one of them writes can be told apart', () => {
  expect(new Set(formats.map(({ name }) => name)).size).toBe(formats.length);
});

test.each([
  ['a.jsonl', 'JSON Lines'],
  ['a.ndjson', 'JSON Lines'],
  ['A.JSONL', 'JSON Lines'],
  ['a.json', 'JSON'],
  ['a.txt', 'Plain text'],
  ['{"text":"in the name"}.md', 'Markdown'],
  ['a.markdown', 'Markdown'],
])('%s is read as %s whatever is in it', async (name, format) => {
  expect(await nameFor(sourceFile(name, '{"text":"He denied it."}'))).toBe(format);
});

describe('a file of another name is told by its content (B32)', () => {
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

test('a file that is not what its name says is refused clearly (B32)', async () => {
  for (const [name, content] of [
    ['report.txt', '%PDF-1.7 …'],
    ['report.docx', 'PK\u0003\u0004…'],
  ] as const) {
    const file = sourceFile(name, content);
    const { documents, complaints } = await readAll(await formatFor(file), file);
    expect(documents).toEqual([]);
    expect(complaints).toEqual([expect.stringMatching(new RegExp(`^${name}: `))]);
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

test('every reader takes every fixture, be it its own or not, without an exception', async () => {
  const readers = formats.filter(({ read }) => read);
  for (const name of fixtureNames)
    for (const format of readers)
      expect((await readAll(format, fixture(name))).problems, `${format.name}: ${name}`).toBeDefined();
});
