import { expect, test } from '@playwright/test';
import { Reader } from './reader.ts';

const words = [
  'Velt',
  'denied',
  'the',
  'raid',
  'and',
  'urged',
  'Sarnia',
  'again',
  'open',
  'both',
  'gates',
  'tonight',
];
const text = words.join(' ');
const promptly = { timeout: 1000 };

test('two tabs on one document show each other’s spans and overwrite nothing', async ({ context, page }) => {
  const here = new Reader(page);
  await page.goto('/');
  await here.open(text);
  const there = new Reader(await context.newPage());
  await there.page.goto(page.url());
  await there.sees(text);

  await mark(here, 'Velt', '1');
  await expect(there.spans).toHaveText([/Claim.*Velt/], promptly);
  await mark(there, 'tonight', '3');
  await expect(here.spans).toHaveText([/Claim.*Velt/, /Appeal.*tonight/], promptly);

  // Both at once: every other word from either end of the text.
  const [mine, theirs] = [words.slice(1, 6), words.slice(6, 11)];
  for (const index of mine.keys())
    await Promise.all([mark(here, mine[index]!, '2'), mark(there, theirs[index]!, '4')]);
  const expected = words.map((word, index) => {
    const label = index === 0 ? 'Claim' : index === 11 ? 'Appeal' : index < 6 ? 'Denial' : 'Accusation';
    return { label, text: word };
  });
  for (const reader of [here, there]) {
    await reader.lists(expected);
    await reader.saved();
    await reader.page.reload();
    await reader.lists(expected);
  }

  await here.button('Undo').click();
  await expect(here.spans).toHaveCount(expected.length - 1);
  await expect(there.spans).toHaveCount(expected.length - 1, promptly);
  await there.button('Undo').click();
  await expect(here.spans).toHaveCount(expected.length - 2, promptly);
  await there.button('Redo').click();
  await here.button('Redo').click();
  for (const reader of [here, there]) await reader.lists(expected);
});

async function mark(reader: Reader, word: string, key: string): Promise<void> {
  const { start, end } = await reader.find(word);
  await reader.select(start, end);
  await reader.page.keyboard.press(key);
}
