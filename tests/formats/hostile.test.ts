import { describe, expect, test, vi } from 'vitest';
import { csv } from '../../src/formats/csv.ts';
import { formatOf, formats } from '../../src/formats/formats.ts';
import { opening } from '../../src/formats/reading/source-text.ts';
import { webAnnotation } from '../../src/formats/web-annotation.ts';
import { labelStudio } from '../../src/formats/label-studio.ts';
import { fixtureBytes, readAll, sourceFile } from './reading.ts';

vi.setConfig({ testTimeout: 60_000 });

const nested = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);

/** What stands in the place of a value of a good file. */
const hostile = [
  ['an object with a toString of its own', '{"toString":1,"valueOf":1,"toJSON":1,"length":-1}'],
  ['lists nested 150 levels deep', nested(150)],
] as const;

const samples = [
  'label-studio/tasks.json',
  'doccano/relations.jsonl',
  'doccano/sequence.jsonl',
  'prodigy/rows.jsonl',
  'gliner.json',
  'tokens.jsonl',
  'speech-acts.cas.json',
  'broken.pubannotation.json',
  'broken.jsonld',
  'project.json',
  'three-reports.jsonl',
];

/** The value with a mark in the place of each of its parts in turn. */
function* replaced(value: unknown): Generator<unknown> {
  yield '@@';
  if (typeof value !== 'object' || value === null) return;
  for (const [key, part] of Object.entries(value))
    for (const other of replaced(part)) {
      const copy = (Array.isArray(value) ? [...value] : { ...value }) as Record<string, unknown>;
      copy[key] = other;
      yield copy;
    }
}

function valuesOf(sample: string): unknown[] {
  const text = new TextDecoder().decode(fixtureBytes(sample));
  return sample.endsWith('.jsonl')
    ? text
        .split('\n')
        .filter((line) => line.startsWith('{') && line.endsWith('}'))
        .slice(0, 2)
        .map((line) => JSON.parse(line))
    : [JSON.parse(text)];
}

describe.each(hostile)('%s', (_, value) => {
  test.each(samples)('in the place of any value of %s ends no import', async (sample) => {
    const format = formatOf(await opening(sourceFile(sample, fixtureBytes(sample))));
    for (const whole of valuesOf(sample))
      for (const other of replaced(whole)) {
        const file = sourceFile(sample, JSON.stringify(other).replaceAll('"@@"', value));
        const start = await opening(file);
        for (const { recognise } of formats) recognise?.(start);
        const { documents, problems, questions } = await readAll(format, file);
        expect(documents.length + problems.length + questions.length).toBeGreaterThan(0);
        // What came in is copied to the screen and written to the disk.
        JSON.stringify(documents);
      }
  });
});

test.each(['[', '{"a":'])(
  'a file of 60,000 “%s” is told by every format and read by none (B13)',
  async (sign) => {
    for (const name of ['a.json', 'a.jsonl']) {
      const file = sourceFile(name, sign.repeat(60_000));
      const start = await opening(file);
      for (const { recognise } of formats) recognise?.(start);
      for (const format of formats.filter(({ read }) => read))
        if (format.extensions.includes(name.slice(2)))
          expect((await readAll(format, file)).problems.length).toBeGreaterThan(0);
    }
  },
);

test('a "format" with a toString of its own says nothing of whose a file is', async () => {
  const file = sourceFile('a.json', '[{"format":{"toString":1},"data":{"text":"x"},"annotations":[]}]');
  expect(labelStudio.recognise!(await opening(file))).toBeGreaterThan(0);
});

test('a file that is nested too deep is refused with its line (B13)', async () => {
  const file = sourceFile('a.jsonld', `{\n"@context": "x",\n"items": ${nested(150)}\n}`);
  expect((await readAll(webAnnotation, file)).complaints).toEqual([
    'a.jsonld, line 3: nothing could be read from this file: it is nested more than 110 levels deep.',
  ]);
});

test.each([
  [
    'a.json',
    `[{"tokenized_text":["He"],"ner":[]},\n{"tokenized_text":["He"],"ner":[],"x":${nested(150)}}]`,
    'document',
    2,
  ],
  [
    'a.jsonl',
    `{"tokens":["He"],"ner_tags":["O"]}\n{"tokens":["He"],"ner_tags":["O"],"x":${nested(150)}}`,
    'line',
    2,
  ],
  ['b.json', `[{"text":"He"},\n{"text":"He","x":${nested(150)}}]`, 'document', 2],
] as const)(
  'a document of %s that is nested too deep is left out alone',
  async (name, content, what, line) => {
    const file = sourceFile(name, content);
    const { documents, complaints } = await readAll(formatOf(await opening(file)), file);
    expect(documents.map(({ text }) => text)).toEqual(['He']);
    expect(complaints).toEqual([
      `${name}, line ${line}: this ${what} was left out: it is nested more than 100 levels deep.`,
    ]);
  },
);

test('attributes of a table that are nested too deep are kept as text', async () => {
  const cell = `{""a"":${nested(150)}}`;
  const documents = sourceFile(
    'documents.csv',
    `id,title,text,offset_unit,status,labels,note,meta\nd1,t,He denied it.,codepoint,todo,,,"${cell}"\n`,
  );
  const read = await readAll(csv, documents);
  expect(read.documents[0]?.meta).toEqual({ meta: `{"a":${nested(150)}}` });
});
