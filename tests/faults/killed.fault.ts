import { expect, test } from '@playwright/test';
import { canKill, ChromiumProfile } from '../journeys/chromium-profile.ts';
import type { Reader } from '../journeys/reader.ts';
import { listen, numbers, start } from './announced.ts';

const kills = 20;
const seed = 20201002;
/** Less than a list of spans that is drawn whole. */
const wordCount = 180;

test('every span announced as saved is there after the browser was killed, at twenty moments (A1)', async ({
  baseURL,
}) => {
  test.skip(!canKill, 'processes are found through /proc');
  // Each start and each save waits for the disk, which others may be using.
  test.setTimeout(1_200_000);
  const profile = new ChromiumProfile();
  const random = numbers(seed);
  const announced: number[] = [];
  try {
    await importWatches(profile, baseURL!);
    for (let round = 0; round < kills; round++) {
      const reader = await start(profile, baseURL!);
      if (round > 0) {
        await expectSpans(reader, round - 1, announced[round - 1]!);
        await undoAndRedo(reader);
      }
      announced.push(await burst(reader, round, random() * 700, profile));
    }
    const reader = await start(profile, baseURL!);
    for (const [round, spans] of announced.entries()) await expectSpans(reader, round, spans);
    console.log(`  announced as saved before each kill: ${announced.join(', ')}`);
  } finally {
    await profile.remove();
  }
});

async function importWatches(profile: ChromiumProfile, address: string): Promise<void> {
  const reader = await start(profile, address);
  const rounds = Array.from({ length: kills }, (_, round) => round);
  await reader.importFiles(
    ...rounds.map((round) => ({ name: titleOf(round), content: wordsOf(round).join(' ') })),
  );
  await expect(reader.documents).toHaveCount(kills);
  await reader.saved();
  await reader.page.context().close();
}

function titleOf(round: number): string {
  return `Harbour watch ${round + 1}.txt`;
}

/** A boat a word, so that the spans of a burst are the first words of the text. */
function wordsOf(round: number): string[] {
  return Array.from({ length: wordCount }, (_, index) => `boat${round}x${index}`);
}

/**
 * Marks word after word as fast as keys go, until the kill, some time after the first span was announced as saved. Resolves
 * to how many had been announced by then.
 */
async function burst(
  reader: Reader,
  round: number,
  afterMs: number,
  profile: ChromiumProfile,
): Promise<number> {
  const { page } = reader;
  await openRound(reader, round);
  const { heard, first } = await listen(page);
  await reader.tabTo(reader.textbox);
  await page.keyboard.press('Control+Home');
  profile.aim();
  const over = new AbortController();
  const killing = first.then(async () => {
    await new Promise((resolve) => setTimeout(resolve, afterMs));
    over.abort();
    await profile.kill();
  });
  try {
    for (let word = 0; word < wordCount && !over.signal.aborted; word++) {
      await page.keyboard.press('Control+Shift+ArrowRight');
      await page.keyboard.press(String(1 + (word % 4)));
    }
  } catch (error) {
    // The page is gone in the middle of a key: that is what was wanted.
    if (!over.signal.aborted) throw error;
  }
  await killing;
  return heard();
}

async function openRound(reader: Reader, round: number): Promise<void> {
  await reader.document(titleOf(round)).click();
  await reader.sees(wordsOf(round).join(' '));
}

/** At least so many spans are there, and they are the first words of the text, each with the label it was given. */
async function expectSpans(reader: Reader, round: number, announced: number): Promise<void> {
  await openRound(reader, round);
  await expect.poll(() => reader.spans.count()).toBeGreaterThanOrEqual(announced);
  const names = ['Claim', 'Denial', 'Appeal', 'Accusation'];
  const rows = await reader.spans.evaluateAll((items) => items.map((item) => item.textContent));
  const words = wordsOf(round);
  for (const [index, row] of rows.entries())
    expect(row).toContain(`${names[index % 4]} line 1 ${words[index]}`);
}

async function undoAndRedo(reader: Reader): Promise<void> {
  const count = await reader.spans.count();
  if (count === 0) return;
  await reader.button('Undo').click();
  await expect(reader.spans).toHaveCount(count - 1);
  await reader.button('Redo').click();
  await expect(reader.spans).toHaveCount(count);
}
