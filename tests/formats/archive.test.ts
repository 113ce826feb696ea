import { describe, expect, test } from 'vitest';
import { describeFileProblem } from '../../src/core/problem.ts';
import type { SourceFile } from '../../src/formats/format.ts';
import { unpacked, type ArchiveLimits } from '../../src/formats/reading/archive.ts';
import { wholeText } from '../../src/formats/reading/source-text.ts';
import { sourceFile } from './reading.ts';
import { zipped } from './zipped.ts';

async function look(files: readonly SourceFile[], limits?: ArchiveLimits) {
  const { files: found, problems } = await unpacked(files, limits);
  const texts = await Promise.all(
    found.map(async (file) => {
      const whole = await wholeText(file);
      return `${file.name}: ${'text' in whole ? whole.text : whole.problem.message}`;
    }),
  );
  return {
    texts,
    names: found.map(({ name }) => name),
    complaints: problems.map(describeFileProblem),
    found,
  };
}

test('a zip is replaced by the files in it, under its name', async () => {
  const zip = await zipped({ 'may/a.txt': 'He denied it. 😀', 'b.ann': 'T1', 'may/': '' });
  const { texts, complaints, found } = await look([sourceFile('x.txt', 'x'), sourceFile('news.zip', zip)]);
  expect(texts).toEqual(['x.txt: x', 'news.zip/may/a.txt: He denied it. 😀', 'news.zip/b.ann: T1']);
  expect(complaints).toEqual([]);
  expect(found.map(({ size }) => size)).toEqual([1, 18, 2]);
});

test('a file of a zip can be read again and again, also from a blob', async () => {
  const blob = new File([await zipped({ 'a.txt': 'words '.repeat(50_000) })], 'news.zip');
  const { files } = await unpacked([blob]);
  for (const _ of [1, 2]) expect(await wholeText(files[0]!)).toEqual({ text: 'words '.repeat(50_000) });
});

test('whoever stops reading a file leaves nothing running', async () => {
  const { files } = await unpacked([
    sourceFile('a.zip', await zipped({ 'a.txt': 'words '.repeat(500_000) }, { level: 0 })),
  ]);
  const reader = files[0]!.stream().getReader();
  expect((await reader.read()).value?.length).toBeGreaterThan(0);
  await expect(reader.cancel()).resolves.toBeUndefined();
});

test('zips in a zip are opened, and no deeper', async () => {
  const inmost = await zipped({ 'c.txt': 'c' });
  const inner = await zipped({ 'b.txt': 'b', 'inmost.zip': inmost });
  const { texts, complaints } = await look([sourceFile('a.zip', await zipped({ 'inner.zip': inner }))]);
  expect(texts).toEqual(['a.zip/inner.zip/b.txt: b']);
  expect(complaints).toEqual(['a.zip/inner.zip/inmost.zip: it is a zip in a zip in a zip; unpack it first.']);
});

test('hidden files are passed over, and no path leads out of the zip (B11)', async () => {
  const zip = await zipped({
    '__MACOSX/._a.txt': 'x',
    '.DS_Store': 'x',
    'a/.git/b': 'x',
    '../../c.txt': 'c',
    '/d.txt': 'd',
  });
  expect((await look([sourceFile('a.zip', zip)])).texts).toEqual(['a.zip/c.txt: c', 'a.zip/d.txt: d']);
});

test('documents that are zips themselves stay whole, whatever they are called', async () => {
  const word = await zipped({ '[Content_Types].xml': 'x', 'word/document.xml': 'x' });
  const book = await zipped({ mimetype: 'application/epub+zip', 'a.xhtml': 'x' });
  const project = await zipped({ 'manifest.json': '{}', 'documents.jsonl': '' });
  const files = [
    sourceFile('a.docx', word),
    sourceFile('b.locution', project),
    ...[word, book, project].map((bytes, index) => sourceFile(`${index}.zip`, bytes)),
  ];
  expect((await look(files)).names).toEqual(['a.docx', 'b.locution', '0.zip', '1.zip', '2.zip']);
});

describe('what was made to harm, and what is broken, is a problem', () => {
  test('a file that grows without end (B6)', async () => {
    const zip = await zipped({ 'bomb.txt': ' '.repeat(5_000_000), 'a.txt': 'a' });
    const { texts, complaints } = await look([sourceFile('a.zip', zip)]);
    expect(texts).toEqual(['a.zip/a.txt: a']);
    expect(complaints).toEqual([
      'a.zip/bomb.txt: it would grow to more than 200 times its size, so it was not opened.',
    ]);
  });

  test('one that lies about its size fails when it is read (B6)', async () => {
    const zip = await zipped({ 'bomb.txt': ' '.repeat(5_000_000) });
    const view = new DataView(zip.buffer);
    for (let at = 0; at < zip.length - 4; at++)
      if (view.getUint32(at, true) === 5_000_000) view.setUint32(at, 900, true);
    const { texts } = await look([sourceFile('a.zip', zip)]);
    expect(texts).toEqual([expect.stringContaining('could not be read to its end')]);
  });

  test('too many files, and too much in them (B6, B11)', async () => {
    const zip = await zipped({ 'a.txt': 'aaaa', 'b.txt': 'bbbb', 'c.txt': 'c' });
    expect(
      (await look([sourceFile('a.zip', zip)], { entries: 2, bytes: 100, ratio: 200 })).complaints,
    ).toEqual(['a.zip: it holds more than 2 files; make several zips of it.']);
    const { texts, complaints } = await look([sourceFile('a.zip', zip)], {
      entries: 5,
      bytes: 6,
      ratio: 200,
    });
    expect(texts).toEqual(['a.zip/a.txt: aaaa', 'a.zip/c.txt: c']);
    expect(complaints).toEqual([expect.stringMatching(/^a\.zip\/b\.txt: with it more than 4 GB/)]);
  });

  test('encrypted, damaged and empty ones', async () => {
    const secret = await zipped({ 'a.txt': 'x' }, { password: 'x' });
    const files = [
      sourceFile('secret.zip', secret),
      sourceFile('broken.zip', 'PK\x03\x04 nothing'),
      sourceFile('empty.zip', await zipped({})),
    ];
    expect((await look(files)).complaints).toEqual([
      'secret.zip/a.txt: it is encrypted; unpack the zip with its password first.',
      expect.stringMatching(/^broken\.zip: this zip is damaged and cannot be opened/),
      'empty.zip: there are no files in this zip.',
    ]);
  });

  test('a file whose bytes were changed fails when it is read', async () => {
    const zip = await zipped({ 'a.txt': 'He denied it.' }, { level: 0 });
    zip[zip.indexOf(0x48, 30)] = 0x4a;
    expect((await look([sourceFile('a.zip', zip)])).texts).toEqual([
      expect.stringContaining('could not be read to its end'),
    ]);
  });
});
