import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Scheme } from '../../src/core/scheme.ts';
import { parts, type Part } from '../../src/core/splits/part.ts';
import type { OutgoingDocument } from '../../src/core/transfer.ts';
import { datasetFolder } from '../../src/formats/dataset-folder.ts';
import type { DatasetFacts } from '../../src/formats/format.ts';
import { jsonLines } from '../../src/formats/json-lines.ts';
import { readSchemeJson } from '../../src/formats/schemes/scheme-json.ts';
import { document } from './arbitraries.ts';
import { goingOut, outgoing, readAll, schemeOf, sourceFile, writeOptions, writtenFiles } from './reading.ts';

const hasPython = spawnSync('python3', ['--version']).status === 0;

const plainScheme = schemeOf('claim', 'denial', 'false_alarm', 'נאום', '__proto__');
const scheme: Scheme = {
  ...plainScheme,
  labels: plainScheme.labels.map((label) =>
    label.id === 'claim'
      ? { ...label, name: 'Claim | of *fact*', guideline: '# When\n\nSomebody says that it is so.\n' }
      : label,
  ),
  attributes: [
    { id: 'a1', name: 'Speaker', value: 'speaker', type: 'text', several: true },
    {
      id: 'a2',
      name: 'Certainty',
      value: 'certainty',
      type: 'one',
      options: ['low', 'high'],
      labels: ['claim'],
      required: true,
    },
  ],
  relations: [
    { id: 'r1', name: 'Denies', value: 'denies', pairs: [{ head: 'denial', child: 'claim' }] },
    {
      id: 'r2',
      name: 'Repeats',
      value: 'repeats',
      pairs: [{ head: 'any', child: 'same' }],
      guideline: 'Only the same words.',
    },
  ],
  documentLabels: [
    { id: 'opinion', name: 'Opinion', value: 'opinion' },
    { id: 'gone', name: 'Gone', value: 'gone', deleted: true },
  ],
  guideline: 'Mark the whole clause.',
};

const facts: DatasetFacts = {
  name: 'Denials: “news” # 1',
  description: 'Reports of 2020.',
  licence: 'CC-BY-4.0',
  language: 'en-GB',
  creators: ['Ada', 'Grace'],
  date: '2026-11-22',
  version: '0.3.0',
};

/** Documents with ids of their own, parted in turn, in the order of their parts. */
function project(count: number, seed: number): { documents: OutgoingDocument[]; dataset: DatasetFacts } {
  const documents = fc.sample(document, { numRuns: count, seed }).map((one, index) => ({
    ...one,
    document: { ...one.document, id: `d${index}` },
  }));
  const partOf = (index: number) => parts[Math.min(2, Math.floor((index * 3) / count))]!;
  const byId = new Map(documents.map(({ document: { id } }, index) => [id, partOf(index)] as const));
  return { documents, dataset: { ...facts, parts: byId } };
}

const folderOf = (documents: readonly OutgoingDocument[], dataset?: DatasetFacts) =>
  writtenFiles(datasetFolder, documents, writeOptions(scheme, dataset && { dataset }));

const paths = [
  'data/train.jsonl',
  'data/validation.jsonl',
  'data/test.jsonl',
  'README.md',
  'schema.json',
  'guidelines.md',
  'stats.json',
  'croissant.json',
  'verify_export.py',
  'to_docbin.py',
];

describe('the folder', () => {
  test('has every file, and the same bytes for the same documents', async () => {
    const { documents, dataset } = project(30, 1);
    const [first, second] = [await folderOf(documents, dataset), await folderOf(documents, dataset)];
    expect([...first.files.keys()]).toEqual(paths);
    expect(first.texts).toEqual(second.texts);
    expect(first.losses).toEqual({});
  });

  test('gives every document back as it went in', async () => {
    const { documents, dataset } = project(30, 2);
    const { texts } = await folderOf(documents, dataset);
    const lines = parts.map((part) => texts[`data/${part}.jsonl`]).join('');
    const alone = await writtenFiles(jsonLines, documents, writeOptions(scheme));
    expect(lines).toBe(alone.texts['']);
    const read = await readAll(jsonLines, sourceFile('all.jsonl', lines));
    expect(read.documents.map((one) => goingOut(one).spans.map(({ text }) => text))).toEqual(
      documents.map(({ spans }) => read.documents && [...spans].sort(bySpanOrder).map(({ text }) => text)),
    );
  });

  test('has no file for a part without documents, nor data where there are none', async () => {
    const only = new Map<string, Part>([['d1', 'test']]);
    const one = await folderOf([outgoing('He denied it.')], { ...facts, parts: only });
    expect([...one.files.keys()].filter((path) => path.startsWith('data/'))).toEqual(['data/test.jsonl']);
    expect(one.texts['README.md']).not.toContain('train');
    const none = await folderOf([]);
    expect([...none.files.keys()]).toEqual(paths.slice(3));
    expect(none.texts['README.md']).toContain('There are no documents.');
  });

  test('is refused when the documents are not in the order of their parts', async () => {
    const { documents, dataset } = project(9, 3);
    await expect(folderOf(documents.toReversed(), dataset)).rejects.toThrow('comes after those of test');
  });

  test('counts its offsets in code points whatever is asked', async () => {
    const { documents, dataset } = project(5, 4);
    const options = writeOptions(scheme, { dataset, unit: 'utf16' });
    const { texts } = await writtenFiles(datasetFolder, documents, options);
    expect(texts).toEqual((await folderOf(documents, dataset)).texts);
  });
});

describe('what describes the data', () => {
  const text = 'He 😀 said: prices fell. They deny it.';
  const span = (id: string, start: number, end: number, label: string) => ({
    ...{ id, start, end, label, annotator: 'anna', attributes: {}, origin: 'hand' as const },
    text: text.slice(start, end),
    createdAt: '2026-01-01T00:00:00.000Z',
    updatedAt: '2026-01-01T00:00:00.000Z',
  });
  const bare = outgoing(text, {
    spans: [span('s1', 12, 23, 'claim'), span('s2', 12, 18, 'claim'), span('s3', 25, 37, 'denial')],
    relations: [{ id: 'r', head: 's3', child: 's1', label: 'r1', annotator: 'anna', attributes: {} }],
  });
  const marked = { ...bare, document: { ...bare.document, labels: ['opinion', 'gone'] } };

  test('the figures are those of each part', async () => {
    const { texts } = await folderOf([marked], facts);
    const { parts: figures } = JSON.parse(texts['stats.json']!) as { parts: { train: object } };
    expect(Object.keys(figures)).toEqual(['train']);
    expect(figures.train).toMatchObject({
      documents: 1,
      code_points: 37,
      spans: 3,
      relations: 1,
      labels: { claim: 2, denial: 1, false_alarm: 0 },
      relation_types: { denies: 1, repeats: 0 },
      document_labels: { opinion: 1 },
      annotators: { anna: 3 },
      span_words: {
        median: 2,
        bins: [{ from: 1, to: 1, count: 1 }, { from: 2, to: 2, count: 1 }, { count: 1 }],
      },
      overlaps: [{ labels: ['claim', 'claim'], pairs: 1 }],
    });
    expect((figures.train as { document_labels: object }).document_labels).toEqual({ opinion: 1 });
  });

  test('the card has what the Hub reads, and says what the files hold', async () => {
    const { texts, files } = await folderOf([marked], facts);
    const readme = texts['README.md']!;
    const header = /^---\n([\s\S]*?)\n---\n/.exec(readme)![1]!;
    expect(header.split('\n')).toEqual([
      'pretty_name: "Denials: “news” # 1"',
      'language:',
      '- "en"',
      'language_bcp47:',
      '- "en-GB"',
      'license: cc-by-4.0',
      'task_categories:',
      '- token-classification',
      '- text-classification',
      'annotations_creators:',
      '- expert-generated',
      'size_categories:',
      '- n<1K',
      'configs:',
      '- config_name: default',
      '  data_files:',
      '  - split: train',
      '    path: data/train.jsonl',
    ]);
    expect(readme).toContain('| train | `data/train.jsonl` | 1 | 37 | 3 | 1 | 2 |');
    expect(readme).toContain('| `claim` | Claim \\| of \\*fact\\* | Somebody says that it is so. |');
    expect(readme).toContain('Offsets count Unicode code points');
    expect(readme).toContain('Locution 0.3.0, exported on 2026-11-22');
    expect(readme).toContain(`| \`data/train.jsonl\` | \`${sha256(files.get('data/train.jsonl')!)}\` |`);
  });

  test.each([
    [undefined, 'license: unknown', { '@type': 'CreativeWork', name: 'not stated' }],
    ['MIT', 'license: mit', 'https://spdx.org/licenses/MIT.html'],
    [
      'https://example.org/terms',
      'license: other\nlicense_name: "https://example.org/terms"\nlicense_link: "https://example.org/terms"',
      'https://example.org/terms',
    ],
    [
      'Ours: "all"',
      'license: other\nlicense_name: "Ours: \\"all\\""',
      { '@type': 'CreativeWork', name: 'Ours: "all"' },
    ],
  ])('the licence %s', async (licence, line, inCroissant) => {
    const { licence: _, ...others } = facts;
    const { texts } = await folderOf([marked], { ...others, ...(licence !== undefined && { licence }) });
    expect(texts['README.md']).toContain(`\n${line}\n`);
    expect(JSON.parse(texts['croissant.json']!)).toMatchObject({ license: inCroissant });
  });

  test.each([
    ['en', 'language:\n- "en"\nlicense', 'en'],
    ['EN, de', 'language:\n- "en"\n- "de"\nlicense', ['en', 'de']],
    [
      'pt-BR; pt-PT he',
      'language:\n- "pt"\n- "he"\nlanguage_bcp47:\n- "pt-BR"\n- "pt-PT"\nlicense',
      ['he', 'pt-BR', 'pt-PT'],
    ],
    ['multilingual', 'language:\n- "multilingual"\nlicense', 'multilingual'],
    ['English and German', 'Language of the texts: English and German.', 'English and German'],
  ])('the language %s', async (language, lines, inCroissant) => {
    const { texts } = await folderOf([marked], { ...facts, language });
    expect(texts['README.md']).toContain(lines);
    expect(JSON.parse(texts['croissant.json']!)).toMatchObject({ inLanguage: inCroissant });
  });

  test('words that are no tags stay out of what the Hub would refuse', async () => {
    const { texts } = await folderOf([marked], { ...facts, language: 'English and German' });
    expect(texts['README.md']!.split('\n---\n', 1)[0]).not.toMatch(/language|and/);
  });

  test('the scheme is one that Locution reads', async () => {
    const { texts } = await folderOf([marked], facts);
    const { plan, problems } = readSchemeJson('schema.json', texts['schema.json']!);
    expect(problems).toEqual([]);
    expect(plan?.labels.map(({ value }) => value)).toEqual(plainScheme.labels.map(({ value }) => value));
  });

  test('the guidelines are there as they were written', async () => {
    const { texts } = await folderOf([marked], facts);
    expect(texts['guidelines.md']).toContain(
      '### Claim \\| of \\*fact\\* (`claim`)\n\n# When\n\nSomebody says that it is so.\n\n### DENIAL (`denial`)\n\n_No guideline._\n',
    );
    for (const line of [
      'Mark the whole clause.',
      'Value: list of texts.',
      'Value: one of `low`, `high`. Of: `claim`. Required.',
      'Leads from → to: `denial` → `claim`.',
      'Leads from → to: any label → the same label.\n\nOnly the same words.',
      '### Opinion (`opinion`)',
    ])
      expect(texts['guidelines.md']).toContain(`\n${line}\n`);
    expect(texts['guidelines.md']).not.toContain('Gone');
  });

  test('Croissant has what it requires, and every id once', async () => {
    const { documents, dataset } = project(9, 5);
    const { texts, files } = await folderOf(documents, dataset);
    const described = JSON.parse(texts['croissant.json']!) as Record<string, unknown>;
    expect(described).toMatchObject({
      '@type': 'sc:Dataset',
      conformsTo: expect.arrayContaining(['http://mlcommons.org/croissant/1.1']),
      name: facts.name,
      description: 'Reports of 2020.',
      license: 'https://spdx.org/licenses/CC-BY-4.0.html',
      url: expect.stringMatching(/^urn:sha256:[0-9a-f]{64}$/),
      creator: [
        { '@type': 'Person', name: 'Ada' },
        { '@type': 'Person', name: 'Grace' },
      ],
      datePublished: '2026-11-22',
      distribution: paths.slice(0, 3).map((path) => ({
        '@type': 'cr:FileObject',
        '@id': path,
        contentUrl: path,
        encodingFormat: 'application/jsonlines',
        sha256: sha256(files.get(path)!),
      })),
    });
    const said = JSON.stringify(described);
    const ids = nodesOf(described).flatMap((node) =>
      Object.keys(node).length > 1 ? (node['@id'] ?? []) : [],
    );
    expect(new Set(ids).size).toBe(ids.length);
    const references = nodesOf(described).filter((node) => Object.keys(node).length === 1 && '@id' in node);
    for (const { '@id': id } of references) expect(ids).toContain(id);
    expect(said).toContain('"fileProperty":"filename"');
  });
});

describe('Croissant describes fields that the lines have', () => {
  test('each by its column', async () => {
    const { documents, dataset } = project(9, 6);
    const { texts } = await folderOf(documents, dataset);
    const line = JSON.parse(texts['data/train.jsonl']!.split('\n', 1)[0]!) as object;
    const extracts = nodesOf(JSON.parse(texts['croissant.json']!)).flatMap((node) => node['column'] ?? []);
    const columns = extracts.filter((column) => typeof column === 'string' && !column.startsWith('cr:'));
    expect(new Set(columns)).toEqual(
      new Set(['id', 'title', 'text', 'text_sha256', 'status', 'spans', 'relations']),
    );
    for (const column of columns) expect(line).toHaveProperty(String(column));
  });
});

describe.skipIf(!hasPython)('Python, where it is found,', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'locution-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  async function unpacked(count: number, seed: number): Promise<void> {
    const { documents, dataset } = project(count, seed);
    for (const [path, bytes] of (await folderOf(documents, dataset)).files) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), bytes);
    }
  }

  function python(...given: string[]) {
    const { status, stdout, stderr } = spawnSync('python3', given, { cwd: folder, encoding: 'utf8' });
    return { status, stdout, stderr };
  }

  function change(path: string, from: string | RegExp, to: string): void {
    const before = readFileSync(join(folder, path), 'utf8');
    const after = before.replace(from, to);
    expect(after).not.toBe(before);
    writeFileSync(join(folder, path), after);
  }

  test('finds the folder of a random project to be well', async () => {
    await unpacked(60, 7);
    const { status, stdout, stderr } = python('verify_export.py');
    expect(stderr).toBe('');
    expect(stdout.replace(/\d+ (spans|relations)/g, '$1').replace(/note: .*\n/g, '')).toBe(
      'train: 20 documents, spans, relations\nvalidation: 20 documents, spans, relations\ntest: 20 documents, spans, relations\nall is well\n',
    );
    expect(status).toBe(0);
  });

  test.each([
    [
      'an end moved',
      'data/train.jsonl',
      /"end":(\d)/,
      '"end":9$1',
      'is no range of a text|text\\[\\d+:9\\d+\\] is',
    ],
    [
      'a text changed',
      'data/test.jsonl',
      /"text_sha256":"./,
      '"text_sha256":"x',
      'line \\d+: text_sha256 is',
    ],
    [
      'a count changed',
      'stats.json',
      '"documents": 20',
      '"documents": 21',
      '20 documents, but stats.json says 21',
    ],
    ['a hash changed', 'croissant.json', /"sha256": "./, '"sha256": "x', 'but croissant.json says x'],
    ['a line spoilt', 'data/train.jsonl', '{', '', 'train.jsonl, line 1: JSONDecodeError'],
    [
      'an id of another part',
      'data/test.jsonl',
      '"id":"d40"',
      '"id":"d3"',
      "'d3' stands in .*train.jsonl, line 4 too",
    ],
  ])('finds %s', async (_, path, from, to, complaint) => {
    await unpacked(60, 8);
    change(path, from, to);
    const { status, stderr } = python('verify_export.py');
    expect(stderr).toMatch(new RegExp(complaint));
    expect(stderr).toMatch(/\d+ things are wrong\n$/);
    expect(status).toBe(1);
  });

  test('finds a file that is missing', async () => {
    await unpacked(9, 9);
    rmSync(join(folder, 'data/test.jsonl'));
    expect(python('verify_export.py')).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('data/test.jsonl is missing'),
    });
  });

  test('can read the script for spaCy, which asks for spaCy alone', async () => {
    await unpacked(9, 10);
    expect(python('to_docbin.py', '--help')).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('--alignment'),
    });
  });
});

const bySpanOrder = (a: { start: number; end: number; id: string }, b: typeof a) =>
  a.start - b.start || b.end - a.end || (a.id < b.id ? -1 : 1);

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** All objects in a JSON value. */
function nodesOf(value: unknown): Record<string, unknown>[] {
  if (typeof value !== 'object' || value === null) return [];
  const inner = Object.values(value).flatMap(nodesOf);
  return Array.isArray(value) ? inner : [value as Record<string, unknown>, ...inner];
}
