import { describe, expect, test } from 'vitest';
import { certainty } from '../../src/formats/format.ts';
import { openDocumentText } from '../../src/formats/odt.ts';
import { opening } from '../../src/formats/reading/source-text.ts';
import { readAll, sourceFile } from './reading.ts';
import { zipped } from './zipped.ts';

const spaces = ['office', 'text', 'table', 'style', 'meta']
  .map((name) => `xmlns:${name}="urn:oasis:names:tc:opendocument:xmlns:${name}:1.0"`)
  .concat(
    'xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"',
    'xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"',
    'xmlns:dc="http://purl.org/dc/elements/1.1/"',
  )
  .join(' ');
const styles = '<style:style style:name="P1" style:parent-style-name="Quotations"/>';
const content = (body: string) =>
  `<?xml version="1.0"?><office:document-content ${spaces}><office:automatic-styles>${styles}</office:automatic-styles><office:body><office:text>${body}</office:text></office:body></office:document-content>`;

async function odt(body: string, others: Record<string, string> = {}) {
  return read(
    await zipped({
      mimetype: 'application/vnd.oasis.opendocument.text',
      'content.xml': content(body),
      ...others,
    }),
  );
}

async function read(bytes: Uint8Array) {
  const { documents, complaints } = await readAll(openDocumentText, sourceFile('a.odt', bytes));
  const [document] = documents;
  const lines = document?.text.split('\n') ?? [];
  const kinds = (document?.lineKinds ?? []).map(({ line, kind }) => `${kind}: ${lines[line]}`);
  return { document, text: document?.text, kinds, complaints };
}

const p = (text: string, traits = '') => `<text:p ${traits}>${text}</text:p>`;

describe('the text of an OpenDocument text', () => {
  test.each([
    [
      'each paragraph is a line, blank ones too',
      `\n ${p('One 😀')} <text:p/> ${p('שלום')}`,
      'One 😀\n\nשלום',
    ],
    [
      'white space is folded, and kept where it is meant',
      p(' He\n  <text:span>denied </text:span> it<text:s text:c="3"/>.<text:tab/>x<text:line-break/>y '),
      'He denied it   .\tx\ny',
    ],
    [
      'rows are lines and cells parted by tabs',
      `<table:table><table:table-row><table:table-cell>${p('a')}${p('b')}</table:table-cell><table:table-cell>${p('c')}</table:table-cell></table:table-row></table:table>${p('d')}`,
      'a\nb\tc\nd',
    ],
    [
      'a box comes after its paragraph',
      `${p(`Before <draw:frame><draw:text-box>${p('in the box')}</draw:text-box></draw:frame>after`)}${p('Next')}`,
      'Before after\nin the box\nNext',
    ],
    [
      'a shape with words cuts no paragraph in two',
      `${p(`Before <draw:custom-shape>${p('in the shape')}</draw:custom-shape>after`)}${p('Next')}`,
      'Before after\nin the shape\nNext',
    ],
    [
      'a box in the last table is not lost',
      `<table:table><table:table-row><table:table-cell>${p(`a<draw:frame><draw:text-box>${p('boxed')}</draw:text-box></draw:frame>`)}</table:table-cell></table:table-row></table:table>`,
      'a\nboxed',
    ],
  ])('%s', async (_, body, text) => {
    expect((await odt(body)).text).toBe(text);
  });
});

test('headings, items, quotations, code and tables are told', async () => {
  const { kinds } = await odt(
    [
      '<text:h text:outline-level="2">Denials</text:h>',
      p('“No.”', 'text:style-name="P1"'),
      p('x = 1', 'text:style-name="Preformatted_20_Text"'),
      `<text:list><text:list-item>${p('one')}</text:list-item></text:list>`,
      p('plain'),
      `<table:table><table:table-row><table:table-cell>${p('cell')}</table:table-cell></table:table-row></table:table>`,
    ].join(''),
  );
  expect(kinds).toEqual([
    'heading-2: Denials',
    'quotation: “No.”',
    'code: x = 1',
    'item: one',
    'table: cell',
  ]);
});

test('deletions, comments and notes are left out and counted', async () => {
  const { text, complaints, document } = await odt(
    `<text:tracked-changes><text:changed-region><text:deletion>${p('hotly')}</text:deletion></text:changed-region><text:changed-region><text:insertion/></text:changed-region></text:tracked-changes>` +
      p(
        'He denied<office:annotation><text:p>Really?</text:p></office:annotation> it<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>x</text:p></text:note-body></text:note>.<draw:frame><draw:image/></draw:frame>',
      ),
    {
      'meta.xml': `<office:document-meta ${spaces}><office:meta><dc:title>Denials</dc:title><meta:initial-creator>Anna</meta:initial-creator></office:meta></office:document-meta>`,
    },
  );
  expect(text).toBe('He denied it.');
  expect(document).toMatchObject({ title: 'a.odt', meta: { title: 'Denials', author: 'Anna' } });
  expect(complaints).toEqual([
    'a.odt: of this document are part of the text: 1 tracked insertion; left out: 1 tracked deletion, 1 comment, 1 footnote or endnote, 1 picture.',
  ]);
});

test('what pictures and shapes are called is no text, and counted', async () => {
  const { text, complaints } = await odt(
    p(
      'He <draw:frame><draw:image/><svg:title>Logo</svg:title><svg:desc>A flag</svg:desc></draw:frame>denied it.',
    ),
  );
  expect(text).toBe('He denied it.');
  expect(complaints).toEqual([
    'a.odt: of this document are left out: 1 picture, 2 titles and descriptions of pictures and shapes.',
  ]);
});

describe('a broken file is one problem', () => {
  test.each([
    [
      'no zip',
      Buffer.from('PK\x03\x04 and then nothing'),
      /^a\.odt: this file is damaged and cannot be opened/,
    ],
    ['no text in it', zipped({ 'a.txt': 'x' }), /it is no OpenDocument text/],
    ['markup that ends early', zipped({ 'content.xml': '<a>' }), /damaged: it ends before <\/a>/],
    [
      'a password',
      zipped({ 'content.xml': 'x', 'META-INF/manifest.xml': '<a><encryption-data/></a>' }),
      /is encrypted/,
    ],
    ['no words', zipped({ 'content.xml': content('<text:p/>') }), /this file has no text/],
  ])('%s', async (_, bytes, message) => {
    const { document, complaints } = await read(await bytes);
    expect(document).toBeUndefined();
    expect(complaints).toEqual([expect.stringMatching(message)]);
  });
});

test('an OpenDocument text is told by what it says first', async () => {
  const sure = async (name: string, bytes: Uint8Array) =>
    openDocumentText.recognise!(await opening(sourceFile(name, bytes)));
  const bytes = await zipped({ mimetype: 'application/vnd.oasis.opendocument.text' }, { level: 0 });
  expect(await sure('a', bytes)).toBe(certainty.bySignature);
  expect(await sure('a.zip', await zipped({ 'content.xml': 'x' }))).toBe(certainty.no);
  expect(await sure('a.odt', Buffer.from('words'))).toBe(certainty.no);
});
