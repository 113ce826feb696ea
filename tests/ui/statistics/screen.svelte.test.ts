import { fireEvent, screen, within } from '@testing-library/svelte';
import { flushSync } from 'svelte';
import { describe, expect, test, vi } from 'vitest';
import DocumentsScreen from '../../../src/ui/documents/DocumentsScreen.svelte';
import StatisticsScreen from '../../../src/ui/statistics/StatisticsScreen.svelte';
import { show } from '../page.ts';

vi.mock(import('../../../src/session/job.ts'), () => import('../../session/jobs-in-process.ts'));

const reports = ['[Ada [denied](denial) it](claim)', '[Ben was there](claim)', 'Carla did not'];
const figure = (name: string) => screen.findByRole('figure', { name });

describe('the screen of statistics', () => {
  test('is a kind sentence while there is nothing to count', async () => {
    const { app } = await show(StatisticsScreen, []);
    expect(screen.getByText(/There is nothing to count yet/)).toBeTruthy();
    expect(screen.queryByRole('figure')).toBeNull();
    await fireEvent.click(screen.getByRole('button', { name: 'Import a report' }));
    expect(app.dialog).toBe('import');
  });

  test('says what to do while nothing is marked, and draws no empty axes', async () => {
    await show(StatisticsScreen, ['Ada denied it']);
    expect(await screen.findByText(/Nothing is marked yet/)).toBeTruthy();
    expect(screen.getAllByRole('figure')).toHaveLength(1);
  });

  test('draws labels as an image with a name, and each number as a button', async () => {
    await show(StatisticsScreen, reports);
    const labels = within(await figure('Labels'));
    expect(labels.getByRole('img', { name: 'Labels, by number of spans: Claim 2, Denial 1.' })).toBeTruthy();
    expect(labels.getByRole('button', { name: 'Claim: 2 spans in 2 documents' }).textContent).toBe('2');
    expect(labels.queryByRole('table')).toBeNull();
  });

  test('opens the table of a chart', async () => {
    await show(StatisticsScreen, reports);
    const labels = within(await figure('Labels'));
    const disclosure = labels.getByRole('button', { name: 'Show as table' });
    expect(disclosure.getAttribute('aria-expanded')).toBe('false');
    await fireEvent.click(disclosure);
    expect(disclosure.getAttribute('aria-expanded')).toBe('true');
    const rows = within(labels.getByRole('table', { name: 'Labels' })).getAllByRole<HTMLTableRowElement>(
      'row',
    );
    expect(rows.map(({ cells }) => [...cells].map((cell) => cell.textContent))).toEqual([
      ['Label', 'Spans', 'Documents'],
      ['Claim', '2', '2'],
      ['Denial', '1', '1'],
    ]);
  });

  test('follows a number to the documents behind it', async () => {
    const { app, desk } = await show(StatisticsScreen, reports);
    desk.session.shelf.narrow({ search: 'nothing', status: 'done' });
    await fireEvent.click(
      within(await figure('Overlaps')).getByRole('button', { name: /Claim over Denial/ }),
    );
    expect(app.navigation.route).toEqual({ screen: 'documents' });
    expect(desk.session.shelf.shown.map(({ id }) => id)).toEqual(['report-1']);
    expect(desk.session.shelf.filter.only?.name).toBe('Claim over Denial');
  });

  test('opens a document by its number of spans', async () => {
    const { app } = await show(StatisticsScreen, reports);
    const fullest = within(await figure('Documents with most spans'));
    await fireEvent.click(fullest.getByRole('button', { name: /^Report 2/ }));
    expect(app.navigation.route).toEqual({ screen: 'annotate', documentId: 'report-2' });
  });

  test('is one stop of Tab a chart, and arrows lead on', async () => {
    await show(StatisticsScreen, reports);
    const list = within(within(await figure('Labels')).getByRole('list'));
    const [first, second] = list.getAllByRole('button');
    expect([first, second].map((button) => button!.tabIndex)).toEqual([0, -1]);
    first!.focus();
    await fireEvent.keyDown(first!, { key: 'ArrowDown' });
    expect(document.activeElement).toBe(second);
    await vi.waitFor(() => expect([first, second].map((button) => button!.tabIndex)).toEqual([-1, 0]));
  });

  test('measures in characters as well', async () => {
    await show(StatisticsScreen, reports);
    const lengths = within(await figure('Length in words'));
    await fireEvent.click(lengths.getByRole('button', { name: 'characters' }));
    expect(within(await figure('Length in characters')).getByText(/code points/)).toBeTruthy();
  });

  test('keeps the last figures on screen while it counts again', async () => {
    const { desk } = await show(StatisticsScreen, reports);
    await figure('Labels');
    await vi.waitFor(() => expect(desk.session.statistics.progress).toBeUndefined());
    void desk.session.statistics.count();
    flushSync();
    expect(document.querySelector('[aria-busy=true]')).toBeTruthy();
    expect(screen.getByRole('figure', { name: 'Labels' })).toBeTruthy();
  });
});

test('a narrowed list of documents says why, and can be widened again', async () => {
  const { app } = await show(DocumentsScreen, reports);
  app.showOnly('Claim', ['report-1', 'report-2']);
  const options = () => within(screen.getByRole('listbox', { name: 'Documents' })).getAllByRole('option');
  const chip = await screen.findByRole('button', { name: /^Claim in 2 documents/ });
  expect(options().map((option) => option.getAttribute('aria-label'))).toEqual(['Report 1', 'Report 2']);
  await fireEvent.click(chip);
  expect(options()).toHaveLength(3);
  expect(screen.queryByRole('button', { name: /^Claim in/ })).toBeNull();
});
