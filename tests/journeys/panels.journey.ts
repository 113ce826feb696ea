import { expect, test, type Page } from '@playwright/test';
import { PageLog } from './page-log.ts';
import { Reader } from './reader.ts';

const phone = { width: 390, height: 844 };

let reader: Reader;
test.beforeEach(async ({ page }) => {
  reader = new Reader(page);
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto('/');
  await reader.button('Open a sample report').click();
  await expect.poll(async () => (await reader.look()).text.length).toBeGreaterThan(500);
});

const separator = (page: Page, panel: string) =>
  page.getByRole('separator', { name: `Width of the ${panel} panel` });
const spansPanel = (page: Page) => page.getByRole('complementary', { name: 'Marked on this document' });
const width = async (page: Page) => Math.round((await spansPanel(page).boundingBox())!.width);

test('a panel is made wider by hand, and is so after a reload', async ({ page }) => {
  const log = await PageLog.of(page.context());
  const before = await width(page);
  const edge = (await separator(page, 'spans').boundingBox())!;
  await page.mouse.move(edge.x + edge.width / 2, 300);
  await page.mouse.down();
  await page.mouse.move(edge.x - 40, 320, { steps: 4 });
  await page.mouse.move(edge.x + edge.width / 2 - 60, 320);
  await page.mouse.up();
  await expect.poll(() => width(page)).toBe(before + 60);
  await reader.saved();
  await page.reload();
  await expect.poll(() => width(page)).toBe(before + 60);
  await separator(page, 'spans').dblclick();
  await expect.poll(() => width(page)).toBe(before);
  expect(log.complaints).toEqual([]);
});

test('a panel is made narrower, hidden and brought back by keys (W9)', async ({ page }) => {
  const documents = page.getByRole('complementary', { name: 'Documents of the project' });
  const edge = separator(page, 'documents');
  await edge.focus();
  const before = Number(await edge.getAttribute('aria-valuenow'));
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowLeft');
  await expect(edge).toHaveAttribute('aria-valuenow', String(before - 32));
  await page.keyboard.press('Home');
  await expect(edge).toHaveAttribute('aria-valuenow', (await edge.getAttribute('aria-valuemin'))!);
  await page.keyboard.press('Enter');
  await expect(documents).toBeHidden();
  await expect(reader.button('Show documents')).toBeFocused();
  await reader.saved();
  await page.reload();
  await expect(reader.textbox).toBeVisible();
  await expect(documents).toBeHidden();
  await reader.textbox.focus();
  await page.keyboard.press('Control+b');
  await expect(documents).toBeVisible();
  await page.keyboard.press('Control+Alt+b');
  await expect(spansPanel(page)).toBeHidden();
});

test('on a phone panels are sheets that take the focus, and go by Escape, by a tap and by a swipe', async ({
  page,
}) => {
  await page.setViewportSize(phone);
  const show = reader.button('Show spans');
  const draw = async () => {
    await show.click();
    await expect(reader.spans.first()).toBeInViewport();
    await expect
      .poll(() => spansPanel(page).evaluate((panel) => panel.contains(document.activeElement)))
      .toBe(true);
  };
  await draw();
  await page.keyboard.press('Escape');
  await expect(spansPanel(page)).toBeHidden();
  await expect(show).toBeFocused();
  await draw();
  await reader.button('Close the panel').click({ position: { x: 100, y: 20 } });
  await expect(spansPanel(page)).toBeHidden();
  await draw();
  const { x, y, width: wide } = (await spansPanel(page).boundingBox())!;
  await page.mouse.move(x + wide / 2, y + 10);
  await page.mouse.down();
  await page.mouse.move(x + wide / 2, y + 150, { steps: 5 });
  await page.mouse.up();
  await expect(spansPanel(page)).toBeHidden();
  await expect(show).toBeFocused();
});
