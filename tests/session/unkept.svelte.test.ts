import { expect, test, vi } from 'vitest';
import { failing } from '../storage/faults.ts';
import { newDesk } from './desk.ts';

test('a theme that an aborted transaction took with it is told, and kept with the next choice (A6)', async () => {
  const { session, database } = await newDesk();
  const fault = failing(1, 'aborts');
  session.preferences.set({ theme: 'dark' });
  await vi.waitFor(() => expect(session.messages.alarm).toMatch(/^A setting could not be kept/));
  fault.end();
  session.preferences.set({ wholeWords: false });
  await vi.waitFor(async () => {
    const row = await database.preferences.get('preferences');
    expect(row?.value).toMatchObject({ theme: 'dark', wholeWords: false });
  });
});
