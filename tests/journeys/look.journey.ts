import { AxeBuilder } from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { PageLog } from './page-log.ts';
import { Reader } from './reader.ts';

const standards = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
const phone = { width: 390, height: 844 };
/** What a window of 1280 by 1024 has left at 400 %. */
const magnified = { width: 320, height: 256 };

interface View {
  readonly name: string;
  /** Goes there, from wherever the view before has left one. */
  readonly visit: (reader: Reader) => Promise<void>;
  /** Goes on to where the next view can be reached. */
  readonly leave?: (reader: Reader) => Promise<void>;
}

const screen = (name: 'Annotate' | 'Documents' | 'Settings'): View => ({
  name,
  visit: (reader) => reader.goTo(name),
});
const dialog = (name: string, button: string | RegExp = name): View => ({
  name: `the dialog ${name}`,
  visit: async (reader) => {
    await reader.page.getByRole('button', { name: button, exact: true }).first().click();
    await expect(reader.dialog(name)).toBeVisible();
  },
  leave: async (reader) => {
    await reader.page.keyboard.press('Escape');
    await expect(reader.dialog(name)).toBeHidden();
  },
});

/** Everything there is to see. A new screen or dialog is a new line. */
const views: readonly View[] = [
  screen('Annotate'),
  dialog('Import'),
  dialog('Export'),
  dialog('Keyboard shortcuts'),
  screen('Documents'),
  {
    ...dialog('Rename document'),
    visit: async (reader) => {
      await reader.documents.first().click({ modifiers: ['Control'] });
      await reader.button('Rename').click();
      await expect(reader.dialog('Rename document')).toBeVisible();
    },
  },
  screen('Settings'),
  dialog('Licences', /^Licences/),
];

let reader: Reader;
test.beforeEach(async ({ page }) => {
  reader = new Reader(page);
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto('/');
  await reader.button('Open a sample report').click();
  await expect.poll(async () => (await reader.look()).text.length).toBeGreaterThan(500);
});

async function walk(look: (name: string) => Promise<void>): Promise<void> {
  for (const { name, visit, leave } of views) {
    await visit(reader);
    await look(name);
    await leave?.(reader);
  }
}

const separator = (page: Page, panel: string) =>
  page.getByRole('separator', { name: `Width of the ${panel} panel` });
const spansPanel = (page: Page) => page.getByRole('complementary', { name: 'Marked on this document' });
const width = async (page: Page) => Math.round((await spansPanel(page).boundingBox())!.width);

for (const colorScheme of ['light', 'dark'] as const)
  test(`axe finds nothing on any screen or dialog, ${colorScheme}`, async ({ page }) => {
    test.slow();
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const axe = () =>
      // Of all rules this one alone depends on the theme.
      colorScheme === 'light'
        ? new AxeBuilder({ page }).withTags(standards)
        : new AxeBuilder({ page }).withRules('color-contrast');
    await walk(async (name) => {
      const { violations } = await axe().analyze();
      const found = violations.flatMap(({ id, nodes }) =>
        nodes.map(({ target }) => `${id} ${target.join(' ')}`),
      );
      expect.soft(found, name).toEqual([]);
    });
  });

test('at 400 % zoom nothing is cut off at the side, and dialogs can be left by their buttons', async ({
  page,
}) => {
  await page.setViewportSize(magnified);
  await walk(async (name) => {
    expect.soft(await page.evaluate(cutOff), name).toEqual([]);
    const close = page.getByRole('dialog').getByRole('button', { name: 'Close' });
    if ((await close.count()) > 0) await close.click({ trial: true });
  });
});

/** Runs in the page: what reaches beyond its right edge, but for what scrolls by itself. */
function cutOff(): string[] {
  const scrolls = (element: Element | null): boolean =>
    element !== null &&
    (['auto', 'scroll'].includes(getComputedStyle(element).overflowX) || scrolls(element.parentElement));
  return [...document.querySelectorAll('body *')]
    .filter(
      (element) => element.getBoundingClientRect().right > innerWidth + 1 && !scrolls(element.parentElement),
    )
    .map((element) => `${element.tagName} ${element.className}`);
}

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
  await page.reload();
  await expect.poll(() => width(page)).toBe(before + 60);
  await separator(page, 'spans').dblclick();
  await expect.poll(() => width(page)).toBe(before);
  expect(log.complaints).toEqual([]);
});

test('a panel is made narrower, hidden and brought back by keys', async ({ page }) => {
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
  await page.reload();
  await expect(reader.textbox).toBeVisible();
  await expect(documents).toBeHidden();
  await reader.textbox.focus();
  await page.keyboard.press('Control+b');
  await expect(documents).toBeVisible();
  await page.keyboard.press('Control+Alt+b');
  await expect(spansPanel(page)).toBeHidden();
});

test('marking moves nothing on the screen', async ({ page }) => {
  const { text } = await reader.look();
  const places = () =>
    page.evaluate(() =>
      [
        ...document.querySelectorAll(
          '.text .line, .side, .app > header, .app > footer, [aria-label=Labels] button',
        ),
      ].map((element) => {
        const { x, y, width: wide, height } = element.getBoundingClientRect();
        return [x, y, wide, height];
      }),
    );
  const start = text.indexOf('Dockers swept glass');
  await reader.tabTo(reader.textbox);
  await reader.select(start, start + 'Dockers swept glass'.length);
  const before = await places();
  await page.keyboard.press('1');
  await expect(reader.messages).toHaveText(/Marked Claim/);
  expect(await places()).toEqual(before);
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
