import { describe, expect, test, vi } from 'vitest';
import { AppState } from '../../../src/ui/app-state.svelte.ts';
import { allChoices, choose, documentChoices, found } from '../../../src/ui/palette/choices.ts';
import { newDesk, select } from '../../session/desk.ts';

vi.mock(import('../../../src/session/job.ts'), () => import('../../session/jobs-in-process.ts'));

async function atDesk() {
  location.hash = '';
  const desk = await newDesk(['Ada [denied](denial) it', 'Ben was there']);
  return { desk, app: new AppState(desk.session, desk.projects) };
}
const names = (app: AppState, search = '') =>
  found(allChoices(app), search, app.session.preferences.values.recent).map(({ verb, name }) =>
    `${verb} ${name}`.trim(),
  );

describe('the palette', () => {
  test('offers commands, labels and documents, commands first', async () => {
    const { app } = await atDesk();
    expect(names(app)).toEqual(expect.arrayContaining(['Undo', 'Next span', 'Mark Claim', 'Go to Report 2']));
    expect(names(app).indexOf('Undo')).toBeLessThan(names(app).indexOf('Mark Claim'));
    expect(names(app).indexOf('Mark Claim')).toBeLessThan(names(app).indexOf('Go to Report 1'));
  });

  test('leaves out what does nothing now', async () => {
    const { app, desk } = await atDesk();
    expect(names(app)).not.toContain('Remove the focused span');
    desk.session.marking.goToNeighbour(1);
    expect(names(app)).toContain('Remove the focused span');
    app.navigation.go({ screen: 'settings' });
    for (const name of ['Remove the focused span', 'Next span', 'Mark Claim', 'Screen: Settings'])
      expect(names(app)).not.toContain(name);
    expect(names(app)).toContain('Go to Report 1');
  });

  test('shows the keys that act', async () => {
    const { app, desk } = await atDesk();
    const keyOf = (id: string) => allChoices(app).find((choice) => choice.id === id)?.key;
    const claim = `label:${desk.label('claim').id}`;
    expect([keyOf('command:next-span'), keyOf(claim), keyOf('command:undo')]).toEqual(['N', '1', 'Ctrl Z']);
    desk.session.preferences.set({ singleKeys: false, keys: { undo: ['F9'] } });
    expect([keyOf('command:next-span'), keyOf(claim), keyOf('command:undo')]).toEqual([
      undefined,
      undefined,
      'F9',
    ]);
  });

  test('finds the best first: whole beginnings, then beginnings of words, then parts', async () => {
    const { app, desk } = await atDesk();
    desk.session.documents.rename('report-1', 'An annex');
    desk.session.documents.rename('report-2', 'Next of kin');
    expect(names(app, 'next d')[0]).toBe('Next document');
    const next = names(app, 'next');
    expect(next.indexOf('Go to Next of kin')).toBeGreaterThan(next.indexOf('Next document'));
    expect(names(app, 'anne').slice(0, 2)).toEqual(['Go to An annex']);
    expect(names(app, 'of kin')).toEqual(['Go to Next of kin']);
    expect(names(app, 'annex go')).toEqual(['Go to An annex']);
  });

  test('brings up what was chosen lately, and does what is chosen', async () => {
    const { app, desk } = await atDesk();
    select(desk.session, 'Ada');
    choose(
      app,
      allChoices(app).find(({ name }) => name === 'Appeal')!,
    );
    expect(desk.notation()).toBe('[Ada](appeal) [denied](denial) it');
    choose(app, documentChoices(app)[1]!);
    expect(app.navigation.route).toEqual({ screen: 'annotate', documentId: 'report-2' });
    expect(names(app).slice(0, 2)).toEqual(['Go to Report 2', 'Mark Appeal']);
    expect(names(app, 'report')).toEqual(['Go to Report 2', 'Go to Report 1']);
    choose(
      app,
      allChoices(app).find(({ name }) => name === 'Appeal')!,
    );
    expect(names(app)[0]).toBe('Mark Appeal');
  });
});
