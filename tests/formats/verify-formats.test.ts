import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { casJson } from '../../src/formats/cas-json.ts';
import { casXmi } from '../../src/formats/cas-xmi.ts';
import { csv } from '../../src/formats/csv.ts';
import type { Format } from '../../src/formats/format.ts';
import { htmlPage } from '../../src/formats/html-page.ts';
import { huggingFaceSpans } from '../../src/formats/hugging-face-spans.ts';
import { jsonLines } from '../../src/formats/json-lines.ts';
import { openAiChat } from '../../src/formats/openai-chat.ts';
import { parquet } from '../../src/formats/parquet.ts';
import { pubAnnotation } from '../../src/formats/pubannotation.ts';
import { webAnnotation } from '../../src/formats/web-annotation.ts';
import { filledDocument, randomScheme } from './carried.ts';
import { writeOptions, writtenFiles } from './reading.ts';

const script = fileURLToPath(new URL('../verify-formats.py', import.meta.url));
const hasPython = spawnSync('python3', ['--version']).status === 0;

/** Where the script looks for the file or the folder of each format. */
const places: readonly (readonly [string, Format])[] = [
  ['native.jsonl', jsonLines],
  ['web-annotation.jsonld', webAnnotation],
  ['pubannotation.json', pubAnnotation],
  ['cas-json', casJson],
  ['cas-xmi', casXmi],
  ['csv', csv],
  ['openai-chat.jsonl', openAiChat],
  ['hugging-face-spans.jsonl', huggingFaceSpans],
  ['html-page.html', htmlPage],
  ['parquet.parquet', parquet],
];

describe.skipIf(!hasPython)('Python finds in every format what the native export has', () => {
  let folder = '';
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'locution-formats-'));
    const documents = fc.sample(filledDocument, { numRuns: 60, seed: 5 });
    for (const [place, format] of places)
      for (const [path, bytes] of (await writtenFiles(format, documents, writeOptions(randomScheme))).files) {
        // A format of one file has no path for it, and one of several none before the first.
        if (path === '' && bytes.length === 0) continue;
        const file = join(folder, place, path);
        mkdirSync(dirname(file), { recursive: true });
        writeFileSync(file, bytes);
      }
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const verify = () => {
    const { stdout, stderr, status } = spawnSync('python3', [script, folder], { encoding: 'utf8' });
    return { said: `${stdout}${stderr}`.trim().split('\n'), status };
  };

  test('in sixty random documents, and says which formats are not there', () => {
    const { said, status } = verify();
    expect(said.filter((line) => !/: (all is well|skipped, there is no \S+)$/.test(line))).toEqual([]);
    expect(said.filter((line) => line.endsWith('all is well'))).toHaveLength(places.length - 1);
    expect(status).toBe(0);
  });

  test.each([
    ['web-annotation.jsonld', /"start":(\d+)/, 'Web Annotation: '],
    ['pubannotation.json', /"begin":(\d+)/, 'PubAnnotation: '],
    ['hugging-face-spans.jsonl', /"start":(\d+)/, 'Hugging Face spans: '],
  ])('a place in %s that is wrong by one is found', (file, place, name) => {
    const path = join(folder, file);
    const content = readFileSync(path, 'utf8');
    writeFileSync(
      path,
      content.replace(place, (all, start) => all.replace(start, String(Number(start) + 1))),
    );
    const { said, status } = verify();
    writeFileSync(path, content);
    expect(status).toBe(1);
    expect(said.filter((line) => !/all is well|skipped/.test(line))).toEqual([expect.stringContaining(name)]);
  });
});
