import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { expect, test, type Page } from '@playwright/test';
import type { RunOptions } from 'axe-core';
import { Reader } from './reader.ts';
import { views } from './views.ts';

const everything = {
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  // What floats over the page stands in no part of it. The rule excepts dialogs by itself.
  checks: {
    region: { options: { regionMatcher: 'dialog, [role=dialog], [role=menu], [role=tooltip], svg' } },
  },
};
const contrast: RunOptions = { runOnly: ['color-contrast'] };
const axeSource = readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const narrow = {
  'on a phone': { width: 390, height: 844 },
  // What a window of 1280 by 1024 has left.
  'at 400 % zoom': { width: 320, height: 256 },
};

// A step that leads nowhere says so where it stands.
test.use({ actionTimeout: 15_000 });

declare global {
  interface Window {
    axe: typeof import('axe-core');
  }
}

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

  test(`axe finds nothing, light and dark: ${tour} (W5, W10)`, async ({ page }) => {
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
    test(`${where} nothing is cut off at the side, and dialogs can be left by their buttons: ${tour} (W6, W7)`, async ({
      page,
    }) => {
      test.slow();
      await page.setViewportSize(size);
      await walk(async (name) => {
        // Letters and lines as far apart as some need them (WCAG 1.4.12).
        await page.evaluate(setApart);
        expect.soft(await page.evaluate(cutOff), name).toEqual([]);
        expect.soft(await page.evaluate(cutBelow), name).toEqual([]);
        const close = page.getByRole('dialog').getByRole('button', { name: 'Close' }).first();
        if ((await close.count()) > 0) await close.click({ trial: true });
      });
    });
}

async function faults(page: Page, rules: RunOptions): Promise<string[]> {
  // A view may begin with a reload.
  if (await page.evaluate(() => !('axe' in window))) await page.evaluate(await axeSource);
  const { violations, passes } = await page.evaluate(
    (options) => window.axe.run(document, { ...options, resultTypes: ['violations'] }),
    rules,
  );
  expect(passes.map(({ id }) => id)).toContain('color-contrast');
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} ${target.join(' ')} ${failureSummary}`),
  );
}

/** Runs in the page: what reaches beyond its right edge, but for bars that scroll by themselves, and what scrolls sideways. */
function cutOff(): string[] {
  const scrolls = (element: Element | null): boolean =>
    element !== null &&
    (['auto', 'scroll'].includes(getComputedStyle(element).overflowX) || scrolls(element.parentElement));
  const beyond = [...document.querySelectorAll('body *')].filter(
    (element) => element.getBoundingClientRect().right > innerWidth + 1 && !scrolls(element.parentElement),
  );
  const sideways = [
    ...document.querySelectorAll('html, main, main > *, aside, [role=dialog], [role=dialog] > *'),
  ].filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth);
  return [...beyond, ...sideways].map((element) => `${element.tagName} ${element.className}`);
}

/** Runs in the page. A sheet made by a script is what the page's policy lets in. */
function setApart(): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(
    '* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }',
  );
  document.adoptedStyleSheets = [sheet];
}

/** Runs in the page: words of which the lower part is hidden. */
function cutBelow(): string[] {
  return [...document.querySelectorAll('body *:not(.visually-hidden, svg *)')]
    .filter((element) =>
      [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent!.trim() !== ''),
    )
    .filter(
      (element) => element.checkVisibility() && !element.closest('[aria-hidden=true], .visually-hidden'),
    )
    .filter(({ scrollHeight, clientHeight }) => clientHeight > 0 && scrollHeight > clientHeight + 2)
    .filter((element) => {
      const { overflowY, webkitLineClamp } = getComputedStyle(element);
      // Quotes that end in an ellipsis say that there is more.
      return ['hidden', 'clip'].includes(overflowY) && webkitLineClamp === 'none';
    })
    .map((element) => `${element.tagName} ${element.className} ${element.textContent}`);
}

/** What marking changes by its nature. Everything else stays exactly where it is. */
const changing = [
  // The list has a row more, and scrolls to it.
  '[role=list][aria-label=Spans] *',
  // The details of the new span come in place of how to reach them.
  '[aria-label="Details of the span"] *',
  // What was done is told in words, which are as long as they are, and its Undo stands behind them.
  'footer .message',
];

test('marking moves nothing on the screen', async ({ page }) => {
  await reader.button('Open a sample report').click();
  await expect.poll(async () => (await reader.look()).text.length).toBeGreaterThan(500);
  const words = 'Dockers swept glass';
  await reader.selectWords(words);
  const before = await page.evaluateHandle(
    (selector) =>
      [...document.querySelectorAll('body *')]
        .filter((element) => element.checkVisibility() && !element.closest(selector))
        .map((element) => ({ element, place: JSON.stringify(element.getBoundingClientRect()) })),
    changing.join(),
  );
  await page.keyboard.press('1');
  await expect(reader.messages).toHaveText(/Marked Claim/);
  await expect(reader.spans.filter({ hasText: words })).toBeVisible();
  expect(await before.evaluate(({ length }) => length)).toBeGreaterThan(150);
  const moved = await before.evaluate((all) =>
    all
      .filter(({ element, place }) => JSON.stringify(element.getBoundingClientRect()) !== place)
      .map(({ element, place }) => `${element.tagName} ${element.classList} ${place}`),
  );
  expect(moved).toEqual([]);
});
