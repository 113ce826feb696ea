import type { Page } from '@playwright/test';
import type { ChromiumProfile } from '../journeys/chromium-profile.ts';
import { Reader } from '../journeys/reader.ts';

/** Starts the browser on the profile and opens the page. */
export async function start(profile: ChromiumProfile, address: string): Promise<Reader> {
  const context = await profile.launch();
  const page = context.pages()[0] ?? (await context.newPage());
  await page.goto(address);
  return new Reader(page);
}

/** Follows what the page says: the most spans that stood in the list while `Saving` said `Saved`. */
export async function listen(page: Page): Promise<{ heard: () => number; first: Promise<void> }> {
  let most = 0;
  let tell = () => {};
  const first = new Promise<void>((resolve) => (tell = resolve));
  await page.exposeFunction('announceSaved', (count: number) => {
    most = Math.max(most, count);
    if (most > 0) tell();
  });
  await page.evaluate(() => {
    const { announceSaved } = window as unknown as { announceSaved(count: number): void };
    const status = document.querySelector('[role=status][aria-label=Saving]')!;
    const list = document.querySelector('[role=list][aria-label=Spans]')!;
    const look = () => {
      if (status.textContent === 'Saved') announceSaved(list.querySelectorAll('[role=listitem]').length);
    };
    const all = { childList: true, characterData: true, subtree: true };
    const observer = new MutationObserver(look);
    observer.observe(status, all);
    observer.observe(list, all);
  });
  return { heard: () => most, first };
}

/** Numbers between 0 and 1, the same ones for the same seed (mulberry32). */
export function numbers(from: number): () => number {
  let state = from;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
