import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { Reader } from './reader.ts';

const labels = ['Claim', 'Denial', 'Appeal', 'Accusation'];
const standards = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
const phone = { width: 390, height: 844 };

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

/** Everything there is to see, one screen or dialog after the other. */
async function walkThrough(look: (what: string) => Promise<void>): Promise<void> {
  const { page } = reader;
  await look('the empty state');
  await inDialog('Import', async () => {
    await look('the dialog Import');
    await reader.dialog('Import').getByRole('button', { name: 'Paste text' }).click();
    await look('the dialog Import, pasting');
  });
  await openSample();
  await look('the annotate screen');
  await reader.spans.first().getByRole('button').first().click({ force: true });
  await look('the annotate screen with a focused span');
  await inDialog('Export', () => look('the dialog Export'));
  await inDialog('Keyboard shortcuts', () => look('the dialog Keyboard shortcuts'));
  await reader.importFiles({ name: 'latin.txt', content: new Uint8Array([0xe9, 0x20]) });
  await expect(reader.dialog('Import report')).toBeVisible();
  await look('the dialog Import report');
  await page.keyboard.press('Escape');
  await reader.goTo('Documents');
  await look('Documents');
  await reader.documents.first().click({ modifiers: ['Control'] });
  await reader.button('Rename').click();
  await look('the dialog Rename document');
  await page.keyboard.press('Escape');
  await reader.goTo('Settings');
  await look('Settings');
  await page.getByRole('button', { name: /Licences/ }).click();
  await expect(reader.dialog('Licences')).toBeVisible();
  await look('the dialog Licences');
  await page.keyboard.press('Escape');
}

async function inDialog(name: string, visit: () => Promise<void>): Promise<void> {
  await reader.button(name).click();
  await expect(reader.dialog(name)).toBeVisible();
  await visit();
  await reader.page.keyboard.press('Escape');
  await expect(reader.dialog(name)).toBeHidden();
}

async function violations(axe: AxeBuilder): Promise<string[]> {
  const { violations: found, passes } = await axe.analyze();
  expect(passes.map(({ id }) => id)).toContain('color-contrast');
  return found.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${help} ${target.join(' ')} ${failureSummary}`),
  );
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

test('axe finds nothing on any screen or dialog', async ({ page }) => {
  test.slow();
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  await walkThrough(async (what) =>
    expect.soft(await violations(new AxeBuilder({ page }).withTags(standards)), what).toEqual([]),
  );
});

test('axe finds enough contrast in the dark, too', async ({ page }) => {
  test.slow();
  await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
  await walkThrough(async (what) =>
    expect.soft(await violations(new AxeBuilder({ page }).withRules('color-contrast')), what).toEqual([]),
  );
});

test('nothing scrolls sideways on a phone', async ({ page }) => {
  test.slow();
  await page.setViewportSize(phone);
  const overflow = () => page.evaluate(() => (document.scrollingElement?.scrollWidth ?? 0) - innerWidth);
  const look = async (what: string) => expect.soft(await overflow(), what).toBeLessThanOrEqual(0);
  await look('the empty state');
  await openSampleOnPhone();
  await look('the annotate screen');
  await reader.button('Show spans').click();
  await expect(reader.spans.first()).toBeInViewport();
  await look('the sheet of spans');
  await page.getByRole('button', { name: 'Close the panel' }).click({ position: { x: 100, y: 20 } });
  await reader.goTo('Documents');
  await look('Documents');
  await reader.goTo('Settings');
  await look('Settings');
  for (const name of ['Import', 'Export', 'Keyboard shortcuts'])
    await inDialog(name, () => look(`the dialog ${name}`));
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

test('with forced colours spans are still told apart', async ({ page }) => {
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
