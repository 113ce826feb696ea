import { expect, test } from '@playwright/test';
import { ChromiumProfile } from '../journeys/chromium-profile.ts';
import { Reader } from '../journeys/reader.ts';
import { listen, start } from './announced.ts';

const words = Array.from({ length: 120 }, (_, index) => `boat${100 + index}`);
const text = words.join(' ');

test('after its process has crashed the page opens the same document at the same place, with all that was saved (A2)', async ({
  baseURL,
}) => {
  test.setTimeout(300_000);
  const profile = new ChromiumProfile();
  try {
    const reader = await start(profile, baseURL!);
    const lines = Array.from({ length: 40 }, (_, index) => `${index}: some boats lay there`).join('\n');
    await reader.importFiles({ name: 'quay.txt', content: 'Nobody.' }, { name: 'watch.txt', content: lines });
    await reader.document('watch.txt').click();
    await reader.sees(lines);
    await reader.page.keyboard.press('Escape');
    await reader.tabTo(reader.textbox);
    const place = lines.indexOf('30: ');
    await reader.caretTo(place);
    const { heard } = await listen(reader.page);
    for (let word = 0; word < 5; word++) {
      await reader.page.keyboard.press('Control+Shift+ArrowRight');
      await reader.page.keyboard.press('1');
    }
    await reader.saved();
    await expect.poll(heard).toBe(5);
    // A place is kept within half a second after moving there.
    await reader.page.waitForTimeout(1500);
    const context = reader.page.context();
    const crashed = reader.page.waitForEvent('crash');
    const devtools = await context.newCDPSession(reader.page);
    devtools.send('Page.crash').catch(() => undefined);
    await crashed;

    const page = await context.newPage();
    await page.goto(baseURL!);
    const again = new Reader(page);
    await again.sees(lines);
    await expect(again.spans).toHaveCount(5);
    await again.tabTo(again.textbox);
    await page.keyboard.press('Control+Shift+ArrowRight');
    await page.keyboard.press('2');
    await expect(again.spans).toHaveCount(6);
    await expect(again.spans.last()).toHaveText(/^\s*Denial line 3[12]/);
    await again.saved();
  } finally {
    await profile.remove();
  }
});

test('what is marked as the tab is closed is saved whole, or was never announced as saved: 0 to 50 ms after the key (A3)', async ({
  baseURL,
}) => {
  test.setTimeout(600_000);
  const profile = new ChromiumProfile();
  const outcomes: string[] = [];
  try {
    const reader = await start(profile, baseURL!);
    const context = reader.page.context();
    await reader.open(text, 'watch.txt');
    await reader.saved();
    let count = 0;
    for (let afterMs = 0; afterMs <= 50; afterMs += 2) {
      const page = await context.newPage();
      await page.goto(baseURL!);
      const here = new Reader(page);
      await here.sees(text);
      await expect(here.spans).toHaveCount(count);
      const { heard } = await listen(page);
      await here.dragOver(words[count]!);
      // Playwright waits until a key is through; the tab is to be closed before that.
      const pressed = page.keyboard.press('1').catch(() => undefined);
      await new Promise((resolve) => setTimeout(resolve, afterMs));
      await page.close();
      await pressed;

      const look = await context.newPage();
      await look.goto(baseURL!);
      const then = new Reader(look);
      await then.sees(text);
      await then.saved();
      await expect.poll(() => then.spans.count()).toBeGreaterThanOrEqual(Math.max(count, heard()));
      const now = await then.spans.count();
      expect(now).toBeLessThanOrEqual(count + 1);
      const rows = await then.spans.allTextContents();
      rows.forEach((row, index) => expect(row).toContain(words[index]));
      outcomes.push(`${afterMs} ms: ${now > count ? 'saved' : 'not'}${heard() > count ? ', announced' : ''}`);
      count = now;
      await look.close();
    }
    console.log(`  ${outcomes.join('; ')}`);
  } finally {
    await profile.remove();
  }
});
