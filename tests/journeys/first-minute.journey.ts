import { expect, test } from '@playwright/test';
import { Reader } from './reader.ts';

const labels = ['Claim', 'Denial', 'Appeal', 'Accusation'];

let reader: Reader;
test.beforeEach(async ({ page }) => {
  reader = new Reader(page);
  await page.goto('/');
  await expect(reader.button('Open a sample report')).toBeVisible();
});

async function openSample(): Promise<void> {
  await reader.button('Open a sample report').click();
  await expect(reader.spans.first()).toBeVisible();
}

test('a newcomer sees a marked report in two clicks', async ({ page }) => {
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(page.getByRole('main').getByRole('button', { name: /^Import/ })).toBeVisible();
  await expect(reader.button('Export')).toBeDisabled();
  await openSample();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  for (const label of labels) await expect(reader.spans.filter({ hasText: label })).not.toHaveCount(0);
  await expect(reader.textbox).toBeVisible();
  await reader.saved();
  await page.reload();
  await expect(reader.spans.first()).toBeVisible();
});

test('? lists the key of every label and verb', async ({ page }) => {
  await openSample();
  await reader.tabTo(reader.textbox);
  await page.keyboard.press('?');
  const dialog = reader.dialog('Keyboard shortcuts');
  for (const [index, label] of labels.entries())
    await expect(dialog.getByText(new RegExp(`${label}\\s*${index + 1}$`))).not.toHaveCount(0);
  for (const key of ['Delete', 'F8', '[', ']', 'N', 'P', 'Alt Page Down', 'Ctrl Z', 'Ctrl Shift Z', '?'])
    await expect(dialog.getByText(key, { exact: true })).not.toHaveCount(0);
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expect(reader.textbox).toBeFocused();
});

test('light and dark follow the system, and the switch', async ({ page }) => {
  const paper = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  await page.emulateMedia({ colorScheme: 'light' });
  const light = await paper();
  await page.emulateMedia({ colorScheme: 'dark' });
  await expect.poll(paper).not.toBe(light);
  const dark = await paper();
  await reader.goTo('Settings');
  await page.getByRole('radio', { name: 'Light' }).check();
  await expect.poll(paper).toBe(light);
  await page.emulateMedia({ colorScheme: 'light' });
  await page.getByRole('radio', { name: 'Dark' }).check();
  await expect.poll(paper).toBe(dark);
  await reader.saved();
  await page.reload();
  await expect.poll(paper).toBe(dark);
});

async function openSampleOnPhone(): Promise<void> {
  await reader.button('Open a sample report').click();
  await expect(reader.textbox).toBeVisible();
  await expect.poll(async () => (await reader.look()).text.length).toBeGreaterThan(500);
}

test('at 400 % zoom the text is read and marked without scrolling sideways', async ({ page }) => {
  // What a window of 1280 by 1024 has left at 400 %.
  await page.setViewportSize({ width: 320, height: 256 });
  await openSampleOnPhone();
  const { text } = await reader.look();
  const start = text.indexOf('Dockers swept glass');
  await reader.tabTo(reader.textbox);
  await reader.select(start, start + 'Dockers swept glass'.length);
  await page.keyboard.press('1');
  await expect(reader.messages).toHaveText(/Marked Claim/);
  expect(
    await page.evaluate(() => (document.scrollingElement?.scrollWidth ?? 0) - innerWidth),
  ).toBeLessThanOrEqual(0);
});

test('with forced colours spans are still told apart (W4)', async ({ page }) => {
  await page.emulateMedia({ forcedColors: 'active' });
  await openSample();
  await reader.spans.first().getByRole('button').first().click();
  await expect(reader.spans.first()).toHaveAttribute('aria-current', 'true');
  for (const label of labels) await expect(reader.spans.filter({ hasText: label }).first()).toBeVisible();
  await expect(reader.textbox).toBeVisible();
});

test.describe('with a finger', () => {
  test.use({ hasTouch: true });
  test('a tap focuses the span and a tap on a label gives it that label', async ({ page }) => {
    await openSample();
    const before = await reader.spans.count();
    const { text } = await reader.look();
    const start = text.indexOf('dismissed the charge');
    await reader.look({ reveal: start });
    const { boxes } = await reader.look({
      ranges: [
        [
          [start + 3, start + 4],
          [start + 3, start + 4],
        ],
      ],
    });
    const { left, right, top, bottom } = boxes[0]!.first;
    await page.touchscreen.tap((left + right) / 2, (top + bottom) / 2);
    const focused = page.getByRole('list', { name: 'Spans' }).locator('[aria-current]');
    await expect(focused).toContainText('Denial');
    await reader.label('Claim').tap();
    await expect(focused).toContainText('Claim');
    await expect(reader.spans).toHaveCount(before);
  });
});
