import { expect, test } from 'vitest';
import { unpacked } from '../../src/formats/reading/archive.ts';
import { refusedFile } from '../../src/workers/importing/refused.ts';
import { sourceFile } from '../../src/workers/importing/sources.ts';
import { zipped } from '../formats/zipped.ts';

const lines = 'good\nbad\ngood\nbad too';

test('of files with a record a line the refused lines come back, byte for byte', async () => {
  const incoming = [{ path: 'a.jsonl', blob: new Blob([lines]) }];
  const places = [2, 4].map((line) => ({ file: 'a.jsonl', line }));
  const { name, blob } = await refusedFile(incoming, places);
  expect([name, await blob.text()]).toEqual(['refused-a.jsonl', 'bad\nbad too']);
});

test('what was refused of a file in a zip comes back out of the zip', async () => {
  const blob = new Blob([await zipped({ 'may/a.jsonl': lines, 'may/b.txt': 'fine' })]);
  const refused = await refusedFile(
    [{ path: 'news.zip', blob }],
    [{ file: 'news.zip/may/a.jsonl', line: 2 }],
  );
  expect([refused.name, await refused.blob.text()]).toEqual(['refused-a.jsonl', 'bad\n']);
});

test('what could not be unpacked comes back in its zip, beside other refused files', async () => {
  const zip = await zipped({ 'zeros.txt': '0'.repeat(5_000_000) });
  const incoming = [
    { path: 'news.zip', blob: new Blob([zip]) },
    { path: 'a.txt', blob: new Blob(['\0']) },
  ];
  const { name, blob } = await refusedFile(incoming, [{ file: 'news.zip/zeros.txt' }, { file: 'a.txt' }]);
  expect(name).toBe('refused.zip');
  const { files, problems } = await unpacked([sourceFile({ path: 'r.zip', blob })]);
  expect(files.map(({ name: path }) => path)).toEqual(['r.zip/a.txt']);
  expect(problems.map(({ file }) => file)).toEqual(['r.zip/news.zip/zeros.txt']);
});
