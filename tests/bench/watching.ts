import { readFileSync } from 'node:fs';
import type { Browser, Page } from '@playwright/test';

/** What a job cost the page, from outside: the renderer's process, and the page's own frames. */
export interface Watched {
  readonly seconds: number;
  /** The most that stood in memory, in MB: all of the renderer's process, Chromium's own program included. */
  readonly residentMb: number;
  /** The part of it that is nothing but this page's: JavaScript, buffers, copies for the storage. */
  readonly ownMb: number;
  /** The longest time from one frame to the next. */
  readonly longestFrame: number;
  readonly longTasks: readonly number[];
  /** How many different values the progress bar had. */
  readonly steps: number;
}

interface Seen {
  readonly frames: readonly number[];
  readonly tasks: readonly number[];
  readonly steps: number;
}

declare global {
  interface Window {
    locutionWatch: { stop(): Seen } | undefined;
  }
}

const sampleMs = 100;

/** Watches the renderer and the page while something goes on. */
export async function watched(browser: Browser, page: Page, work: () => Promise<void>): Promise<Watched> {
  const pids = await renderers(browser);
  const idle = pids.map(memoryOf);
  let [residentMb, ownMb] = [0, 0];
  const sample = () => {
    // The page's renderer is the biggest: others are spares of the browser.
    for (const { resident, own } of pids.map(memoryOf)) {
      residentMb = Math.max(residentMb, resident);
      ownMb = Math.max(ownMb, own);
    }
  };
  if (idle.length === 0) throw new RangeError('there is no renderer to watch');
  const timer = setInterval(sample, sampleMs);
  await page.evaluate(watchFrames);
  const start = performance.now();
  try {
    await work();
  } finally {
    clearInterval(timer);
  }
  const seconds = (performance.now() - start) / 1_000;
  const { frames, tasks, steps } = await page.evaluate(() => window.locutionWatch!.stop());
  return { seconds, residentMb, ownMb, longestFrame: Math.max(...frames), longTasks: tasks, steps };
}

async function renderers(browser: Browser): Promise<number[]> {
  const cdp = await browser.newBrowserCDPSession();
  const { processInfo } = await cdp.send('SystemInfo.getProcessInfo');
  await cdp.detach();
  return processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => id);
}

/** By what the system says of the process, in MB of a million bytes. Nothing for one that is gone. */
function memoryOf(pid: number): { resident: number; own: number } {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    const read = (name: string) =>
      Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)?.[1]) / 976.5625;
    return { resident: read('VmRSS'), own: read('RssAnon') };
  } catch {
    return { resident: 0, own: 0 };
  }
}

/** Runs in the page: must be whole in itself. */
function watchFrames(): void {
  const frames: number[] = [];
  const tasks: number[] = [];
  const values = new Set<number>();
  const observer = new PerformanceObserver((list) => tasks.push(...list.getEntries().map((e) => e.duration)));
  observer.observe({ type: 'longtask' });
  let last = performance.now();
  let isOver = false;
  const frame = () => {
    if (isOver) return;
    const now = performance.now();
    frames.push(now - last);
    last = now;
    const bar = document.querySelector('progress[aria-label="Progress"]');
    if (bar instanceof HTMLProgressElement) values.add(bar.value);
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
  window.locutionWatch = {
    stop() {
      isOver = true;
      tasks.push(...observer.takeRecords().map(({ duration }) => duration));
      observer.disconnect();
      return { frames, tasks, steps: values.size };
    },
  };
}
