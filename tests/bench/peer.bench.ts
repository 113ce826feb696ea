import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test, type Page } from '@playwright/test';
import { generateReport, workloads, type MarkedRange } from './generator.ts';
import { Notes } from './notes.ts';
import { installProbe } from './probe.ts';
import { attachmentName } from './reporter.ts';

declare global {
  interface Window {
    openPeer(box: Element, text: string, spans: readonly MarkedRange[]): void;
    countPeer(): number;
  }
}

const folder = join(import.meta.dirname, 'peer');
const built = join(import.meta.dirname, '../../test-results/bench-peer');
/** What takes longer is said to, and left. */
const limitMs = 120_000;

test.beforeAll(() => {
  if (!existsSync(join(folder, 'node_modules')))
    execFileSync('npm', ['ci', '--no-audit', '--no-fund'], { cwd: folder, stdio: 'inherit' });
  const config = join(folder, 'vite.config.js');
  execFileSync('npx', ['vite', 'build', folder, '--config', config, '--logLevel', 'warn'], {
    stdio: 'inherit',
  });
});

for (const workload of workloads)
  test(`@recogito/text-annotator: ${workload.name}`, { tag: '@peer' }, async ({ browser, page }, info) => {
    const notes = new Notes();
    const reports = [1, 2].map((seed) => generateReport(workload, seed));
    await page.addInitScript(installProbe);
    await page.goto(`data:text/html,${encodeURIComponent(pageOf)}`);
    await page.addStyleTag({ path: join(built, 'locution-bench-peer.css') });
    await page.addScriptTag({ content: readFileSync(join(built, 'peer.js'), 'utf8') });
    for (let round = 0; round < 4; round++) {
      const { text, spans } = reports[round % 2]!;
      const time = await opened(page, text, spans);
      notes.add(
        `open, until painted${time === undefined ? `: past ${limitMs / 1000} s` : ''}`,
        time ?? limitMs,
      );
      if (time === undefined || time > 20_000) break;
    }
    if (await isThere(page, reports[0]!.spans.length)) await marking(page, notes);
    const measured = notes.measured(`@recogito/text-annotator: ${workload.name}`, browser.version());
    await info.attach(attachmentName, { body: JSON.stringify(measured), contentType: 'application/json' });
  });

/** Milliseconds until all annotations are there and a frame with some of them has been painted. */
function opened(page: Page, text: string, spans: readonly MarkedRange[]): Promise<number | undefined> {
  const work = page.evaluate(
    async ([all, ranges]) => {
      const start = performance.now();
      window.openPeer(document.querySelector('#box')!, all, ranges);
      const isPainted = () => document.querySelector('.r6o-annotation') !== null || CSS.highlights.size > 0;
      do await new Promise(requestAnimationFrame);
      while (window.countPeer() < ranges.length || !isPainted());
      await new Promise((resolve) => setTimeout(resolve));
      return performance.now() - start;
    },
    [text, spans] as const,
  );
  const late = new Promise<undefined>((resolve) => setTimeout(() => resolve(undefined), limitMs));
  return Promise.race([work, late]);
}

/** Whether the page still answers, with as many annotations as were given to it. */
async function isThere(page: Page, count: number): Promise<boolean> {
  const late = new Promise<number>((resolve) => setTimeout(() => resolve(-1), 5_000));
  return (await Promise.race([page.evaluate(() => window.countPeer()), late])) >= count;
}

/** Drags over words; it makes an annotation of them when the button is let go. */
async function marking(page: Page, notes: Notes): Promise<void> {
  const box = (await page.locator('#text').boundingBox())!;
  for (let round = 0; round < 6; round++) {
    const y = box.y + 40 + round * 55;
    await page.evaluate(() => window.locutionBench.calm());
    await page.mouse.move(box.x + 20, y);
    await page.mouse.down();
    for (let step = 1; step <= 10; step++) await page.mouse.move(box.x + 20 + step * 8, y);
    const timing = page.evaluate(
      (limit) =>
        new Promise<number>((resolve) => {
          const before = window.countPeer();
          addEventListener(
            'pointerup',
            async ({ timeStamp }) => {
              do await new Promise(requestAnimationFrame);
              while (window.countPeer() === before && performance.now() - timeStamp < limit);
              await new Promise((done) => setTimeout(done));
              resolve(performance.now() - timeStamp);
            },
            { capture: true, once: true },
          );
        }),
      limitMs / 6,
    );
    await page.mouse.up();
    notes.add('add by drag, until painted', await timing);
  }
}

const pageOf = `<!doctype html><style>
body { margin: 0; display: flex; flex-direction: column; height: 100vh; font: 17px/1.6 serif }
#box { flex: 1; overflow: auto; position: relative } #text { width: 640px; white-space: pre-wrap; overflow-wrap: break-word; position: relative }
</style><div id="box"></div>`;
