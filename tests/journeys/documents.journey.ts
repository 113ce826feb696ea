import { readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { readExport } from './proof.ts';
import { Reader } from './reader.ts';

const reports = [
  { name: 'bridge.txt', content: 'Velt denied that the bridge was mined.' },
  { name: 'harbour.md', content: '# Harbour\n\nSarnia accused Velt of shelling the harbour.' },
  { name: 'aqueduct.txt', content: 'The council called for calm at the aqueduct. It did so twice.' },
];

let reader: Reader;
test.beforeEach(async ({ page }) => {
  reader = new Reader(page);
  await page.goto('/');
});

/** A line of Locution's JSON Lines, with nothing but what must be there. */
function line(title: string, text: string, spans: object[] = []): string {
  return JSON.stringify({
    id: title,
    title,
    text,
    offset_unit: 'codepoint',
    meta: {},
    status: 'todo',
    spans,
    relations: [],
  });
}

function span(start: number, end: number, text: string, label: string): object {
  return { id: `${label}-${start}`, start, end, text, label, annotator: 'anna', attributes: {} };
}

test('several files come in at once; the same file a second time adds nothing and says so', async ({
  page,
}) => {
  await reader.importFiles(...reports);
  await expect(reader.documents).toHaveText([/bridge\.txt/, /harbour\.md/, /aqueduct\.txt/]);
  await expect(reader.messages).toHaveText(/Imported 3 documents/);
  await expect(page.getByRole('dialog')).toHaveCount(0);

  await reader.importFiles(reports[1]!);
  await expect(reader.dialog('Import report')).toContainText('harbour.md');
  await expect(reader.dialog('Import report')).toContainText(/already/i);
  await reader.dialog('Import report').getByRole('button', { name: 'Done' }).click();
  await expect(reader.documents).toHaveCount(3);
});

test('files dropped anywhere come in', async ({ page }) => {
  // Files can only be dropped on a page that is there.
  await expect(reader.button('Import')).toBeVisible();
  await page.locator('body').evaluate((body, files) => {
    const dataTransfer = new DataTransfer();
    for (const { name, content } of files) dataTransfer.items.add(new File([content], name));
    for (const type of ['dragenter', 'dragover', 'drop'])
      body.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }));
  }, reports);
  await expect(reader.documents).toHaveCount(3);
  await reader.sees(reports[0]!.content);
});

test('pasted text comes in as it is, under a title', async ({ page }) => {
  const text = '  Two spaces first.\n\n\nThen a gap, “quotes” & <b>signs</b>.';
  await reader.button('Import').click();
  const dialog = reader.dialog('Import');
  await dialog.getByRole('button', { name: 'Paste text' }).click();
  await dialog.getByRole('textbox', { name: 'Title' }).fill('From a letter');
  await dialog.getByRole('textbox', { name: 'Text' }).fill(text);
  await dialog.getByRole('button', { name: 'Add document' }).click();
  await reader.sees(text);
  await expect(reader.document('From a letter')).toBeVisible();
  await expect(page.getByRole('dialog')).toHaveCount(0);
});

test('what cannot be read is named by file and line, and everything else comes in', async () => {
  const good = line('Good', 'Velt denied it.', [span(5, 11, 'denied', 'denial')]);
  await reader.importFiles(
    { name: 'latin.txt', content: new Uint8Array([0x56, 0xe9, 0x6c, 0x74]) },
    { name: 'nothing.txt', content: '' },
    {
      name: 'paper.pdf',
      content: new Uint8Array([0x25, 0x50, 0x44, 0x46, 0x2d, 0x31, 0x2e, 0x37, 0x0a, 0x00, 0xff]),
    },
    { name: 'other.json', content: '{"menu": ["soup", "bread"]}' },
    { name: 'half.jsonl', content: `${good}\n{"text": \n${line('Better', 'Sarnia insisted.')}\n` },
    reports[0]!,
  );
  // What is not UTF-8 is asked about first, and everything else waits with it.
  const preview = reader.dialog('Import preview');
  await expect(preview.getByRole('button', { name: 'Import', exact: true })).toBeDisabled();
  await preview.getByRole('radio', { name: /windows-1252/ }).check();
  await preview.getByRole('button', { name: 'Import', exact: true }).click();
  const dialog = reader.dialog('Import report');
  for (const place of [/nothing\.txt/, /paper\.pdf/, /other\.json/, /half\.jsonl, line 2:/])
    await expect(dialog.getByRole('listitem').filter({ hasText: place })).not.toHaveCount(0);
  await expect(dialog).toContainText('4 documents, 1 span');
  await dialog.getByRole('button', { name: 'Done' }).click();
  await expect(reader.documents).toHaveText([/latin\.txt/, /Good/, /Better/, /bridge\.txt/]);
});

test('a label that a file brings is created with the next key, and the report says so', async () => {
  const text = 'Velt promised calm and threatened war.';
  await reader.importFiles({
    name: 'promises.jsonl',
    content: line('Promises', text, [
      span(5, 13, 'promised', 'promise'),
      span(23, 33, 'threatened', 'threat'),
    ]),
  });
  const dialog = reader.dialog('Import report');
  await expect(dialog).toContainText(/promise.*5.*threat.*6/is);
  await dialog.getByRole('button', { name: 'Done' }).click();
  await expect(reader.label('promise').or(reader.label('Promise'))).toHaveAttribute('aria-keyshortcuts', '5');
  await expect(reader.spans).toHaveText([/promise.*promised/i, /threat.*threatened/i]);
  await reader.selectWords('calm');
  await reader.page.keyboard.press('6');
  await expect(reader.spans).toHaveText([/promised/, /threat.*calm/i, /threatened/]);
});

test('documents are renamed, given a status, deleted and brought back, one and several', async ({ page }) => {
  await reader.importFiles(...reports);
  await expect(reader.documents).toHaveCount(3);
  await page.getByRole('combobox', { name: 'Status of this document' }).selectOption('done');
  await reader.goTo('Documents');
  await expect(reader.document('bridge.txt')).toContainText('done');

  const tick = async (title: string) => reader.document(title).click({ modifiers: ['Control'] });
  const verbs = page.getByRole('toolbar', { name: 'Selected documents' });
  await tick('bridge.txt');
  await verbs.getByRole('button', { name: 'Rename' }).click();
  await reader.dialog('Rename document').getByRole('textbox', { name: 'Title' }).fill('The bridge at Ostra');
  await page.keyboard.press('Enter');
  await expect(reader.document('The bridge at Ostra')).toBeVisible();

  await tick('harbour.md');
  await verbs.getByRole('combobox', { name: 'Set status' }).selectOption('skipped');
  await expect(reader.documents.filter({ hasText: 'skipped' })).toHaveCount(2);

  await verbs.getByRole('button', { name: 'Delete' }).click();
  await expect(reader.documents).toHaveText([/aqueduct\.txt/]);
  await page.getByRole('contentinfo').getByRole('button', { name: 'Undo' }).click();
  await expect(reader.documents).toHaveCount(3);

  await reader.document('aqueduct.txt').click({ modifiers: ['Control'] });
  await verbs.getByRole('button', { name: 'Delete' }).click();
  await expect(reader.documents).toHaveCount(0);
  await reader.saved();
  await page.reload();
  await reader.goTo('Documents');
  await page.getByRole('combobox', { name: 'Show' }).selectOption('deleted');
  await expect(reader.documents).toHaveCount(3);
  await tick('aqueduct.txt');
  await verbs.getByRole('button', { name: 'Restore' }).click();
  await expect(reader.documents).toHaveCount(2);
  await page.getByRole('combobox', { name: 'Show' }).selectOption('all');
  await expect(reader.documents).toHaveText([/aqueduct\.txt/]);
  await reader.document('aqueduct.txt').click();
  await reader.sees(reports[2]!.content);
});

test('the list is worked by keyboard alone', async ({ page }) => {
  await reader.importFiles(...reports);
  await expect(reader.documents).toHaveCount(3);
  await reader.goTo('Documents');
  await reader.tabTo(page.getByRole('listbox', { name: 'Documents' }));
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('F2');
  await page.keyboard.press('Control+a');
  await page.keyboard.type('Quay');
  await page.keyboard.press('Enter');
  await expect(reader.document('Quay')).toBeVisible();
  await expect(reader.dialog('Rename document')).toBeHidden();
  await reader.tabTo(page.getByRole('listbox', { name: 'Documents' }));
  await page.keyboard.press('Space');
  await expect(reader.document('Quay')).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Delete');
  await expect(reader.documents).toHaveText([/bridge/, /aqueduct/]);
  await page.keyboard.press('Home');
  await page.keyboard.press('Enter');
  await reader.sees(reports[0]!.content);
});

test('search, sort, and next and previous by key', async ({ page }) => {
  await reader.importFiles(...reports);
  await reader.sees(reports[0]!.content);
  await reader.tabTo(reader.textbox);
  await page.keyboard.press('Alt+PageDown');
  await reader.sees(reports[1]!.content);
  await page.keyboard.press('Alt+PageDown');
  await reader.sees(reports[2]!.content);
  await page.keyboard.press('Alt+PageDown');
  await expect(reader.messages).toHaveText(/last document/);
  await page.keyboard.press('Alt+PageUp');
  await reader.sees(reports[1]!.content);
  await reader.button('Previous document').click();
  await reader.sees(reports[0]!.content);

  await reader.goTo('Documents');
  const sort = page.getByRole('combobox', { name: 'Sort' });
  await sort.selectOption({ label: 'by title' });
  await expect(reader.documents).toHaveText([/aqueduct/, /bridge/, /harbour/]);
  await sort.selectOption({ label: 'longest first' });
  await expect(reader.documents).toHaveText([/aqueduct/, /harbour/, /bridge/]);
  await page.getByRole('searchbox', { name: 'Search documents by title' }).fill('HARB');
  await expect(reader.documents).toHaveText([/harbour/]);
});

test('three thousand documents stay a list that one scrolls to its end', async ({ page }) => {
  test.slow();
  const many = Array.from({ length: 3000 }, (_, index) =>
    line(`Wire ${index + 1}`, `Wire ${index + 1}: calm at the locks.`),
  );
  await reader.importFiles({ name: 'wires.jsonl', content: many.join('\n') });
  await expect(reader.messages).toHaveText(/Imported 3,000 documents/, { timeout: 30_000 });
  await expect(reader.documents.first()).toHaveAttribute('aria-setsize', '3000');
  expect(await reader.documents.count()).toBeLessThan(200);

  const list = page.getByRole('listbox', { name: 'Documents' });
  await list.evaluate((rows) => rows.scrollTo(0, rows.scrollHeight));
  await expect(reader.document('Wire 3000')).toBeInViewport();
  await expect(reader.document('Wire 3000')).toHaveAttribute('aria-posinset', '3000');
  expect(await reader.documents.count()).toBeLessThan(200);
  await reader.document('Wire 3000').click();
  await reader.sees('Wire 3000: calm at the locks.');

  await reader.goTo('Documents');
  await page.getByRole('searchbox', { name: 'Search documents by title' }).fill('wire 299');
  await expect(reader.documents).toHaveCount(11);
  await reader.tabTo(list);
  await page.keyboard.press('End');
  await page.keyboard.press('Enter');
  await reader.sees('Wire 2999: calm at the locks.');
});

test('exports the open document, a selection, or everything, and the same bytes each time', async ({
  page,
}, testInfo) => {
  await reader.importFiles(...reports);
  await reader.sees(reports[0]!.content);
  await reader.selectWords('denied that the bridge was mined');
  await page.keyboard.press('2');
  await reader.saved();
  const exported = async (name: string, ...how: Parameters<Reader['export']>) => {
    const path = testInfo.outputPath(name);
    await (await reader.export(...how)).saveAs(path);
    return path;
  };

  const first = await exported('first.jsonl', 'JSON Lines', 'All documents');
  expect(readExport(first).map(({ title }) => title)).toEqual(['bridge.txt', 'harbour.md', 'aqueduct.txt']);
  const second = await exported('second.jsonl', 'JSON Lines', 'All documents');
  expect(readFileSync(second).equals(readFileSync(first))).toBe(true);

  const open = readExport(await exported('open.jsonl', 'JSON Lines', 'The open document'));
  expect(open.map(({ title, status, spans }) => ({ title, status, spans: spans.length }))).toEqual([
    { title: 'bridge.txt', status: 'in_progress', spans: 1 },
  ]);

  const whole = JSON.parse(readFileSync(await exported('whole.json', 'JSON', 'All documents'), 'utf8'));
  expect(whole).toMatchObject({ format: 'locution', version: 1, offset_unit: 'codepoint' });
  expect(whole.documents).toHaveLength(3);
  const again = readFileSync(await exported('again.json', 'JSON', 'All documents'));
  expect(again.equals(readFileSync(testInfo.outputPath('whole.json')))).toBe(true);

  await reader.goTo('Documents');
  for (const title of ['harbour.md', 'aqueduct.txt'])
    await reader.document(title).click({ modifiers: ['Control'] });
  const picked = readExport(await exported('picked.jsonl', 'JSON Lines', 'Selected documents (2)'));
  expect(picked.map(({ title }) => title)).toEqual(['harbour.md', 'aqueduct.txt']);
});

test('what is exported comes back the same into an empty project', async ({
  page,
  browser,
  baseURL,
}, testInfo) => {
  await reader.importFiles(...reports);
  await reader.sees(reports[0]!.content);
  await reader.selectWords('denied that');
  await page.keyboard.press('2');
  await reader.saved();
  const path = testInfo.outputPath('there.jsonl');
  await (await reader.export()).saveAs(path);

  const context = await browser.newContext(baseURL ? { baseURL } : {});
  const elsewhere = new Reader(await context.newPage());
  await elsewhere.page.goto('/');
  await elsewhere.importFiles(path);
  await elsewhere.sees(reports[0]!.content);
  await elsewhere.lists([{ label: 'denial', text: 'denied that' }]);
  const back = testInfo.outputPath('back.jsonl');
  await (await elsewhere.export()).saveAs(back);
  expect(readExport(back)).toEqual(readExport(path));
  await context.close();
});
