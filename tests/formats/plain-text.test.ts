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

test('marks, joined emoji and spaces at line ends stay as they are', async () => {
  const { documents } = await readAll(plainText, fixture('family.md'));
  expect(documents[0]?.text).toBe(decoded('family.md'));
});

test('what looks like HTML is only text', async () => {
  const text = ' <script>alert(1)</script>&amp;\u2028 <b>denied</b>\t';
  const { documents } = await readAll(plainText, sourceFile('page.txt', text));
  expect(documents[0]?.text).toBe(text);
});

test('a file in another encoding is read as the user says', async () => {
  const { documents, questions } = await readAll(plainText, fixture('latin1.txt'), {
    encoding: 'windows-1252',
  });
  expect(questions).toEqual([]);
  expect(documents[0]?.text).toBe(Buffer.from(fixtureBytes('latin1.txt')).toString('latin1'));
});

test('a file that is not UTF-8 is a question and no document (B19, B21)', async () => {
  const { documents, problems, questions } = await readAll(plainText, fixture('latin1.txt'));
  expect([documents, problems]).toEqual([[], []]);
  expect(questions).toMatchObject([
    {
      about: 'encoding',
      words: 'This is not UTF-8. Which encoding shows its words as they should be?',
    },
  ]);
  expect(questions[0]).not.toHaveProperty('presumed');
});

test('what is no text in any encoding is one problem', async () => {
  const noise = Uint8Array.from({ length: 3000 }, (_, index) => (index * 7919) % 256);
  const { documents, questions, complaints } = await readAll(plainText, sourceFile('noise.txt', noise));
  expect([documents, questions]).toEqual([[], []]);
  expect(complaints).toEqual(['noise.txt: this file is no text in any encoding known here.']);
});

test('an empty file, an image and UTF-32 are problems (B20, B32)', async () => {
  for (const [bytes, words] of [
    ['', 'has no text'],
    ['\x89PNG\r\n\x1a\n', 'is a PNG image'],
    ['\0\0\xfe\xff\0\0\0H', 'is UTF-32'],
  ] as const) {
    const { complaints } = await readAll(plainText, sourceFile('a.txt', Buffer.from(bytes, 'latin1')));
    expect(complaints).toEqual([expect.stringContaining(words)]);
  }
});
