import { expect, test } from '@playwright/test';
import { chromiumArgs, findChromium } from '../browser.ts';
import { generateReport, jsonLine } from '../bench/generator.ts';
import { Reader } from '../journeys/reader.ts';

test.use({
  launchOptions: {
    executablePath: findChromium(),
    // A gigabyte for all that scripts hold.
    args: [...chromiumArgs, '--js-flags=--max-old-space-size=1024'],
  },
});

test('20 MB of text with 10,000 spans are marked and kept with little memory (A49)', async ({ page }) => {
  const report = generateReport({ bytes: 20_000_000, spans: 10_000 }, 49);
  const reader = new Reader(page);
  const crashes: string[] = [];
  page.on('crash', () => crashes.push('crashed'));
  await page.goto('/');
  await reader.importFiles({ name: 'large.jsonl', content: jsonLine(report) });
  await expect(reader.textbox).toBeVisible({ timeout: 120_000 });
  await reader.textbox.focus();
  for (let marked = 0; marked < 20; marked++) {
    await page.keyboard.press('Control+Shift+ArrowRight');
    await page.keyboard.press(String(1 + (marked % 4)));
    await page.keyboard.press('ArrowRight');
  }
  await reader.saved();
  // One of the words was marked before, and gets another label.
  const count = /10,019 spans/;
  await expect(reader.documents.first()).toHaveText(count);
  await page.reload();
  await expect(reader.documents.first()).toHaveText(count);
  await expect(reader.textbox).toBeVisible({ timeout: 120_000 });
  expect(crashes).toEqual([]);
});
