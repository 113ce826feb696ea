import { expect, type Page } from '@playwright/test';
import type { Notes } from './notes.ts';
import type { Reader } from './reader.ts';
import { ask } from './searching.ts';

/** Finds one's way among many documents: list, filter, order, search, next and previous, statistics. */
export async function useMany(page: Page, reader: Reader, notes: Notes, spans: number): Promise<void> {
  const go = (name: string) => page.getByRole('link', { name, exact: true }).click();
  for (let round = 0; round < 3; round++) {
    await go('Annotate');
    const shown = { kind: 'counted', selector: 'select[aria-label="Sort"]', more: 1 } as const;
    notes.addTiming(
      'open the screen of documents',
      await reader.timed('click', shown, () => go('Documents')),
    );
    const choose = (name: string, value: string) => () =>
      page.getByRole('combobox', { name, exact: true }).selectOption(value);
    for (const status of ['done', 'all'])
      notes.addTiming(
        'filter by status',
        await reader.timed('change', { kind: 'drawn' }, choose('Show', status)),
      );
    for (const order of ['title', 'order'])
      notes.addTiming(
        'sort the documents',
        await reader.timed('change', { kind: 'drawn' }, choose('Sort', order)),
      );
    await page.getByRole('searchbox', { name: 'Search documents by title' }).first().click();
    for (const key of '77')
      notes.addTiming('type into the search for a title', await reader.press(key, { kind: 'drawn' }, false));
    await page.getByRole('searchbox', { name: 'Search documents by title' }).first().fill('');
    await reader.calm();
  }
  const { frames, longTasks } = await reader.scrollOver(page.getByRole('listbox', { name: 'Documents' }), 60);
  notes.add('scroll the list of documents, frame time', ...frames);
  notes.addTasks('scroll the list of documents', longTasks);
  await turnPages(page, reader, notes);
  const total = { kind: 'says', selector: 'main', words: spans.toLocaleString('en') } as const;
  for (let round = 0; round < 3; round++) {
    notes.addTiming('open the statistics', await reader.timed('click', total, () => go('Statistics')));
    await go('Annotate');
  }
  await go('Search');
  notes.add('first search of all documents, until complete', (await ask(page, 'harbour')).complete);
  for (const query of ['ferry', 'guns', '"had been silent"', 'label:denial'])
    notes.add('search all documents, until complete', (await ask(page, query)).complete);
}

async function turnPages(page: Page, reader: Reader, notes: Notes): Promise<void> {
  await page.getByRole('link', { name: 'Annotate', exact: true }).click();
  await page.getByRole('listbox', { name: 'Documents' }).getByRole('option').first().click();
  const title = page.getByRole('textbox', { name: 'Document text' });
  await expect(title).toContainText('Report');
  for (let turn = 2; turn < 8; turn++) {
    const next = { kind: 'says', selector: '.text .line', words: `Report ${turn}:` } as const;
    notes.addTiming(
      'next and previous document',
      await reader.timed('keydown', next, () => page.keyboard.press('Alt+PageDown')),
    );
  }
}
