import { mkdirSync, writeFileSync } from 'node:fs';
import { expect, test, type Browser, type Page } from '@playwright/test';
import { edges, generateReport, jsonLine, workloads, type Report } from './generator.ts';
import { Notes } from './notes.ts';
import { Reader } from './reader.ts';
import { attachmentName } from './reporter.ts';
import { traced } from './tracing.ts';
import { measureYardsticks } from './yardsticks.ts';

const isQuick = process.env.LOCUTION_BENCH === 'quick';
const rounds = isQuick ? { open: 4, mark: 2, scroll: 1 } : { open: 8, mark: 8, scroll: 2 };

const cases = [
  ...workloads.map((workload) => ({
    name: workload.name,
    write: (seed: number) => generateReport(workload, seed),
    isQuick: workload.bytes === 100_000 || workload.bytes === 1_000_000,
  })),
  ...edges.map((edge) => ({ ...edge, isQuick: false })),
];

for (const { name, write, isQuick: quick } of cases)
  test(name, { tag: quick ? ['@annotating', '@quick'] : '@annotating' }, async ({ page, browser }, info) => {
    const notes = new Notes();
    const reports = [1, 2].map(write);
    const files = writeFiles(reports, info.outputPath());
    const reader = await Reader.start(page);
    await importing(reader, reports, files, notes);
    // To and fro between the two kinds of page, as whatever else the machine does changes by the minute.
    await measureYardsticks(browser, reports, rounds.open / 2, notes);
    await opening(reader, reports, notes);
    await measureYardsticks(browser, reports, rounds.open / 2, notes);
    await marking(reader, notes);
    await finding(reader, notes);
    await scrolling(reader, notes);
    await tracing(browser, page, reader, notes);
    const measured = notes.measured(name, browser.version());
    await info.attach(attachmentName, { body: JSON.stringify(measured), contentType: 'application/json' });
  });

async function importing(reader: Reader, reports: readonly Report[], files: readonly string[], notes: Notes) {
  const titles = reports.map(({ title }) => title);
  notes.add('import both documents, until listed and saved', await reader.import(files, titles));
  await reader.calm();
}

/** Goes to and fro between two documents of one size. */
async function opening(reader: Reader, reports: readonly Report[], notes: Notes) {
  for (let round = 0; round < rounds.open; round++) {
    const { title, text } = reports[(round + 1) % reports.length]!;
    notes.addTiming('open', await reader.open(title, text));
    if (round < reports.length) expect((await reader.text()) === text, 'the text is whole').toBe(true);
  }
  notes.add('JavaScript heap with the document open, MB', await reader.heapMb());
}

/** Half of the rounds at the beginning of the text, half in its middle. */
async function marking(reader: Reader, notes: Notes) {
  for (let round = 0; round < rounds.mark; round++) {
    if (round === rounds.mark / 2) await reader.jump(0.5);
    await reader.select((round % (rounds.mark / 2)) / (rounds.mark / 2));
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

/** Clicks on spans in the text, and goes to others that are far away. */
async function finding(reader: Reader, notes: Notes) {
  for (let round = 0; round < rounds.mark; round++) {
    const timing = await reader.focus(round / rounds.mark);
    if (timing) notes.addTiming('focus by click', timing);
  }
  for (let round = 0; round < rounds.mark; round++)
    notes.addTiming('jump to a span', await reader.jumpByList(((round * 5 + 3) % 8) / 8));
}

async function scrolling(reader: Reader, notes: Notes) {
  await reader.jump(0);
  for (let round = 0; round < rounds.scroll; round++) {
    const { frames, blanks, longTasks } = await reader.scroll(20);
    notes.add('scroll, frame time', ...frames);
    notes.add('scroll, longest that something was blank', Math.max(0, ...blanks));
    notes.addTasks('scroll', longTasks);
  }
}

/** Once more with a profiler, for what a task was busy with. */
async function tracing(browser: Browser, page: Page, reader: Reader, notes: Notes) {
  await reader.jump(0.3);
  const selecting = await traced(browser, page, 4, async () => {
    for (const share of [0.1, 0.4, 0.6]) await reader.drag(share);
    for (const share of [0.2, 0.5]) await reader.widen(share);
  });
  notes.add(
    'select by drag and Shift with arrows, longest task',
    Math.max(0, ...selecting.map(({ ms }) => ms)),
  );
  notes.addProfile('select', selecting);
  const scrolled = await traced(browser, page, 16, async () => void (await reader.scroll(10)));
  notes.add('scroll with a profiler, longest task', Math.max(0, ...scrolled.map(({ ms }) => ms)));
  notes.addProfile('scroll', scrolled);
  await reader.select(0.3);
  const marked = await traced(browser, page, 8, async () => {
    await reader.press('1', { kind: 'painted', more: 1 });
    await reader.press('Control+z', { kind: 'painted', more: -1 });
  });
  notes.addProfile('add and undo', marked);
}

function writeFiles(reports: readonly Report[], folder: string): string[] {
  mkdirSync(folder, { recursive: true });
  return reports.map((report) => {
    const path = `${folder}/${report.title}.jsonl`;
    writeFileSync(path, jsonLine(report));
    return path;
  });
}
