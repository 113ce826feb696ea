import { expect, test } from 'vitest';
import { plainText } from '../../src/formats/plain-text.ts';
import { fixture, fixtureBytes, readAll, sourceFile } from './reading.ts';

const decoded = (name: string) => new TextDecoder().decode(fixtureBytes(name));

test('a text file is one document with the file’s name', async () => {
  const { documents, problems } = await readAll(plainText, fixture('hebrew.txt'));
  expect(problems).toEqual([]);
  expect(documents).toEqual([
    {
      title: 'hebrew.txt',
      text: decoded('hebrew.txt').replaceAll('\r\n', '\n'),
      source: { file: 'hebrew.txt', newlines: 'mixed', byteOrderMark: false, replacedSurrogates: 0 },
      meta: {},
      spans: [],
      relations: [],
    },
  ]);
});

test('what was done to line breaks and byte order mark is recorded, and a leading date is known', async () => {
  const { documents } = await readAll(plainText, fixture('crlf-with-mark.txt', 1));
  expect(documents[0]).toMatchObject({
    text: 'date 2024-03-05\n“We were not there,” the ministry said.\n\nNobody believed it. 😀\n',
    source: { newlines: 'crlf', byteOrderMark: true },
    meta: { date: '2024-03-05' },
  });
});

test('marks of Markdown, joined emoji and spaces at line ends stay as they are', async () => {
  const { documents } = await readAll(plainText, fixture('family.md'));
  expect(documents[0]?.text).toBe(decoded('family.md'));
});

test('what looks like HTML is only text', async () => {
  const text = ' <script>alert(1)</script>&amp;\u2028 <b>denied</b>\t';
  const { documents } = await readAll(plainText, sourceFile('page.txt', text));
  expect(documents[0]?.text).toBe(text);
});

test('a file that is no text is one problem and no document', async () => {
  const { documents, complaints } = await readAll(plainText, fixture('latin1.txt'));
  expect(documents).toEqual([]);
  expect(complaints).toEqual([expect.stringContaining('latin1.txt, line 3: ')]);
});
