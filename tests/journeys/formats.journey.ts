import { readFileSync } from 'node:fs';
import { expect, test, type Download } from '@playwright/test';
import { TextWriter, Uint8ArrayReader, ZipReader } from '@zip.js/zip.js/lib/zip-core-native.js';
import { zipped } from '../formats/zipped.ts';
import { Reader } from './reader.ts';

const denial = {
  text: '👩🏽 Velt denied it. Sarnia called for calm.',
  entities: [
    { id: 1, label: 'Speaker', start_offset: 5, end_offset: 9 },
    { id: 2, label: 'denial', start_offset: 10, end_offset: 16 },
  ],
  relations: [],
};
const press = 'headline,body\nStorm,"The mayor said that the storm had passed."\nBudget,Nobody denied it.\n';

let reader: Reader;
test.beforeEach(async ({ page }) => {
  reader = new Reader(page);
  await page.goto('/');
});

/** The files of a zip that was downloaded, by path. */
async function filesIn(download: Download): Promise<Record<string, string>> {
  const bytes = new Uint8Array(readFileSync(await download.path()));
  const zip = new ZipReader(new Uint8ArrayReader(bytes), { useWebWorkers: false });
  const files: Record<string, string> = {};
  for (const entry of await zip.getEntries())
    if (!entry.directory) files[entry.filename] = await entry.getData(new TextWriter());
  return files;
}

test('by mouse: marks of another tool and a table come in as decided, and go again in one step', async ({
  page,
}) => {
  await reader.open('Ben was there.', 'ben.txt');
  await reader.importFiles(
    { name: 'acts.jsonl', content: `${JSON.stringify(denial)}\n` },
    { name: 'press.csv', content: press },
  );
  const preview = reader.dialog('Import preview');
  const sum = preview.getByRole('status', { name: 'What would come' });
  await expect(sum).toHaveText('3 documents with 2 spans.');
  const start = preview.getByRole('button', { name: 'Import', exact: true });
  await expect(start).toBeDisabled();
  await preview.getByRole('radio', { name: /^UTF-16/ }).check();
  await expect(start).toBeEnabled();
  await preview.getByRole('combobox', { name: 'Column headline is' }).selectOption('Fact about it');
  await preview.getByRole('combobox', { name: 'Speaker becomes' }).selectOption('Claim');
  await expect(start).toBeEnabled();
  await start.click();
  await expect(preview).toBeHidden();

  await reader.sees(denial.text);
  await reader.lists([
    { label: 'claim', text: 'Velt' },
    { label: 'denial', text: 'denied' },
  ]);
  await expect(reader.documents).toHaveCount(4);
  await expect(reader.messages).toContainText('Imported 3 documents with 2 spans.');
  await page.getByRole('contentinfo').getByRole('button', { name: 'Undo' }).click();
  await expect(reader.documents).toHaveCount(1);
  await reader.saved();
  await page.reload();
  await reader.document('ben.txt').click();
  await reader.sees('Ben was there.');
  await expect(reader.documents).toHaveCount(1);
});

test('by keyboard: a zip with a folder for each annotator comes in, and goes out as brat and as a dataset', async ({
  page,
}) => {
  const text = 'Velt denied it. Sarnia called for calm.';
  const bens = 'T1\tdenial 5 11\tdenied\nT2\tappeal 23 38\tcalled for calm\nR1\tanswers Arg1:T1 Arg2:T2\n';
  const zip = await zipped({
    'anna/a.txt': text,
    'anna/a.ann': 'T1\tclaim 0 4\tVelt\n',
    'ben/a.txt': text,
    'ben/a.ann': bens,
    'ben/b.txt': 'Cem was there, and he said so.',
    'ben/b.ann': 'T1\tclaim 0 3\tCem\n',
    'ben/c.txt': 'Nobody knows who shelled the port.',
    'ben/c.ann': '',
  });
  const chooser = page.waitForEvent('filechooser');
  await reader.tabTo(reader.button('Import'));
  await page.keyboard.press('Enter');
  await expect(reader.dialog('Import')).toBeVisible();
  await reader.tabTo(reader.button('Choose files…'));
  await page.keyboard.press('Enter');
  await (
    await chooser
  ).setFiles({ name: 'marks.zip', mimeType: 'application/zip', buffer: Buffer.from(zip) });
  const preview = reader.dialog('Import preview');
  await expect(preview.getByRole('radio', { name: /^Yes, folders are annotators/ })).toBeChecked();
  await reader.tabTo(preview.getByRole('button', { name: 'Import', exact: true }));
  await page.keyboard.press('Enter');
  await expect(preview).toBeHidden();
  const report = reader.dialog('Import report');
  await expect(report).toContainText('3 documents, 4 spans');
  await page.keyboard.press('Escape');
  await expect(report).toBeHidden();
  await reader.saved();

  const exported = async (format: string, choose = async () => undefined as void) => {
    await reader.tabTo(reader.button('Export'));
    await page.keyboard.press('Enter');
    const dialog = reader.dialog('Export');
    await expect(dialog.getByRole('combobox', { name: 'Format' })).toBeFocused();
    await page.keyboard.type(format);
    await choose();
    await reader.tabTo(dialog.getByRole('button', { name: 'Download' }));
    const downloading = page.waitForEvent('download');
    await page.keyboard.press('Enter');
    const download = await downloading;
    await expect(dialog).toBeHidden();
    return filesIn(download);
  };
  const brat = await exported('brat');
  const marks = Object.values(brat).join('\n');
  for (const mark of ['claim 0 4\tVelt', 'denial 5 11\tdenied', 'appeal 23 38\tcalled for calm', 'answers '])
    expect(marks).toContain(mark);
  const dataset = await exported('Dataset', async () => {
    await reader.tabTo(page.getByText('Options', { exact: true }));
    await page.keyboard.press('Enter');
    await reader.tabTo(page.getByRole('checkbox', { name: /^Split into/ }));
    await page.keyboard.press('Space');
  });
  const parts = ['train', 'validation', 'test'].map((part) => dataset[`data/${part}.jsonl`]);
  expect(parts.map((lines) => lines?.trimEnd().split('\n').length)).toEqual([1, 1, 1]);
  expect(parts.join('')).toContain('"answers"');
  expect(Object.keys(dataset)).toEqual(expect.arrayContaining(['README.md', 'schema.json']));
});

test('a book comes in as one text, with its chapters', async ({ page }) => {
  const chapter = (body: string) => `<html xmlns="http://www.w3.org/1999/xhtml"><body>${body}</body></html>`;
  const book = await zipped({
    mimetype: 'application/epub+zip',
    'META-INF/container.xml':
      '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile full-path="b.opf"/></rootfiles></container>',
    'b.opf':
      '<package xmlns="http://www.idpf.org/2007/opf"><metadata/><manifest><item id="a" href="a.xhtml" media-type="application/xhtml+xml"/></manifest><spine><itemref idref="a"/></spine></package>',
    'a.xhtml': chapter('<h1>One</h1><p>Velt denied it.</p>'),
  });
  await reader.importFiles({ name: 'book.epub', content: book });
  await reader.dialog('Import preview').getByRole('button', { name: 'Import', exact: true }).click();
  await reader.sees('One\nVelt denied it.');
  await reader.selectWords('denied');
  await page.keyboard.press(await reader.keyOf('Denial'));
  await reader.lists([{ label: 'denial', text: 'denied' }]);
});
