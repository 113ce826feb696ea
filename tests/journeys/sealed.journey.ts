import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test, type Page } from '@playwright/test';
import { preview } from 'vite';

test.use({ serviceWorkers: 'allow' });

const root = join(import.meta.dirname, '../..');
const singleFile = pathToFileURL(join(root, 'dist/locution.html')).href;

const pages = [
  { name: 'the served page', address: './' },
  { name: 'the single file', address: singleFile },
];

for (const { name, address } of pages) {
  test(`${name} starts without breaking its own policy`, async ({ page }) => {
    const complaints = complaintsOf(page);
    await page.goto(address);
    await started(page);
    expect(await page.evaluate(() => document.fonts.ready.then(() => true))).toBe(true);
    expect(complaints).toEqual([]);
  });

  test(`${name} runs nothing that was smuggled in and sends nothing anywhere`, async ({ page }) => {
    await page.goto(address);
    await started(page);
    expect(await page.evaluate(smuggle)).toEqual({
      worked: [],
      stopped: ['connect-src', 'img-src', 'script-src-attr', 'script-src-elem', 'style-src-elem'],
    });
  });

  test(`${name} asks nobody but its own address`, async ({ page }) => {
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    await page.goto(address);
    await started(page);
    const { origin } = new URL(page.url());
    const own = (url: string): boolean => url.startsWith(origin) || /^(blob|data|file):/.test(url);
    expect(asked.filter((url) => !own(url))).toEqual([]);
  });
}

test('the page starts again when its server is gone', async ({ page }) => {
  const server = await preview({ root, logLevel: 'silent', preview: { port: 0, open: false } });
  try {
    await page.goto(server.resolvedUrls!.local[0]!);
    await started(page);
    await page.evaluate(() => navigator.serviceWorker.ready);
  } finally {
    await server.close();
  }
  const complaints = complaintsOf(page);
  await page.reload();
  await started(page);
  await page.evaluate(() => document.fonts.ready);
  expect(complaints).toEqual([]);
});

async function started(page: Page): Promise<void> {
  await expect(page.locator('#app > *').first()).toBeVisible();
}

/** What the browser objects to from now on: broken policies, failed requests, uncaught errors. */
function complaintsOf(page: Page): string[] {
  const complaints: string[] = [];
  page.on('console', (message) => void (message.type() === 'error' && complaints.push(message.text())));
  page.on('pageerror', (error) => complaints.push(error.message));
  return complaints;
}

/** Runs in the page: tries what an injected piece of markup would. Says what worked and which rules stopped the rest. */
async function smuggle() {
  const stopped = new Set<string>();
  document.addEventListener('securitypolicyviolation', (event) => stopped.add(event.effectiveDirective));
  const marks = document.documentElement.dataset;
  const add = (name: string, content: string): void => {
    const element = document.createElement(name);
    element.textContent = content;
    document.head.append(element);
  };
  add('script', 'document.documentElement.dataset.script = "ran"');
  add('style', 'html { outline: rgb(1, 2, 3) solid 7px }');
  if (getComputedStyle(document.documentElement).outlineWidth === '7px') marks.style = 'applied';
  document.body.insertAdjacentHTML(
    'beforeend',
    '<b onclick="document.documentElement.dataset.click = 1">x</b>',
  );
  (document.body.lastElementChild as HTMLElement).click();
  document.body.insertAdjacentHTML('beforeend', '<img src="https://example.org/x.png" alt="">');
  await fetch('https://example.org/').then(
    () => (marks.fetch = 'sent'),
    () => undefined,
  );
  // The browser reports a little later.
  for (let wait = 0; stopped.size < 5 && wait < 20; wait++)
    await new Promise((resolve) => setTimeout(resolve, 50));
  const worked = ['script', 'style', 'click', 'fetch'].filter((attempt) => attempt in marks);
  return { worked, stopped: [...stopped].toSorted() };
}
