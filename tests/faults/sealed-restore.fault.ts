import { readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { Reader } from '../journeys/reader.ts';

const text = 'Velt denied that the bridge was mined.';
const passphrase = 'four unrelated quiet words';

test('a backup of a locked project is opened by its passphrase in another browser, and comes whole (A38)', async ({
  page,
  browser,
}) => {
  test.setTimeout(120_000);
  await page.goto('/');
  const reader = new Reader(page);
  await reader.open(text, 'bridge.txt');
  await reader.selectWords('denied');
  await page.keyboard.press('2');
  await reader.goTo('Settings');
  await reader.button('Lock this project…').click();
  await page.keyboard.type(passphrase);
  await page.keyboard.press('Tab');
  await page.keyboard.type(passphrase);
  await page.keyboard.press('Enter');
  // What comes next has the focus, so that no hand has to leave the keys.
  await expect(page.getByLabel('I have the recovery file')).toBeFocused();
  await page.keyboard.press('Space');
  await page.keyboard.press('Enter');
  await expect(reader.messages).toContainText('The project is locked');
  const saving = page.waitForEvent('download');
  await page.keyboard.press('Control+k');
  await page.keyboard.type('back up project');
  await page.keyboard.press('Enter');
  const content = readFileSync(await (await saving).path());

  const context = await browser.newContext();
  try {
    const other = new Reader(await context.newPage());
    await other.page.goto(new URL('/', page.url()).href);
    await other.importFiles({ name: 'sealed.locution', content });
    const field = other.dialog('Open locked backup').getByLabel('Passphrase');
    await expect(field).toBeFocused();
    await other.page.keyboard.type('another passphrase');
    await other.page.keyboard.press('Enter');
    await expect(other.page.getByRole('alert')).toContainText('does not open this backup');
    await expect(field).toBeFocused();
    // The wrong one is selected, and typed over.
    await other.page.keyboard.type(passphrase);
    await other.page.keyboard.press('Enter');
    await expect(other.dialog('Restore from backup')).toContainText('It brings 1 new document with 1 span');
    await other.tabTo(other.button('Restore'));
    await other.page.keyboard.press('Enter');
    await other.button('Done').click();
    await other.sees(text);
    await other.lists([{ label: 'Denial', text: 'denied' }]);
  } finally {
    await context.close();
  }

  await reader.button('Lock now').click();
  await expect(page.getByLabel('Passphrase')).toBeFocused();
  await page.keyboard.type('another passphrase');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert')).toContainText('does not open this project');
  await page.keyboard.type(passphrase);
  await page.keyboard.press('Enter');
  await reader.goTo('Annotate');
  await reader.lists([{ label: 'Denial', text: 'denied' }]);
});
