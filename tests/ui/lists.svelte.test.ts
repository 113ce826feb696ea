import { fireEvent, render, screen, within } from '@testing-library/svelte';
import { describe, expect, test, vi } from 'vitest';
import App from '../../src/ui/App.svelte';
import DocumentSidebar from '../../src/ui/annotate/DocumentSidebar.svelte';
import SpanPanel from '../../src/ui/annotate/SpanPanel.svelte';
import { Offline } from '../../src/ui/offline.svelte.ts';
import StatusBar from '../../src/ui/StatusBar.svelte';
import { newDesk, select } from '../session/desk.ts';
import { failingWrite } from '../storage/workspace.ts';
import { show } from './page.ts';

vi.mock(import('../../src/session/job.ts'), () => import('../session/jobs-in-process.ts'));

const reports = ['[Ada](claim) [denied](denial) it', 'Ben was there', 'Carla did not'];

describe('the list of documents', () => {
  const options = () => screen.getAllByRole('option').filter((option) => option.closest('select') === null);

  test('has an option a document, which knows its place in the whole list', async () => {
    await show(DocumentSidebar, reports);
    const list = within(screen.getByRole('listbox', { name: 'Documents' }));
    expect(list.getByRole('option', { name: 'Report 2' })).toBeTruthy();
    expect(options().map((option) => [option.ariaLabel ?? option.getAttribute('aria-label')])).toEqual([
      ['Report 1'],
      ['Report 2'],
      ['Report 3'],
    ]);
    const places = options().map((option) =>
      ['aria-posinset', 'aria-setsize', 'aria-selected'].map((name) => option.getAttribute(name)),
    );
    expect(places).toEqual([
      ['1', '3', 'true'],
      ['2', '3', 'false'],
      ['3', '3', 'false'],
    ]);
  });

  test('draws some of very many, each with its place among all', async () => {
    await show(
      DocumentSidebar,
      [...Array(250).keys()].map((index) => `Ada denied report ${index}`),
    );
    const drawn = options();
    expect(drawn.length).toBeLessThan(100);
    expect(drawn.map((option) => option.getAttribute('aria-posinset'))).toEqual(
      drawn.map((_, index) => String(index + 1)),
    );
    expect(new Set(drawn.map((option) => option.getAttribute('aria-setsize')))).toEqual(new Set(['250']));
  });

  test('opens a document by a click, by the arrows and by the buttons', async () => {
    const { app, desk } = await show(DocumentSidebar, reports);
    const list = screen.getByRole('listbox', { name: 'Documents' });
    const address = () =>
      'documentId' in app.navigation.route ? app.navigation.route.documentId : undefined;
    await fireEvent.click(within(list).getByRole('option', { name: 'Report 3' }));
    expect(address()).toBe('report-3');
    await desk.session.openDocument('report-1');
    await fireEvent.keyDown(list, { key: 'ArrowDown' });
    expect(address()).toBe('report-2');
    await desk.session.openDocument('report-2');
    await fireEvent.click(screen.getByRole('button', { name: 'Previous document' }));
    expect(address()).toBe('report-1');
    await fireEvent.click(screen.getByRole('button', { name: 'Next document' }));
    expect(address()).toBe('report-3');
  });

  test('is narrowed by a search for titles', async () => {
    await show(DocumentSidebar, reports);
    const search = screen.getByRole('searchbox', { name: 'Search documents by title' });
    await fireEvent.input(search, { target: { value: 'port 2' } });
    expect(options().map((option) => option.getAttribute('aria-label'))).toEqual(['Report 2']);
    await fireEvent.input(search, { target: { value: 'bridge' } });
    expect(screen.getByText('No document has such a title.')).toBeTruthy();
  });

  test('sets the status of the open document', async () => {
    const { desk } = await show(DocumentSidebar, reports);
    const status = screen.getByRole('combobox', { name: 'Status of this document' });
    await fireEvent.change(status, { target: { value: 'done' } });
    expect(desk.session.shelf.get('report-1')?.status).toBe('done');
  });
});

describe('the list of spans', () => {
  const items = () => within(screen.getByRole('list', { name: 'Spans' })).getAllByRole('listitem');
  const list = () => screen.getByRole('list', { name: 'Spans' });

  test('has an item a span, with its label, its words and its line', async () => {
    await show(SpanPanel, ['[Ada](claim) denied it.\n[Ben](appeal) asked']);
    const words = items().map(({ textContent }) => textContent.replace(/\s+/g, ' ').trim());
    expect(words).toEqual([
      expect.stringMatching(/^Claim.*line 1.*Ada$/),
      expect.stringMatching(/^Appeal.*line 2.*Ben$/),
    ]);
    expect(items().map((item) => [item.ariaPosInSet ?? item.getAttribute('aria-posinset')])).toEqual([
      ['1'],
      ['2'],
    ]);
  });

  test('focuses a span by its button', async () => {
    const { desk } = await show(SpanPanel, reports);
    await fireEvent.click(within(items()[1]!).getByRole('button'));
    expect(desk.session.open!.focused?.text).toBe('denied');
    expect(items()[1]!.getAttribute('aria-current')).toBe('true');
    expect(desk.session.open!.placement).toMatchObject({ anchor: 4, scroll: 'into view' });
  });

  test.each(['Delete', 'Backspace'])(
    'removes the focused span by %s and goes on to the next',
    async (key) => {
      const { desk } = await show(SpanPanel, reports);
      await fireEvent.click(within(items()[0]!).getByRole('button'));
      await fireEvent.keyDown(list(), { key });
      expect(items()).toHaveLength(1);
      expect(desk.session.open!.focused?.text).toBe('denied');
      await fireEvent.keyDown(list(), { key });
      expect(desk.notation()).toBe('Ada denied it');
      expect(screen.queryAllByRole('listitem')).toEqual([]);
    },
  );

  test('gives the focused span another label by its key, and walks by arrows', async () => {
    const { desk } = await show(SpanPanel, reports);
    await fireEvent.click(within(items()[0]!).getByRole('button'));
    await fireEvent.keyDown(list(), { key: '4' });
    expect(desk.notation()).toBe('[Ada](accusation) [denied](denial) it');
    await fireEvent.keyDown(list(), { key: 'ArrowDown' });
    expect(desk.session.open!.focused?.text).toBe('denied');
  });

  test('says what to do while there is none', async () => {
    await show(SpanPanel, ['Ada denied it']);
    expect(screen.getByText(/Select some words/)).toBeTruthy();
  });
});

describe('the status bar', () => {
  const saving = () => screen.getByRole('status', { name: 'Saving' }).textContent.trim();

  test('tells when work is saved, being saved, and not saved, and how to try again', async () => {
    const { desk } = await show(StatusBar, ['Ada denied it']);
    expect(saving()).toBe('Saved');
    const write = failingWrite(1, 'is refused');
    select(desk.session, 'Ada');
    desk.session.marking.apply(desk.label('claim'));
    await vi.waitFor(() => expect(saving()).toBe('Saving…'), { interval: 1 });
    await vi.waitFor(() => expect(saving()).toMatch(/^Not saved: this browser has no room/));
    write.end();
    await fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
    await vi.waitFor(() => expect(saving()).toBe('Saved'));
    expect(await desk.database.changes.count()).toBe(1);
  });

  test('tells what has happened, politely, with a button where something can be done about it', async () => {
    const { desk } = await show(StatusBar, reports);
    desk.session.documents.delete(['report-2']);
    await vi.waitFor(() =>
      expect(screen.getByRole('status', { name: 'Messages' }).textContent).toContain('Deleted “Report 2”.'),
    );
    await fireEvent.click(screen.getByRole('button', { name: 'Undo' }));
    expect(desk.session.shelf.get('report-2')?.deleted).toBeUndefined();
  });
});

describe('the whole page', () => {
  test('says errors at once, and they can be closed', async () => {
    const desk = await newDesk(reports);
    render(App, { session: desk.session, projects: desk.projects, offline: new Offline() });
    desk.session.messages.alert('The disk is full.');
    const alert = await screen.findByRole('alert');
    expect(alert.textContent).toContain('The disk is full.');
    expect(screen.getByRole('status', { name: 'Messages' }).textContent.trim()).toBe('');
    await fireEvent.click(within(alert).getByRole('button', { name: 'Close message' }));
    expect(screen.queryByRole('alert')).toBeNull();
  });

  test('has what people look for by role and name', async () => {
    location.hash = '';
    const desk = await newDesk(reports);
    render(App, { session: desk.session, projects: desk.projects, offline: new Offline() });
    expect(screen.getByLabelText<HTMLInputElement>('Import files')).toMatchObject({
      type: 'file',
      multiple: true,
    });
    for (const name of ['Import', 'Export', 'Keyboard shortcuts', 'Undo', 'Redo'])
      expect(screen.getByRole('button', { name })).toBeTruthy();
    const labels = within(screen.getByRole('toolbar', { name: 'Labels' })).getAllByRole('button');
    expect(
      labels.map((label) => [label.getAttribute('aria-label'), label.getAttribute('aria-keyshortcuts')]),
    ).toEqual([
      ['Claim', '1'],
      ['Denial', '2'],
      ['Appeal', '3'],
      ['Accusation', '4'],
    ]);
    const links = within(screen.getByRole('navigation', { name: 'Main' })).getAllByRole('link');
    expect(links.map(({ textContent }) => textContent.trim())).toEqual([
      'Annotate',
      'Documents',
      'Labels',
      'Statistics',
      'Settings',
    ]);
    const textbox = await screen.findByRole('textbox', { name: 'Document text' }, { timeout: 20_000 });
    expect([textbox.ariaMultiLine, textbox.ariaReadOnly]).toEqual(['true', 'true']);
    await vi.waitFor(() => expect(textbox.textContent).toBe('Ada denied it'));
  });

  test('without documents says what to do', async () => {
    location.hash = '';
    const desk = await newDesk([]);
    render(App, { session: desk.session, projects: desk.projects, offline: new Offline() });
    await fireEvent.click(await screen.findByRole('button', { name: 'Open a sample report' }));
    expect(await screen.findByRole('option', { name: 'A sample report' })).toBeTruthy();
  });
});
