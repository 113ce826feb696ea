import { expect, test, type Page } from '@playwright/test';
import { generateReport, jsonLine, workloads } from '../bench/generator.ts';
import { Reader } from '../bench/reader.ts';

const actions = 2_000;
const settled = 200;
const seed = 20_261_201;

/** A long sitting: what is made for each action must go again with it. */
test('after 2,000 actions on 1 MB and 5,000 spans memory and page are as after the first 200', async ({
  page,
}) => {
  test.setTimeout(30 * 60_000);
  const report = generateReport(workloads[2]!, 1);
  const reader = await Reader.start(page);
  await page.getByLabel('Import files').setInputFiles({
    name: 'report.jsonl',
    mimeType: 'application/jsonl',
    buffer: Buffer.from(jsonLine(report)),
  });
  await reader.open(report.title, report.text);
  const chance = new Chance();
  let early: Cost | undefined;
  for (let action = 1; action <= actions; action++) {
    await act(page, reader, chance);
    if (action === settled) early = await costOf(page, reader);
    if (action % 500 === 0) console.log(`${action}: ${JSON.stringify(await costOf(page, reader))}`);
  }
  await expect(page.getByRole('status', { name: 'Saving' })).toHaveText('Saved');
  const late = await costOf(page, reader);
  console.log(`after ${settled}: ${JSON.stringify(early)}, after ${actions}: ${JSON.stringify(late)}`);
  expect((await reader.text()) === report.text).toBe(true);
  expect(late.heapMb).toBeLessThan(early!.heapMb * 1.1);
  expect(late.nodes).toBeLessThan(early!.nodes * 1.1);
});

interface Cost {
  readonly heapMb: number;
  readonly nodes: number;
}

async function costOf(page: Page, reader: Reader): Promise<Cost> {
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  // At the beginning of the text, so that the same sections are drawn each time.
  await reader.jump(0);
  const nodes = await page.evaluate(() => document.querySelectorAll('*').length);
  return { heapMb: Math.round((await reader.heapMb()) * 10) / 10, nodes };
}

/** Marks, relabels, removes, takes back, goes to and fro: as many additions as removals in the long run. */
async function act(page: Page, reader: Reader, chance: Chance): Promise<void> {
  const kind = chance.below(10);
  if (kind < 3) {
    await reader.selectSomething(chance.below(10) / 10);
    await page.keyboard.press(String(1 + chance.below(4)));
  } else if (kind < 5) await page.keyboard.press('Delete');
  else if (kind < 7) await page.keyboard.press('Control+z');
  else if (kind < 8) await page.keyboard.press('n');
  else if (kind < 9) await page.keyboard.press(String(1 + chance.below(4)));
  else await page.mouse.wheel(0, (chance.below(7) - 3) * 240);
}

/** Chance that repeats itself: a linear congruence is enough here. */
class Chance {
  #state = seed;

  below(limit: number): number {
    this.#state = (Math.imul(this.#state, 1_664_525) + 1_013_904_223) | 0;
    return (this.#state >>> 8) % limit;
  }
}
