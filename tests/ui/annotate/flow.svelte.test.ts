import { fireEvent, screen, within } from '@testing-library/svelte';
import { describe, expect, test, vi } from 'vitest';
import DocumentFacts from '../../../src/ui/annotate/facts/DocumentFacts.svelte';
import LabelToolbar from '../../../src/ui/annotate/LabelToolbar.svelte';
import UnfinishedDialog from '../../../src/ui/dialogs/UnfinishedDialog.svelte';
import StatusBar from '../../../src/ui/StatusBar.svelte';
import { show } from '../page.ts';

vi.mock(import('../../../src/session/job.ts'), () => import('../../session/jobs-in-process.ts'));

const pressed = (button: HTMLElement) => button.getAttribute('aria-pressed');
const labels = () => within(screen.getByRole('toolbar', { name: 'Labels' })).getAllByRole('button');

describe('the toolbar of labels', () => {
  test('shows which label is in hand, while one keeps labelling', async () => {
    await show(LabelToolbar, ['Ada denied it']);
    const keep = screen.getByRole('button', { name: 'Keep labelling' });
    expect([pressed(keep), ...labels().map(pressed)]).toEqual(['false', null, null, null, null]);
    await fireEvent.click(keep);
    await fireEvent.click(labels()[2]!);
    expect([pressed(keep), ...labels().map(pressed)]).toEqual(['true', 'false', 'false', 'true', 'false']);
  });

  test('of very many has some, a way to all, and the one in hand', async () => {
    const { app, desk } = await show(LabelToolbar, ['Ada denied it']);
    const plan = { labels: [...Array(500).keys()].map((index) => ({ value: `kind_${index}` })) };
    desk.session.scheme.addPlan(plan, 'Added many');
    await vi.waitFor(() => expect(labels()).toHaveLength(31));
    desk.session.marking.toggleKeeping();
    desk.session.hand.take(desk.label('kind_400'));
    await vi.waitFor(() => expect(labels().at(-1)!.getAttribute('aria-label')).toBe('Kind 400'));
    const all = screen.getByRole('button', { name: 'All labels…' });
    await fireEvent.click(all);
    expect(app.labelList).toBe(all);
  });
});

describe('the facts about the document', () => {
  test('are shown and set', async () => {
    const { desk } = await show(DocumentFacts, ['[Ada](claim) [denied](denial) it']);
    await fireEvent.change(screen.getByRole('textbox', { name: 'Source' }), {
      target: { value: 'The Gazette' },
    });
    await fireEvent.change(screen.getByRole('textbox', { name: 'Date' }), { target: { value: 'in May' } });
    expect(screen.getByRole('alert').textContent).toContain('YYYY-MM-DD');
    expect(desk.session.shelf.get('report-1')!.meta).toEqual({ source: 'The Gazette' });
    const facts = [...document.querySelectorAll('dl div')].map((row) =>
      row.textContent.replace(/\s+/g, ' ').trim(),
    );
    expect(facts).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/2 spans/),
        expect.stringMatching(/^Length ?13 characters/),
      ]),
    );
  });

  test('of other kinds than text are JSON', async () => {
    const { desk } = await show(DocumentFacts, ['Ada denied it']);
    desk.session.facts.setJson('page', '[4, {"column": 2}]');
    const field = await screen.findByRole<HTMLInputElement>('textbox', { name: 'page (JSON)' });
    expect(field.value).toBe('[4,{"column":2}]');
    await fireEvent.change(field, { target: { value: '[4' } });
    expect(screen.getByRole('alert').textContent).toContain('This is not JSON');
    await fireEvent.click(screen.getByRole('button', { name: 'Rename page' }));
    await fireEvent.change(screen.getByRole('textbox', { name: 'New name of page' }), {
      target: { value: 'pages' },
    });
    expect(desk.session.shelf.get('report-1')!.meta).toEqual({ pages: [4, { column: 2 }] });
    await fireEvent.click(screen.getByRole('button', { name: 'Remove pages' }));
    expect(desk.session.shelf.get('report-1')!.meta).toEqual({});
  });
});

test('what is missing is listed with a way there', async () => {
  const { desk } = await show(DocumentFacts, ['[Ada](claim) denied it']);
  const { attributes } = desk.session.project.scheme;
  desk.session.scheme.update('attributes', attributes[0]!.id, { required: true });
  await desk.session.documents.setStatus(['report-1'], 'done');
  const lacks = desk.session.documents.completing.lacks!;
  expect(lacks.map(({ span }) => span.text)).toEqual(['Ada']);
  const { render } = await import('@testing-library/svelte');
  const { default: Harness } = await import('../Harness.svelte');
  const { AppState } = await import('../../../src/ui/app-state.svelte.ts');
  const app = new AppState(desk.session, desk.projects);
  render(Harness, { app, part: UnfinishedDialog as never, traits: { lacks } });
  const dialog = within(await screen.findByRole('dialog', { name: 'Before this is done' }));
  await fireEvent.click(within(dialog.getByRole('listitem')).getByRole('button'));
  await vi.waitFor(() => expect(desk.session.open!.focused?.text).toBe('Ada'));
  expect(desk.session.documents.completing.lacks).toBeUndefined();
});

test('the status bar tells the time one has spent on the document', async () => {
  const { desk } = await show(StatusBar, ['Ada denied it']);
  await desk.database.activity.put({
    documentId: 'report-1',
    annotator: desk.session.preferences.annotator,
    seconds: 725,
  });
  desk.session.activity.look('report-1');
  expect(await screen.findByText('12 min')).toBeTruthy();
});
