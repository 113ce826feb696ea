import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { certainty } from '../../src/formats/format.ts';
import { htmlDocument } from '../../src/formats/html.ts';
import { opening } from '../../src/formats/reading/source-text.ts';
import { readAll, sourceFile } from './reading.ts';

async function page(html: string) {
  const { documents, complaints } = await readAll(htmlDocument, sourceFile('page.html', html));
  const [document] = documents;
  const lines = document?.text.split('\n') ?? [];
  const kinds = (document?.lineKinds ?? []).map(({ line, kind }) => `${kind}: ${lines[line]}`);
  return { document, text: document?.text, kinds, complaints };
}

describe('the words of a page', () => {
  test.each([
    ['blocks end lines', '<p>He denied it.</p><p>She\n  did   not.</p>', 'He denied it.\nShe did not.'],
    ['inline elements do not', '<p>He <b>de</b>nied <a href="x">it</a>.', 'He denied it.'],
    ['a break ends a line, two leave one empty', 'one<br>two<br><br>three', 'one\ntwo\n\nthree'],
    ['entities are characters', '<p>&ldquo;No&rdquo;&nbsp;&amp;&#x1F600;&lt;b&gt;', '“No”\u00a0&😀<b>'],
    ['white space is kept in code', '<pre>a\n  b  c\n</pre>after', 'a\n  b  c\nafter'],
    ['cells are parted by tabs', '<table><tr><th> a <th>b<tr><td>1<td> 2</table>', 'a\tb\n1\t2'],
    ['spaces stand between words alone', '<p> <i> one </i> <i> two</i> </p> ', 'one two'],
    [
      'scripts, styles and templates are none',
      '<style>p{}</style><p>a<script>b</script><template>c</template>',
      'a',
    ],
    ['tags of odd names are none either', '<constructor>a</constructor><to-string>b</to-string>', 'ab'],
    ['broken markup is read as browsers do', '<p>one<div>two</p></b><li>three', 'one\ntwo\nthree'],
    ['characters of all scripts stay', '<p>שלום 👨‍👩‍👧 Z̃</p>', 'שלום 👨‍👩‍👧 Z̃'],
  ])('%s', async (_, html, text) => {
    expect((await page(html)).text).toBe(text);
  });
});

test('what lines are is told by the innermost element', async () => {
  const { kinds } = await page(
    '<h1>Denials</h1><ul><li>one<p>more</p><li><h3>head</h3></ul><blockquote><p>He said</p><pre>x\ny</pre></blockquote><table><tr><td>1</table>plain',
  );
  expect(kinds).toEqual([
    'heading-1: Denials',
    'item: one',
    'item: more',
    'heading-3: head',
    'quotation: He said',
    'code: x',
    'code: y',
    'table: 1',
  ]);
});

test('a table that only places things is none', async () => {
  expect((await page('<table><tr><td>menu<table><tr><td>1</table></table>')).kinds).toEqual(['table: 1']);
  expect((await page('<table role="presentation"><tr><td>1</table>')).kinds).toEqual([]);
});

test('the title and what the page says of itself are kept beside the text', async () => {
  const { document } = await page(
    '<html lang="de"><head><title> A &amp; B </title><meta name=Author content="Anna"><meta name="viewport" content="x"></head><body>Text',
  );
  expect(document).toMatchObject({ title: 'A & B', text: 'Text', meta: { language: 'de', author: 'Anna' } });
  expect((await page('<p>Text')).document).toMatchObject({ title: 'page.html', meta: {} });
});

test('what is hidden, drawn or to be filled in is left out and counted', async () => {
  const { text, complaints } = await page(
    '<p hidden>a</p><p style="color:red; display: none">b</p><p hidden></p><img alt="c"><svg><text>d</text></svg><p>He denied it.<dialog>e</dialog>',
  );
  expect(text).toBe('He denied it.');
  expect(complaints).toEqual([
    'page.html: left out of this page: 3 hidden parts, 1 picture, 1 frame, drawing or field.',
  ]);
});

test('a page without words, and one nested too deep, are problems', async () => {
  expect((await page('<p> </p><script>x</script>')).complaints).toEqual([
    'page.html: this file has no text.',
  ]);
  expect((await page(`${'<div>'.repeat(100_000)}deep`)).complaints).toEqual([
    'page.html: the parts of this page are nested too deep to be read.',
  ]);
});

test('a page is read in the encoding that it declares, and asked about when it declares none', async () => {
  const read = (html: string) => readAll(htmlDocument, sourceFile('page.html', Buffer.from(html, 'latin1')));
  const declared = await read('<html><meta charset="windows-1250"><p>Za\xbf\xf3\xb3\xe6');
  expect(declared.documents[0]?.text).toBe('Zażółć');
  expect((await read('<p>Za\xbf\xf3\xb3\xe6')).questions).toMatchObject([{ about: 'encoding' }]);
  expect((await read('<meta charset="utf-8"><p>Za\xbf\xf3')).questions).toHaveLength(1);
});

test('a page is told by its beginning, and prose about pages is none', async () => {
  const sure = async (name: string, text: string) =>
    htmlDocument.recognise!(await opening(sourceFile(name, text)));
  expect(await sure('page', '\n<!-- a --><!DOCTYPE html><title>x')).toBe(certainty.bySignature);
  expect(await sure('a.txt', '<?xml version="1.0"?>\n<html xmlns="x">')).toBe(certainty.bySignature);
  expect(await sure('a.htm', '<p>x')).toBe(certainty.byExtension);
  expect(await sure('a.txt', 'The <html> element')).toBe(certainty.no);
});

test('any markup gives lines that are in the text, and never an exception (B1)', async () => {
  const bits = fc.constantFrom(
    '<p>',
    '</p>',
    '<li>',
    '<br>',
    '<pre>\n',
    '</pre>',
    '<td>',
    '<table>',
    '<h2>',
    'שלום ',
    '😀',
    'a\r\nb',
    '&#0;',
    '<',
    '>',
    '<blockquote>',
    '<!--',
    '-->',
    '<svg>',
    '</svg>',
  );
  await fc.assert(
    fc.asyncProperty(fc.array(bits, { maxLength: 40 }), async (parts) => {
      const { document } = await page(`${parts.join('')}.`);
      const lines = document?.text.split('\n') ?? [];
      for (const { line } of document?.lineKinds ?? []) expect(lines[line]).toMatch(/\S/u);
    }),
    { numRuns: 50 },
  );
});
