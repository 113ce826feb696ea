import { mkdirSync, writeFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { generateReport, jsonLine, workloads, type Report } from './generator.ts';
import { Notes } from './notes.ts';
import { Reader } from './reader.ts';
import { attachmentName } from './reporter.ts';

const openRounds = 8;
const markRounds = 6;
const scrollRounds = 2;

for (const workload of workloads)
  // Small enough for `npm run bench -- --grep @quick`.
  test(workload.name, { tag: workload.bytes <= 100_000 ? '@quick' : '@full' }, async ({ page }, info) => {
    const notes = new Notes();
    const reports = [1, 2].map((seed) => generateReport(workload, seed));
    const files = writeFiles(reports, info.outputPath());
    const reader = await Reader.start(page);
    await importing(reader, reports, files, notes);
    await opening(reader, reports, notes);
    await marking(reader, notes);
    await scrolling(reader, notes);
    const chromium = page.context().browser()!.version();
    const measured = notes.measured(workload.name, chromium);
    await info.attach(attachmentName, { body: JSON.stringify(measured), contentType: 'application/json' });
  });

async function importing(reader: Reader, reports: readonly Report[], files: readonly string[], notes: Notes) {
  const titles = reports.map(({ title }) => title);
  notes.add('import both documents, until listed and saved', await reader.import(files, titles));
  await reader.calm();
}

/** Goes to and fro between two documents of one size. */
async function opening(reader: Reader, reports: readonly Report[], notes: Notes) {
  for (let round = 0; round < openRounds; round++) {
    const { title, text } = reports[(round + 1) % reports.length]!;
    notes.addTiming('open', await reader.open(title, text));
    if (round < reports.length) expect((await reader.text()) === text, 'the text is whole').toBe(true);
  }
  notes.add('JavaScript heap with the document open, MB', await reader.heapMb());
}

/** Half of the rounds at the beginning of the text, half in its middle. */
async function marking(reader: Reader, notes: Notes) {
  for (let round = 0; round < markRounds; round++) {
    if (round === markRounds / 2) await reader.jump(0.5);
    await reader.select((round % (markRounds / 2)) / (markRounds / 2));
    notes.addTiming('add', await reader.press('1', { kind: 'painted', more: 1 }));
    notes.addTiming('relabel', await reader.press('2', { kind: 'relabelled' }));
    notes.addTiming('remove', await reader.press('Delete', { kind: 'painted', more: -1 }));
    // Undone are the removal, the other label and the span itself: each round begins with the same spans.
    for (const awaited of [
      { kind: 'painted', more: 1 },
      { kind: 'relabelled' },
      { kind: 'painted', more: -1 },
    ] as const)
      notes.addTiming('undo', await reader.press('Control+z', awaited));
  }
}

async function scrolling(reader: Reader, notes: Notes) {
  await reader.jump(0);
  for (let round = 0; round < scrollRounds; round++) {
    const { frames, longTasks } = await reader.scroll(20);
    notes.add('scroll, frame time', ...frames);
    notes.addTasks('scroll', longTasks);
  }
}

function writeFiles(reports: readonly Report[], folder: string): string[] {
  mkdirSync(folder, { recursive: true });
  return reports.map((report) => {
    const path = `${folder}/${report.title}.jsonl`;
    writeFileSync(path, jsonLine(report));
    return path;
  });
}
