import { mkdirSync, rmSync } from 'node:fs';
import { expect, test, type Page } from '@playwright/test';
import { compareMany, writeMany } from './many-documents.ts';
import { Notes } from './notes.ts';
import { plainPuts } from './plain-puts.ts';
import { Reader } from './reader.ts';
import { attachmentName } from './reporter.ts';
import { useMany } from './using-many.ts';
import { watched, type Watched } from './watching.ts';

/** `LOCUTION_TRANSFER_DOCUMENTS=5000` makes a quick run of it. */
const documents = Number(process.env.LOCUTION_TRANSFER_DOCUMENTS ?? 100_000);
const patience = { timeout: 20_000 + documents * 8 };

for (const spans of [10, 1]) {
  const name = `${shown(documents)} documents of 2 KB, ${shown(documents * spans)} spans, in and out`;

  test(name, { tag: '@transfer' }, async ({ page, browser }, info) => {
    const notes = new Notes();
    const folder = info.outputPath();
    mkdirSync(folder, { recursive: true });
    const [whole, cancelled, back] = ['whole', 'cancelled', 'back'].map((each) => `${folder}/${each}.jsonl`);
    notes.add('file, MB', (await writeMany(whole!, { documents, spans, firstSeed: 1 })) / 1e6);
    await writeMany(cancelled!, {
      documents: Math.max(documents / 5, 2_500),
      spans,
      firstSeed: documents + 1,
    });
    const reader = await Reader.start(page);

    const imported = await watched(browser, page, () => importAll(page, whole!));
    note(notes, 'import, until listed and saved', imported);

    const stopped = await watched(browser, page, () => cancelHalfWay(page, cancelled!));
    note(notes, 'import that is cancelled half way', stopped);
    await expectOnlyTheFirst(page);
    await useMany(page, reader, notes, documents * spans);
    await page.getByRole('link', { name: 'Annotate', exact: true }).click();

    const exported = await watched(browser, page, () => exportAll(page, back!));
    note(notes, 'export, read back and saved', exported);
    const compared = await compareMany(whole!, back!);
    expect(compared).toEqual({ documents, spans: documents * spans, faults: [] });

    console.log(JSON.stringify(compared));
    const plain = await plainPuts(page);
    console.log(`plain puts: ${plain} s`);
    notes.add('plain puts of the same records, s', plain);
    notes.add('plain puts as a share of the import', plain / imported.seconds);
    await expectNothingFound(page);
    const measured = notes.measured(name, browser.version());
    await info.attach(attachmentName, { body: JSON.stringify(measured), contentType: 'application/json' });
    for (const path of [whole!, cancelled!, back!]) rmSync(path);
  });
}

function note(notes: Notes, what: string, { seconds, residentMb, ownMb, longestFrame, ...seen }: Watched) {
  notes.add(`${what}, s`, seconds);
  notes.add(`${what}: most of the renderer in memory, MB`, residentMb);
  notes.add(`${what}: of that its own, MB`, ownMb);
  notes.add(`${what}: longest from frame to frame`, longestFrame);
  notes.addTasks(what, seen.longTasks);
  // These runs are long, and what was measured should not be lost when a later part fails.
  console.log(
    JSON.stringify({
      what,
      seconds,
      residentMb,
      ownMb,
      longestFrame,
      longest: Math.max(0, ...seen.longTasks),
      steps: seen.steps,
    }),
  );
  expect(seen.steps, 'values of the progress bar').toBeGreaterThan(2);
}

async function importAll(page: Page, path: string): Promise<void> {
  await page.getByLabel('Import files').setInputFiles([path]);
  await expect(listed(page)).toHaveAttribute('aria-setsize', String(documents), patience);
  await expect(page.getByRole('status', { name: 'Saving' })).toHaveText('Saved', patience);
}

async function cancelHalfWay(page: Page, path: string): Promise<void> {
  await page.getByLabel('Import files').setInputFiles([path]);
  await page.waitForFunction(
    () => {
      const bar = document.querySelector('progress[aria-label="Progress"]');
      return bar instanceof HTMLProgressElement && bar.value > bar.max / 2;
    },
    undefined,
    patience,
  );
  await page.getByRole('button', { name: 'Cancel' }).click();
  const words = 'The import was cancelled. Nothing was added.';
  await expect(page.getByRole('status', { name: 'Messages' })).toHaveText(words, patience);
}

/** Neither now nor after a reload there is a document more, in the list or among the titles. */
async function expectOnlyTheFirst(page: Page): Promise<void> {
  for (const look of ['at once', 'after a reload']) {
    if (look === 'after a reload') await page.reload();
    await expect(listed(page)).toHaveAttribute('aria-setsize', String(documents), patience);
    const titles = page.getByRole('searchbox', { name: 'Search documents by title' }).first();
    await titles.fill(`Report ${documents + 1}`);
    await expect(page.getByRole('listbox', { name: 'Documents' }).getByRole('option')).toHaveCount(
      0,
      patience,
    );
    await titles.fill('');
  }
}

/** A document of the list; it says how many there are. */
function listed(page: Page) {
  return page.getByRole('listbox', { name: 'Documents' }).getByRole('option').first();
}

async function exportAll(page: Page, path: string): Promise<void> {
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Export' });
  await dialog.getByRole('combobox', { name: 'Format' }).selectOption('JSON Lines');
  const downloading = page.waitForEvent('download', patience);
  await dialog.getByRole('button', { name: 'Download' }).click();
  await (await downloading).saveAs(path);
}

/** The search over all texts knows the documents that count, and none of the cancelled ones. */
async function expectNothingFound(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Search' }).click();
  const status = page.getByRole('status', { name: 'Search', exact: true });
  for (const [seed, found] of [
    [documents, /^1 |\d documents?\.$/],
    [documents + 1, /^Nothing was found\.$/],
  ] as const) {
    await page.getByRole('searchbox', { name: 'Search all documents' }).fill(`"report ${seed}"`);
    await expect(status).toHaveText(found, patience);
  }
}

function shown(count: number): string {
  return count.toLocaleString('en');
}
