import { describe, expect, test } from 'vitest';
import { certainty } from '../../src/formats/format.ts';
import { epub } from '../../src/formats/epub.ts';
import { opening } from '../../src/formats/reading/source-text.ts';
import { readAll, sourceFile } from './reading.ts';
import { zipped } from './zipped.ts';

const container =
  '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile full-path="OEBPS/book.opf"/></rootfiles></container>';
const plan = `<package xmlns="http://www.idpf.org/2007/opf"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Denials &amp; claims</dc:title><dc:creator>Anna</dc:creator><dc:language>en</dc:language></metadata>
<manifest><item id="nav" href="nav.xhtml" properties="nav" media-type="application/xhtml+xml"/><item id="two" href="text/ch%202.xhtml" media-type="application/xhtml+xml"/><item id="one" href="./one.xhtml" media-type="application/xhtml+xml"/><item id="css" href="a.css" media-type="text/css"/></manifest>
<spine><itemref idref="nav"/><itemref idref="one"/><itemref idref="two"/></spine></package>`;
const chapter = (body: string) =>
  `<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml"><head><title/><script src="x"/></head><body>${body}</body></html>`;

const book: Record<string, string> = {
  mimetype: 'application/epub+zip',
  'META-INF/container.xml': container,
  'OEBPS/book.opf': plan,
  'OEBPS/nav.xhtml': chapter('<p>Contents</p>'),
  'OEBPS/one.xhtml': chapter('<h1><a id="a"/>One</h1><p>He denied it. 😀</p><img src="x" alt=""/>'),
  'OEBPS/text/ch 2.xhtml': chapter('<h1>Two</h1><blockquote><p>שלום</p></blockquote>'),
};

async function read(parts: Record<string, string>) {
  const { documents, complaints } = await readAll(epub, sourceFile('a.epub', await zipped(parts)));
  return { document: documents[0], complaints };
}

test('a chapter that stands in the order of reading several times is read once', async () => {
  const again = '<itemref idref="one"/>'.repeat(1000);
  const { document, complaints } = await read({
    ...book,
    'OEBPS/book.opf': plan.replace('</spine>', `${again}</spine>`),
  });
  expect(document?.text).toBe('One\nHe denied it. 😀\n\nTwo\nשלום');
  expect(complaints).toContain(
    'a.epub: the chapter “OEBPS/one.xhtml” stands several times in the order of reading; it was read once, where it stands first.',
  );
});

test('a book whose chapters are too big together is left out before they are unpacked (B6)', async () => {
  const bytes = Buffer.from(await zipped(book));
  // What the directory says of the two chapters' sizes.
  for (const path of ['OEBPS/one.xhtml', 'OEBPS/text/ch 2.xhtml'])
    bytes.writeUInt32LE(150_000_000, bytes.lastIndexOf(path) - 46 + 24);
  const { documents, complaints } = await readAll(epub, sourceFile('a.epub', bytes));
  expect(documents).toEqual([]);
  expect(complaints).toEqual([
    'a.epub: this book was left out: its chapters have 300 MB when they are unpacked, and more than 200 MB are not read.',
  ]);
});

test('a book is one document with its chapters in the order of reading', async () => {
  const { document, complaints } = await read(book);
  expect(document).toMatchObject({
    title: 'Denials & claims',
    text: 'One\nHe denied it. 😀\n\nTwo\nשלום\n'.trimEnd(),
    meta: { author: 'Anna', language: 'en' },
    lineKinds: [
      { line: 0, kind: 'heading-1' },
      { line: 2, kind: 'page' },
      { line: 3, kind: 'heading-1' },
      { line: 4, kind: 'quotation' },
    ],
  });
  expect(complaints).toEqual(['a.epub: left out of this book: 1 picture.']);
});

test('a chapter that is missing is told, and the others are read', async () => {
  const { 'OEBPS/one.xhtml': _, ...rest } = book;
  const { document, complaints } = await read(rest);
  expect(document?.text).toBe('Two\nשלום');
  expect(complaints).toEqual([
    'a.epub: the chapter “OEBPS/one.xhtml” was left out: it is missing, damaged or locked.',
  ]);
});

describe('a broken book is one problem', () => {
  test.each([
    ['without a plan', { mimetype: 'application/epub+zip' }, /does not say in which order/],
    [
      'with a plan that ends early',
      { ...book, 'OEBPS/book.opf': '<package>' },
      /damaged: it ends before <\/package>/,
    ],
    ['without chapters', { ...book, 'OEBPS/book.opf': '<package/>' }, /has no text/],
  ])('%s', async (_, parts: Record<string, string>, message) => {
    const { document, complaints } = await read(parts);
    expect(document).toBeUndefined();
    expect(complaints).toEqual([expect.stringMatching(message)]);
  });
});

test('a book is told by what it says first, or by its name', async () => {
  const sure = async (name: string, bytes: Uint8Array) =>
    epub.recognise!(await opening(sourceFile(name, bytes)));
  expect(await sure('a', await zipped({ mimetype: 'application/epub+zip' }, { level: 0 }))).toBe(
    certainty.bySignature,
  );
  expect(await sure('a.epub', await zipped({ x: 'y' }))).toBe(certainty.bySignature);
  expect(await sure('a.zip', await zipped({ x: 'y' }))).toBe(certainty.no);
  expect(await sure('a.epub', Buffer.from('words'))).toBe(certainty.no);
});
