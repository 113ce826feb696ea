import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo, Server } from 'node:net';
import { expect, test, type Download, type Locator, type Page } from '@playwright/test';
import { emptyScheme, type Scheme } from '../../src/core/scheme.ts';
import type { Span } from '../../src/core/span.ts';
import { canonicalText } from '../../src/core/text.ts';
import { jsonLines } from '../../src/formats/json-lines.ts';
import { json } from '../../src/formats/json.ts';
import { labelStudio } from '../../src/formats/label-studio.ts';
import { labelStudioMin } from '../../src/formats/label-studio-min.ts';
import { doccano } from '../../src/formats/doccano.ts';
import { prodigy } from '../../src/formats/prodigy.ts';
import { brat } from '../../src/formats/brat.ts';
import { conll } from '../../src/formats/conll.ts';
import type { OutgoingDocument } from '../../src/core/transfer.ts';
import { bio } from '../../src/formats/bio.ts';
import { webAnnoTsv } from '../../src/formats/webanno-tsv.ts';
import { casJson } from '../../src/formats/cas-json.ts';
import { casXmi } from '../../src/formats/cas-xmi.ts';
import { webAnnotation } from '../../src/formats/web-annotation.ts';
import { pubAnnotation } from '../../src/formats/pubannotation.ts';
import { huggingFaceTokens } from '../../src/formats/hugging-face-tokens.ts';
import { huggingFaceSpans } from '../../src/formats/hugging-face-spans.ts';
import { gliner } from '../../src/formats/gliner.ts';
import { spacy } from '../../src/formats/spacy.ts';
import { csv } from '../../src/formats/csv.ts';
import { parquet } from '../../src/formats/parquet.ts';
import { writeSchemeJson } from '../../src/formats/schemes/scheme-json.ts';
import { pdfWithCode } from '../formats/pdf-of.ts';
import { outgoing, writeOptions, writtenFiles } from '../formats/reading.ts';
import { zipped } from '../formats/zipped.ts';
import { backupOf } from './leaking-backup.ts';
import { leaks } from './leaks.ts';
import { PageLog } from './page-log.ts';
import { Reader } from './reader.ts';

const writers = [
  jsonLines,
  json,
  labelStudio,
  labelStudioMin,
  doccano,
  prodigy,
  brat,
  conll,
  bio,
  webAnnoTsv,
  casJson,
  casXmi,
  webAnnotation,
  pubAnnotation,
  huggingFaceTokens,
  huggingFaceSpans,
  gliner,
  spacy,
  csv,
  parquet,
];

interface Incoming {
  readonly name: string;
  readonly content: Uint8Array;
}

let server: Server;
let address: string;
const heard: string[] = [];

test.beforeAll(async () => {
  // Whatever knocks counts, even if it never says what it wants.
  server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', (bytes) => heard.push(String(bytes).split('\n', 1)[0]!));
    heard.push('a connection');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
test.afterAll(() => server.close());

test('a text with forty ways to leak, in every format and every field, sends nothing and runs nothing (B1, B2, B3, B5, B9, B30)', async ({
  page,
  context,
  browser,
}) => {
  test.setTimeout(240_000);
  const log = await PageLog.of(context);
  page.on('dialog', (dialog) => heard.push(`a dialog: ${dialog.message()}`));
  context.on('page', (other) => heard.push(`a window: ${other.url()}`));
  await page.goto('/');
  const own = new URL(page.url()).origin;
  const reader = new Reader(page);
  await bringIn(reader, (await inEveryFormat()).flat());
  const count = await reader.documents.count();
  expect(count).toBeGreaterThan(20);
  // All are drawn alike: the first, one of another format, and the last.
  for (const index of [0, 7, count - 1]) {
    await reader.documents.nth(index).click();
    await expect(reader.textbox).toBeVisible();
    // Where there is a span it comes into focus, and its details are drawn; where there is none nothing happens.
    await reader.textbox.press('n');
  }
  await pasteAndDrop(page, leaks(address).join('\n'));
  await restoreLeaks(reader);
  await importLeakingSchemes(reader);
  for (const screen of ['Documents', 'Labels', 'Statistics', 'Settings', 'Annotate'] as const) {
    await reader.goTo(screen);
    await expect(page.getByRole('main')).toBeVisible();
  }
  // None of it was refused, so all of it was there to leak.
  const all = await readFile((await (await reader.export()).path())!, 'utf8');
  for (const words of ['odt <img', 'epub <img', 'zip', 'pasted <img', 'code.pdf', 'table <img', 'backup'])
    expect(all).toContain(words);
  const shown = await openedFile(page, await reader.export('HTML'));
  const read = await openedFile(page, await codebookOf(reader));
  for (const one of [page, shown, read])
    expect(await one.evaluate(() => 'pwned' in window || Object.hasOwn(Object.prototype, 'pwned'))).toBe(
      false,
    );
  expect(heard.filter((what) => !what.startsWith('a window: about:blank'))).toEqual([]);
  expect(log.sent.filter((url) => !url.startsWith(own) && !url.startsWith('file://'))).toEqual([]);
  expect(log.complaints).toEqual([]);

  // Where nothing holds it back it does leak.
  const bare = await browser.newPage();
  await bare.setContent(leaks(address).join('\n'), { waitUntil: 'commit' });
  await expect.poll(() => heard.length).toBeGreaterThan(5);
  await bare.close();
});

/** What every writer makes of the leaks, and the files of kinds that are only read. */
async function inEveryFormat(): Promise<Incoming[][]> {
  const ways = leaks(address);
  const scheme = leakingScheme(ways);
  const written = await Promise.all(
    writers.map(async (format): Promise<Incoming[]> => {
      const document = leakingDocument(format.name, ways);
      const { files } = await writtenFiles(format, [document], writeOptions(scheme));
      return [...files].map(([path, content]) => ({
        name: path === '' ? `${format.name}.${format.extensions[0] ?? 'txt'}` : path.split('/').at(-1)!,
        content,
      }));
    }),
  );
  return [...written, await onlyRead(ways.join('\n'))];
}

function leakingScheme(ways: readonly string[]): Scheme {
  const labels = ways.slice(0, 12).map((way, index) => ({
    ...{ id: `way-${index}`, value: way, name: way, colour: 0 as const },
    guideline: way,
  }));
  return { ...emptyScheme, labels };
}

/** A document that leaks wherever it holds words; no two formats get the same. */
function leakingDocument(id: string, ways: readonly string[]): OutgoingDocument {
  const { text } = canonicalText([id, ...ways].join('\n'));
  const spans = ways.slice(0, 12).map((way, index): Span => {
    const start = text.indexOf(way);
    return {
      ...{ id: `${id}-${index}`, start, end: start + way.length, text: way, label: `way-${index}` },
      ...{ annotator: way, attributes: { speaker: [way], [way]: way }, note: way, origin: 'file' },
      ...{ createdAt: '2026-01-01T00:00:00.000Z', updatedAt: '2026-01-01T00:00:00.000Z' },
    };
  });
  const bare = outgoing(text, { spans });
  const meta = { source: ways[0]!, [ways[1]!]: ways[1]! };
  return { ...bare, document: { ...bare.document, id, title: `${id} ${ways[2]!}`, meta } };
}

async function onlyRead(markup: string): Promise<Incoming[]> {
  const bytes = new TextEncoder().encode(markup);
  const escaped = markup.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  const w = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main';
  const r = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
  const word = await zipped({
    'word/document.xml': `<w:document xmlns:w="${w}" xmlns:r="${r}"><w:body><w:p><w:hyperlink r:id="a"><w:r><w:t>${escaped}</w:t></w:r></w:hyperlink><w:fldSimple w:instr="INCLUDEPICTURE ${address}/field"><w:r><w:t>x</w:t></w:r></w:fldSimple></w:p><w:altChunk r:id="b"/></w:body></w:document>`,
    'word/_rels/document.xml.rels': `<Relationships><Relationship Id="a" Type="hyperlink" Target="${address}/rel" TargetMode="External"/><Relationship Id="b" Type="aFChunk" Target="chunk.html"/><Relationship Id="c" Type="attachedTemplate" Target="${address}/template" TargetMode="External"/></Relationships>`,
    'word/chunk.html': markup,
  });
  const odf = 'urn:oasis:names:tc:opendocument:xmlns';
  const odt = await zipped({
    mimetype: 'application/vnd.oasis.opendocument.text',
    'content.xml': `<office:document-content xmlns:office="${odf}:office:1.0" xmlns:text="${odf}:text:1.0" xmlns:draw="${odf}:drawing:1.0" xmlns:xlink="http://www.w3.org/1999/xlink"><office:body><office:text><text:p>odt ${escaped}<draw:frame><draw:image xlink:href="${address}/odt-image"/></draw:frame></text:p></office:text></office:body></office:document-content>`,
  });
  const epub = await zipped({
    mimetype: 'application/epub+zip',
    'META-INF/container.xml': `<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile full-path="a.opf" media-type="application/oebps-package+xml"/></rootfiles></container>`,
    'a.opf': `<package xmlns="http://www.idpf.org/2007/opf"><manifest><item id="a" href="a.xhtml" media-type="application/xhtml+xml"/><item id="b" href="${address}/epub-item" media-type="application/xhtml+xml"/></manifest><spine><itemref idref="a"/><itemref idref="b"/></spine></package>`,
    'a.xhtml': `<html xmlns="http://www.w3.org/1999/xhtml"><body><p>epub ${escaped}</p><img src="${address}/epub-image"/><script>window.pwned=1</script></body></html>`,
  });
  const pdf = pdfWithCode(markup.slice(0, 500).replaceAll('\n', ' '), 'window.pwned=1', address);
  return [
    { name: 'text.odt', content: odt },
    { name: 'book.epub', content: epub },
    { name: 'code.pdf', content: pdf },
    { name: 'packed.zip', content: await zipped({ 'deep/page.html': `zip ${markup}` }) },
    { name: 'page.html', content: bytes },
    { name: 'notes.md', content: bytes },
    { name: 'table.tsv', content: tableOf(markup) },
    { name: '<img src=x onerror=window.pwned=1>.txt', content: bytes },
    { name: 'word.docx', content: word },
  ];
}

/** Headings and cells are nothing but leaks. */
function tableOf(markup: string): Uint8Array {
  const cells = markup.split('\n').map((way) => `"table ${way.replaceAll('"', '""')}"`);
  return new TextEncoder().encode(
    [`${cells[0]}\ttext`, ...cells.map((cell) => `${cell}\t${cell}`)].join('\n'),
  );
}

/** A file that a program made opens the dialog; what it holds is looked at and comes in. */
async function restoreLeaks(reader: Reader): Promise<void> {
  const ways = leaks(address);
  const document = leakingDocument('backup', ways);
  const content = await backupOf(ways[2]!, leakingScheme(ways), document);
  await reader.importFiles({ name: `${ways[0]!.replaceAll('/', ' ')}.locution`, content });
  const dialog = reader.dialog('Restore from backup');
  await expect(dialog).toContainText('onerror');
  await dialog.getByRole('button', { name: 'Restore', exact: true }).click();
  await dialog.getByRole('button', { name: 'Done' }).click();
  await expect(dialog).toBeHidden();
}

async function importLeakingSchemes(reader: Reader): Promise<void> {
  await reader.goTo('Labels');
  const ways = leaks(address);
  const { labels, ...rest } = leakingScheme(ways);
  const others = labels.map((label, index) => ({ ...label, value: `scheme ${ways[index + 12]}` }));
  const named = others.map((label) => ({ ...label, name: label.value }));
  const conf = ['[entities]', ...ways, '[relations]', `${ways[0]}\tArg1:<ANY>, Arg2:<ANY>`].join('\n');
  for (const [name, content] of [
    ['<img src=x onerror=window.pwned=1>.json', writeSchemeJson({ ...rest, labels: named })],
    ['annotation.conf', conf],
  ] as const) {
    const buffer = Buffer.from(content);
    await reader.page.getByLabel('Scheme file').setInputFiles({ name, mimeType: 'text/plain', buffer });
    await expect(reader.messages).toContainText(name);
    const report = reader.dialog('Import report');
    if (name === 'annotation.conf') await report.getByRole('button', { name: 'Done' }).click();
  }
}

async function codebookOf(reader: Reader): Promise<Download> {
  await reader.goTo('Labels');
  const downloading = reader.page.waitForEvent('download');
  await reader.button('Codebook').click();
  return downloading;
}

/** The file as its reader has it, straight from the disk. */
async function openedFile(page: Page, file: Download): Promise<Page> {
  const shown = await page.context().newPage();
  await shown.goto(`file://${await file.path()}`);
  await expect(shown.locator('body')).toContainText('onerror');
  return shown;
}

/** Text pasted into the page and dropped onto it, with the same as HTML beside it; what was pasted becomes a document. */
async function pasteAndDrop(page: Page, markup: string): Promise<void> {
  await page.evaluate((words) => {
    const data = new DataTransfer();
    data.setData('text/plain', `pasted ${words}`);
    data.setData('text/html', words);
    const text = document.querySelector('[role=textbox][aria-multiline]')!;
    for (const target of [text, document.body])
      target.dispatchEvent(
        new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true, composed: true }),
      );
    text.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
    document.body.dispatchEvent(
      new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }),
    );
  }, markup);
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Add document' }).click();
  await expect(dialog).toBeHidden();
}

/** Imports files, and answers what is asked with what is offered first. */
async function bringIn(reader: Reader, files: Incoming[]): Promise<void> {
  const chooser = reader.page.getByLabel('Import files', { exact: true });
  await chooser.setInputFiles(
    files.map(({ name, content }) => ({
      name,
      mimeType: 'application/octet-stream',
      buffer: Buffer.from(content),
    })),
  );
  const preview = reader.dialog('Import preview');
  const report = reader.dialog('Import report');
  await expect(preview.getByRole('status', { name: 'What would come' })).toContainText(/\d/);
  await goOn(preview);
  await expect(preview).toBeHidden();
  await report.getByRole('button', { name: 'Done' }).click({ timeout: 60_000 });
}

async function goOn(preview: Locator): Promise<void> {
  const start = preview.getByRole('button', { name: 'Import', exact: true });
  const choices = preview.locator('fieldset:not(:has(input:checked))');
  for (let left = await choices.count(); left > 0; left = await choices.count())
    await choices.first().getByRole('radio').first().check();
  await start.click();
}
