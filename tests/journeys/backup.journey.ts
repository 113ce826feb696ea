import { readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { Reader } from './reader.ts';

const text = 'Velt denied 😀 that the bridge was mined.';

test('a project is backed up from the palette, and another browser reads the backup as an import', async ({
  page,
  browser,
  baseURL,
}) => {
  const reader = new Reader(page);
  await page.goto('/');
  await reader.importFiles({ name: 'bridge.txt', content: text });
  await reader.selectWords('denied');
  await page.keyboard.press('2');
  await reader.saved();

  const downloading = page.waitForEvent('download');
  await page.keyboard.press('ControlOrMeta+K');
  await page.keyboard.type('back up');
  await page.keyboard.press('Enter');
  const file = await downloading;
  expect(file.suggestedFilename()).toMatch(/^My reports \d{4}-\d{2}-\d{2}\.locution$/);
  await expect(page.getByRole('status', { name: 'Messages' })).toContainText(
    'Backed up 1 document with 1 span and the history',
  );

  const content = new Uint8Array(readFileSync(await file.path()));
  const other = await browser.newContext({
    ...(baseURL !== undefined && { baseURL }),
    serviceWorkers: 'block',
  });
  const second = new Reader(await other.newPage());
  await second.page.goto('/');
  await second.importFiles({ name: file.suggestedFilename(), content });
  await second.dialog('Import preview').getByRole('button', { name: 'Import', exact: true }).click();
  const report = second.dialog('Import report');
  await expect(report).toContainText('the history and the times worked are not taken over by an import');
  await report.getByRole('button', { name: 'Done' }).click();
  await second.sees(text);
  await second.lists([{ label: 'Denial', text: 'denied' }]);
  await other.close();
});
