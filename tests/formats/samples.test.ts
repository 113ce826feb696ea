import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { plainChoices } from '../../src/core/export-plan.ts';
import { plainDecisions, type ImportDecisions, type Survey } from '../../src/core/import-plan.ts';
import { describeFileProblem } from '../../src/core/problem.ts';
import { labelKeys, labelOf } from '../../src/core/scheme.ts';
import type { OutgoingDocument } from '../../src/core/transfer.ts';
import type { ReadOptions } from '../../src/formats/format.ts';
import { unpacked } from '../../src/formats/reading/archive.ts';
import { safeName } from '../../src/formats/writing/file-names.ts';
import { commit } from '../../src/storage/commit.ts';
import type { Staged } from '../../src/storage/staging/staging.ts';
import { outgoingDocuments } from '../../src/storage/outgoing.ts';
import { exportDocuments } from '../../src/workers/exporting/exporting.ts';
import { importFiles } from '../../src/workers/importing/importing.ts';
import { draft, newWorkspace } from '../storage/workspace.ts';
import { incomingFile, sourceFile } from './reading.ts';

const samples = join(import.meta.dirname, '../../../shared/samples');

/** All files under a folder of the samples, by their paths in there. */
function pathsIn(folder: string): string[] {
  if (!existsSync(join(samples, folder))) return [];
  return readdirSync(join(samples, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name).slice(samples.length + 1))
    .sort();
}

const textOf = (path: string) => readFileSync(join(samples, path), 'utf8');
const quiet = () => undefined;

interface Brought {
  readonly survey: Survey;
  readonly staged: Staged;
  readonly documents: readonly OutgoingDocument[];
  /** The contents of the files of an export in a format, by path. */
  readonly exported: (format: string) => Promise<Readonly<Record<string, string>>>;
}

/** Brings a whole folder into a new workspace as a user would: surveyed, staged, and counting. */
async function bring(
  folder: string,
  options: ReadOptions = {},
  decisions: ImportDecisions = plainDecisions,
): Promise<Brought> {
  const { database } = await newWorkspace();
  const files = pathsIn(folder).map((path) => incomingFile(path, readFileSync(join(samples, path))));
  const order = { ...{ projectId: 'first', files, pasted: false, labelKeys }, options: {} };
  const first = await importFiles(database, order, quiet);
  if (first.kind !== 'survey') throw new Error('files of other tools were not shown first');
  const said = Object.fromEntries(files.map(({ path }) => [path, options]));
  const second = await importFiles(database, { ...order, options: said, decisions }, quiet);
  if (second.kind !== 'staged') throw new Error('a question was left open');
  const { staged } = second;
  await commit(database, draft(staged.edit, { kind: 'import', importId: staged.importId }));
  const documents: OutgoingDocument[] = [];
  for await (const one of outgoingDocuments(database, staged.documentIds, staged.scheme)) documents.push(one);
  const exported = async (format: string) => {
    const { documentIds, scheme } = staged;
    const asked = { projectId: 'first', format, documentIds, scheme, choices: plainChoices };
    const { blob } = await exportDocuments(database, { ...asked, date: '2026-01-01', version: '0' }, quiet);
    const bytes = new Uint8Array(await blob!.arrayBuffer());
    if (blob!.type !== 'application/zip') return { '': new TextDecoder().decode(bytes) };
    const { files: all } = await unpacked([sourceFile('export.zip', bytes)]);
    const texts = all.map(
      async (file) =>
        [file.name.replace('export.zip/', ''), await new Response(file.stream()).text()] as const,
    );
    return Object.fromEntries(await Promise.all(texts));
  };
  return { survey: first.survey, staged, documents, exported };
}

const complaints = ({ staged }: Brought) => staged.problems.map(describeFileProblem);
const sortedLines = (text: string) => text.split('\n').filter(Boolean).sort();
const byName = (paths: readonly string[]) => (all: string) => paths.find((path) => path.endsWith(all))!;

describe.skipIf(!existsSync(samples))('brat’s own tutorials and corpora', async () => {
  const marks = pathsIn('brat').filter((path) => path.endsWith('.ann'));
  const spansOf = (ann: string) => sortedLines(textOf(ann)).filter((line) => line.startsWith('T'));

  test('come in as pairs with their schemes, every span on the words that its line says', async () => {
    const brought = await bring('brat');
    const texts = pathsIn('brat').filter((path) => /(README|LICENSE)$/.test(path));
    expect(brought.survey.formats).toEqual({ brat: marks.length, 'Plain text': texts.length });
    expect(brought.survey.asked).toEqual([]);
    expect(brought.documents).toHaveLength(marks.length + texts.length);
    for (const ann of marks) {
      const { text, spans } = brought.documents.find(
        ({ document }) => document.title === ann.replace(/ann$/, 'txt'),
      )!;
      expect(text).toBe(textOf(ann.replace(/ann$/, 'txt')));
      const { scheme } = brought.staged;
      const said = spans.map(({ id, start, end, label }) =>
        [id, labelOf(scheme, label).value, text.slice(start, end)].join('\t'),
      );
      const own = spansOf(ann).map((line) => line.replace(/^(\S+\t\S+) [\d ;]+\t/, '$1\t'));
      expect(said.sort()).toEqual(own.sort());
    }
    expect(brought.staged.spans).toBe(marks.flatMap(spansOf).length);
    const files = new Set(complaints(brought).map((said) => said.replace(/[:,].*$/s, '')));
    expect([...files].every((file) => file.endsWith('.conf'))).toBe(true);
  });

  test('go out as they came, line for line', async () => {
    const { exported } = await bring('brat');
    const files = await exported('brat');
    // brat ends relations with an empty column in some files; we never do.
    const plain = (lines: string) => sortedLines(lines.replace(/^(R.*)\t$/gm, '$1'));
    for (const ann of marks) {
      const name = safeName(ann.replace(/ann$/, 'txt'));
      expect(plain(files[`${name}.ann`]!)).toEqual(plain(textOf(ann)));
      expect(files[`${name}.txt`]).toBe(textOf(ann.replace(/ann$/, 'txt')));
    }
  });
});

describe.skipIf(!existsSync(samples))('the same texts by several annotators, a folder each', async () => {
  const marks = pathsIn('brat-agreement').filter((path) => path.endsWith('.ann'));
  /** Without its id, as others have counted from 1 too. */
  const withoutIds = (lines: string) => sortedLines(lines.replace(/^T\S+\t/gm, ''));

  test('it is asked whether folders are annotators', async () => {
    const { survey } = await bring('brat-agreement');
    expect(survey.asked.map(({ files, question: { about } }) => [about, files.length])).toEqual([
      ['annotatorByFolder', marks.length],
    ]);
    expect(survey.problems.map(describeFileProblem)).toEqual(
      expect.arrayContaining([
        expect.stringContaining('token-agreement-heatmap.png: this file is a PNG image'),
      ]),
    );
  });

  test('merge onto one text without losing a span, and go out as they came', async () => {
    const { documents, staged, exported } = await bring('brat-agreement', { annotatorByFolder: true });
    const texts = new Set(marks.map((ann) => textOf(ann.replace(/ann$/, 'txt'))));
    const marked = documents.filter(({ spans }) => spans.length > 0);
    expect(new Set(marked.map(({ text }) => text))).toEqual(texts);
    expect(marked).toHaveLength(texts.size);
    for (const { text, spans } of marked)
      for (const span of spans) expect(text.slice(span.start, span.end)).toBe(span.text);
    expect(staged.spans).toBe(marks.flatMap((ann) => withoutIds(textOf(ann))).length);
    const files = await exported('brat');
    for (const ann of marks)
      expect(withoutIds(files[`${basename(dirname(ann))}/${basename(ann)}`]!)).toEqual(
        withoutIds(textOf(ann)),
      );
  });
});

describe.skipIf(!existsSync(samples))('the rows that Prodigy’s authors ship', async () => {
  interface Row {
    readonly text: string;
    readonly tokens: readonly object[];
    readonly spans?: readonly { start: number; end: number; token_start: number; token_end: number }[];
  }
  const rowsOf = (lines: string) => sortedLines(lines).map((line) => JSON.parse(line) as Row);
  const marksOf = ({ text, tokens, spans = [] }: Row) => ({
    ...{ text, tokens },
    spans: spans.toSorted((a, b) => a.start - b.start || b.end - a.end),
  });
  const [file] = pathsIn('prodigy');

  test('go out with the same texts, tokens and spans', async () => {
    const { survey, staged, documents, exported } = await bring(
      'prodigy',
      { answers: 'all' },
      { ...plainDecisions, twins: 'keep' },
    );
    expect(survey.formats).toEqual({ 'Prodigy JSONL': 1 });
    expect(survey.asked.map(({ question }) => question.about)).toEqual(['answers']);
    expect(staged.problems).toEqual([]);
    const before = rowsOf(textOf(file!)).map(marksOf);
    const byText = (rows: readonly ReturnType<typeof marksOf>[]) =>
      rows.toSorted((a, b) => (a.text < b.text ? -1 : a.text > b.text ? 1 : a.spans.length - b.spans.length));
    const after = rowsOf((await exported('Prodigy JSONL'))['']!).map(marksOf);
    expect(documents).toHaveLength(before.length);
    expect(byText(after)).toMatchObject(byText(before));
    expect(after.map(({ spans }) => spans.length).reduce((a, b) => a + b)).toBe(staged.spans);
  });
});

describe.skipIf(!existsSync(samples))('doccano’s files', async () => {
  const named = byName(pathsIn('doccano'));

  test('come in, with what is broken by file and line', async () => {
    const brought = await bring('doccano', {}, { ...plainDecisions, twins: 'keep' });
    expect(brought.survey.formats).toEqual({ BIO: 3, 'doccano JSONL': 3 });
    expect(complaints(brought)).toEqual([
      'doccano/example.jsonl, line 3: this document was left out: its "text" is missing.',
      'doccano/labeling.invalid.conll, line 1: this line is not a word and its tag; its words are kept without a mark.',
    ]);
    const { scheme } = brought.staged;
    const found = brought.documents.map(({ document, text, spans }) => ({
      file: document.source.file,
      text,
      marks: spans.map(({ start, end, label }) => [text.slice(start, end), labelOf(scheme, label).value]),
    }));
    for (const name of ['example.jsonl', 'example_overlapping.jsonl', 'relations.jsonl'])
      for (const line of textOf(named(`/${name}`))
        .split('\n')
        .filter(Boolean)) {
        const row = JSON.parse(line) as {
          text?: string;
          label?: [number, number, string][];
          entities?: { start_offset: number; end_offset: number; label: string }[];
        };
        if (row.text === undefined) continue;
        const marks =
          row.label ?? row.entities!.map((one) => [one.start_offset, one.end_offset, one.label] as const);
        const words = [...row.text];
        expect(found.filter(({ file }) => file === named(`/${name}`))).toContainEqual({
          ...{ file: named(`/${name}`), text: row.text },
          marks: marks.map(([start, end, label]) => [words.slice(start, end).join(''), label]),
        });
      }
    for (const name of ['example.conll', 'labeling.trailing.conll', 'labeling.invalid.conll']) {
      const rows = textOf(named(`/${name}`))
        .split('\n')
        .map((line) => line.split(/[ \t]/));
      const starts = rows
        .filter(([, tag]) => tag?.startsWith('B-'))
        .map(([word, tag]) => [word, tag!.slice(2)]);
      const marks = found.filter(({ file }) => file === named(`/${name}`)).flatMap((one) => one.marks);
      expect(marks.map(([words, label]) => [words!.split(' ')[0], label])).toEqual(starts);
    }
  });
});
