import { cpSync } from 'node:fs';
import { expect, test, type Page } from '@playwright/test';
import { canKill, ChromiumProfile } from '../journeys/chromium-profile.ts';
import { released } from '../storage/released.ts';
import { numbers } from './announced.ts';

const kills = 10;
const seed = 24;
const rows = 50_000;
const { tables } = released(1);

test('an upgrade of 50,000 rows in which the browser is killed is done or not done, never half, at ten moments (A24)', async ({
  baseURL,
}) => {
  test.skip(!canKill, 'processes are found through /proc');
  test.setTimeout(1_500_000);
  const [old, random, seen] = [new ChromiumProfile(), numbers(seed), [] as string[]];
  try {
    await withoutTheApp(old, baseURL!, lay);
    const takesMs = await timeOfStart(old, baseURL!);
    for (let kill = 0; kill < kills; kill++) {
      const profile = new ChromiumProfile();
      try {
        cpSync(old.folder, profile.folder, { recursive: true });
        const afterMs = Math.round(random() * takesMs);
        const context = await profile.launch();
        const page = context.pages()[0] ?? (await context.newPage());
        await page.goto(baseURL!, { waitUntil: 'commit' });
        profile.aim();
        await new Promise((resolve) => setTimeout(resolve, afterMs));
        await profile.kill();
        const { version, upgraded, count } = await withoutTheApp(profile, baseURL!, look);
        seen.push(`${afterMs} ms: ${version === 10 ? 'old' : 'new'}`);
        expect([version, upgraded, count]).toEqual(version === 10 ? [10, 0, rows] : [20, rows, rows]);
      } finally {
        await profile.remove();
      }
    }
    console.log(`  ${takesMs} ms without a kill; ${seen.join('; ')}`);
  } finally {
    await old.remove();
  }
});

/** Opens a page of the same origin that runs nothing of ours. */
async function withoutTheApp<T>(
  profile: ChromiumProfile,
  address: string,
  act: (page: Page) => Promise<T>,
): Promise<T> {
  const context = await profile.launch();
  const page = context.pages()[0] ?? (await context.newPage());
  await page.goto(`${address}icon.svg`);
  const result = await act(page);
  await context.close();
  return result;
}

/** The storage as the first release left it, with very many projects. */
async function lay(page: Page): Promise<void> {
  const stores = Object.entries(tables).map(([name, { keyPath, autoIncrement, indexes }]) => ({
    name,
    keyPath,
    autoIncrement,
    indexes,
  }));
  await page.evaluate(
    ([wanted, count]) =>
      new Promise<void>((resolve, reject) => {
        const request = indexedDB.open('locution-workspace', 10);
        request.addEventListener('upgradeneeded', () => {
          for (const { name, keyPath, autoIncrement, indexes } of wanted) {
            const store = request.result.createObjectStore(name, { keyPath, autoIncrement });
            for (const { name: index, keyPath: path, multiEntry } of indexes)
              store.createIndex(index, path, { multiEntry });
          }
          const projects = request.transaction!.objectStore('projects');
          const labels = [{ id: 'x', name: 'X', value: 'x', colour: 0 }];
          for (let index = 0; index < count; index++)
            projects.add({ id: `project-${index}`, name: `Project ${index}`, scheme: { labels } });
        });
        request.addEventListener('error', () => reject(request.error as Error));
        request.addEventListener('success', () => {
          request.result.close();
          resolve();
        });
      }),
    [stores, rows] as const,
  );
}

async function look(page: Page): Promise<{ version: number; upgraded: number; count: number }> {
  return page.evaluate(
    () =>
      new Promise<{ version: number; upgraded: number; count: number }>((resolve, reject) => {
        const request = indexedDB.open('locution-workspace');
        request.addEventListener('error', () => reject(request.error as Error));
        request.addEventListener('success', () => {
          const { version } = request.result;
          const reading = request.result.transaction('projects').objectStore('projects').getAll();
          reading.addEventListener('success', () => {
            const all = reading.result as { scheme: object }[];
            const upgraded = all.filter(({ scheme }) => 'attributes' in scheme).length;
            resolve({ version, upgraded, count: all.length });
          });
        });
      }),
  );
}

/** How long the page takes from its address to its first screen, on a copy of the profile. */
async function timeOfStart(old: ChromiumProfile, address: string): Promise<number> {
  const profile = new ChromiumProfile();
  try {
    cpSync(old.folder, profile.folder, { recursive: true });
    const context = await profile.launch();
    const page = context.pages()[0] ?? (await context.newPage());
    const start = performance.now();
    await page.goto(address, { waitUntil: 'commit' });
    await expect(page.getByRole('navigation', { name: 'Main' })).toBeVisible({ timeout: 300_000 });
    const takesMs = Math.round(performance.now() - start);
    await context.close();
    return takesMs;
  } finally {
    await profile.remove();
  }
}
