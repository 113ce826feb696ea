import { expect, test } from '@playwright/test';
import { ownReport, seedReport, type GoldReport } from './gold.ts';
import { prove } from './proof.ts';
import { Reader } from './reader.ts';

const reports = [seedReport(), ownReport('report')].filter((report) => report !== undefined);

for (const report of reports)
  test(`${report.name}: opened, marked by mouse and by keyboard, reloaded, exported, read by Python`, async ({
    page,
  }, testInfo) => {
    const exported = await journey(new Reader(page), report, testInfo.outputPath('export.jsonl'));
    expect(exported.meta).toEqual({ date: '2020-10-02' });
    expect(exported.text).toMatch(/^ date 2020-10-02 “We/);
  });

async function journey(reader: Reader, { file, goldFile, text, spans }: GoldReport, path: string) {
  await reader.page.goto('/');
  await reader.importFiles(file);
  await reader.sees(text);

  for (const [index, span] of spans.entries())
    await (index % 2 === 0 ? reader.markByMouse(span) : reader.markByKeyboard(span));
  await reader.lists(spans);
  await reader.saved();

  await reader.page.reload();
  await reader.sees(text);
  await reader.lists(spans);

  await (await reader.export()).saveAs(path);
  return prove(path, { equals: file, spans: goldFile });
}
