import { fireEvent, screen, within } from '@testing-library/svelte';
import { describe, expect, test, vi } from 'vitest';
import FindBar from '../../../src/ui/annotate/FindBar.svelte';
import LabelToolbar from '../../../src/ui/annotate/LabelToolbar.svelte';
import OccurrencesDialog from '../../../src/ui/finding/OccurrencesDialog.svelte';
import SearchScreen from '../../../src/ui/search/SearchScreen.svelte';
import { show } from '../page.ts';

vi.mock(import('../../../src/session/job.ts'), () => import('../../session/jobs-in-process.ts'));

const reports = ['The gun was silent. Guns! The [gun](claim).', 'No gun at the bridge', 'Nothing'];

describe('the find bar', () => {
  const field = () => screen.getByRole('textbox', { name: 'Find in this document' });
  const status = () => screen.getByRole('status', { name: 'Hits' }).textContent;

  async function open() {
    const page = await show(FindBar, reports);
    page.app.session.finding.start();
    await fireEvent.input(field(), { target: { value: 'gun' } });
    return page;
  }

  test('counts, and goes on with Enter and back with Shift', async () => {
    await open();
    expect(status()).toBe('1 of 3');
    await fireEvent.keyDown(field(), { key: 'Enter' });
    expect(status()).toBe('2 of 3');
    await fireEvent.keyDown(field(), { key: 'Enter', shiftKey: true });
    await fireEvent.keyDown(field(), { key: 'Enter', shiftKey: true });
    expect(status()).toBe('3 of 3');
  });

  test('narrows by its toggles', async () => {
    await open();
    const toggle = screen.getByRole('button', { name: 'Whole words' });
    await fireEvent.click(toggle);
    expect([toggle.getAttribute('aria-pressed'), status()]).toEqual(['true', '1 of 2']);
    await fireEvent.input(field(), { target: { value: 'cannon' } });
    expect(status()).toBe('No hits');
  });

  test('marks with Alt and a label’s key, and closes with Escape', async () => {
    const { app, desk } = await open();
    await fireEvent.keyDown(field(), { key: '2', code: 'Digit2', altKey: true });
    expect(desk.notation()).toMatch(/^The \[gun\]\(denial\) was/);
    expect(status()).toBe('2 of 3');
    await fireEvent.keyDown(field(), { key: 'Escape' });
    expect(app.session.finding.isOpen).toBe(false);
  });

  test('lets the buttons of labels mark the hit and go on', async () => {
    const { app, desk } = await show(LabelToolbar, reports);
    app.session.finding.start();
    app.session.finding.look('gun');
    await fireEvent.click(screen.getByRole('button', { name: 'Appeal' }));
    expect(desk.notation()).toMatch(/^The \[gun\]\(appeal\) was/);
    expect(app.session.finding.index).toBe(1);
  });
});

describe('the dialog for all occurrences', () => {
  const items = () => within(screen.getByRole('list', { name: 'Occurrences' })).getAllByRole('listitem');
  const boxes = () => within(screen.getByRole('list', { name: 'Occurrences' })).getAllByRole('checkbox');
  const button = () => screen.getByRole('button', { name: /^Label \d/ });

  async function open() {
    const page = await show(OccurrencesDialog, reports);
    const { desk } = page;
    page.app.session.occurrences.start('gun');
    await vi.waitFor(() =>
      expect(screen.getByRole('list', { name: 'Occurrences' }).textContent).not.toBe(''),
    );
    return { ...page, desk };
  }

  test('lists the places with what is around them, and counts them on its button', async () => {
    await open();
    expect(items().map(({ textContent }) => textContent.replace(/\s+/g, ' ').trim())).toEqual([
      'Report 1 2',
      'The gun was silent. Guns! The gun.',
      'The gun was silent. Guns! The gun.',
    ]);
    expect(button().textContent).toBe('Label 2 occurrences');
    await fireEvent.click(boxes()[0]!);
    expect(button().textContent).toBe('Label 1 occurrence');
    await fireEvent.click(screen.getByRole('button', { name: 'Select none' }));
    expect(button()).toHaveProperty('disabled', true);
    await fireEvent.click(screen.getByRole('button', { name: 'Select all' }));
    await fireEvent.click(screen.getByRole('checkbox', { name: 'Whole words' }));
    expect(button().textContent).toBe('Label 3 occurrences');
  });

  test('goes from box to box by arrows, with one stop of Tab for all', async () => {
    await open();
    expect(boxes().map((box) => box.tabIndex)).toEqual([0, -1]);
    await fireEvent.keyDown(boxes()[0]!, { key: 'ArrowDown' });
    await vi.waitFor(() => expect(document.activeElement).toBe(boxes()[1]));
    expect(boxes().map((box) => box.tabIndex)).toEqual([-1, 0]);
  });

  test('labels and closes', async () => {
    const { app, desk } = await open();
    app.dialog = 'occurrences';
    await fireEvent.change(screen.getByRole('combobox', { name: 'Label' }), {
      target: { value: desk.label('denial').id },
    });
    await fireEvent.click(screen.getByRole('radio', { name: 'All documents of the project' }));
    await vi.waitFor(() => expect(button().textContent).toBe('Label 3 occurrences'));
    await fireEvent.click(button());
    await vi.waitFor(() => expect(app.dialog).toBeUndefined());
    expect(app.session.shelf.get('report-2')).toMatchObject({ status: 'in_progress', counts: { spans: 1 } });
  });
});

describe('the screen for searching', () => {
  const field = () => screen.getByRole('searchbox', { name: 'Search all documents' });
  const links = () =>
    within(screen.getByRole('list', { name: 'Results' }))
      .getAllByRole('link')
      .map((link) => link.getAttribute('href'));

  async function search(query: string, expected: RegExp) {
    const page = await show(SearchScreen, reports);
    await fireEvent.input(field(), { target: { value: query } });
    await told(expected);
    return page;
  }
  const told = (expected: RegExp) =>
    vi.waitFor(() => expect(screen.getByRole('status', { name: 'Search' }).textContent).toMatch(expected), {
      timeout: 20_000,
    });

  test('links to documents and to places in them', async () => {
    await search('gun bridge', /^1 document\.$/);
    expect(links()).toEqual(['#/annotate/report-2', '#/annotate/report-2/3-6']);
    expect([...document.querySelectorAll('mark')].map(({ textContent }) => textContent)).toEqual([
      'gun',
      'bridge',
    ]);
  });

  test('has filters that write into the field', async () => {
    const { desk } = await search('gun', /^2 documents\.$/);
    await fireEvent.change(screen.getByRole('combobox', { name: 'Label' }), { target: { value: 'claim' } });
    expect(field()).toHaveProperty('value', 'gun label:claim');
    await told(/^1 document\.$/);
    const { id } = desk.session.open!.spans[0]!;
    expect(links()[1]).toBe(`#/annotate/report-1/30-33/${id}`);
    await fireEvent.change(screen.getByRole('combobox', { name: 'Label' }), { target: { value: '' } });
    await fireEvent.click(screen.getByRole('button', { name: 'speaker:' }));
    expect(field()).toHaveProperty('value', 'gun speaker:');
    expect(document.activeElement).toBe(field());
  });

  test('says when nothing was found', async () => {
    await search('cannon', /^Nothing was found\.$/);
  });
});
