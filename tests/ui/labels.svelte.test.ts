import { fireEvent, screen, within } from '@testing-library/svelte';
import { describe, expect, test, vi } from 'vitest';
import LabelsScreen from '../../src/ui/labels/LabelsScreen.svelte';
import RecentChanges from '../../src/ui/dialogs/RecentChanges.svelte';
import { ago } from '../../src/ui/dialogs/ago.ts';
import { withMoved, withOption, withRenamed } from '../../src/ui/labels/editors/options.ts';
import { hasPair, shownPairs, withPair } from '../../src/ui/labels/editors/pairs.ts';
import { typedKey } from '../../src/ui/labels/fields/key-choice.ts';
import { previewOf } from '../../src/ui/labels/preview.ts';
import { usageOf, usageWords } from '../../src/ui/labels/usage.ts';
import { documentWith } from '../core/documents.ts';
import { label, schemeWith } from '../core/schemes/schemes.ts';
import { show } from './page.ts';

vi.mock(import('../../src/session/job.ts'), () => import('../session/jobs-in-process.ts'));

const reports = ['[Ada](claim) [denied](denial) it', '[Ben](claim) was there'];
const list = () => screen.getByRole('listbox');
const shown = () =>
  within(list())
    .getAllByRole('option')
    .map((option) => option.getAttribute('aria-label'));
const field = (name: string) => screen.getByLabelText<HTMLInputElement>(name);

async function type(target: HTMLElement, text: string): Promise<void> {
  await fireEvent.input(target, { target: { value: text } });
}

describe('the labels screen', () => {
  test('shows the labels with the one that is chosen, and how much is marked with it', async () => {
    await show(LabelsScreen, reports);
    expect(screen.getByRole('heading', { name: 'Labels' })).toBeTruthy();
    expect(shown()).toEqual(['Claim', 'Denial', 'Appeal', 'Accusation']);
    expect(field('Name').value).toBe('Claim');
    expect(screen.getByText('2 spans in 2 documents')).toBeTruthy();
    await fireEvent.keyDown(list(), { key: 'ArrowDown' });
    expect(field('Name').value).toBe('Denial');
    await fireEvent.keyDown(list(), { key: 'ArrowDown' });
    expect(screen.getByText('no spans yet')).toBeTruthy();
  });

  test('renames in one step when the field is left, and shows each letter in the preview alone', async () => {
    const { desk } = await show(LabelsScreen, reports);
    await type(field('Name'), 'Statement');
    expect(screen.getAllByText('S', { selector: '.tag' })).toHaveLength(2);
    expect(desk.label('claim').name).toBe('Claim');
    await fireEvent.blur(field('Name'));
    expect(desk.label('claim').name).toBe('Statement');
    await desk.saved();
    expect(await desk.database.changes.count()).toBe(1);
  });

  test('applies with Enter, goes back with Escape, and says why a name is refused', async () => {
    const { desk } = await show(LabelsScreen, reports);
    await type(field('Name'), 'Other');
    await fireEvent.keyDown(field('Name'), { key: 'Escape' });
    expect(field('Name').value).toBe('Claim');
    await fireEvent.blur(field('Name'));
    expect(desk.label('claim').name).toBe('Claim');
    await type(field('Machine name'), 'denial');
    await fireEvent.keyDown(field('Machine name'), { key: 'Enter' });
    expect(field('Machine name').getAttribute('aria-invalid')).toBe('true');
    expect(screen.getByText(/have the same machine name/)).toBeTruthy();
    expect(desk.label('claim')).toBeDefined();
    await type(field('Machine name'), 'stated');
    await fireEvent.keyDown(field('Machine name'), { key: 'Enter' });
    expect(desk.label('stated').name).toBe('Claim');
  });

  test('refuses a key that a label, an attribute or a command has, naming it', async () => {
    const { desk } = await show(LabelsScreen, reports);
    const key = () => field('Key');
    for (const [typed, holder] of [
      ['2', /“Denial”/],
      ['s', /“Claim” already|Speaker/],
      ['n', /“Next span”/],
      ['é', /cannot be a key here/],
    ] as const) {
      await type(key(), typed);
      expect(screen.getByText(holder, { selector: '.fault' })).toBeTruthy();
      expect(key().value).toBe('1');
    }
    expect(desk.label('claim').key).toBe('1');
    await type(key(), 'G');
    expect(desk.label('claim').key).toBe('g');
    await type(key(), '');
    expect(desk.label('claim')).not.toHaveProperty('key');
  });

  test('chooses a colour by a click, and by arrows only when the group is left', async () => {
    const { desk } = await show(LabelsScreen, reports);
    const colour = (name: string) => screen.getByRole('radio', { name });
    expect(screen.getAllByRole('radio')).toHaveLength(12);
    await fireEvent.click(colour('Teal, solid'), { detail: 1 });
    expect(desk.label('claim').colour).toBe(5);
    await fireEvent.click(colour('Amber, wavy'));
    expect(desk.label('claim').colour).toBe(5);
    await fireEvent.keyDown(colour('Amber, wavy'), { key: 'Escape' });
    await fireEvent.click(colour('Magenta, dashed'));
    await fireEvent.focusOut(colour('Magenta, dashed'), { relatedTarget: field('Key') });
    expect(desk.label('claim').colour).toBe(7);
  });

  test('moves a label by Alt and arrows, by buttons and by dragging', async () => {
    await show(LabelsScreen, reports);
    await fireEvent.keyDown(list(), { key: 'ArrowDown', altKey: true });
    expect(shown()).toEqual(['Denial', 'Claim', 'Appeal', 'Accusation']);
    await fireEvent.click(screen.getByRole('button', { name: 'Move down' }));
    expect(shown()).toEqual(['Denial', 'Appeal', 'Claim', 'Accusation']);
    const option = (name: string) => screen.getByRole('option', { name });
    await fireEvent.dragStart(option('Accusation'));
    await fireEvent.dragOver(option('Denial'));
    await fireEvent.drop(option('Denial'));
    expect(shown()).toEqual(['Accusation', 'Denial', 'Appeal', 'Claim']);
    expect(screen.getByRole('option', { selected: true }).getAttribute('aria-label')).toBe('Claim');
  });

  test('adds a label, which is then chosen', async () => {
    const { desk } = await show(LabelsScreen, reports);
    await type(field('New label'), 'Open threat');
    expect(screen.getByText('Files will hold it as “open_threat”.')).toBeTruthy();
    await fireEvent.click(screen.getByRole('button', { name: 'Add label' }));
    expect(desk.label('open_threat')).toMatchObject({ name: 'Open threat', key: '5', colour: 4 });
    expect(field('Name').value).toBe('Open threat');
    expect(field('New label').value).toBe('');
  });

  test('asks before a label is deleted, says what will be hidden, and restores it', async () => {
    const { desk } = await show(LabelsScreen, reports);
    await fireEvent.click(screen.getByRole('button', { name: 'Delete label…' }));
    const asking = await screen.findByRole('dialog', { name: 'Delete label' });
    const dialog = within(asking);
    expect(asking.textContent).toMatch(/2 spans in 2 documents will be hidden with “Claim”/);
    expect(dialog.getByRole('button', { name: 'Merge instead…' })).toBeTruthy();
    await fireEvent.click(dialog.getByRole('button', { name: 'Delete label' }));
    expect(shown()).toEqual(['Denial', 'Appeal', 'Accusation']);
    await fireEvent.click(screen.getByRole('button', { name: 'Restore Claim' }));
    expect(desk.notation()).toBe(reports[0]);
    expect(shown()).toContain('Claim');
  });

  test('merges a label into another, and says what will count as it', async () => {
    const { desk } = await show(LabelsScreen, reports);
    await fireEvent.click(screen.getByRole('button', { name: 'Merge into another…' }));
    const dialog = within(await screen.findByRole('dialog', { name: 'Merge label' }));
    await fireEvent.change(dialog.getByRole('combobox'), { target: { value: desk.label('denial').id } });
    expect(dialog.getByText(/2 spans in 2 documents will count as “Denial”/)).toBeTruthy();
    await fireEvent.submit(dialog.getByRole('combobox').closest('form')!);
    expect(desk.notation()).toBe('[Ada](denial) [denied](denial) it');
    expect(screen.getByText('counts as Denial')).toBeTruthy();
  });

  test('makes an attribute with options, for some labels and required', async () => {
    const { desk } = await show(LabelsScreen, reports);
    const made = () => desk.session.project.scheme.attributes.at(-1)!;
    await fireEvent.click(screen.getByRole('tab', { name: 'Attributes' }));
    await type(field('New attribute'), 'Tone');
    await fireEvent.click(screen.getByRole('button', { name: 'Add attribute' }));
    expect(made()).toMatchObject({ name: 'Tone', value: 'tone', type: 'text' });
    await fireEvent.change(field('Type'), { target: { value: 'one' } });
    expect(made().type).toBe('text');
    for (const option of ['calm', 'angry']) {
      await type(field('New option'), option);
      await fireEvent.click(screen.getByRole('button', { name: 'Add option' }));
    }
    expect(made()).toMatchObject({ type: 'one', options: ['calm', 'angry'] });
    await type(field('New option'), 'calm');
    await fireEvent.click(screen.getByRole('button', { name: 'Add option' }));
    expect(made().options).toHaveLength(2);
    await fireEvent.click(screen.getByRole('button', { name: 'Move angry up' }));
    await fireEvent.click(screen.getByRole('checkbox', { name: /^Required/ }));
    await fireEvent.click(screen.getByRole('radio', { name: 'Some labels' }));
    await fireEvent.click(screen.getByRole('checkbox', { name: 'Claim' }));
    expect(made()).toMatchObject({ options: ['angry', 'calm'], required: true });
    expect(made().labels).toEqual(desk.session.labels.slice(1).map(({ id }) => id));
    await fireEvent.click(screen.getByRole('checkbox', { name: /^Required/ }));
    expect(made()).not.toHaveProperty('required');
  });

  test('ticks the pairs that a relation may join', async () => {
    const { desk } = await show(LabelsScreen, reports);
    await fireEvent.click(screen.getByRole('tab', { name: 'Relations' }));
    await type(field('New relation'), 'Answers');
    await fireEvent.click(screen.getByRole('button', { name: 'Add relation' }));
    await fireEvent.click(screen.getByRole('checkbox', { name: 'Any label to Any label' }));
    await fireEvent.click(screen.getByRole('checkbox', { name: 'Denial to Claim' }));
    await fireEvent.click(screen.getByRole('checkbox', { name: 'Any label to The same label' }));
    expect(desk.session.project.scheme.relations.at(-1)!.pairs).toEqual([
      { head: desk.label('denial').id, child: desk.label('claim').id },
      { head: 'any', child: 'same' },
    ]);
    expect(
      screen.getByText('It leads from Denial to Claim, or from any label to the same label.'),
    ).toBeTruthy();
  });
});

test('recent changes are listed with who and when, and taken back one by one', async () => {
  const { desk } = await show(RecentChanges, reports);
  desk.session.scheme.update('labels', desk.label('claim').id, { name: 'Statement' });
  await desk.saved();
  await fireEvent.click(await screen.findByRole('button', { name: 'Undo: Changed “Claim”' }));
  expect(await screen.findByRole('button', { name: 'Redo: Changed “Claim”' })).toBeTruthy();
  expect(screen.getByRole('listitem').textContent).toMatch(/me · just now\s*· taken back/);
  expect(desk.session.labels[0]!.name).toBe('Claim');
});

describe('small words and choices', () => {
  const now = Date.parse('2026-05-02T12:00:00Z');
  test.each([
    ['2026-05-02T11:59:30Z', 'just now'],
    ['2026-05-02T12:00:30Z', 'just now'],
    ['2026-05-02T11:55:00Z', '5 minutes ago'],
    ['2026-05-02T09:30:00Z', '2 hours ago'],
    ['2026-05-01T11:00:00Z', 'yesterday'],
  ])('%s is %s', (at, words) => expect(ago(at, now)).toBe(words));

  test.each([
    ['12', '1', '2'],
    ['21', '1', '2'],
    ['G', undefined, 'g'],
    ['', '1', undefined],
    ['11', '1', '1'],
  ])('“%s” typed where %s was means %s', (content, before, key) =>
    expect(typedKey(content, before)).toBe(key),
  );

  test('options are added, renamed and moved within the list', () => {
    expect(withOption(['a'], ' b ')).toEqual(['a', 'b']);
    expect(withRenamed(['a', 'b'], 0, ' c ')).toEqual(['c', 'b']);
    expect(withMoved(['a', 'b', 'c'], 0, 9)).toEqual(['b', 'c', 'a']);
    expect(withMoved(['a', 'b'], 5, 1)).toEqual(['a', 'b']);
  });

  test('a pair with a merged label is the pair with the other', () => {
    const scheme = schemeWith({
      labels: [label('a'), label('b', { deleted: true, mergedInto: 'a' }), label('c', { deleted: true })],
    });
    const pairs = [
      { head: 'b', child: 'any' },
      { head: 'a', child: 'any' },
      { head: 'c', child: 'a' },
    ];
    expect(hasPair(scheme, pairs, { head: 'a', child: 'any' })).toBe(true);
    expect(shownPairs(scheme, pairs)).toEqual([pairs[0]]);
    expect(withPair(scheme, pairs, { head: 'a', child: 'any' }, false)).toEqual([pairs[2]]);
  });

  test('the preview marks the label that is looked at first, with its neighbours', () => {
    const scheme = schemeWith({ labels: [label('a'), label('b'), label('c'), label('d')] });
    const marked = (id: string) => previewOf(scheme, id).flatMap((piece) => piece.label?.id ?? []);
    expect(marked('c')).toEqual(['c', 'd', 'a']);
    expect(previewOf(schemeWith({}), 'x').every((piece) => !piece.label)).toBe(true);
    expect(previewOf(schemeWith({ labels: [label('a')] }), 'a').filter((piece) => piece.label)).toHaveLength(
      1,
    );
  });

  test('usage is summed over documents', () => {
    const counts = (byLabel: Record<string, number>) => ({ spans: 0, byLabel });
    const usage = usageOf([
      documentWith({ counts: counts({ a: 2, b: 1 }) }),
      documentWith({ counts: counts({ a: 1 }) }),
    ]);
    expect(usageWords(usage.get('a')!)).toBe('3 spans in 2 documents');
    expect(usageWords(usage.get('b')!)).toBe('1 span in 1 document');
  });
});
