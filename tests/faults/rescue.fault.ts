import { readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { ChromiumProfile } from '../journeys/chromium-profile.ts';
import { Reader } from '../journeys/reader.ts';

const texts = ['Velt dismissed the charge.', 'Holt urged all sides to open the bridge.'];

/** What befalls the files of the database, the browser being closed. */
const faults: { readonly name: string; readonly strike: (folder: string) => void }[] = [
  { name: 'its files are removed (A15, A18)', strike: (folder) => rmSync(folder, { recursive: true }) },
  { name: 'bytes of every file of rows are flipped (A13)', strike: (folder) => flip(folder, /\.(ldb|log)$/) },
  { name: 'bytes of its MANIFEST are flipped (A13)', strike: (folder) => flip(folder, /^MANIFEST/) },
  { name: 'bytes of its CURRENT are flipped (A13)', strike: (folder) => flip(folder, /^CURRENT$/, 1) },
  { name: 'its MANIFEST is deleted (A15)', strike: (folder) => remove(folder, /^MANIFEST/) },
  { name: 'its CURRENT is deleted (A15)', strike: (folder) => remove(folder, /^CURRENT$/) },
  {
    name: 'the end of its log is cut off (A14)',
    strike: (folder) => {
      for (const file of filesOf(folder, /\.log$/))
        truncateSync(file, Math.floor(readFileSync(file).length / 2));
    },
  },
];

function flip(folder: string, name: RegExp, from = 40): void {
  for (const file of filesOf(folder, name)) {
    const bytes = readFileSync(file);
    for (let at = from; at < bytes.length; at += from === 40 ? 400 : 3) bytes[at]! ^= 0xff;
    writeFileSync(file, bytes);
  }
}

function remove(folder: string, name: RegExp): void {
  for (const file of filesOf(folder, name)) rmSync(file);
}

for (const { name, strike } of faults)
  test(`work that the storage has lost comes back from the second copy: ${name}`, async ({ baseURL }) => {
    test.setTimeout(120_000);
    const profile = new ChromiumProfile();
    try {
      const reader = await start(profile, baseURL!);
      await reader.importFiles(
        ...texts.map((content, index) => ({ name: `report ${index + 1}.txt`, content })),
      );
      await expect(reader.documents).toHaveCount(texts.length);
      await reader.goTo('Settings');
      await expect(reader.page.getByText(/A second copy .*: 2 documents and 1 change\./)).toBeVisible({
        timeout: 20_000,
      });
      await reader.goTo('Annotate');
      for (const [index, words] of ['Velt', 'Holt urged'].entries()) {
        await reader.document(`report ${index + 1}.txt`).click();
        await reader.sees(texts[index]!);
        await reader.dragOver(words);
        await reader.page.keyboard.press(String(index + 1));
        await expect(reader.spans).toHaveCount(1);
      }
      await reader.saved();
      await reader.page.context().close();

      const origin = new URL(baseURL!);
      strike(
        join(profile.folder, `Default/IndexedDB/http_${origin.hostname}_${origin.port}.indexeddb.leveldb`),
      );

      const again = await start(profile, baseURL!);
      const rescue = again.page.getByRole('button', { name: /^Bring (back|both)/ });
      const unopened = again.page.getByRole('heading', { name: 'Locution cannot open your work' });
      await expect(rescue.or(unopened).or(again.documents.first())).toBeVisible({ timeout: 20_000 });
      await expect(again.page.getByText('Try the sample')).toBeHidden();
      if (await unopened.isVisible()) {
        console.log('  it does not open');
        return await savesTheSecondCopy(again);
      }
      console.log(`  ${(await rescue.isVisible()) ? 'all was gone' : 'some of it was there'}`);
      if (await rescue.isVisible()) await rescue.click();
      await expect(again.documents).toHaveCount(texts.length, { timeout: 20_000 });
      for (const [index, { label, text }] of [
        { label: 'Claim', text: 'Velt' },
        { label: 'Denial', text: 'Holt urged' },
      ].entries()) {
        await again.document(`report ${index + 1}.txt`).click();
        await again.sees(texts[index]!);
        await again.lists([{ label, text }]);
      }
    } finally {
      await profile.remove();
    }
  });

test('where both copies are gone, a backup that is chosen on that page brings the work back, by keys alone (A18, A38)', async ({
  baseURL,
}) => {
  test.setTimeout(120_000);
  const profile = new ChromiumProfile();
  try {
    const reader = await start(profile, baseURL!);
    await reader.open(texts[0]!, 'report 1.txt');
    await reader.selectWords('Velt');
    await reader.page.keyboard.press('1');
    await reader.saved();
    const coming = reader.page.waitForEvent('download');
    await reader.page.keyboard.press('Control+k');
    await reader.page.keyboard.type('back up project');
    await reader.page.keyboard.press('Enter');
    const backup = { name: 'my.locution', content: readFileSync(await (await coming).path()) };
    await reader.page.context().close();
    for (const place of ['IndexedDB', 'WebStorage'])
      rmSync(join(profile.folder, 'Default', place), { recursive: true, force: true });

    const again = await start(profile, baseURL!);
    const { page } = again;
    await expect(page.getByRole('heading', { name: 'Your work is missing from this browser' })).toBeVisible({
      timeout: 20_000,
    });
    await again.tabTo(again.button('Restore from a backup…'));
    const choosing = page.waitForEvent('filechooser');
    await page.keyboard.press('Enter');
    const file = { name: backup.name, mimeType: 'application/zip', buffer: backup.content };
    await (await choosing).setFiles(file);
    await expect(again.dialog('Restore from backup')).toContainText('It brings 1 new document with 1 span');
    await again.tabTo(again.button('Restore'));
    await page.keyboard.press('Enter');
    await expect(again.button('Done')).toBeVisible();
    await again.tabTo(again.button('Done'));
    await page.keyboard.press('Enter');
    await again.sees(texts[0]!);
    await again.lists([{ label: 'Claim', text: 'Velt' }]);
    await page.reload();
    await again.lists([{ label: 'Claim', text: 'Velt' }]);
  } finally {
    await profile.remove();
  }
});

/** The browser does not open a storage that is damaged so: what the second copy has is named, and goes into a file. */
async function savesTheSecondCopy(reader: Reader): Promise<void> {
  await expect(reader.page.getByText('2 documents, 3 changes')).toBeVisible();
  const coming = reader.page.waitForEvent('download');
  await reader.button('Save what is here to a file').click();
  const saved = readFileSync(await (await coming).path(), 'utf8');
  for (const text of texts) expect(saved).toContain(text);
}

async function start(profile: ChromiumProfile, address: string): Promise<Reader> {
  const context = await profile.launch();
  const page = context.pages()[0] ?? (await context.newPage());
  await page.goto(address);
  return new Reader(page);
}

function filesOf(folder: string, name: RegExp): string[] {
  return readdirSync(folder)
    .filter((file) => name.test(file))
    .map((file) => join(folder, file));
}
