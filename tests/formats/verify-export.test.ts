import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { json } from '../../src/formats/json.ts';
import { jsonLines } from '../../src/formats/json-lines.ts';
import { plainText } from '../../src/formats/plain-text.ts';
import { document } from './arbitraries.ts';
import { fixture, fixtureBytes, goingOut, readAll, schemeOf, sourceFile, written } from './reading.ts';

const script = fileURLToPath(new URL('../verify-export.py', import.meta.url));
const seed = fileURLToPath(new URL('../../../shared/seed/', import.meta.url));
const hasPython = spawnSync('python3', ['--version']).status === 0;
const scheme = schemeOf('claim', 'denial', 'appeal', 'accusation', 'false_alarm', 'נאום', '__proto__');

describe.skipIf(!hasPython)('Python finds every span where the export says it is', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'locution-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  function verify(name: string, content: string, ...options: string[]) {
    const path = join(folder, name);
    writeFileSync(path, content);
    const { status, stdout, stderr } = spawnSync('python3', [script, path, ...options], { encoding: 'utf8' });
    return { status, said: (stdout + stderr).trim() };
  }

  test('in a hundred random documents, in both formats', async () => {
    const documents = fc.sample(document, { numRuns: 100, seed: 1 });
    for (const [format, name] of [
      [jsonLines, 'random.jsonl'],
      [json, 'random.json'],
    ] as const) {
      const { status, said } = verify(name, await written(format, documents, scheme));
      expect(said).toMatch(/^random\.jsonl?: 100 documents, \d+ spans, \d+ relations; all is well$/);
      expect(status).toBe(0);
    }
  });

  test('in the marked article, whose text and spans are those of the files it came from', async ({
    skip,
  }) => {
    if (!existsSync(seed)) skip('there is no folder ../shared/seed');
    const gold = join(seed, 'article.gold.jsonl');
    const { documents } = await readAll(jsonLines, sourceFile('gold.jsonl', readFileSync(gold)));
    const out = await written(jsonLines, documents.map(goingOut), scheme);
    const { said } = verify('article.jsonl', out, '--equals', join(seed, 'article.txt'), '--spans', gold);
    expect(said).toBe('article.jsonl: 1 document, 17 spans, 8 relations; all is well');
  });

  test('and a text file that was imported equals the exported text', async () => {
    const name = 'crlf-with-mark.txt';
    const { documents } = await readAll(plainText, fixture(name));
    const line = await written(jsonLines, documents.map(goingOut), scheme);
    writeFileSync(join(folder, name), fixtureBytes(name));
    expect(verify('text.jsonl', line, '--equals', join(folder, name)).said).toContain('all is well');
    writeFileSync(join(folder, name), 'Another text.');
    expect(verify('text.jsonl', line, '--equals', join(folder, name))).toEqual({
      status: 1,
      said: "text.jsonl: the text is not that of crlf-with-mark.txt: at 0 it goes on 'date 2024-03-05\\n“We ', not 'Another text.'",
    });
  });

  test.each([
    ['"start":23', '"start":24', "line 1, span d1-s1: text[24:37] is 'hey deny that', not 'They deny that'"],
    ['"start":23', '"start":"23"', "line 1, span d1-s1: offsets '23', 37 are not integers"],
    ['"end":37', '"end":370', 'line 1, span d1-s1: 23-370 is no range of a text of 38 code points'],
    ['"text_sha256":"', '"text_sha256":"0', 'line 1: text_sha256 is '],
    [
      '"head":"d1-s1"',
      '"head":"d1-s9"',
      "line 1, relation r1: its head 'd1-s9' is not a span of the document",
    ],
    ['"offset_unit":"codepoint"', '"offset_unit":"utf16"', "line 1: offset_unit is 'utf16'"],
    ['"id":"d1-s1"', '"id":"d1-s2"', 'line 1: two spans have the same id'],
    ['"spans":[', '"spans":"', 'JSONDecodeError'],
  ])('%s made %s is found', async (right, wrong, complaint) => {
    const [first] = (await readAll(jsonLines, fixture('three-reports.jsonl'))).documents;
    const line = await written(jsonLines, [goingOut(first!)], scheme);
    expect(line).toContain(right);
    const { status, said } = verify('spoilt.jsonl', line.replace(right, wrong));
    expect(said).toContain(complaint);
    expect(status).toBe(1);
  });

  test('spans out of order are found, and spans that differ from the gold', async () => {
    const [first] = (await readAll(jsonLines, fixture('three-reports.jsonl'))).documents;
    const line = await written(jsonLines, [goingOut(first!)], scheme);
    const turned = JSON.parse(line) as { spans: unknown[] };
    turned.spans.reverse();
    expect(verify('turned.jsonl', `${JSON.stringify(turned)}\n`).said).toContain(
      'line 1: the spans are not in order',
    );
    const gold = join(folder, 'gold.jsonl');
    writeFileSync(gold, line.replace('"label":"denial"', '"label":"claim"'));
    expect(verify('other.jsonl', line, '--spans', gold).said).toBe(
      "other.jsonl: gold.jsonl, line 1: spans missing [(23, 37, 'claim')], too many [(23, 37, 'denial')]",
    );
  });
});
