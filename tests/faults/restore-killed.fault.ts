import { readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { canKill, ChromiumProfile } from '../journeys/chromium-profile.ts';
import { Reader } from '../journeys/reader.ts';

const kills = 5;
const documents = 400;

/** Enough text that staging it takes a while. */
const lines = Array.from({ length: documents }, (_, index) => {
  const text = `Watch ${index}. ${'The harbour was quiet and nobody denied it. '.repeat(300)}`;
  return JSON.stringify({
    id: `w${index}`,
    title: `Watch ${index}`,
    text,
    offset_unit: 'codepoint',
    meta: {},
    spans: [],
  });
}).join('\n');

async function start(profile: ChromiumProfile, address: string): Promise<Reader> {
  const context = await profile.launch();
  const page = context.pages()[0] ?? (await context.newPage());
  await page.goto(address);
  return new Reader(page);
}

/** Either all documents count or none, and then either nothing is left or it is told. */
async function expectAllOrNothing(reader: Reader): Promise<'all' | 'nothing' | 'told'> {
  await reader.page.waitForTimeout(6000);
  const count = await reader.documents.count();
  if (count > 0) {
    await reader.goTo('Documents');
    await expect(reader.page.getByRole('main')).toContainText(documents.toLocaleString('en'));
    return 'all';
  }
  const said = await reader.messages.textContent();
  if (said?.includes('was not finished')) {
    await reader.button('Continue or undo').click();
    const dialog = reader.dialog('Unfinished import');
    await expect(dialog).toContainText('of it lie unused');
    await dialog.getByRole('button', { name: 'Remove the remains' }).click();
    await expect(reader.messages).toContainText('What was left of it is removed.');
    return 'told';
  }
  return 'nothing';
}

/** Waits until the work that is under way has come so far, or is through. */
async function progressed({ page }: Reader, share: number): Promise<void> {
  const progress = page.getByRole('progressbar', { name: 'Progress' });
  for (let tries = 0; tries < 600; tries++) {
    const now = await progress.evaluateAll((all) =>
      all.map((one) => (one instanceof HTMLProgressElement ? one.position : 0)),
    );
    if (now.some((position) => position >= share && position > 0)) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

test('a browser killed in the middle of an import has all of it or nothing, and says what is left (A40)', async ({
  baseURL,
}) => {
  test.skip(!canKill, 'processes are found through /proc');
  test.setTimeout(600_000);
  const outcomes: string[] = [];
  for (let round = 0; round < kills; round++) {
    const profile = new ChromiumProfile();
    try {
      const reader = await start(profile, baseURL!);
      profile.aim();
      await reader.importFiles({ name: 'watches.jsonl', content: lines });
      await progressed(reader, round / kills);
      await profile.kill();
      outcomes.push(await expectAllOrNothing(await start(profile, baseURL!)));
    } finally {
      await profile.remove();
    }
  }
  console.log(`  after each kill: ${outcomes.join(', ')}`);
});

test('a browser killed in the middle of a restore has all of it or nothing, and says what is left (A40)', async ({
  page,
  baseURL,
}) => {
  test.skip(!canKill, 'processes are found through /proc');
  test.setTimeout(600_000);
  await page.goto(baseURL!);
  const whole = new Reader(page);
  await whole.importFiles({ name: 'watches.jsonl', content: lines });
  await expect(whole.messages).toContainText('Imported 400 documents', { timeout: 60_000 });
  const downloading = page.waitForEvent('download');
  await page.keyboard.press('ControlOrMeta+K');
  await page.keyboard.type('back up project');
  await page.keyboard.press('Enter');
  const path = await (await downloading).path();
  const outcomes: string[] = [];
  for (let round = 0; round < kills; round++) {
    const profile = new ChromiumProfile();
    try {
      const reader = await start(profile, baseURL!);
      await reader.page.getByLabel('Import files', { exact: true }).setInputFiles({
        name: 'b.locution',
        mimeType: 'application/zip',
        buffer: readFileSync(path),
      });
      const restore = reader
        .dialog('Restore from backup')
        .getByRole('button', { name: 'Restore', exact: true });
      await expect(restore).toBeEnabled({ timeout: 60_000 });
      profile.aim();
      await restore.click();
      await progressed(reader, round / kills);
      await profile.kill();
      outcomes.push(await expectAllOrNothing(await start(profile, baseURL!)));
    } finally {
      await profile.remove();
    }
  }
  console.log(`  after each kill: ${outcomes.join(', ')}`);
});
