import { test } from '@playwright/test';
import { ownReport } from './gold.ts';
import { prove } from './proof.ts';
import { Reader } from './reader.ts';

const { file, goldFile, text, spans } = ownReport('scripts-of-the-world');
const hands = [
  { by: 'mouse first', isByMouse: (index: number) => index % 2 === 0 },
  { by: 'keyboard first', isByMouse: (index: number) => index % 2 === 1 },
];

// Both halves change hands, so that each span is made by mouse and by keyboard.
for (const { by, isByMouse } of hands)
  test(`emoji, combining marks, Hebrew, Arabic and CRLF keep every offset true, ${by}`, async ({
    page,
  }, testInfo) => {
    const reader = new Reader(page);
    await page.goto('/');
    await reader.importFiles(file);
    await reader.sees(text);

    for (const [index, span] of spans.entries())
      await (isByMouse(index) ? reader.markByMouse(span) : reader.markByKeyboard(span));
    await reader.lists(spans);
    await reader.saved();
    await page.reload();
    await reader.sees(text);
    await reader.lists(spans);

    const exported = testInfo.outputPath('export.jsonl');
    await (await reader.export()).saveAs(exported);
    prove(exported, { equals: file, spans: goldFile });
  });
