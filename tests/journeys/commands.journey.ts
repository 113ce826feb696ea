import { expect, test, type Page } from '@playwright/test';
import { Reader } from './reader.ts';

const text = 'Velt denied that the bridge was mined. Sarnia said it was.';
const reports = [
  { name: 'Bridge.txt', content: text },
  { name: 'Éclair at the harbour.txt', content: 'Sarnia accused Velt of shelling the harbour.' },
];

let reader: Reader;
test.beforeEach(async ({ page }) => {
  reader = new Reader(page);
  await page.goto('/');
  await reader.importFiles(...reports);
  await reader.sees(text);
});

const palette = () => reader.dialog('Commands');
const field = () => palette().getByRole('combobox', { name: 'Command' });
const option = (name: string) =>
  palette().getByRole('listbox', { name: 'Commands' }).getByRole('option', { name, exact: true });
const keysOf = (page: Page, name: string) =>
  page.getByRole('region', { name: 'Keys' }).getByRole('listitem', { name, exact: true });

async function choose(page: Page, words: string) {
  await page.keyboard.press('Control+k');
  await expect(field()).toBeFocused();
  await page.keyboard.type(words);
  await page.keyboard.press('Enter');
  await expect(palette()).toHaveCount(0);
}

test('every verb by keyboard alone: marking, holding an end, removing, undoing, going to a document', async ({
  page,
}) => {
  await reader.selectWords('denied');
  await choose(page, 'mark DENIAL');
  await reader.lists([{ label: 'denial', text: 'denied' }]);
  await expect(reader.textbox).toBeFocused();

  await choose(page, 'end hold');
  await page.keyboard.press('Control+ArrowRight');
  await choose(page, 'let go end');
  await reader.lists([{ label: 'denial', text: 'denied that' }]);

  await choose(page, 'remove');
  await reader.lists([]);
  await choose(page, 'undo');
  await reader.lists([{ label: 'denial', text: 'denied that' }]);

  // The selection is there again when one leaves without choosing anything.
  await reader.selectWords('Sarnia');
  await page.keyboard.press('Control+k');
  await expect(field()).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(palette()).toHaveCount(0);
  await page.keyboard.press(await reader.keyOf('Claim'));
  await reader.lists([
    { label: 'denial', text: 'denied that' },
    { label: 'claim', text: 'Sarnia' },
  ]);

  await page.keyboard.press('Control+p');
  await page.keyboard.type('harbour ecl');
  await page.keyboard.press('Enter');
  await reader.sees(reports[1]!.content);
  await page.keyboard.press('Control+k');
  await expect(palette().getByRole('option').first()).toHaveText(/Go to Éclair/);
});

test('keys that follow at once belong to what was opened, and mark nothing behind it', async ({ page }) => {
  await reader.selectWords('denied');
  await page.keyboard.press('Enter');
  await page.keyboard.type('appeal');
  await page.keyboard.press('Enter');
  await reader.lists([{ label: 'appeal', text: 'denied' }]);
  await page.keyboard.press('Control+k');
  await page.keyboard.type('undo');
  await page.keyboard.press('Enter');
  await reader.lists([]);
  await expect(reader.textbox).toBeFocused();
});

test('keys pressed while what they open is still on its way mark nothing', async ({ page }) => {
  let arrive = () => {};
  const arrived = new Promise<void>((resolve) => (arrive = resolve));
  await page.route(/ShortcutsDialog[^/]*\.js$/, async (route) => {
    await arrived;
    await route.continue();
  });
  await reader.selectWords('denied');
  await page.keyboard.press('?');
  await page.keyboard.press(await reader.keyOf('Claim'));
  arrive();
  await expect(reader.dialog('Keyboard shortcuts')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(reader.textbox).toBeFocused();
  await reader.lists([]);
  await page.keyboard.press(await reader.keyOf('Claim'));
  await reader.lists([{ label: 'claim', text: 'denied' }]);
});

test('every verb by mouse alone', async () => {
  await reader.dragOver('denied');
  await reader.button('Commands').click();
  await option('Mark Claim').click();
  await reader.lists([{ label: 'claim', text: 'denied' }]);

  await reader.button('Commands').click();
  await option('Remove the focused span').click();
  await reader.lists([]);

  await reader.button('Commands').click();
  await option('Keyboard shortcuts').click();
  await expect(reader.dialog('Keyboard shortcuts')).toBeVisible();
  await reader.dialog('Keyboard shortcuts').getByRole('button', { name: 'Close' }).click();

  await reader.button('Commands').click();
  await option('Go to Éclair at the harbour.txt').click();
  await reader.sees(reports[1]!.content);
});

test('it opens from a field as well, and the field has the focus again afterwards', async ({ page }) => {
  const search = page.getByRole('searchbox', { name: 'Search documents by title' });
  await search.fill('bri');
  await page.keyboard.press('Control+k');
  await expect(field()).toBeFocused();
  await page.keyboard.press('Control+k');
  await expect(palette()).toHaveCount(0);
  await expect(search).toBeFocused();
  await expect(search).toHaveValue('bri');
});

test('a key changed in the settings acts after a reload, one that is taken is refused', async ({ page }) => {
  await reader.selectWords('denied');
  await page.keyboard.press(await reader.keyOf('Denial'));
  await reader.lists([{ label: 'denial', text: 'denied' }]);
  await reader.goTo('Settings');
  const row = keysOf(page, 'Remove the focused span');
  await reader.tabTo(row.getByRole('button', { name: 'Change Delete' }));
  await page.keyboard.press('Enter');
  await page.keyboard.press('n');
  await expect(row.getByRole('alert')).toHaveText(/^N belongs to “Next span”/);
  await page.keyboard.press('Alt+x');
  await expect(row).toContainText('Alt X');
  await reader.saved();

  await page.reload();
  await expect(row).toContainText('Alt X');
  await reader.goTo('Annotate');
  await reader.sees(text);
  await reader.caretTo(text.indexOf('denied') + 2);
  await page.keyboard.press('Delete');
  await reader.lists([{ label: 'denial', text: 'denied' }]);
  await page.keyboard.press('Alt+x');
  await reader.lists([]);

  await reader.button('Keyboard shortcuts').click();
  await expect(reader.dialog('Keyboard shortcuts')).toContainText('Alt X');
});

test('a key is added and taken away by mouse', async ({ page }) => {
  await reader.goTo('Settings');
  const row = keysOf(page, 'Put down the label in hand');
  await row.getByRole('button', { name: 'Add another' }).click();
  await page.keyboard.press('Alt+y');
  await expect(row).toContainText('Alt Y');
  await row.getByRole('button', { name: 'Remove Alt Y' }).click();
  await expect(row).not.toContainText('Alt Y');
});

test('recording a key can be left by Tab and by Escape', async ({ page }) => {
  await reader.goTo('Settings');
  const row = keysOf(page, 'Undo');
  const change = row.getByRole('button', { name: 'Change Ctrl Z' });
  await change.click();
  await expect(row.getByRole('button', { name: /Press the key/ })).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(row.getByRole('button', { name: /Press the key/ })).toHaveCount(0);
  expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('BUTTON');
  await change.click();
  await page.keyboard.press('Escape');
  await expect(change).toBeFocused();
});

test('with single-key shortcuts off, characters do nothing and the palette still does everything', async ({
  page,
}) => {
  await reader.goTo('Settings');
  await page.getByRole('switch', { name: 'Single-key shortcuts' }).uncheck();
  await reader.goTo('Annotate');
  await reader.sees(text);
  await reader.selectWords('denied');
  for (const key of ['1', 'n', '?']) await page.keyboard.press(key);
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await reader.lists([]);
  await expect(reader.label('Claim')).not.toHaveAttribute('aria-keyshortcuts');
  await choose(page, 'mark claim');
  await reader.lists([{ label: 'claim', text: 'denied' }]);
});

test('ten thousand documents are found by their titles, with eighty rows drawn', async ({ page }) => {
  const lines = [...Array(10_000).keys()].map((index) =>
    JSON.stringify({ id: `d${index}`, title: `Wire ${index}`, text: `Velt denied report ${index}.` }),
  );
  await reader.importFiles({ name: 'wire.jsonl', content: lines.join('\n') });
  await expect(reader.messages).toHaveText(/Imported 10,?000 documents/, { timeout: 50_000 });
  await page.keyboard.press('Control+p');
  await expect(palette().getByRole('option')).toHaveCount(80);
  await page.keyboard.type('wire 9876');
  await expect(palette().getByRole('option')).toHaveText([/Wire 9876/]);
  await page.keyboard.press('Enter');
  await reader.sees('Velt denied report 9876.');
});
