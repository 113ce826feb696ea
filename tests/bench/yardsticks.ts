import type { Browser, Page } from '@playwright/test';
import type { MarkedRange, Report } from './generator.ts';
import type { Notes } from './notes.ts';
import { installProbe, type Awaited, type Timing } from './probe.ts';

/** What a browser does with the same text when nobody helps it: one element, one a paragraph, one a span. */
const yardsticks = ['pre', 'p', 'mark'] as const;
type Yardstick = (typeof yardsticks)[number];

/** How long naive marks may take to be there before the case is left. */
const patienceMs = 60_000;

/** Opens two reports to and fro in a page of nothing else, in the same browser, and scrolls through one of them. */
export async function measureYardsticks(
  browser: Browser,
  reports: readonly Report[],
  rounds: number,
  notes: Notes,
): Promise<void> {
  for (const yardstick of yardsticks) {
    const context = await browser.newContext({ viewport: { width: 1280, height: 720 } });
    const page = await context.newPage();
    page.setDefaultTimeout(patienceMs);
    await page.addInitScript(installProbe);
    // An address of its own, as the script above runs when a page is loaded.
    await page.goto(`data:text/html,${encodeURIComponent(pageOf)}`);
    await page.evaluate(
      keepReports,
      reports.map(({ text, spans }) => ({ text, spans })),
    );
    for (let round = 0; round < rounds; round++) {
      const index = round % reports.length;
      const last = lastWords(reports[index]!, yardstick);
      const timing = await timed(page, 'click', { kind: 'shown', selector: '#text', last }, () =>
        page.locator(`#${yardstick}-${index}`).click(),
      );
      notes.add(`<${yardstick}>: open, until painted`, timing.painted);
      notes.addTasks(`<${yardstick}>: open`, timing.longTasks);
    }
    if (yardstick === 'mark') await addMarks(page, notes);
    if (yardstick === 'pre') await scroll(page, notes);
    await context.close();
  }
}

async function timed(
  page: Page,
  event: 'click',
  awaited: Awaited,
  act: () => Promise<void>,
): Promise<Timing> {
  await page.evaluate(() => window.locutionBench.calm());
  await page.evaluate(([name, wanted]) => window.locutionBench.arm(name, wanted, false), [
    event,
    awaited,
  ] as const);
  await act();
  return page.evaluate(() => window.locutionBench.timing());
}

async function addMarks(page: Page, notes: Notes): Promise<void> {
  for (let round = 0; round < 6; round++) {
    const { painted } = await timed(page, 'click', { kind: 'counted', selector: 'mark', more: 1 }, () =>
      page.locator('#add').click(),
    );
    notes.add('<mark>: add, until painted', painted);
  }
}

async function scroll(page: Page, notes: Notes): Promise<void> {
  await page.mouse.move(500, 400);
  await page.evaluate(() => window.locutionBench.calm());
  await page.evaluate(() => window.locutionBench.startScrolling());
  for (let turned = 0; turned < 120; turned++) await page.mouse.wheel(0, turned < 60 ? 120 : -120);
  await page.waitForTimeout(200);
  const { frames } = await page.evaluate(() => window.locutionBench.stopScrolling());
  notes.add('<pre>: scroll, frame time', ...frames);
}

/** The last text node of the page, by which it is told that all is there. */
function lastWords({ text, spans }: Report, yardstick: Yardstick): string {
  if (yardstick === 'pre') return text;
  if (yardstick === 'p') return text.slice(text.lastIndexOf('\n') + 1);
  return text.slice(Math.max(0, ...spans.map(({ end }) => end)));
}

/** As wide as the text of the app, and wrapped as there; else as the browser has it. */
const pageOf = `<!doctype html><style>
body { margin: 0; display: flex; flex-direction: column; height: 100vh; font: 17px/1.6 serif }
#box { flex: 1; overflow: auto } #text { width: 640px; white-space: pre-wrap; overflow-wrap: break-word; margin: 0; font: inherit }
#text p { margin: 0; min-height: 1lh }
</style><nav>${yardsticks
  .flatMap((name) => [0, 1].map((index) => `<button id="${name}-${index}">${name} ${index}</button>`))
  .join('')}<button id="add">add</button></nav><div id="box"></div>`;

/** Runs in the page: must be whole in itself. */
function keepReports(
  reports: readonly { readonly text: string; readonly spans: readonly MarkedRange[] }[],
): void {
  const box = document.querySelector('#box')!;
  const fresh = (tag: string) => {
    const element = document.createElement(tag);
    element.id = 'text';
    return element;
  };
  const ways = {
    pre(text: string) {
      const pre = fresh('pre');
      pre.textContent = text;
      return pre;
    },
    p(text: string) {
      const all = fresh('div');
      for (const line of text.split('\n')) {
        const p = document.createElement('p');
        p.textContent = line;
        all.append(p);
      }
      return all;
    },
    // Cut at every end of a span; what several spans cover lies in marks within marks.
    mark(text: string, spans: readonly MarkedRange[]) {
      const all = fresh('div');
      const cuts = [...new Set([0, text.length, ...spans.flatMap(({ start, end }) => [start, end])])].sort(
        (a, b) => a - b,
      );
      let open: MarkedRange[] = [];
      let next = 0;
      for (const [index, start] of cuts.slice(0, -1).entries()) {
        open = open.filter(({ end }) => end > start);
        for (; next < spans.length && spans[next]!.start === start; next++) open.push(spans[next]!);
        let place: HTMLElement = all;
        for (const { label } of open) {
          const mark = document.createElement('mark');
          mark.className = label;
          place.append(mark);
          place = mark;
        }
        place.append(text.slice(start, cuts[index + 1]));
      }
      return all;
    },
  };
  for (const [name, make] of Object.entries(ways))
    for (const [index, { text, spans }] of reports.entries())
      document.querySelector(`#${name}-${index}`)!.addEventListener('click', () => {
        box.replaceChildren(make(text, spans));
      });
  document.querySelector('#add')!.addEventListener('click', () => {
    for (const node of document.querySelector('#text')!.childNodes) {
      if (!(node instanceof Text) || node.length < 12) continue;
      const range = document.createRange();
      range.setStart(node, 2);
      range.setEnd(node, 10);
      range.surroundContents(document.createElement('mark'));
      return;
    }
  });
}
