import { expect, test, vi } from 'vitest';
import { AppState } from '../../src/ui/app-state.svelte.ts';
import { tellMissingParts } from '../../src/ui/missing-parts.ts';
import { newDesk } from '../session/desk.ts';

vi.mock(import('../../src/session/job.ts'), () => import('../session/jobs-in-process.ts'));

test('a part of the page that cannot be fetched is told, and nothing waits for it', async () => {
  const desk = await newDesk([]);
  const app = new AppState(desk.session, desk.projects);
  const end = tellMissingParts(app);
  app.dialog = 'export';
  window.dispatchEvent(new Event('vite:preloadError'));
  expect(app.dialog).toBeUndefined();
  expect(desk.session.messages.alarm).toMatch(/could not be loaded.*Your work is kept/);
  desk.session.messages.closeAlert();
  end();
  window.dispatchEvent(new Event('vite:preloadError'));
  expect(desk.session.messages.alarm).toBeUndefined();
});
