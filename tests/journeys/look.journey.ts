import { AxeBuilder } from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { Reader } from './reader.ts';
import { views } from './views.ts';

const everything = { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] };
const contrast = { runOnly: ['color-contrast'] };
const narrow = {
  'on a phone': { width: 390, height: 844 },
  // What a window of 1280 by 1024 has left.
  'at 400 % zoom': { width: 320, height: 256 },
};

// A step that leads nowhere says so where it stands.
test.use({ actionTimeout: 15_000 });

let reader: Reader;
test.beforeEach(async ({ page }) => {
  reader = new Reader(page);
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  await page.goto('/');
});

for (const [tour, tourViews] of Object.entries(views)) {
  const walk = async (look: (name: string) => Promise<void>) => {
    for (const { name, visit, leave } of tourViews)
      await test.step(name, async () => {
        await visit(reader);
        await look(name);
        await leave(reader);
      });
  };

  test(`axe finds nothing, light and dark: ${tour}`, async ({ page }) => {
    test.slow();
    await walk(async (name) => {
      expect.soft(await faults(page, everything), name).toEqual([]);
      // Of all rules this one alone depends on the theme.
      await page.emulateMedia({ colorScheme: 'dark' });
      expect.soft(await faults(page, contrast), name).toEqual([]);
      await page.emulateMedia({ colorScheme: 'light' });
    });
  });

  for (const [where, size] of Object.entries(narrow))
    test(`${where} nothing is cut off at the side, and dialogs can be left by their buttons: ${tour}`, async ({
      page,
    }) => {
      test.slow();
      await page.setViewportSize(size);
      await walk(async (name) => {
        expect.soft(await page.evaluate(cutOff), name).toEqual([]);
        const close = page.getByRole('dialog').getByRole('button', { name: 'Close' }).first();
        if ((await close.count()) > 0) await close.click({ trial: true });
      });
    });
}

async function faults(page: Page, rules: object): Promise<string[]> {
  const { violations, passes } = await new AxeBuilder({ page })
    .options({ ...rules, resultTypes: ['violations'] })
    // The page has no frames, for which a second page would be opened at each look.
    .setLegacyMode()
    .analyze();
  expect(passes.map(({ id }) => id)).toContain('color-contrast');
  return violations.flatMap(({ id, nodes }) =>
    nodes
      // What floats over the page stands in no part of it; the rule itself makes the same exception for dialogs.
      .filter(({ html }) => id !== 'region' || !/ role="(menu|tooltip)"/.test(html))
      .map(({ target, failureSummary }) => `${id} ${target.join(' ')} ${failureSummary}`),
  );
}

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
