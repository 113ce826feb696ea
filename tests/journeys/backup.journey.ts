import { readFileSync } from 'node:fs';
import { expect, test, type Download, type Page } from '@playwright/test';
import { Reader } from './reader.ts';

const text = 'Velt denied 😀 that the bridge was mined.';

async function bytesOf(download: Download): Promise<Buffer> {
  return readFileSync(await download.path());
}

async function exported(reader: Reader): Promise<Buffer> {
  await reader.button('Export').click();
  const downloading = reader.page.waitForEvent('download');
  await reader.dialog('Export').getByRole('button', { name: 'Download' }).click();
  return bytesOf(await downloading);
}

/** Chooses a file as somebody does who was asked for one. */
async function choose(page: Page, button: string, name: string, buffer: Buffer): Promise<void> {
  const choosing = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: button }).click();
  await (await choosing).setFiles({ name, mimeType: 'application/octet-stream', buffer });
}

test('everything is backed up, another browser restores it, and an export of it is the same byte by byte (A38, A41)', async ({
  page,
  browser,
  baseURL,
}) => {
  const reader = new Reader(page);
  await page.goto('/');
  await reader.importFiles(
    { name: 'bridge.txt', content: text },
    { name: 'harbour.txt', content: 'Nobody was there.' },
  );
  await reader.document('bridge.txt').click();
  await reader.sees(text);
  await reader.selectWords('denied');
  await page.keyboard.press('2');
  await reader.saved();
  const before = await exported(reader);
  await reader.goTo('Settings');
  const downloading = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Back up everything' }).click();
  const file = await downloading;
  expect(file.suggestedFilename()).toMatch(/^Locution backup \d{4}-\d{2}-\d{2}\.zip$/);
  await expect(reader.messages).toContainText('Backed up 1 project with 2 documents and 1 span');
  const bytes = await bytesOf(file);

  const other = await browser.newContext({
    ...(baseURL !== undefined && { baseURL }),
    serviceWorkers: 'block',
  });
  const second = new Reader(await other.newPage());
  await second.page.goto('/#/settings');
  await choose(second.page, 'Restore from backup', file.suggestedFilename(), bytes);
  const dialog = second.dialog('Restore from backup');
  await expect(dialog).toContainText('It brings 2 new documents with 1 span');
  await dialog.getByRole('button', { name: 'Restore', exact: true }).click();
  await expect(dialog).toContainText('2 new documents');
  await dialog.getByRole('button', { name: 'Done' }).click();
  await second.goTo('Annotate');
  await second.document('bridge.txt').click();
  await second.sees(text);
  await second.lists([{ label: 'Denial', text: 'denied' }]);
  expect((await exported(second)).equals(before)).toBe(true);

  await second.importFiles({ name: file.suggestedFilename(), content: bytes });
  await expect(dialog).toContainText('Everything in it is here already.');
  await dialog.getByRole('button', { name: 'Restore', exact: true }).click();
  await expect(dialog).toContainText('0 changes were made');
  await dialog.getByRole('button', { name: 'Done' }).click();
  await other.close();
});
