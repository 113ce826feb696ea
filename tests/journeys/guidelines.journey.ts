import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { expect, test, type Page } from '@playwright/test';
import { Reader } from './reader.ts';

let reader: Reader;
test.beforeEach(async ({ page }) => {
  reader = new Reader(page);
  await page.goto('/');
  await reader.importFiles({
    name: 'port.txt',
    content: 'Velt denied that the port was mined. It urged calm.',
  });
  await expect(reader.documents).toHaveCount(1);
});

const panel = (page: Page) => page.getByRole('region', { name: 'Guidelines' });
const current = (page: Page) => panel(page).locator('article[aria-current]').getByRole('heading');

/** The rules of the entry that is current stand at the top of what the panel shows. */
async function seesCurrent(page: Page): Promise<void> {
  const [entry, scroller] = await Promise.all([
    panel(page).locator('article[aria-current]').boundingBox(),
    panel(page).getByRole('group', { name: 'Guidelines' }).boundingBox(),
  ]);
  expect(entry!.y).toBeGreaterThanOrEqual(scroller!.y - 1);
  expect(entry!.y).toBeLessThan(scroller!.y + scroller!.height - 40);
}

test('by mouse: the card of a label, the panel that follows the label, the codebook', async ({
  page,
  context,
}) => {
  await reader.label('Denial').hover();
  const card = page.getByRole('tooltip');
  await expect(card).toContainText('A speaker says no to something already in play');
  await card.hover();
  await page.waitForTimeout(400);
  await expect(card).toBeVisible();
  await page.mouse.move(600, 600);
  await expect(card).toHaveCount(0);

  await page
    .getByRole('toolbar', { name: 'Labels' })
    .locator('xpath=..')
    .getByRole('button', { name: 'Guidelines' })
    .click();
  await expect(panel(page).getByRole('heading', { name: 'Rules for all labels' })).toBeVisible();
  await reader.dragOver('denied');
  await reader.label('Denial').click();
  await expect(current(page)).toContainText('Denial');
  await seesCurrent(page);
  await reader.dragOver('urged calm');
  await reader.label('Appeal').click();
  await expect(current(page)).toContainText('Appeal');
  await seesCurrent(page);
  await reader.click('denied');
  await expect(current(page)).toContainText('Denial');

  const download = page.waitForEvent('download');
  await panel(page).getByRole('button', { name: 'Codebook' }).click();
  const file = await download;
  expect(file.suggestedFilename()).toBe('My reports.codebook.html');
  const path = test.info().outputPath('codebook.html');
  await file.saveAs(path);

  const book = await context.newPage();
  const requests: string[] = [];
  book.on('request', (request) => requests.push(request.url()));
  await book.goto(pathToFileURL(path).href);
  await expect(book.getByRole('heading', { level: 1 })).toHaveText('My reports');
  await book.getByRole('link', { name: 'Accusation' }).click();
  await expect(book.getByRole('heading', { level: 3, name: 'Accusation' })).toBeInViewport();
  expect(requests.filter((url) => !url.startsWith('file:'))).toEqual([]);
  expect(readFileSync(path, 'utf8')).not.toMatch(/<script|https?:/);
});

test('by keyboard: the card of a label, the panel, the codebook from the palette', async ({ page }) => {
  await reader.textbox.focus();
  for (let presses = 0; presses < 40; presses++) {
    if (await reader.label('Claim').evaluate((button) => button === document.activeElement)) break;
    await page.keyboard.press('Shift+Tab');
  }
  await expect(reader.label('Claim')).toBeFocused();
  const card = page.getByRole('tooltip');
  await expect(card).toContainText('A speaker puts something forward as true');
  await page.keyboard.press('Escape');
  await expect(card).toHaveCount(0);

  await page.keyboard.press('ControlOrMeta+Shift+G');
  await expect(panel(page)).toBeVisible();
  await reader.selectWords('denied');
  await page.keyboard.press('2');
  await expect(current(page)).toContainText('Denial');
  await seesCurrent(page);
  await page.keyboard.press('ControlOrMeta+Shift+G');
  await expect(panel(page)).toHaveCount(0);

  const download = page.waitForEvent('download');
  await page.keyboard.press('ControlOrMeta+K');
  await page.keyboard.type('codebook');
  await page.keyboard.press('Enter');
  expect((await download).suggestedFilename()).toBe('My reports.codebook.html');
});
