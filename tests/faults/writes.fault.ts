import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, type BrowserContext, type Page } from '@playwright/test';
import { ChromiumProfile } from '../journeys/chromium-profile.ts';
import { Reader } from '../journeys/reader.ts';

const text = 'Velt denied the raid and urged Sarnia to open both gates tonight.';
const hasRoom = { timeout: 60_000 };

test('a full disk is told within five seconds, nothing is called saved that is not, and once there is room all is (A11, A29, A31)', async ({
  baseURL,
}) => {
  test.setTimeout(240_000);
  const disk = smallDisk(120);
  test.skip(disk === undefined, 'mounting a small file system is not allowed here');
  const profile = new ChromiumProfile(disk!.folder);
  try {
    const reader = await launch(profile, baseURL!);
    await reader.open(text);
    await mark(reader, ['Velt', 'denied'], '1');
    await reader.saved();
    const log = await watchSaving(reader.page);
    disk!.fill();
    await mark(reader, ['the', 'raid', 'and'], '2');
    await expect(reader.saving).toHaveText(/^Not saved: the (disk|browser)/, { timeout: 5000 });
    await expect(reader.spans).toHaveCount(5);
    const stored = await log();
    // What was called saved was there before the disk was full; a browser may have had room for some more.
    expect(
      Math.max(...stored.filter(({ saving }) => saving === 'Saved').map(({ spans }) => spans), 0),
    ).toBeLessThan(5);
    const copy = await download(reader, 'Save a copy of my work');
    expect(copy.spans.map((span: { text: string }) => span.text)).toEqual([
      'Velt',
      'denied',
      'the',
      'raid',
      'and',
    ]);
    disk!.free();
    // By itself.
    await expect(reader.saving).toHaveText('Saved', hasRoom);
    await reader.page.reload();
    await reader.sees(text);
    await expect(reader.spans).toHaveCount(5);
    await reader.page.context().close();
    const again = await launch(profile, baseURL!);
    // The browser may have thrown the storage away that it could not write to; the second copy then has all of it.
    const bringBack = again.page.getByRole('button', { name: /^Bring (back|both)/ });
    await expect(bringBack.or(again.textbox).first()).toBeVisible({ timeout: 20_000 });
    console.log(
      `  ${(await bringBack.isVisible()) ? 'all was gone from the storage' : 'the storage was there'}`,
    );
    if (await bringBack.isVisible()) await bringBack.click();
    await again.sees(text);
    await expect(again.spans).toHaveCount(5);
  } finally {
    await profile.remove();
    disk!.remove();
  }
});

test('without room for the page what is done stays on screen and is not called saved; with room it is saved (A9, A29)', async ({
  baseURL,
}) => {
  const profile = new ChromiumProfile();
  try {
    const context = await profile.launch();
    const page = await firstPage(context);
    const grant = await quotas(page, baseURL!);
    // Chromium looks at it when the storage is opened.
    await grant(3_000_000);
    await page.goto(baseURL!);
    const reader = new Reader(page);
    await reader.open(text);
    await mark(reader, ['Velt'], '1');
    await reader.saved();
    const log = await watchSaving(page);
    await fillUp(page);
    await mark(reader, ['denied', 'the'], '2');
    await expect(reader.saving).toHaveText(/^Not saved: this browser has no room left/, { timeout: 5000 });
    await expect(reader.spans).toHaveCount(3);
    expect((await log()).filter(({ saving, spans }) => saving === 'Saved' && spans > 1)).toEqual([]);
    const copy = await download(reader, 'Save a copy of my work');
    expect(copy.spans).toHaveLength(3);
    await grant(undefined);
    await reader.button('Try again').click();
    await expect(reader.saving).toHaveText('Saved', hasRoom);
  } finally {
    await profile.remove();
  }
});

test('when the site’s data is cleared under the page, the work stays on screen, is written nowhere and can be downloaded (A17)', async ({
  baseURL,
}) => {
  const profile = new ChromiumProfile();
  try {
    const reader = await launch(profile, baseURL!);
    await reader.open(text);
    await mark(reader, ['Velt', 'denied'], '1');
    await reader.saved();
    const session = await reader.page.context().newCDPSession(reader.page);
    await session.send('Storage.clearDataForOrigin', {
      origin: new URL(baseURL!).origin,
      storageTypes: 'all',
    });
    await expect(reader.saving).toHaveText(/^Not saved: the work of this tab is no longer/);
    await mark(reader, ['raid'], '3');
    await expect(reader.spans).toHaveCount(3);
    await expect(reader.documents).toHaveCount(1);
    await reader.sees(text);
    await expect(reader.button('Try again')).toBeHidden();
    const copy = await download(reader, 'Save a copy of my work');
    expect(copy.spans.map((span: { text: string }) => span.text)).toEqual(['Velt', 'denied', 'raid']);
    const names = await reader.page.evaluate(async () =>
      (await indexedDB.databases()).map(({ name }) => name),
    );
    expect(names).not.toContain('locution-workspace');
  } finally {
    await profile.remove();
  }
});

test('four tabs that mark one document at once keep every span, and all show the same within a second (A26)', async ({
  context,
  page,
}) => {
  test.setTimeout(300_000);
  const each = 50;
  const words = Array.from({ length: 4 * each }, (_, index) => `boat${index}`);
  const long = Array.from({ length: 4 }, (_, tab) =>
    words.slice(tab * each, (tab + 1) * each).join(' '),
  ).join('\n');
  const readers = [new Reader(page)];
  await page.goto('/');
  await readers[0]!.open(long);
  for (let tab = 1; tab < 4; tab++) {
    const other = new Reader(await context.newPage());
    await other.page.goto(page.url());
    await other.sees(long);
    readers.push(other);
  }
  await Promise.all(readers.map((reader, tab) => markLine(reader, tab, each)));
  for (const reader of readers) await reader.saved();
  const count = new RegExp(`${4 * each} spans`);
  for (const reader of readers) await expect(reader.documents.first()).toHaveText(count, { timeout: 1000 });
  const lists = await Promise.all(readers.map(marked));
  for (const list of lists) expect(list).toEqual(lists[0]);
  expect(lists[0]).toHaveLength(4 * each);
  await page.reload();
  await readers[0]!.sees(long);
  expect(await marked(readers[0]!)).toEqual(lists[1]);
});

test('a tab that was frozen, and one that was left and come back to, show what others did and overwrite nothing (A28)', async ({
  context,
  page,
}) => {
  const here = new Reader(page);
  await page.goto('/');
  await here.open(text);
  const there = new Reader(await context.newPage());
  await there.page.goto(page.url());
  await there.sees(text);

  const session = await context.newCDPSession(page);
  await session.send('Page.setWebLifecycleState', { state: 'frozen' });
  await mark(there, ['Velt', 'denied'], '1');
  await there.saved();
  await session.send('Page.setWebLifecycleState', { state: 'active' });
  await page.bringToFront();
  await expect(here.spans).toHaveCount(2);

  await page.goto('about:blank');
  await there.page.bringToFront();
  await mark(there, ['the'], '2');
  await there.saved();
  await page.goBack();
  await page.bringToFront();
  await expect(here.spans).toHaveCount(3);
  await mark(here, ['raid'], '3');
  await here.saved();
  await expect(there.spans).toHaveCount(4);
  await there.page.reload();
  await expect(there.spans).toHaveCount(4);
});

async function launch(profile: ChromiumProfile, address: string): Promise<Reader> {
  const page = await firstPage(await profile.launch());
  await page.goto(address);
  return new Reader(page);
}

async function firstPage(context: BrowserContext): Promise<Page> {
  return context.pages()[0] ?? context.newPage();
}

async function mark(reader: Reader, words: readonly string[], key: string): Promise<void> {
  for (const word of words) {
    const { start, end } = await reader.find(word);
    await reader.select(start, end);
    await reader.page.keyboard.press(key);
  }
}

/** Marks every word of one line as fast as keys go. */
async function markLine(reader: Reader, line: number, words: number): Promise<void> {
  const { keyboard } = reader.page;
  await reader.textbox.focus();
  await keyboard.press('Control+Home');
  for (let down = 0; down < line; down++) await keyboard.press('ArrowDown');
  for (let word = 0; word < words; word++) {
    await keyboard.press('Control+Shift+ArrowRight');
    await keyboard.press(String(1 + line));
    await keyboard.press('ArrowRight');
  }
}

/** What is marked, as an export has it. */
async function marked(reader: Reader): Promise<string[]> {
  const { spans } = JSON.parse(readFileSync(await (await reader.export()).path(), 'utf8').trim()) as {
    spans: { start: number; end: number; label: string }[];
  };
  return spans.map(({ start, end, label }) => `${start}-${end} ${label}`);
}

interface Copy {
  readonly spans: readonly { readonly text: string }[];
}

async function download(reader: Reader, button: string): Promise<Copy> {
  const downloading = reader.page.waitForEvent('download');
  await reader.button(button).click();
  return JSON.parse(readFileSync(await (await downloading).path(), 'utf8').trim()) as Copy;
}

/** Writes down each thing that the status says, with the number of spans that were listed then. */
async function watchSaving(page: Page): Promise<() => Promise<{ saving: string; spans: number }[]>> {
  await page.evaluate(() => {
    const seen: { saving: string; spans: number }[] = [];
    Object.assign(window, { seen });
    const status = document.querySelector('[role=status][aria-label=Saving]')!;
    const list = () => document.querySelectorAll('[role=list][aria-label=Spans] [role=listitem]').length;
    const look = () => seen.push({ saving: status.textContent, spans: list() });
    new MutationObserver(look).observe(document.body, {
      childList: true,
      characterData: true,
      subtree: true,
    });
  });
  return () => page.evaluate(() => (window as unknown as { seen: { saving: string; spans: number }[] }).seen);
}

/** Takes all the room that is left, with what does not let itself be compressed. */
async function fillUp(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const opening = indexedDB.open('ballast', 1);
    opening.addEventListener('upgradeneeded', () =>
      opening.result.createObjectStore('bytes', { autoIncrement: true }),
    );
    await new Promise((resolve) => opening.addEventListener('success', resolve));
    const put = (size: number) =>
      new Promise<boolean>((resolve) => {
        const transaction = opening.result.transaction('bytes', 'readwrite');
        transaction.objectStore('bytes').add(crypto.getRandomValues(new Uint8Array(size)));
        transaction.addEventListener('complete', () => resolve(true));
        transaction.addEventListener('abort', () => resolve(false));
      });
    for (const size of [60_000, 6000, 600, 60]) while (await put(size));
  });
}

async function quotas(page: Page, address: string) {
  const session = await page.context().newCDPSession(page);
  const { origin } = new URL(address);
  return (quotaSize: number | undefined) =>
    session.send('Storage.overrideQuotaForOrigin', { origin, ...(quotaSize !== undefined && { quotaSize }) });
}

/** A file system of its own in memory, that can be filled to the last byte; `undefined` where none may be mounted. */
function smallDisk(megabytes: number) {
  const folder = mkdtempSync(join(tmpdir(), 'locution-disk-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder], { stdio: 'ignore' });
  } catch {
    rmSync(folder, { recursive: true });
    return undefined;
  }
  const ballast = join(folder, 'ballast');
  return {
    folder: join(folder, 'profile'),
    fill() {
      for (const bytes of [1_000_000, 4096, 1]) append(ballast, Buffer.alloc(bytes));
    },
    free: () => rmSync(ballast, { force: true }),
    remove() {
      execFileSync('umount', ['-l', folder]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** As often as there is room for it. */
function append(file: string, bytes: Buffer): void {
  try {
    for (;;) appendFileSync(file, bytes);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
  }
}
