import { expect, test, type Locator, type Page } from '@playwright/test';
import { readExport, type ExportedDocument } from './proof.ts';
import { Reader } from './reader.ts';

const text = `Velt said the bridge was open. “Our guns have been silent,” said Teves.

${'The council met again and nothing was decided.\n'.repeat(40)}
Sarnia denied that.`;
const words = { bridge: 'the bridge was open', guns: 'Our guns have been silent', denial: 'denied that' };

test.beforeEach(async ({ page }) => {
  await page.goto('/');
  await new Reader(page).open(text);
});

const details = (page: Page): Locator => page.getByRole('region', { name: 'Details of the span' });
const field = (page: Page, name: string): Locator => details(page).getByRole('combobox', { name });
const relations = (page: Page): Locator =>
  page.getByRole('list', { name: 'Relations' }).getByRole('listitem');
const focusedRow = (page: Page): Locator =>
  page.getByRole('list', { name: 'Spans' }).locator('[aria-current]');

async function keys(page: Page, ...names: readonly string[]): Promise<void> {
  for (const name of names) await page.keyboard.press(name);
}

async function mark(reader: Reader, phrase: string, key: string): Promise<void> {
  await reader.selectWords(phrase);
  await reader.page.keyboard.press(key);
}

/** What the first document holds, as the export tells it. */
async function exported(reader: Reader, path: string): Promise<ExportedDocument> {
  await (await reader.export()).saveAs(path);
  return readExport(path)[0]!;
}

test('attributes and a note, by keyboard alone', async ({ page }, info) => {
  const reader = new Reader(page);
  await mark(reader, words.bridge, '1');
  await keys(page, 's');
  await expect(field(page, 'Speaker')).toBeFocused();
  await page.keyboard.type('Ana Velt');
  await keys(page, 'Enter', 'Enter');
  await expect(reader.textbox).toBeFocused();
  await keys(page, 'q', 'q', 'c');
  await mark(reader, words.guns, '4');
  await keys(page, '=', 't');
  await page.keyboard.type('vel');
  await keys(page, 'ArrowDown', 'Enter', 'Enter', ';');
  // No target was named Velt before, so that what is typed is taken as it is.
  await page.keyboard.type('an odd one');
  await keys(page, 'Control+Enter');
  await expect(reader.textbox).toBeFocused();
  await mark(reader, words.denial, '2');
  await keys(page, 's');
  await page.keyboard.type('VELT');
  await keys(page, 'ArrowDown', 'Enter', 'Tab');
  await expect(field(page, 'Target')).toBeFocused();
  await page.keyboard.type('Teves');
  await keys(page, 'Tab', 'ArrowRight', 'Enter', 'k', 'k');
  await reader.saved();
  const { spans } = await exported(reader, info.outputPath('export.jsonl'));
  expect(spans.map(({ attributes, note }) => ({ ...attributes, ...(note && { note }) }))).toEqual([
    { speaker: ['Ana Velt'], quotation: 'indirect', certainty: 'high' },
    { speaker: ['Ana Velt'], target: ['vel'], note: 'an odd one' },
    { speaker: ['Ana Velt'], target: ['Teves'], quotation: 'indirect', kind: 'reject' },
  ]);
  for (let steps = 0; steps < 2; steps++) await keys(page, 'Control+z');
  await expect(details(page).getByRole('radio', { name: 'deny' })).toHaveAttribute('aria-checked', 'false');
});

test('attributes and a note, by mouse alone', async ({ page }, info) => {
  const reader = new Reader(page);
  await reader.dragOver(words.bridge);
  await reader.label('Claim').click();
  await field(page, 'Speaker').click();
  await page.keyboard.type('Velt');
  await reader.dragOver(words.guns);
  await reader.label('Accusation').click();
  await field(page, 'Speaker').click();
  await page.getByRole('option', { name: 'Velt' }).click();
  await details(page).getByRole('radio', { name: 'mixed' }).click();
  await details(page).getByRole('radio', { name: 'direct', exact: true }).click();
  await details(page).getByRole('textbox', { name: 'Note' }).click();
  await page.keyboard.type('not sure');
  await reader.spans.first().getByRole('button').first().click();
  await expect(focusedRow(page)).toContainText('Velt');
  await details(page).getByRole('button', { name: 'Remove Velt' }).click();
  const { spans } = await exported(reader, info.outputPath('export.jsonl'));
  expect(spans.map(({ attributes, note }) => [attributes, note])).toEqual([
    [{}, undefined],
    [{ speaker: ['Velt'], quotation: 'direct' }, 'not sure'],
  ]);
});

test('a note is kept when the page is left in the middle of it', async ({ page }) => {
  const reader = new Reader(page);
  await mark(reader, words.bridge, '1');
  await keys(page, ';');
  await page.keyboard.type('half a thou');
  await expect(reader.saving).toHaveText('Saving…');
  await reader.goTo('Documents');
  await reader.goTo('Annotate');
  await reader.saved();
  await reader.spans.first().getByRole('button').first().click();
  await expect(details(page).getByRole('textbox', { name: 'Note' })).toHaveValue('half a thou');
});

test('relations by keyboard: made, jumped along, gone with a span and back by undo', async ({
  page,
}, info) => {
  const reader = new Reader(page);
  await mark(reader, words.bridge, '1');
  await mark(reader, words.guns, '1');
  await mark(reader, words.denial, '2');
  await keys(page, 'l');
  const bar = page.getByRole('toolbar', { name: 'Relation', exact: true });
  await expect(bar.getByRole('radio', { name: 'Denies' })).toBeChecked();
  await expect(bar).toContainText('2 of 2');
  await expect(reader.messages).toContainText('Denial denies Claim: “Our guns');
  await keys(page, 'Tab', 'Enter');
  await expect(bar).toBeHidden();
  await expect(relations(page)).toHaveText([/denies.*the bridge/s]);
  await expect(focusedRow(page)).toContainText('denied that');
  await keys(page, 'l', '2', 'Escape', 'l', 'Enter');
  await expect(relations(page)).toHaveCount(2);
  await keys(page, 'p');
  await expect(relations(page)).toHaveText([/denies.*denied that/s]);
  await keys(page, 'Delete');
  await expect(reader.spans).toHaveCount(2);
  await keys(page, 'Control+z');
  await expect(reader.spans).toHaveCount(3);
  const { relations: links } = await exported(reader, info.outputPath('export.jsonl'));
  expect(links.map(({ label }) => label)).toEqual(['denies', 'denies']);
});

test('relations by mouse: clicks aim and make one, and the marker of an end out of view goes there', async ({
  page,
}) => {
  const reader = new Reader(page);
  for (const [phrase, name] of [
    [words.bridge, 'Claim'],
    [words.guns, 'Claim'],
    [words.denial, 'Denial'],
  ] as const) {
    await reader.dragOver(phrase);
    await reader.label(name).click();
  }
  await details(page).getByRole('button', { name: 'Link', exact: true }).click();
  await reader.click(words.bridge);
  await expect(reader.messages).toContainText('the bridge was open');
  await reader.click(words.bridge);
  await expect(relations(page)).toHaveText([/denies.*the bridge/s]);
  const marker = page.locator('.marker');
  await expect(marker).toHaveText('↑ denies');
  await marker.click();
  await expect(focusedRow(page)).toContainText('the bridge');
  await expect(marker).toHaveText('↓ denies');
  await details(page).getByRole('button', { name: 'Remove the relation denies' }).click();
  await expect(marker).toHaveCount(0);
  await reader.button('Undo').click();
  await expect(relations(page)).toHaveCount(1);
});

test('linking moves no letter', async ({ page }) => {
  const reader = new Reader(page);
  await mark(reader, words.bridge, '1');
  await mark(reader, words.guns, '4');
  const { start } = await reader.find(words.bridge);
  const at = [
    [start, start + 1],
    [start + 18, start + 19],
  ] as const;
  const boxes = async () => (await reader.look({ ranges: [at] })).boxes;
  const before = await boxes();
  await keys(page, 'l');
  await expect(page.getByRole('toolbar', { name: 'Relation', exact: true })).toBeVisible();
  expect(await boxes()).toEqual(before);
});

test('five spans over each other, two of them the same words, are reached by click, by key and from the list', async ({
  page,
}) => {
  const reader = new Reader(page);
  const stack = [
    ['Velt said the bridge was open', '1'],
    ['said the bridge was open', '2'],
    ['the bridge was', '3'],
    ['bridge', '4'],
    ['bridge', '1'],
  ] as const;
  for (const [phrase, key] of stack) await mark(reader, phrase, key);
  const seen = new Set<string>();
  const see = async () => seen.add((await focusedRow(page).textContent())!);

  await keys(page, 'Escape', 'ArrowLeft', 'Escape');
  for (let presses = 0; presses < 5; presses++) {
    await keys(page, 'Alt+ArrowDown');
    await see();
  }
  expect(seen.size).toBe(5);
  await keys(page, 'Alt+ArrowUp');
  await expect(details(page)).toContainText('4 of 5 here');

  await keys(page, 'F7');
  const list = page.getByRole('listbox', { name: 'Spans here' });
  await expect(list.getByRole('option')).toHaveText([
    /bridge$/,
    /bridge$/,
    /the bridge was$/,
    /^\s*Denial/,
    /^\s*Claim\s+Velt/,
  ]);
  await keys(page, 'ArrowDown', 'Enter');
  await expect(focusedRow(page)).toContainText('Velt said the bridge was open');
  await expect(reader.textbox).toBeFocused();

  seen.clear();
  for (let clicks = 0; clicks < 5; clicks++) {
    await reader.click('bridge');
    await see();
    // Two clicks at once would select a word.
    await page.waitForTimeout(600);
  }
  expect(seen.size).toBe(5);

  const { start } = await reader.find('bridge');
  const { boxes } = await reader.look({
    ranges: [
      [
        [start + 2, start + 3],
        [start + 2, start + 3],
      ],
    ],
  });
  const { first } = boxes[0]!;
  await page.mouse.click((first.left + first.right) / 2, (first.top + first.bottom) / 2, { button: 'right' });
  await list.getByRole('option').nth(2).click();
  await expect(focusedRow(page)).toContainText('the bridge was');
});
