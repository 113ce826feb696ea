import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { wordDocument } from '../../src/formats/docx.ts';
import { epub } from '../../src/formats/epub.ts';
import type { Format } from '../../src/formats/format.ts';
import { htmlDocument } from '../../src/formats/html.ts';
import { markdown } from '../../src/formats/markdown.ts';
import { openDocumentText } from '../../src/formats/odt.ts';
import { pdf } from '../../src/formats/pdf.ts';
import { plainText } from '../../src/formats/plain-text.ts';
import { unpacked } from '../../src/formats/reading/archive.ts';
import { texts } from '../core/texts.ts';
import { readAll, sourceFile } from './reading.ts';
import { zipped } from './zipped.ts';

const formats: readonly Format[] = [
  plainText,
  markdown,
  htmlDocument,
  wordDocument,
  openDocumentText,
  epub,
  pdf,
];
const escaped = (text: string) =>
  text.replace(/[<>&]/g, (sign) => `&#${sign.charCodeAt(0)};`).replaceAll('\n', '</w:t><w:br/><w:t>');
const wordOf = (text: string) =>
  zipped({
    'word/document.xml': `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:p><w:t>${escaped(text)}</w:t></w:p></w:document>`,
  });

/** The text as its lines are after its way through a format. */
async function through(format: Format, bytes: string | Uint8Array): Promise<string | undefined> {
  return (await readAll(format, sourceFile('a', bytes))).documents[0]?.text;
}

/** Texts without what XML cannot hold. */
const speakable = texts.filter(
  (text) => text.trim() !== '' && text.isWellFormed() && !/(?![\n\t])\p{Cc}|[\ufffe\uffff]/u.test(text),
);

describe('no character of any text is lost or changed', () => {
  test('in plain text and Markdown', () =>
    fc.assert(
      fc.asyncProperty(
        speakable.filter((text) => !text.startsWith('\uFEFF')),
        async (text) => {
          expect(await through(plainText, text)).toBe(text);
          expect(await through(markdown, text)).toBe(text);
        },
      ),
      { numRuns: 50 },
    ));

  test('in a Word document', () =>
    fc.assert(
      fc.asyncProperty(speakable, async (text) => {
        const read = await through(wordDocument, await wordOf(`.${text}.`));
        expect(read).toBe(`.${text}.`);
      }),
      { numRuns: 50 },
    ));

  test('in preformatted HTML', () =>
    fc.assert(
      fc.asyncProperty(speakable, async (text) => {
        const html = `<pre>.${text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}.</pre>`;
        expect(await through(htmlDocument, html)).toBe(`.${text}.`);
      }),
      { numRuns: 50 },
    ));
});

describe('whatever bytes a file has, it is read without an exception, and something is said of it', () => {
  async function says(bytes: Uint8Array): Promise<void> {
    for (const format of formats) {
      const { documents, problems, questions } = await readAll(format, sourceFile('a', bytes, 7));
      expect(documents.length + problems.length + questions.length).toBeGreaterThan(0);
    }
  }

  test('noise', () => fc.assert(fc.asyncProperty(fc.uint8Array({ maxLength: 60 }), says), { numRuns: 30 }));

  test('a Word document of which bytes were changed', async () => {
    const whole = await wordOf('He denied it. '.repeat(20));
    const change = fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { minLength: 1, maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(change, async (changes) => {
        const bytes = whole.slice();
        for (const [at, byte] of changes) bytes[at] = byte;
        const { documents, problems } = await readAll(wordDocument, sourceFile('a.docx', bytes));
        expect(documents.length + problems.length).toBeGreaterThan(0);
        const { files, problems: refused } = await unpacked([sourceFile('a.zip', bytes)]);
        expect(files.length + refused.length).toBeGreaterThan(0);
      }),
      { numRuns: 50 },
    );
  });
});
