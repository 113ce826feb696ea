import { describe, expect, test } from 'vitest';
import { describeFileProblem } from '../../src/core/problem.ts';
import type { SourceFile } from '../../src/formats/format.ts';
import { lines, wholeText } from '../../src/formats/reading/source-text.ts';
import { fixture, fixtureBytes, sourceFile } from './reading.ts';

async function textOf(file: SourceFile, encoding?: string): Promise<string> {
  const whole = await wholeText(file, encoding);
  return 'text' in whole ? whole.text : `! ${describeFileProblem(whole.problem)}`;
}

async function linesOf(file: SourceFile, encoding?: string): Promise<string[]> {
  const read: string[] = [];
  for await (const line of lines(file, encoding))
    read.push('text' in line ? `${line.number} ${line.text}` : `! ${describeFileProblem(line.problem)}`);
  return read;
}

const latin1 = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));

describe('a file that is not UTF-8 text is refused in one sentence', () => {
  test.each([
    [
      'report.pdf',
      latin1('%PDF-1.7\n%âãÏÓ'),
      'this file is a PDF, not plain text; save its text as UTF-8 (.txt) and import that.',
    ],
    [
      'report.docx',
      latin1('PK\x03\x04\x14\0\x06\0'),
      'this file is a Word, OpenDocument or other zip file, not',
    ],
    ['empty.zip', latin1(`PK\x05\x06${'\0'.repeat(18)}`), 'this file is an empty zip file, not'],
    ['scan.png', latin1('\x89PNG\r\n\x1a\n'), 'this file is a PNG image, not'],
    ['scan.jpg', latin1('\xff\xd8\xff\xe0\0\x10JFIF'), 'this file is a JPEG image, not'],
    ['scan.gif', latin1('GIF89a\x01\0'), 'this file is a GIF image, not'],
    ['report.gz', latin1('\x1f\x8b\x08\0'), 'this file is compressed with gzip, not'],
    [
      'report.doc',
      latin1('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0'),
      'this file is an old Office file (.doc, .xls or .ppt), not',
    ],
    ['report.rtf', latin1('{\\rtf1\\ansi He denied it.}'), 'this file is rich text (RTF), not'],
    [
      'wide-without-mark.txt',
      fixtureBytes('wide-without-mark.txt'),
      'this file is UTF-16, not UTF-8. Save it as UTF-8 and import again.',
    ],
    ['big-endian.txt', latin1('\0H\0e\0 \0s\0a\0i\0d\0.'), 'this file is UTF-16, not UTF-8.'],
    ['wider.txt', latin1('\xff\xfe\0\0H\0\0\0'), 'this file is UTF-32, not UTF-8.'],
    ['wider-big-endian.txt', latin1('\0\0\xfe\xff\0\0\0H'), 'this file is UTF-32, not UTF-8.'],
    ['wider-without-mark.txt', latin1('H\0\0\0e\0\0\0 \0\0\0!\0\0\0'), 'this file is UTF-32, not UTF-8.'],
    ['wider-without-mark.txt', latin1('\0\0\0H\0\0\0e\0\0\0 \0\0\0!'), 'this file is UTF-32, not UTF-8.'],
    ['empty.txt', fixtureBytes('empty.txt'), 'this file has no text.'],
    ['blank.txt', fixtureBytes('blank.txt'), 'this file has no text.'],
    ['mark.txt', latin1('\xef\xbb\xbf'), 'this file has no text.'],
  ])('%s', async (name, bytes, message) => {
    const complaint = `! ${name}: ${message}`;
    expect(await textOf(sourceFile(name, bytes))).toContain(complaint);
    expect(await textOf(sourceFile(name, bytes, 1))).toContain(complaint);
    const complaints = (await linesOf(sourceFile(name, bytes, 3))).filter((line) => line.startsWith('!'));
    expect(complaints).toEqual([expect.stringContaining(complaint)]);
  });
});

test('invalid UTF-8 is refused with the line it is on (B19)', async () => {
  const message = 'this file is not valid UTF-8 at line 3; save the file as UTF-8 and import it again.';
  expect(await textOf(fixture('latin1.txt'))).toBe(`! latin1.txt, line 3: ${message}`);
  expect(await textOf(sourceFile('cr.txt', latin1('a\rb\r\nc\xe9\n')))).toContain('cr.txt, line 3: ');
  expect(await textOf(sourceFile('cut.txt', latin1('He said \xf0\x9f\x98')))).toContain('cut.txt, line 1: ');
});

test('a line that is not UTF-8 is refused alone', async () => {
  expect(await linesOf(sourceFile('mixed.jsonl', latin1('one\ntw\xf6\nthree')))).toEqual([
    '1 one',
    '! mixed.jsonl, line 2: this line is not valid UTF-8 at line 2; save the file as UTF-8 and import it again.',
    '3 three',
  ]);
});

test('UTF-16 with a byte order mark is sure, and its mark stays like that of UTF-8 (B20)', async () => {
  const text = '\uFEFFHe said 😀\r\nשלום\nlast';
  const bigEndian = Buffer.from(text, 'utf16le').swap16();
  for (const bytes of [Buffer.from(text, 'utf16le'), bigEndian])
    for (const chunkBytes of [1, 3, 1000]) {
      expect(await textOf(sourceFile('wide.txt', bytes, chunkBytes))).toBe(text);
      expect(await linesOf(sourceFile('wide.jsonl', bytes, chunkBytes))).toEqual([
        '1 \uFEFFHe said 😀\r',
        '2 שלום',
        '3 last',
      ]);
    }
  expect(await textOf(fixture('wide.txt'))).toContain('\uFEFF');
});

describe('in an encoding that the user gave', () => {
  const polish = Buffer.from('Za\xbf\xf3\xb3\xe6\ng\xea\x9cl\xb9\nja\x9f\xf1', 'latin1');

  test('text and lines are decoded', async () => {
    for (const chunkBytes of [1, 4, 1000]) {
      const file = sourceFile('a.txt', polish, chunkBytes);
      expect(await textOf(file, 'windows-1250')).toBe('Zażółć\ngęślą\njaźń');
      expect(await linesOf(file, 'cp1250')).toEqual(['1 Zażółć', '2 gęślą', '3 jaźń']);
    }
    expect(await linesOf(sourceFile('a.txt', 'one\n\n'), 'windows-1250')).toEqual(['1 one', '2 ']);
  });

  test('a file of two bytes a character is read without its mark', async () => {
    expect(await textOf(fixture('wide-without-mark.txt'), 'utf-16le')).not.toMatch(/^!|\0/);
    expect(await textOf(sourceFile('a.txt', latin1('\0H\0e')), 'utf-16be')).toBe('He');
  });

  test('a byte order mark is believed before the user', async () => {
    expect(await textOf(sourceFile('a.txt', '\uFEFFé'), 'windows-1250')).toBe('\uFEFFé');
  });

  test('what does not fit is a problem, with the line where it is known', async () => {
    const file = sourceFile('a.txt', latin1('one\ntwo \xff\nthree'));
    const hint = 'choose another encoding, or save it as UTF-8.';
    expect(await textOf(file, 'euc-kr')).toBe(`! a.txt: this file cannot be read as euc-kr; ${hint}`);
    const read = await linesOf(sourceFile('a.txt', latin1('one\ntwo \xff\nthree'), 4), 'euc-kr');
    expect(read).toEqual([
      '1 one',
      `! a.txt, line 2: this file cannot be read as euc-kr from line 2 on; ${hint}`,
    ]);
    const unknown = '! a.txt: “klingon” is no encoding that is known here; choose another one.';
    expect(await textOf(file, 'klingon')).toBe(unknown);
    expect(await linesOf(file, 'klingon')).toEqual([unknown]);
    expect(await linesOf(sourceFile('a.txt', latin1('\0H\0')), 'utf-16be')).toEqual([
      `! a.txt, line 1: this file cannot be read as utf-16be from line 1 on; ${hint}`,
    ]);
  });

  test('an image stays one, and nothing stays nothing', async () => {
    expect(await textOf(sourceFile('a.png', latin1('\x89PNG\r\n\x1a\n')), 'windows-1250')).toContain(
      'PNG image',
    );
    expect(await textOf(sourceFile('a.txt', ' \n'), 'windows-1250')).toContain('no text');
    expect(await linesOf(sourceFile('a.txt', ''), 'windows-1250')).toEqual([
      '! a.txt: this file has no text.',
    ]);
  });
});

test('overlong forms and encoded surrogates are not UTF-8 (B19)', async () => {
  expect(await textOf(sourceFile('overlong.txt', latin1('He \xc0\xafsaid')))).toContain('not valid UTF-8');
  expect(await textOf(sourceFile('surrogate.txt', latin1('He \xed\xa0\x80said')))).toContain(
    'not valid UTF-8',
  );
});

test('the byte order mark, NUL and control characters stay in the text', async () => {
  expect(await textOf(fixture('crlf-with-mark.txt'))).toMatch(/^\uFEFFdate 2024-03-05\r\n/);
  expect(await textOf(sourceFile('odd.txt', 'He\0 said\x07 \x1b[1mno\x7f.'))).toBe(
    'He\0 said\x07 \x1b[1mno\x7f.',
  );
});

test('lines are the same however the file arrives', async () => {
  const text = '\uFEFFone 😀\r\n\n\nשלום\nlast';
  const whole = ['1 \uFEFFone 😀\r', '2 ', '3 ', '4 שלום', '5 last'];
  for (const chunkBytes of [1, 2, 3, 5, 7, 1000])
    expect(await linesOf(sourceFile('report.txt', text, chunkBytes))).toEqual(whole);
  expect(await linesOf(sourceFile('report.txt', 'one\n'))).toEqual(['1 one']);
});

describe('a file that cannot be read to its end is refused', () => {
  const failing: SourceFile = {
    name: 'gone.jsonl',
    size: 100,
    stream: () => new ReadableStream({ pull: (controller) => controller.error(new Error('NotReadable')) }),
  };

  test('at once', async () => {
    const complaint = '! gone.jsonl: this file could not be read to its end (NotReadable). Choose it again.';
    expect(await textOf(failing)).toBe(complaint);
    expect(await linesOf(failing)).toEqual([complaint]);
  });

  test('in the middle, after what could be read', async () => {
    let pulls = 0;
    const stream = () =>
      new ReadableStream<Uint8Array<ArrayBuffer>>({
        pull(controller) {
          if (pulls++ > 0) controller.error(new Error('NotReadable'));
          else controller.enqueue(new TextEncoder().encode(`one\n${'two '.repeat(2000)}`));
        },
      });
    const read = await linesOf({ name: 'gone.jsonl', size: 9000, stream });
    expect(read[0]).toBe('1 one');
    expect(read.at(-1)).toContain('could not be read to its end');
    expect(read).toHaveLength(2);
  });

  test('when even opening it fails', async () => {
    const stream = () => {
      throw new DOMException('the file has moved', 'NotFoundError');
    };
    expect(await textOf({ name: 'gone.txt', size: 1, stream })).toContain('the file has moved');
  });
});
