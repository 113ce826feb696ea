import { expect, test, type Page } from '@playwright/test';
import { generateReport, jsonLine, type Report } from '../bench/generator.ts';

test('wherever one scrolls, what is in view is painted as if all of the text were', async ({ page }) => {
  const report = generateReport({ bytes: 200_000, spans: 1_000 }, 1);
  await page.goto('./');
  await page.getByLabel('Import files').setInputFiles({
    name: 'report.jsonl',
    mimeType: 'application/jsonl',
    buffer: Buffer.from(jsonLine(report)),
  });
  await page.getByRole('option', { name: report.title, exact: true }).click();
  const viewport = page.locator('.viewport');
  await expect(page.getByRole('textbox', { name: 'Document text' })).toContainText(report.text.slice(0, 40));
  const range = await viewport.evaluate((element) => element.scrollHeight - element.clientHeight);
  // By leaps both ways, then by the wheel, which the painted part follows in steps.
  for (const share of [0, 0.5, 1, 0.03, 0.97, 0.31, 0.68]) {
    await viewport.evaluate((element, top) => void (element.scrollTop = top), range * share);
    await expectAllInViewPainted(page, report);
  }
  await viewport.hover();
  for (let turned = 0; turned < 12; turned++) {
    await page.mouse.wheel(0, turned < 8 ? 310 : -470);
    await expectAllInViewPainted(page, report);
  }
});

/** The painted ranges are ranges of spans, and those of all spans that reach into the window are among them. */
async function expectAllInViewPainted(page: Page, { spans }: Report): Promise<void> {
  const { painted, seen } = await page.evaluate(look);
  const all = new Set(spans.map(({ start, end }) => `${start}–${end}`));
  for (const one of painted) expect(all).toContain(one);
  const wanted = spans.filter(({ start, end }) => start < seen.end && end > seen.start);
  const lacking = new Set(wanted.map(({ start, end }) => `${start}–${end}`));
  for (const one of painted) lacking.delete(one);
  expect([...lacking], `in view are ${seen.start}–${seen.end}`).toEqual([]);
}

/** Runs in the page, after a frame: the painted ranges by offsets, and the offsets of the first and last line in view. */
async function look(): Promise<{ painted: string[]; seen: { start: number; end: number } }> {
  for (let frame = 0; frame < 2; frame++) await new Promise(requestAnimationFrame);
  const lines = [...document.querySelectorAll<HTMLElement>('.text .line')];
  const starts = new Map<Element, number>();
  let offset = 0;
  for (const line of lines) {
    starts.set(line, offset);
    offset += line.textContent.length + 1;
  }
  const offsetOf = (node: Node, within: number) => {
    const line = (node instanceof Element ? node : node.parentElement!).closest('.line')!;
    return starts.get(line)! + within;
  };
  const painted = [...CSS.highlights]
    .filter(([name]) => name.startsWith('label-'))
    .flatMap(([, highlight]) => [...highlight])
    .map(
      ({ startContainer, startOffset, endContainer, endOffset }) =>
        `${offsetOf(startContainer, startOffset)}–${offsetOf(endContainer, endOffset)}`,
    );
  const view = document.querySelector('.viewport')!.getBoundingClientRect();
  const inView = lines.filter((line) => {
    const { top, bottom } = line.getBoundingClientRect();
    return bottom > view.top && top < view.bottom;
  });
  const [first, last] = [inView[0]!, inView.at(-1)!];
  return { painted, seen: { start: starts.get(first)!, end: starts.get(last)! + last.textContent.length } };
}
