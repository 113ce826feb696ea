import { describe, expect, test } from 'vitest';
import { certainty } from '../../src/formats/format.ts';
import { wordDocument } from '../../src/formats/docx.ts';
import { opening } from '../../src/formats/reading/source-text.ts';
import { readAll, sourceFile } from './reading.ts';
import { zipped } from './zipped.ts';

const space = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main';
const styles = `<?xml version="1.0"?><w:styles xmlns:w="${space}">
  <w:style w:styleId="berschrift1"><w:name w:val="heading 1"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>
  <w:style w:styleId="Own"><w:name w:val="Section"/><w:basedOn w:val="berschrift1"/></w:style>
  <w:style w:styleId="Zitat"><w:name w:val="Quote"/></w:style>
  <w:style w:styleId="Liste"><w:name w:val="Points"/><w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style>
  <w:style w:styleId="Loop"><w:name w:val="Loop"/><w:basedOn w:val="Loop"/></w:style>
</w:styles>`;

const documentPart = (body: string, attributes = `xmlns:w="${space}"`) =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<w:document ${attributes}><w:body>${body}<w:sectPr/></w:body></w:document>`;

async function word(body: string, others: Record<string, string> = {}) {
  const bytes = await zipped({
    'word/document.xml': documentPart(body),
    'word/styles.xml': styles,
    ...others,
  });
  return read(bytes);
}

async function read(bytes: Uint8Array) {
  const { documents, complaints } = await readAll(wordDocument, sourceFile('a.docx', bytes));
  const [document] = documents;
  const lines = document?.text.split('\n') ?? [];
  const kinds = (document?.lineKinds ?? []).map(({ line, kind }) => `${kind}: ${lines[line]}`);
  return { document, text: document?.text, kinds, complaints };
}

const run = (text: string) => `<w:r><w:t xml:space="preserve">${text}</w:t></w:r>`;
const line = (text: string, traits = '') => `<w:p>${traits && `<w:pPr>${traits}</w:pPr>`}${run(text)}</w:p>`;

describe('the text of a Word document', () => {
  test.each([
    [
      'each paragraph is a line, blank ones too',
      `${line('One 😀')}<w:p/>${line('שלום')}`,
      'One 😀\n\nשלום\n',
    ],
    [
      'runs are joined as they are',
      `<w:p>${run('He de')}${run('nied ')}${run(' it')}</w:p>`,
      'He denied  it\n',
    ],
    [
      'breaks end lines and tabs are tabs',
      '<w:p><w:pPr><w:tabs><w:tab/></w:tabs></w:pPr><w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:noBreakHyphen/><w:softHyphen/></w:r></w:p>',
      'a\tb\nc\u2011\u00ad\n',
    ],
    ['entities are characters', line('&lt;&amp;&#x1F600;&#8220;'), '<&😀“\n'],
    [
      'fields show their result',
      '<w:p><w:r><w:instrText>PAGE</w:instrText></w:r><w:fldSimple><w:r><w:t>7</w:t></w:r></w:fldSimple></w:p>',
      '7\n',
    ],
    [
      'rows are lines and cells parted by tabs',
      `<w:tbl><w:tr><w:tc>${line('a')}${line('b')}</w:tc><w:tc>${line('c')}</w:tc></w:tr><w:tr><w:tc>${line('d')}</w:tc></w:tr></w:tbl>${line('e')}`,
      'a\nb\tc\nd\ne\n',
    ],
    [
      'a box comes once, after its paragraph',
      `<w:p>${run('Before ')}<w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice><w:txbxContent>${line('In the box')}</w:txbxContent></mc:Choice><mc:Fallback><w:txbxContent>${line('In the box')}</w:txbxContent></mc:Fallback></mc:AlternateContent></w:r>${run('after')}</w:p>${line('Next')}`,
      'Before after\nIn the box\nNext\n',
    ],
  ])('%s', async (_, body, text) => {
    // The last paragraph ends with its line; nothing is open behind it.
    expect(`${(await word(body)).text}\n`).toBe(text);
  });

  test('with other prefixes and in the strict form it is the same', async () => {
    const body = '<x:p><x:r><x:t>He denied it.</x:t></x:r></x:p>';
    const source = `<x:document xmlns:x="http://purl.oclc.org/ooxml/wordprocessingml/main"><x:body>${body}</x:body></x:document>`;
    expect((await read(await zipped({ 'word/document.xml': source }))).text).toBe('He denied it.');
  });
});

test('styles tell headings, quotations and items in any language of Word', async () => {
  const { kinds } = await word(
    [
      line('Denials', '<w:pStyle w:val="berschrift1"/>'),
      line('More', '<w:pStyle w:val="Own"/>'),
      line('Level', '<w:outlineLvl w:val="2"/>'),
      line('“No.”', '<w:pStyle w:val="Zitat"/>'),
      line('one', '<w:numPr><w:numId w:val="1"/></w:numPr>'),
      line('two', '<w:pStyle w:val="Liste"/>'),
      line('no item', '<w:pStyle w:val="Liste"/><w:numPr><w:numId w:val="0"/></w:numPr>'),
      line('plain', '<w:pStyle w:val="Loop"/>'),
      `<w:tbl><w:tr><w:tc>${line('cell', '<w:pStyle w:val="berschrift1"/>')}</w:tc></w:tr></w:tbl>`,
    ].join(''),
  );
  expect(kinds).toEqual([
    'heading-1: Denials',
    'heading-1: More',
    'heading-3: Level',
    'quotation: “No.”',
    'item: one',
    'item: two',
    'table: cell',
  ]);
});

test('insertions are in the text, deletions are not, and all of it is counted (B8)', async () => {
  const { text, complaints } = await word(
    `<w:p>${run('He ')}<w:del><w:r><w:delText>hotly </w:delText></w:r></w:del><w:ins>${run('denied it')}<w:r><w:commentReference/></w:r></w:ins>${run('.')}<w:r><w:footnoteReference/></w:r></w:p>` +
      `<w:p><w:moveFrom>${run('gone')}</w:moveFrom><w:r><w:rPr><w:vanish/></w:rPr><w:t>secret</w:t></w:r><w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>shown</w:t></w:r><w:r><w:sym w:char="F04A"/></w:r></w:p>`,
    {
      'word/header1.xml': `<w:hdr xmlns:w="${space}">${line('Press release')}</w:hdr>`,
      'word/footer1.xml': `<w:ftr xmlns:w="${space}"/>`,
      'word/footer2.xml': `<w:ftr xmlns:w="${space}"><w:p><w:r><w:t></w:t><w:t> </w:t></w:r></w:p></w:ftr>`,
    },
  );
  expect(text).toBe('He denied it.\nshown\ufffd');
  expect(complaints).toEqual([
    'a.docx: of this document are part of the text: 1 tracked insertion; left out: 2 tracked deletions, 1 comment, 1 footnote or endnote, 1 hidden run, 1 header or footer; written as \ufffd: 1 sign of a symbol font.',
  ]);
});

test('a paragraph whose end was deleted goes on with the next one', async () => {
  const deleted = '<w:rPr><w:del/></w:rPr>';
  expect((await word(`${line('He ', deleted)}${line('denied it.')}${line('So.')}`)).text).toBe(
    'He denied it.\nSo.',
  );
});

test('title and author are kept beside the text, and the document has the file’s name', async () => {
  const core =
    '<cp:coreProperties xmlns:cp="x" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Denials</dc:title><dc:creator>Anna</dc:creator></cp:coreProperties>';
  expect((await word(line('x'), { 'docProps/core.xml': core })).document).toMatchObject({
    title: 'a.docx',
    meta: { title: 'Denials', author: 'Anna' },
  });
});

describe('a broken file is one problem (B6, B7)', () => {
  test.each([
    [
      'no zip',
      Buffer.from('PK\x03\x04 and then nothing'),
      /^a\.docx: this file is damaged and cannot be opened/,
    ],
    ['no text in it', zipped({ 'a.txt': 'x' }), /it is no Word document/],
    [
      'markup that ends early',
      zipped({ 'word/document.xml': '<w:document><w:body>' }),
      /damaged: it ends before <\/w:body>/,
    ],
    [
      'markup that closes nothing',
      zipped({ 'word/document.xml': '<a></b>' }),
      /damaged: <\/b> closes nothing that is open/,
    ],
    ['no markup', zipped({ 'word/document.xml': '<a><<' }), /damaged: it is not well-formed at character 3/],
    [
      'entities of its own',
      zipped({ 'word/document.xml': '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>' }),
      /damaged: it defines entities/,
    ],
    ['no words', zipped({ 'word/document.xml': documentPart('<w:p/>') }), /this file has no text/],
    [
      'a password',
      zipped({ 'word/document.xml': documentPart(line('x')) }, { password: 'x' }),
      /is encrypted/,
    ],
    ['far too much of nothing', zipped({ 'word/document.xml': ' '.repeat(3_000_000) }), /or far too big/],
  ])('%s', async (_, bytes, message) => {
    const { document, complaints } = await read(await bytes);
    expect(document).toBeUndefined();
    expect(complaints).toEqual([expect.stringMatching(message)]);
  });
});

test('a Word document is told by its name and its parts', async () => {
  const sure = async (name: string, bytes: Uint8Array) =>
    wordDocument.recognise!(await opening(sourceFile(name, bytes)));
  const bytes = await zipped({ '[Content_Types].xml': '', 'word/document.xml': '' });
  expect(await sure('a.docx', bytes)).toBe(certainty.bySignature);
  expect(await sure('a', bytes)).toBe(certainty.byShape);
  expect(await sure('a.zip', bytes)).toBe(certainty.no);
  expect(await sure('a.docx', Buffer.from('He denied it.'))).toBe(certainty.no);
});
