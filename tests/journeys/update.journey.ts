import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { NewerBuild } from './newer-build.ts';
import { Reader } from './reader.ts';
import { StaticServer } from './static-server.ts';

const root = join(import.meta.dirname, '../..');
const dist = join(root, 'dist');
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
const next = '99.0.0';
const text = 'Velt denied that the bridge was mined.';

test.describe('with a service worker', () => {
  test.use({ serviceWorkers: 'allow' });

  test('a new version leaves open tabs whole, and comes with a click once all is saved (A45)', async ({
    browser,
  }) => {
    const server = new StaticServer(dist);
    const newer = new NewerBuild(dist, version, next);
    await server.start();
    const context = await browser.newContext();
    try {
      const reader = new Reader(await context.newPage());
      const { page } = reader;
      await page.goto(server.origin);
      await reader.goTo('Settings');
      await expect(page.getByText('Ready offline')).toBeVisible({ timeout: 20_000 });
      await reader.goTo('Annotate');
      await reader.open(text);
      const other = new Reader(await context.newPage());
      await other.page.goto(server.origin);
      await other.sees(text);

      server.deploy(newer.folder);
      await page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.update());
      const notice = page.getByRole('complementary', { name: 'New version' });
      await expect(notice).toContainText('A new version of Locution is ready.', { timeout: 20_000 });
      await reader.goTo('Statistics');
      await expect(page.getByRole('heading', { name: 'Statistics' })).toBeVisible();
      await reader.goTo('Annotate');

      await page.evaluate(() => {
        const { add } = IDBObjectStore.prototype;
        IDBObjectStore.prototype.add = () => {
          throw new DOMException('no room', 'QuotaExceededError');
        };
        addEventListener('blur', () => (IDBObjectStore.prototype.add = add), { once: true });
      });
      await reader.selectWords('denied');
      await page.keyboard.press('2');
      await expect(reader.saving).toContainText('Not saved');
      await reader.button('Reload with the new version').click();
      await expect(notice).toContainText('The new version waits: some work is not saved yet.');
      await page.evaluate(() => dispatchEvent(new Event('blur')));
      // It is tried again by itself.
      await reader.saved();
      await reader.button('Reload with the new version').click();
      await reader.goTo('Settings');
      await expect(page.getByText(`Locution ${next}.`)).toBeVisible({ timeout: 20_000 });
      await expect(notice).toBeHidden();
      await reader.goTo('Annotate');
      await reader.lists([{ label: 'Denial', text: 'denied' }]);

      // The tab that nobody reloaded is of the old version, and fetches what only that has.
      await other.goTo('Labels');
      await expect(other.page.getByRole('heading', { name: 'Labels' })).toBeVisible();
      await other.goTo('Settings');
      await expect(other.page.getByText(`Locution ${version}.`)).toBeVisible();
      await other.goTo('Annotate');
      await other.lists([{ label: 'Denial', text: 'denied' }]);
      const exported = readFileSync(await (await other.export()).path(), 'utf8');
      expect(JSON.parse(exported)).toMatchObject({ spans: [{ text: 'denied' }] });

      await server.stop();
      await other.page.reload();
      await other.lists([{ label: 'Denial', text: 'denied' }]);
      await other.goTo('Settings');
      await expect(other.page.getByText(`Locution ${next}.`)).toBeVisible();
    } finally {
      await context.close();
      newer.remove();
    }
  });
});

test('without a service worker, what a new version has taken away is told in a sentence (A45)', async ({
  page,
}) => {
  const reader = new Reader(page);
  await page.goto('/');
  await reader.open(text);
  await page.route(/\/assets\/.*\.js$/, (route) => route.fulfill({ status: 404 }));
  const alert = page.getByRole('alert');
  await reader.goTo('Labels');
  await expect(alert).toContainText('A part of Locution could not be loaded');
  await reader.button('Close message').click();
  await reader.goTo('Annotate');
  await reader.selectWords('denied');
  await page.keyboard.press('2');
  await reader.saved();
  await page.keyboard.press('ControlOrMeta+K');
  await page.keyboard.type('back up');
  await page.keyboard.press('Enter');
  await expect(alert).toContainText('a part of Locution could not be loaded', { ignoreCase: true });
});
