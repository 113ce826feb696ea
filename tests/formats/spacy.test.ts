import fc from 'fast-check';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { compareRelations } from '../../src/core/relation.ts';
import type { Scheme } from '../../src/core/scheme.ts';
import { compareSpans } from '../../src/core/span.ts';
import type { IncomingDocument, OutgoingDocument } from '../../src/core/transfer.ts';
import { certainty } from '../../src/formats/format.ts';
import { opening } from '../../src/formats/reading/source-text.ts';
import { spacy } from '../../src/formats/spacy.ts';
import { annotated } from '../annotated.ts';
import { document, documentLabels } from './arbitraries.ts';
import { fixture, outgoing, readAll, schemeOf, sourceFile, writeOptions, writtenFiles } from './reading.ts';

const scheme: Scheme = {
  ...schemeOf('claim', 'denial', 'speaker', 'false_alarm', 'נאום', '__proto__'),
  documentLabels: documentLabels.map((value) => ({ id: value, value, name: value })),
};
const filesOf = async (documents: readonly OutgoingDocument[]) =>
  (await writtenFiles(spacy, documents, writeOptions(scheme))).texts;

describe('writing', () => {
  test('a document is a line with spans in code points and the categories it has and has not', async () => {
    const { text, spans } = annotated('😀 [He](speaker) [denied](denial) it.');
    const bare = outgoing(text, { spans });
    const marked = { ...bare, document: { ...bare.document, labels: ['opinion'] } };
    const files = await filesOf([marked, outgoing('It.')]);
    expect(Object.keys(files)).toEqual(['data.jsonl', 'to_docbin.py']);
    const [first, second] = files['data.jsonl']!.split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line));
    expect(first).toMatchObject({
      text,
      spans: [
        { start: 2, end: 4, text: 'He', label: 'speaker' },
        { start: 5, end: 11, text: 'denied', label: 'denial' },
      ],
      spans_key: 'sc',
      cats: { opinion: 1, long_read: 0 },
    });
    expect(second).toMatchObject({ text: 'It.', spans: [], cats: { opinion: 0 } });
  });

  test('everything is read as it was written', () =>
    fc.assert(
      fc.asyncProperty(document, async (marked) => {
        const { losses, texts } = await writtenFiles(spacy, [marked], writeOptions(scheme));
        const { documents, complaints } = await readAll(
          spacy,
          sourceFile('data.jsonl', texts['data.jsonl']!),
        );
        expect([losses, complaints]).toEqual([{}, []]);
        expect(brought(documents[0]!)).toEqual(carried(marked));
      }),
      { numRuns: 50 },
    ));
});

describe('reading', () => {
  test('only lines that name the key of their spans are taken for it', async () => {
    const { 'data.jsonl': data } = await filesOf([outgoing('He denied it.')]);
    const sureOf = async (line: string) => spacy.recognise?.(await opening(sourceFile('a.jsonl', line)));
    expect(await sureOf(data!)).toBe(certainty.bySignature);
    expect(await sureOf('{"text":"He denied it.","spans":[{"start":0,"end":2,"label":"PER"}]}')).toBe(
      certainty.no,
    );
    expect(await sureOf('{"text":"He denied it.","spans_key":"sc"}')).toBe(certainty.no);
  });

  test('what is wrong is said with its line', async () => {
    const { documents, complaints } = await readAll(spacy, fixture('spacy/broken.jsonl'));
    expect(documents.map(({ text, meta, labels }) => ({ text, meta, labels }))).toEqual([
      { text: 'He denied it.', meta: {}, labels: ['news'] },
      { text: 'He said so.', meta: { cats: 'news' }, labels: undefined },
    ]);
    expect(complaints).toEqual([
      'spacy/broken.jsonl, line 1: span 2 was left out: its end 99 lies behind the text, which has 13 code points.',
      'spacy/broken.jsonl, line 3: this document was left out: its "text" is missing.',
      'spacy/broken.jsonl, line 4: this line is not JSON and was left out: at column 9 a value should stand here.',
    ]);
  });
});

const hasPython = spawnSync('python3', ['--version']).status === 0;

describe.skipIf(!hasPython)('the script beside the data', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'locution-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const run = (...options: string[]) =>
    spawnSync('python3', ['to_docbin.py', ...options], {
      cwd: folder,
      encoding: 'utf8',
      env: {
        ...process.env,
        PYTHONPATH: fileURLToPath(new URL('../fixtures/formats/spacy/stand-in', import.meta.url)),
        PYTHONDONTWRITEBYTECODE: '1',
        PYTHONIOENCODING: 'utf-8',
      },
    });
  const prepare = async (change = (data: string) => data) => {
    const { text, spans } = annotated('😀 [[He](speaker) denied](denial) [i](claim)t.[ ](claim)');
    const files = await filesOf([outgoing(text, { spans })]);
    writeFileSync(join(folder, 'data.jsonl'), change(files['data.jsonl']!));
    writeFileSync(join(folder, 'to_docbin.py'), files['to_docbin.py']!);
  };
  const made = () => JSON.parse(readFileSync(join(folder, 'data.spacy'), 'utf8'));

  test('is Python', async () => {
    await prepare();
    execFileSync('python3', ['-m', 'py_compile', 'to_docbin.py'], { cwd: folder });
  });

  test('places spans on tokens and lists those that do not fit', async () => {
    await prepare();
    const { stdout, stderr } = run();
    expect(stdout).toBe('data.spacy: 1 documents, 3 spans, 1 spans left out\n');
    expect(stderr.split('\n').slice(0, -1)).toEqual([
      "data.jsonl, line 1: claim 'i' at 12-13 does not fit tokens, taken as 'it.'",
      "data.jsonl, line 1: claim ' ' at 15-16 does not fit tokens, left out",
    ]);
    expect(made()).toMatchObject({
      spans: {
        sc: [
          ['He denied', 'denial'],
          ['He', 'speaker'],
          ['it.', 'claim'],
        ],
      },
      ents: [],
      cats: { opinion: 0 },
    });
    expect(made().kept).toEqual(expect.arrayContaining(['id', 'meta', 'relations', 'spans', 'status']));
  });

  test('leaves out what does not fit, and fills entities, if told so', async () => {
    await prepare();
    expect(run('data.jsonl', '--misaligned', 'skip', '--ents').stdout).toContain('2 spans, 2 spans left out');
    expect(made()).toMatchObject({ ents: ['He denied'] });
  });

  test('stops at a span whose words are not in its place', async () => {
    await prepare((data) => data.replace('"text":"He"', '"text":"She"'));
    const { status, stderr } = run();
    expect([status, stderr]).toEqual([1, "data.jsonl, line 1: span 2-4 says 'She', but the text has 'He'\n"]);
  });
});

function carried({
  document: { id, title, meta, status, labels, note },
  text,
  spans,
  relations,
}: OutgoingDocument) {
  return {
    ...{ id, title, meta, status, text },
    ...(labels && { labels: [...labels].sort() }),
    ...(note !== undefined && { note }),
    spans: [...spans]
      .sort(compareSpans)
      .map(({ text: _, origin: __, createdAt: ___, updatedAt: ____, ...span }) => span),
    relations: [...relations].sort(compareRelations),
  };
}

function brought({ source: _, line: __, labels, ...rest }: IncomingDocument) {
  return { ...rest, ...(labels && { labels: [...labels].sort() }) };
}
