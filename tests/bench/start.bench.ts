import { test, type Page } from '@playwright/test';
import { startName } from './aims.ts';
import { Notes } from './notes.ts';
import { attachmentName } from './reporter.ts';

const slowness = 4;
const rounds = 5;

test.use({ serviceWorkers: 'allow' });

/** Until the page can be worked with: its first button is there and a frame with it has been painted. */
test(startName, { tag: ['@start', '@quick'] }, async ({ browser }, info) => {
  const notes = new Notes();
  for (let round = 0; round < rounds; round++) {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.addInitScript(watchStart);
    const cdp = await context.newCDPSession(page);
    await cdp.send('Emulation.setCPUThrottlingRate', { rate: slowness });
    await page.goto('./');
    notes.add('first visit, processor slowed four times', await usable(page));
    await cdp.send('Emulation.setCPUThrottlingRate', { rate: 1 });
    // It is ready when all of the page has been stored.
    await page.evaluate(async () => void (await navigator.serviceWorker.ready));
    await context.setOffline(true);
    for (let again = 0; again < 3; again++) {
      await page.reload();
      const time = await usable(page);
      // The first time the browser starts the worker too.
      notes.add(again === 0 ? 'first start offline' : 'warm start, offline', time);
    }
    await context.close();
  }
  const measured = notes.measured(startName, browser.version());
  await info.attach(attachmentName, { body: JSON.stringify(measured), contentType: 'application/json' });
});

declare global {
  interface Window {
    locutionStarted: Promise<number>;
  }
}

/** Milliseconds from the beginning of the navigation. */
function usable(page: Page): Promise<number> {
  return page.evaluate(() => window.locutionStarted);
}

/** Runs in the page: must be whole in itself. */
function watchStart(): void {
  const isThere = () =>
    [...document.querySelectorAll('button')].some((button) => button.textContent?.trim() === 'Import');
  window.locutionStarted = new Promise((resolve) => {
    const look = () => {
      if (!isThere()) return void requestAnimationFrame(look);
      setTimeout(() => resolve(performance.now()));
    };
    requestAnimationFrame(look);
  });
}
