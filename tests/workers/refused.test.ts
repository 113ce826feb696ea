import { expect, test } from 'vitest';
import { unpacked } from '../../src/formats/reading/archive.ts';
import { refusedFile } from '../../src/workers/importing/refused.ts';
import { sourceFile } from '../../src/workers/importing/sources.ts';
import { zipped } from '../formats/zipped.ts';

const lines = 'good\nbad\ngood\nbad too';

test('of files with a record a line the refused lines come back, byte for byte (B15)', async () => {
  const incoming = [{ path: 'a.jsonl', blob: new Blob([lines]) }];
  const places = [2, 4].map((line) => ({ file: 'a.jsonl', line }));
  const { name, blob } = await refusedFile(incoming, places);
  expect([name, await blob.text()]).toEqual(['refused-a.jsonl', 'bad\nbad too']);
});

const refusedOf = async (path: string, content: string | Uint8Array<ArrayBuffer>, ...numbers: number[]) => {
  const places = numbers.map((line) => ({ file: path, line }));
  return (await refusedFile([{ path, blob: new Blob([content]) }], places)).blob;
};

test('a refused row of a table comes back with all lines of its cells, and with no others', async () => {
  const row = '2,"He said ""no""\nand, 5"" later,\nleft"\n';
  const csv = `id,text\n1,a 5" disk\n${row}3,"""So"" it is"\n4,x\n`;
  expect(await (await refusedOf('a.csv', csv, 3)).text()).toBe(row);
  expect(await (await refusedOf('a.csv', csv, 2, 6)).text()).toBe('1,a 5" disk\n3,"""So"" it is"\n');
  expect(
    await (await refusedOf('a.tsv', csv.replaceAll('2,', '2\t').replaceAll('id,', 'id\t'), 3)).text(),
  ).toBe(row.replace('2,', '2\t'));
});

test('lines of tables in other encodings are told as well, and those of tokens are no rows', async () => {
  const latin = Uint8Array.from(
    [...'id,text\n1,caf\xe9 "\n2,"\xe9\n"\n3,x\n'].map((sign) => sign.charCodeAt(0)),
  );
  expect(new Uint8Array(await (await refusedOf('a.csv', latin, 3)).arrayBuffer())).toEqual(
    latin.slice(17, 24),
  );
  const tokens = 'He O\n" O\nleft O\n" O\n';
  expect(await (await refusedOf('a.conll', tokens, 2)).text()).toBe('" O\n');
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
