import { render, screen } from '@testing-library/svelte';
import { expect, onTestFinished, test, vi } from 'vitest';
import { AppState } from '../../src/ui/app-state.svelte.ts';
import BackupNote from '../../src/ui/BackupNote.svelte';
import BackupReminder from '../../src/ui/BackupReminder.svelte';
import AutomaticBackupSettings from '../../src/ui/settings/AutomaticBackupSettings.svelte';
import { newDesk, type Desk } from '../session/desk.ts';
import { marking } from '../storage/workspace.ts';
import { commit } from '../../src/storage/commit.ts';
import Harness from './Harness.svelte';

vi.mock(import('../../src/session/job.ts'), () => import('../session/jobs-in-process.ts'));
vi.mock(import('../../src/session/files/download.ts'), async (original) => ({
  ...(await original()),
  download: () => undefined,
}));

async function deskWithBackups(): Promise<Desk> {
  const desk = await newDesk(['Ada denied it']);
  await desk.projects.beginBackups();
  return desk;
}

function show(desk: Desk, part: unknown): void {
  const app = new AppState(desk.session, desk.projects);
  render(Harness, { app, part: part as never, traits: { backups: desk.projects.backups } });
}

test('the status says when the last good backup was made, a download too', async () => {
  const desk = await deskWithBackups();
  show(desk, BackupNote);
  expect(screen.queryByRole('link')).toBeNull();
  await commit(desk.database, marking('report-1'));
  await screen.findByRole('link', { name: 'No backup yet' });
  await desk.session.backingUp.download();
  const note = await screen.findByRole('link', { name: 'Backed up just now' });
  expect(note.getAttribute('href')).toBe('#/settings');
});

test('where no folder can be picked the settings say so, and what to do instead (A37)', async () => {
  const desk = await deskWithBackups();
  show(desk, AutomaticBackupSettings);
  expect(screen.getByText(/This browser cannot write into a folder by itself.*Back up by hand/)).toBeTruthy();
  expect(screen.queryByRole('button')).toBeNull();
});

test('a folder is offered where one can be picked, and closing the picker changes nothing', async () => {
  const showDirectoryPicker = vi.fn(() => Promise.reject(new DOMException('closed', 'AbortError')));
  Object.defineProperty(window, 'showDirectoryPicker', { value: showDirectoryPicker, configurable: true });
  onTestFinished(() => void Reflect.deleteProperty(window, 'showDirectoryPicker'));
  const desk = await deskWithBackups();
  show(desk, AutomaticBackupSettings);
  screen.getByRole('button', { name: 'Choose a folder…' }).click();
  await vi.waitFor(() => expect(showDirectoryPicker).toHaveBeenCalledOnce());
  expect([desk.session.messages.alarm, desk.projects.backups?.state]).toEqual([undefined, 'none']);
});

test('a reminder says how much is in this browser alone, and goes when it is put off', async () => {
  const desk = await deskWithBackups();
  const { backups } = desk.projects;
  for (let count = 0; count < 50; count++) await commit(desk.database, marking('report-1'));
  await vi.waitFor(() => expect(backups?.reminds).toBe(true));
  show(desk, BackupReminder);
  expect(screen.getByText(/50 changes are only in this browser: there is no backup yet/)).toBeTruthy();
  screen.getByRole('button', { name: 'Not now' }).click();
  await vi.waitFor(() => expect(backups?.reminds).toBe(false));
});
