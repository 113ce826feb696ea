import { expect, test } from '@playwright/test';
import { Reader } from '../journeys/reader.ts';

const sentence = 'The minister denied the report on Tuesday evening. ';
const texts = [
  ['a line of a million characters', sentence.repeat(20_000)],
  ['200,000 lines', `${sentence}\n`.repeat(200_000)],
  ['500 accents on each of 100 letters', `${`Z${'\u0301'.repeat(500)}algo. `.repeat(100)}${sentence}`],
] as const;

/** In milliseconds of the page's own thread: longer than this a key seems to be lost. */
const frozen = 200;

for (const [name, text] of texts)
  test(`${name}: no key while marking takes the page longer than 200 ms (B28)`, async ({ page, context }) => {
    const reader = new Reader(page);
    await page.goto('/');
    await reader.importFiles({ name: 'long.txt', content: text });
    await expect(reader.textbox).toBeVisible({ timeout: 120_000 });
    await reader.textbox.focus();
    await page.keyboard.press('Control+Home');
    await page.waitForTimeout(3000);
    // What the thread itself worked, whatever else the machine does meanwhile.
    const devtools = await context.newCDPSession(page);
    await devtools.send('Performance.enable', { timeDomain: 'threadTicks' });
    const worked = async () => {
      const { metrics } = await devtools.send('Performance.getMetrics');
      return 1000 * metrics.find(({ name: metric }) => metric === 'TaskDuration')!.value;
    };
    const took: number[] = [];
    for (let step = 0; step < 30; step++) {
      const before = await worked();
      await page.keyboard.press(
        ['Control+Shift+ArrowRight', String(1 + (step % 4)), 'ArrowRight'][step % 3]!,
      );
      took.push(Math.round((await worked()) - before));
    }
    await reader.saved();
    took.sort((a, b) => b - a);
    console.log(`${name}: the longest keys took ${took.slice(0, 5).join(', ')} ms`);
    // One may meet the tidying up of memory.
    expect(took.filter((ms) => ms > frozen).length).toBeLessThanOrEqual(1);
  });
