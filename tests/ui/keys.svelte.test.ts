import { fireEvent, screen, within } from '@testing-library/svelte';
import { describe, expect, test, vi } from 'vitest';
import { commandOf, keysOf } from '../../src/ui/commands/keymap.ts';
import CommandPalette from '../../src/ui/dialogs/CommandPalette.svelte';
import KeysSettings from '../../src/ui/settings/KeysSettings.svelte';
import { show } from './page.ts';

vi.mock(import('../../src/session/job.ts'), () => import('../session/jobs-in-process.ts'));

const reports = ['Ada [denied](denial) it', 'Ben was there'];

describe('the keys in the settings', () => {
  const row = (name: string) => within(screen.getByRole('listitem', { name }));
  const shown = (name: string) =>
    [...screen.getByRole('listitem', { name }).querySelectorAll('kbd')].map(({ textContent }) => textContent);
  const recorder = (name: string) => row(name).getByRole('button', { name: /Press the key/ });

  test('record the next key for a command', async () => {
    const { app } = await show(KeysSettings, reports);
    await fireEvent.click(row('Next span').getByRole('button', { name: 'Change N' }));
    await fireEvent.keyDown(recorder('Next span'), { key: 'Control', ctrlKey: true });
    await fireEvent.keyDown(recorder('Next span'), { key: 'j', ctrlKey: true });
    expect(shown('Next span')).toEqual(['Ctrl J']);
    expect(keysOf(app, commandOf('next-span'))).toEqual(['Mod+J']);
  });

  test('refuse one that is taken, say whose it is and go on listening', async () => {
    await show(KeysSettings, reports);
    await fireEvent.click(row('Next span').getByRole('button', { name: 'Add another' }));
    await fireEvent.keyDown(recorder('Next span'), { key: '2' });
    expect(row('Next span').getByRole('alert').textContent).toContain('the label Denial');
    await fireEvent.keyDown(recorder('Next span'), { key: 'F9' });
    expect(row('Next span').queryByRole('alert')).toBeNull();
    expect(shown('Next span')).toEqual(['N', 'F9']);
  });

  test('stay as they are on Escape, and let Tab go on', async () => {
    await show(KeysSettings, reports);
    await fireEvent.click(row('Next span').getByRole('button', { name: 'Change N' }));
    expect(await fireEvent.keyDown(recorder('Next span'), { key: 'Tab' })).toBe(true);
    expect(await fireEvent.keyDown(recorder('Next span'), { key: 'Escape' })).toBe(false);
    await vi.waitFor(() => expect(shown('Next span')).toEqual(['N']));
    expect(document.activeElement).toBe(row('Next span').getByRole('button', { name: 'Change N' }));
  });

  test('are taken away and reset, one or all', async () => {
    await show(KeysSettings, reports);
    const all = screen.getByRole<HTMLButtonElement>('button', { name: 'Reset all keys' });
    expect([all.disabled, row('Redo').queryByRole('button', { name: 'Reset' })]).toEqual([true, null]);
    await fireEvent.click(row('Redo').getByRole('button', { name: 'Remove Ctrl Y' }));
    expect([shown('Redo'), all.disabled]).toEqual([['Ctrl Shift Z'], false]);
    await fireEvent.click(row('Redo').getByRole('button', { name: 'Reset' }));
    expect(shown('Redo')).toEqual(['Ctrl Shift Z', 'Ctrl Y']);
    await fireEvent.click(row('Undo').getByRole('button', { name: 'Remove Ctrl Z' }));
    expect(row('Undo').getByRole('button', { name: 'Add a key' })).toBeTruthy();
    await fireEvent.click(all);
    expect(shown('Undo')).toEqual(['Ctrl Z']);
  });

  test('are found by name and by key', async () => {
    await show(KeysSettings, reports);
    const search = screen.getByRole('searchbox', { name: 'Search commands' });
    const names = () => screen.getAllByRole('listitem').map((item) => item.getAttribute('aria-label'));
    await fireEvent.input(search, { target: { value: 'document previous' } });
    expect(names()).toEqual(['Previous document']);
    await fireEvent.input(search, { target: { value: 'ctrl z' } });
    expect(names()).toEqual(['Undo', 'Redo']);
    await fireEvent.input(search, { target: { value: 'bridge' } });
    expect(screen.getByText('No command has these words or this key.')).toBeTruthy();
  });

  test('of a character alone can be switched off', async () => {
    const { desk } = await show(KeysSettings, reports);
    const toggle = screen.getByRole<HTMLInputElement>('switch', { name: 'Single-key shortcuts' });
    expect(toggle.checked).toBe(true);
    await fireEvent.click(toggle);
    expect(desk.session.preferences.values.singleKeys).toBe(false);
  });
});

describe('the palette', () => {
  const field = () => screen.getByRole('combobox', { name: 'Command' });
  const options = () => screen.queryAllByRole('option').map(({ textContent }) => textContent.trim());
  const active = () => document.getElementById(field().getAttribute('aria-activedescendant') ?? '');

  async function open(dialog: 'commands' | 'go-to-document' = 'commands', texts = reports) {
    const { app, desk } = await show(CommandPalette, texts);
    app.dialog = dialog;
    await vi.waitFor(() => expect(options().length).toBeGreaterThan(0));
    return { app, desk };
  }

  test('goes through what it found by the arrows, around both ends, and does it on Enter', async () => {
    const { app } = await open();
    await fireEvent.input(field(), { target: { value: 'report' } });
    expect(options()).toEqual([expect.stringContaining('Go to Report 1'), 'Go to Report 2']);
    expect(active()?.textContent).toContain('Report 1');
    await fireEvent.keyDown(field(), { key: 'ArrowDown' });
    expect(active()?.textContent).toContain('Report 2');
    await fireEvent.keyDown(field(), { key: 'ArrowDown' });
    await fireEvent.keyDown(field(), { key: 'ArrowUp' });
    await fireEvent.keyDown(field(), { key: 'Enter' });
    expect(app.dialog).toBeUndefined();
    await vi.waitFor(() =>
      expect(app.navigation.route).toEqual({ screen: 'annotate', documentId: 'report-2' }),
    );
  });

  test('does nothing on Enter when nothing is found', async () => {
    const { app } = await open();
    await fireEvent.input(field(), { target: { value: 'bridge' } });
    expect([options(), active()]).toEqual([[], null]);
    await fireEvent.keyDown(field(), { key: 'ArrowDown' });
    await fireEvent.keyDown(field(), { key: 'Enter' });
    expect(app.dialog).toBe('commands');
  });

  test('does what is clicked', async () => {
    const { desk } = await open();
    await fireEvent.click(screen.getByRole('option', { name: 'Next span' }));
    await vi.waitFor(() => expect(desk.session.open?.focused?.text).toBe('denied'));
  });

  test('closes by its own key, and turns to documents by theirs', async () => {
    const { app } = await open();
    await fireEvent.keyDown(field(), { key: 'p', ctrlKey: true });
    expect(app.dialog).toBe('go-to-document');
    await vi.waitFor(() => expect(options()).toHaveLength(2));
    await fireEvent.keyDown(field(), { key: 'k', ctrlKey: true });
    expect(app.dialog).toBeUndefined();
  });

  test('draws the first of very many documents, and finds them all', async () => {
    await open(
      'go-to-document',
      [...Array(120).keys()].map((index) => `Ada denied report ${index}`),
    );
    expect(options()).toHaveLength(80);
    expect(screen.getByText(/The first 80 of 120/)).toBeTruthy();
    await fireEvent.input(field(), { target: { value: '117' } });
    expect(options()).toEqual(['Go to Report 117']);
  });
});
