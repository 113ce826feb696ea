import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Scheme } from '../../src/core/scheme.ts';
import type { OutgoingDocument } from '../../src/core/transfer.ts';
import type { Format, WriteOptions } from '../../src/formats/format.ts';
import { formats } from '../../src/formats/formats.ts';
import type { OffsetUnit } from '../../src/formats/units.ts';
import { jsonLines } from '../../src/formats/json-lines.ts';
import { filledDocument, randomScheme } from './carried.ts';
import { naughtyProject, naughtyScheme } from './naughty-project.ts';
import { writeOptions, writtenFiles } from './reading.ts';
import { richProject } from './rich-project.ts';

const script = fileURLToPath(new URL('../verify-formats.py', import.meta.url));
const hasPython = spawnSync('python3', ['--version']).status === 0;

/** The marked project, and random documents beside it. */
const project = [
  ...richProject,
  ...fc.sample(filledDocument, { numRuns: 40, seed: 5 }).map((outgoing, index) => ({
    ...outgoing,
    document: { ...outgoing.document, id: `random-${index}` },
  })),
];

/** Every combination of what the user may choose, named by the values. */
function choicesOf({ choices = [], name }: Format): [name: string, options: Partial<WriteOptions>][] {
  // Of the others none has a place for a span that ends inside of a grapheme.
  const units: OffsetUnit[] = ['codepoint', 'utf16', 'byte'];
  if (name === 'doccano JSONL') units.push('grapheme');
  const all: { [Key in keyof WriteOptions]?: readonly WriteOptions[Key][] } = {
    ...(choices.includes('unit') && { unit: units }),
    ...(choices.includes('tagging') && { tagging: ['BIO', 'BIOES', 'IOB1'] }),
    ...(choices.includes('overlap') && { overlap: ['longest', 'first'] }),
    ...(choices.includes('safeCells') && { safeCells: [true, false] }),
  };
  let combined: [string, Partial<WriteOptions>][] = [['', {}]];
  for (const [key, values] of Object.entries(all))
    combined = combined.flatMap(([said, options]) =>
      values.map((value): [string, Partial<WriteOptions>] => [
        `${said} ${value === true ? 'safe' : value === false ? 'plain' : value}`.trim(),
        { ...options, [key]: value },
      ]),
    );
  return combined.map(([said, options]) => [said || 'as it is', options]);
}

const writers = formats.filter(({ write }) => write);
const exports = writers.flatMap((format) =>
  choicesOf(format).map(([choice, options]) => ({ format, choice, options })),
);

async function writeInto(
  folder: string,
  format: Format,
  options: Partial<WriteOptions>,
  documents: readonly OutgoingDocument[] = project,
  scheme: Scheme = randomScheme,
): Promise<void> {
  for (const [path, bytes] of (await writtenFiles(format, documents, writeOptions(scheme, options))).files) {
    // One of several files has none before the first.
    if (path === '' && format.isFolder) continue;
    const file = join(folder, path === '' ? `export.${format.extensions[0]}` : path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, bytes);
  }
}

function verify(folder: string): { said: string[]; status: number | null } {
  const { stdout, stderr, status } = spawnSync('python3', [script, folder], { encoding: 'utf8' });
  return { said: `${stdout}${stderr}`.trim().split('\n'), status };
}

describe.skipIf(!hasPython)('Python finds in every format what the native export has', () => {
  let folder = '';
  let broken = '';
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'locution-formats-'));
    broken = mkdtempSync(join(tmpdir(), 'locution-broken-'));
    for (const { format, choice, options } of exports)
      await writeInto(join(folder, format.name, choice), format, options);
    const { files } = await writtenFiles(jsonLines, project, writeOptions(randomScheme));
    writeFileSync(join(folder, 'native.jsonl'), files.get('')!);
  });
  afterAll(() => {
    for (const made of [folder, broken]) rmSync(made, { recursive: true });
  });

  test('in every combination of what can be chosen', () => {
    const { said, status } = verify(folder);
    expect(said.sort()).toEqual(
      exports.map(({ format, choice }) => `${format.name}, ${choice}: all is well`).sort(),
    );
    expect(status).toBe(0);
  });

  test('of what other programs stumble over, in every field (B34)', async () => {
    const naughty = mkdtempSync(join(tmpdir(), 'locution-naughty-'));
    try {
      for (const { format, choice, options } of exports)
        await writeInto(join(naughty, format.name, choice), format, options, naughtyProject, naughtyScheme);
      const { files } = await writtenFiles(jsonLines, naughtyProject, writeOptions(naughtyScheme));
      writeFileSync(join(naughty, 'native.jsonl'), files.get('')!);
      const { said, status } = verify(naughty);
      expect(said.filter((line) => !line.endsWith('all is well'))).toEqual([]);
      expect({ lines: said.length, status }).toEqual({ lines: exports.length, status: 0 });
    } finally {
      rmSync(naughty, { recursive: true });
    }
  });

  test('what is wrong by one is found in each, and so is a format that nobody checks', () => {
    const wrong = [
      ['JSON Lines/byte/export.jsonl', /"start":(\d+)/],
      ['JSON/utf16/export.json', /"start": ?(\d+)/],
      ['Web Annotation/as it is/export.jsonld', /"start":(\d+)/],
      ['PubAnnotation/as it is/export.json', /"begin":(\d+)/],
      ['Hugging Face spans/codepoint/export.jsonl', /"start":(\d+)/],
      ['Label Studio JSON/as it is/export.json', /"start":(\d+)/],
      ['Label Studio JSON_MIN/as it is/export.json', /"start":(\d+)/],
      ['Prodigy JSONL/as it is/export.jsonl', /"end":(\d+)/],
      ['doccano JSONL/grapheme/export.jsonl', /"start_offset":(\d+)/],
      ['GLiNER/as it is/export.json', /"ner":\[\[(\d+)/],
      ['spaCy/as it is/data.jsonl', /"start":(\d+)/],
      ['Dataset folder/as it is/data/train.jsonl', /"start":(\d+)/],
      ['BIO/BIO longest/export.bio', /\tB-claim/],
      ['CoNLL 2003/BIOES first/export.conll', / S-claim/],
      ['Hugging Face tokens/IOB1 first/export.jsonl', /"I-claim/],
      ['Unheard of/as it is/export.txt', undefined],
    ] as const;
    cpSync(join(folder, 'native.jsonl'), join(broken, 'native.jsonl'));
    for (const [path, place] of wrong) {
      const whole = place ? readFileSync(join(folder, path), 'utf8') : 'words';
      const off = place
        ? whole.replace(place, (all) =>
            all.endsWith('claim')
              ? all.replace('claim', 'denial')
              : all.replace(/\d+$/, (end) => `${Number(end) + 1}`),
          )
        : whole;
      expect(off === whole, path).toBe(place === undefined);
      mkdirSync(dirname(join(broken, path)), { recursive: true });
      // The rest of a folder goes along.
      if (place)
        cpSync(join(folder, ...path.split('/').slice(0, 2)), join(broken, ...path.split('/').slice(0, 2)), {
          recursive: true,
        });
      writeFileSync(join(broken, path), off);
    }
    const { said, status } = verify(broken);
    expect(said.filter((line) => line.endsWith('all is well'))).toEqual([]);
    expect(said).toHaveLength(wrong.length);
    expect(said).toContain('Unheard of, as it is: no check is known for this format');
    expect(status).toBe(1);
  });
});
