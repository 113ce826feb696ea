import { expect, test, type Page } from '@playwright/test';
import { Reader } from './reader.ts';

const sizes = {
  'on a desk': { width: 1280, height: 800 },
  'at 400 % zoom': { width: 320, height: 256 },
};
const screens = ['Annotate', 'Documents', 'Labels', 'Statistics', 'Settings'] as const;

for (const [where, size] of Object.entries(sizes))
  test(`what Tab reaches is seen, marked and not covered, and Tab leads out of everything: ${where} (W2)`, async ({
    page,
  }) => {
    test.slow();
    await page.setViewportSize(size);
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await page.goto('/');
    const reader = new Reader(page);
    await reader.button('Open a sample report').click();
    await expect(reader.textbox).toBeVisible();
    for (const screen of screens) {
      await reader.goTo(screen);
      await expect(page.getByRole('main')).toBeVisible();
      expect.soft(await faultsOfFocus(page), screen).toEqual([]);
    }
  });

/** Goes round the page by Tab once. */
async function faultsOfFocus(page: Page): Promise<string[]> {
  const faults = new Set<string>();
  const seen = new Set<string>();
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  for (let steps = 0; steps < 150; steps++) {
    await page.keyboard.press('Tab');
    const { name, fault } = await page.evaluate(focusSeen);
    if (fault) faults.add(`${name}: ${fault}`);
    if (name === 'the page itself' || (seen.has(name) && steps > 60)) return [...faults];
    seen.add(name);
  }
  faults.add(`Tab comes round to nothing in 150 steps`);
  return [...faults];
}

/** Runs in the page. */
function focusSeen(): { name: string; fault?: string } {
  const element = document.activeElement;
  if (!element || element === document.body) return { name: 'the page itself' };
  const label =
    element.ariaLabel ?? (element as HTMLInputElement).labels?.[0]?.textContent ?? element.textContent;
  const name = `${element.role ?? element.tagName} ${label?.trim().slice(0, 30)} ${element.className}`;
  // A choice is drawn as its label.
  const drawn = (element instanceof HTMLInputElement && element.labels?.[0]) || element;
  let { left, right, top, bottom } = drawn.getBoundingClientRect();
  if (right - left < 2 || bottom - top < 2) return { name, fault: 'has no size' };
  for (let frame: Element | null = drawn.parentElement; frame; frame = frame.parentElement) {
    if (getComputedStyle(frame).overflow === 'visible' && frame !== document.documentElement) continue;
    const window = frame.getBoundingClientRect();
    [left, right] = [Math.max(left, window.left), Math.min(right, window.right)];
    [top, bottom] = [Math.max(top, window.top), Math.min(bottom, window.bottom)];
  }
  if (right - left < 1 || bottom - top < 1) return { name, fault: 'is out of view' };
  const above = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
  // A tip goes by itself.
  if (above?.closest('[role=tooltip]')) return { name };
  if (!above || !(drawn.contains(above) || above.contains(drawn)))
    return { name, fault: `lies under ${above?.tagName} ${above?.className}` };
  const marked = [drawn, drawn.parentElement!, ...drawn.querySelectorAll('*')].some((one) => {
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(one);
    return (outlineStyle !== 'none' && outlineWidth !== '0px') || boxShadow !== 'none';
  });
  const byLine = getComputedStyle(drawn, '::after');
  // Where one reads or writes there is a caret.
  const hasCaret = element.matches(
    'input:not([type=checkbox], [type=radio], [type=range]), textarea, [role=textbox]',
  );
  const isMarked = marked || hasCaret || (byLine.content !== 'none' && byLine.opacity === '1');
  return isMarked ? { name } : { name, fault: 'is not marked' };
}
