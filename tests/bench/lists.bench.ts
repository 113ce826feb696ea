import { mkdirSync, writeFileSync } from 'node:fs';
import { expect, test, type Page } from '@playwright/test';
import { generateReport, jsonLine } from './generator.ts';
import { Notes } from './notes.ts';
import { ask } from './searching.ts';
import { Reader } from './reader.ts';
import { attachmentName } from './reporter.ts';

const documents = 10_000;
const labels = 500;
const name = '500 labels, 5,000 spans in a document, 10,000 documents';

/** Everything that is long at once: the labels, the spans of the open document, and the documents. */
test(name, { tag: '@lists' }, async ({ page }, info) => {
  const notes = new Notes();
  const { path, title, text } = writeProject(info.outputPath());
  const reader = await Reader.start(page);
  notes.add('import, until listed and saved', await reader.import([path], [title], true));
  await reader.calm();
  for (let round = 0; round < 3; round++) {
    await reader.open('Report 2', small(2).text);
    notes.addTiming('open the document of 5,000 spans', await reader.open(title, text));
  }
  notes.add('JavaScript heap, MB', await reader.heapMb());

  await reader.select(0.3);
  for (let round = 0; round < 6; round++) {
    notes.addTiming('label', await reader.press('1', { kind: 'painted', more: 1 }));
    notes.addTiming('undo', await reader.press('Control+z', { kind: 'painted', more: -1 }));
    await reader.select(0.3);
  }
  for (let round = 0; round < 10; round++)
    notes.addTiming('next span', await reader.press('n', { kind: 'drawn' }, false));

  const lists = {
    'list of spans': page.getByRole('list', { name: 'Spans' }),
    'list of documents': page.getByRole('listbox', { name: 'Documents' }),
    labels: page.getByRole('toolbar', { name: 'Labels' }),
  };
  for (const [what, list] of Object.entries(lists)) {
    const { frames, longTasks } = await reader.scrollOver(list, 60);
    notes.add(`scroll the ${what}, frame time`, ...frames);
    notes.addTasks(`scroll the ${what}`, longTasks);
  }

  await page.getByRole('searchbox', { name: 'Search documents by title' }).first().click();
  for (const key of 'report 77')
    notes.addTiming('type into the search for a title', await reader.press(key, { kind: 'drawn' }, false));
  await page.getByRole('searchbox', { name: 'Search documents by title' }).first().fill('');
  await reader.calm();

  for (let round = 0; round < 3; round++) {
    notes.addTiming('open the palette', await reader.press('Control+k', { kind: 'drawn' }, false));
    await expect(page.getByRole('dialog', { name: 'Commands' })).toBeVisible();
    for (const key of 'claim')
      notes.addTiming('type into the palette', await reader.press(key, { kind: 'drawn' }, false));
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog', { name: 'Commands' })).toBeHidden();
  }
  await search(page, reader, notes);
  const measured = notes.measured(name, page.context().browser()!.version());
  await info.attach(attachmentName, { body: JSON.stringify(measured), contentType: 'application/json' });
});

/** Searches all documents, before there is an index of them and after. */
async function search(page: Page, reader: Reader, notes: Notes): Promise<void> {
  await reader.calm();
  await page.getByRole('link', { name: 'Search' }).click();
  const first = await ask(page, 'harbour');
  notes.add('first search, until the first result', first.result);
  notes.add('first search, until complete', first.complete);
  for (const query of ['ferry', 'guns', 'label:denial']) {
    const { complete } = await ask(page, query);
    notes.add('later search, pause in typing included, until complete', complete);
  }
  for (const query of ['"had been silent"', '"evening news"', '"silent days"']) {
    const { complete } = await ask(page, query);
    notes.add('search for a phrase, pause in typing included, until complete', complete);
  }
}

function small(seed: number) {
  return generateReport({ bytes: 400, spans: 3 }, seed);
}

/** One file of all documents: the first is long, and its spans use every label. */
function writeProject(folder: string): { path: string; title: string; text: string } {
  mkdirSync(folder, { recursive: true });
  const long = generateReport({ bytes: 1_000_000, spans: 5_000 }, 1);
  const spans = long.spans.map((span, index) => ({
    ...span,
    label: index < 10 ? span.label : `label_${String(index % labels).padStart(3, '0')}`,
  }));
  const lines = [jsonLine({ ...long, spans })];
  for (let seed = 2; seed <= documents; seed++) lines.push(jsonLine(small(seed)));
  const path = `${folder}/project.jsonl`;
  writeFileSync(path, lines.join(''));
  return { path, title: long.title, text: long.text };
}
