import { expect, test, type Page } from '@playwright/test';
import { recordsOf } from '../workers/backup/projects.ts';
import { Reader } from './reader.ts';

const text = 'Velt denied 😀 that the bridge was mined.';

/** Pickers cannot be answered by a program: the page's own folder on the disk is picked instead, and all else is real. */
async function pickOwnFolder(page: Page): Promise<void> {
  await page.addInitScript(() =>
    Object.defineProperty(window, 'showDirectoryPicker', {
      value: async () =>
        (await navigator.storage.getDirectory()).getDirectoryHandle('backups', { create: true }),
    }),
  );
}

/** The files in the folder by name, as bytes. */
async function filesIn(page: Page): Promise<ReadonlyMap<string, Uint8Array<ArrayBuffer>>> {
  const found = await page.evaluate(async () => {
    const root = await navigator.storage.getDirectory();
    const folder = await root.getDirectoryHandle('backups');
    const files: [string, number[]][] = [];
    for await (const handle of folder.values())
      files.push([
        handle.name,
        [...new Uint8Array(await (await (handle as FileSystemFileHandle).getFile()).arrayBuffer())],
      ]);
    return files;
  });
  return new Map(found.map(([name, bytes]) => [name, Uint8Array.from(bytes)]));
}

test('a folder is chosen once, and from then on whole backups are written into it, and the time of the last one is seen', async ({
  page,
}) => {
  await pickOwnFolder(page);
  const reader = new Reader(page);
  await page.goto('/');
  await reader.importFiles({ name: 'bridge.txt', content: text });
  await reader.selectWords('denied');
  await page.keyboard.press('2');
  await reader.saved();
  const note = page.getByRole('contentinfo').getByRole('link', { name: /back/i });
  await expect(note).toHaveText('No backup yet');

  await note.click();
  await reader.button('Choose a folder…').click();
  await expect(reader.messages).toContainText('Backed up into “backups”, read back and found whole.');
  await expect(note).toHaveText('Backed up just now');
  const first = await filesIn(page);
  const [name, bytes] = [...first][0]!;
  expect([...first.keys()]).toEqual([
    expect.stringMatching(/^My reports \d{4}-\d\d-\d\d \d\d-\d\d-\d\d first\.locution$/),
  ]);
  await expect(page.getByText(name)).toBeVisible();
  const { records, state } = await recordsOf(new Blob([bytes]));
  expect(state.faults).toEqual([]);
  expect(records.documents.map((document) => document.text)).toEqual([text]);
  expect(state.manifest?.counts).toMatchObject({ documents: 1, spans: 1 });

  await page.reload();
  await expect(note).toHaveText(/^Backed up/);
  await reader.goTo('Annotate');
  await reader.sees(text);
  await reader.selectWords('bridge');
  await page.keyboard.press('1');
  await reader.saved();
  await page.keyboard.press('Control+Enter');
  await expect.poll(async () => (await filesIn(page)).size, { timeout: 20_000 }).toBe(2);
  const second = [...(await filesIn(page))].find(([fileName]) => fileName !== name)!;
  expect((await recordsOf(new Blob([second[1]]))).state.manifest?.counts).toMatchObject({ spans: 2 });
  expect((await filesIn(page)).get(name)).toEqual(bytes);
});
