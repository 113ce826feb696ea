import { readFileSync } from 'node:fs';
import { expect, test, type Page } from '@playwright/test';
import { Reader } from './reader.ts';

const text = 'Velt denied 😀 that the bridge was mined.';
const passphrase = 'four unrelated quiet words';

/** All that the browser keeps of the project in its databases and its buckets, as letters. */
function kept(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const answer = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.addEventListener('success', () => resolve(request.result));
        request.addEventListener('error', () => reject(new Error(String(request.error))));
      });
    const lettersIn = async (factory: IDBFactory) => {
      const letters: string[] = [];
      for (const { name } of await factory.databases()) {
        const database = await answer(factory.open(name!));
        for (const store of database.objectStoreNames)
          letters.push(
            JSON.stringify(
              await answer(database.transaction(store).objectStore(store).getAll()),
              (_, value: unknown) =>
                value instanceof Uint8Array ? new TextDecoder('latin1').decode(value) : value,
            ),
          );
        database.close();
      }
      return letters.join();
    };
    type Buckets = { open(name: string): Promise<{ indexedDB: IDBFactory }> };
    const { storageBuckets } = navigator as unknown as { storageBuckets: Buckets };
    const { indexedDB: copy } = await storageBuckets.open('locution-mirror');
    return (await lettersIn(indexedDB)) + (await lettersIn(copy));
  });
}

test('a project is locked, asked for at the next start, worked on and backed up, and no word of it lies in the browser', async ({
  page,
}) => {
  const reader = new Reader(page);
  await page.goto('/');
  await reader.open(text, 'bridge.txt');
  expect(await kept(page)).toContain('bridge was mined');

  await reader.goTo('Settings');
  await reader.button('Lock this project…').click();
  const dialog = reader.dialog('Lock project');
  await dialog.getByLabel('Passphrase', { exact: true }).fill(passphrase);
  await dialog.getByLabel('Passphrase once more').fill(passphrase);
  const downloading = page.waitForEvent('download');
  await dialog.getByRole('button', { name: 'Save recovery file' }).click();
  const recovery = await downloading;
  expect(recovery.suggestedFilename()).toBe('My reports recovery.json');
  await dialog.getByLabel('I have the recovery file').check();
  await dialog.getByRole('button', { name: 'Lock', exact: true }).click();
  await expect(reader.messages).toContainText('The project is locked');
  expect(await kept(page)).not.toContain('bridge was mined');

  await reader.button('Lock now').click();
  const field = page.getByLabel('Passphrase');
  await expect(field).toBeFocused();
  await expect(page.getByText('Velt')).toHaveCount(0);
  await page.keyboard.type('another passphrase');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert')).toContainText('does not open this project');
  await field.fill(passphrase);
  await page.keyboard.press('Enter');
  await reader.goTo('Annotate');
  await reader.sees(text);
  await reader.selectWords('denied');
  await page.keyboard.press('2');
  await reader.saved();
  await reader.lists([{ label: 'Denial', text: 'denied' }]);

  const saving = page.waitForEvent('download');
  await page.keyboard.press('ControlOrMeta+K');
  await page.keyboard.type('back up');
  await page.keyboard.press('Enter');
  const backup = await saving;
  await expect(reader.messages).toContainText('opens with the passphrase or the recovery file');
  const bytes = readFileSync(await backup.path(), 'latin1');
  for (const letters of [bytes, await kept(page)]) expect(letters).not.toContain('bridge');
  expect(await kept(page)).not.toContain('"denied"');

  await page.reload();
  await page.getByLabel('Use recovery file…').setInputFiles(await recovery.path());
  await reader.lists([{ label: 'Denial', text: 'denied' }]);
});
