import { fireEvent, screen, within } from '@testing-library/svelte';
import { describe, expect, test, vi } from 'vitest';
import type { Survey } from '../../src/core/import-plan.ts';
import { fileProblem } from '../../src/core/problem.ts';
import { ImportPreview as Preview } from '../../src/session/files/import-preview.svelte.ts';
import ImportPreview from '../../src/ui/import/ImportPreview.svelte';
import { show } from './page.ts';

vi.mock(import('../../src/session/job.ts'), () => import('../session/jobs-in-process.ts'));

const encoding = {
  about: 'encoding',
  words: 'This is not UTF-8. Which encoding shows its words as they should be?',
  choices: [
    { value: 'windows-1252', name: 'Western European', examples: ['Café'] },
    { value: 'windows-1251', name: 'Cyrillic', examples: ['Cafй'] },
  ],
} as const;
const columns = {
  about: 'columns',
  words: 'Which column has the texts, and what do the others hold?',
  rows: [
    ['headline', 'body'],
    ['Storm', 'It has passed.'],
  ],
  presumed: { text: 1, title: 0, meta: [], hasHeader: true },
} as const;
const survey: Survey = {
  documents: 3,
  spans: 4,
  relations: 1,
  formats: { 'doccano JSONL': 1, Table: 2 },
  labels: [
    { value: 'Person', spans: 3, proposal: { to: 'create', value: 'Person' } },
    { value: 'claim', spans: 1, proposal: { to: 'create', value: 'claim_2' }, otherMeaning: true },
  ],
  annotators: [{ name: 'anna', spans: 4 }],
  twins: { documents: 2, titles: ['Port', '<b>Bridge</b>'] },
  asked: [
    { files: ['a.txt'], question: encoding },
    { files: ['b.csv', 'c.csv'], question: columns },
  ],
  problems: [fileProblem('refused', 'acts.jsonl', 'this is no JSON.', 7)],
  movable: 1,
  units: {},
};
const clear: Survey = { ...survey, asked: [], twins: { documents: 0, titles: [] }, movable: 0 };

async function open(found: Survey) {
  const look = vi.fn<ConstructorParameters<typeof Preview>[1]>(() => Promise.resolve(found));
  const end = vi.fn<ConstructorParameters<typeof Preview>[2]>();
  const { desk } = await show(ImportPreview, [], { preview: new Preview(found, look, end) });
  return { desk, look, end, dialog: within(screen.getByRole('dialog', { name: 'Import preview' })) };
}

const button = (name: string) => screen.getByRole<HTMLButtonElement>('button', { name });
const sum = () => screen.getByRole('status', { name: 'What would come' }).textContent.trim();

describe('the import preview', () => {
  test('counts what would come and says that nothing has', async () => {
    const { dialog } = await open(clear);
    expect(sum()).toBe('3 documents with 4 spans and 1 relation.');
    expect(dialog.getByText(/^Nothing has been imported yet/).textContent.replace(/\s+/g, ' ')).toBe(
      'Nothing has been imported yet. Read as doccano JSONL (1 file), Table (2 files).',
    );
    expect(dialog.getByText(/^anna/).textContent).toMatch(/anna\s+4 spans/);
    expect(dialog.getByText('acts.jsonl, line 7: this is no JSON.')).toBeTruthy();
  });

  test('imports what was decided about labels', async () => {
    const { desk, end } = await open(clear);
    const person = screen.getByRole<HTMLSelectElement>('combobox', { name: 'Person becomes' });
    expect([...person.options].map(({ text }) => text)).toEqual([
      'New label “Person”',
      ...desk.session.labels.map(({ name }) => name),
      'Leave these spans out',
    ]);
    expect(screen.getByRole('rowheader', { name: /^claim/ }).textContent).toContain('means something else');
    const { id } = desk.label('denial');
    await fireEvent.change(person, { target: { value: `map:${id}` } });
    await fireEvent.click(button('Import'));
    expect(end).toHaveBeenCalledExactlyOnceWith({
      decisions: {
        labels: { Person: { to: 'map', labelId: id }, claim: { to: 'create', value: 'claim_2' } },
        twins: 'merge',
      },
      options: {},
    });
  });

  test('offers to join labels that differ in capitals alone, and does not by itself', async () => {
    const alike = [
      { value: 'CLAIM', spans: 2, proposal: { to: 'create', value: 'CLAIM' }, alikeButCapitals: 'claim' },
      { value: 'Act', spans: 2, proposal: { to: 'create', value: 'Act' } },
      { value: 'act', spans: 1, proposal: { to: 'create', value: 'act' }, alikeButCapitals: 'Act' },
    ] as const;
    const { desk, end } = await open({ ...clear, labels: alike });
    expect(screen.getByRole('rowheader', { name: /^CLAIM/ }).textContent).toContain('is “claim” but for');
    const options = (name: string) => [
      ...screen.getByRole<HTMLSelectElement>('combobox', { name: `${name} becomes` }).options,
    ];
    const here = desk.session.labels.map(({ name }) => name);
    expect(options('CLAIM').map(({ text }) => text)).toEqual([
      'New label “CLAIM”',
      ...here,
      'Leave these spans out',
    ]);
    expect(options('act').map(({ text }) => text)).toEqual([
      'New label “act”',
      'New label “Act”, as one with it',
      ...here,
      'Leave these spans out',
    ]);
    const act = screen.getByRole('combobox', { name: 'act becomes' });
    await fireEvent.change(act, { target: { value: 'create:Act' } });
    await fireEvent.click(button('Import'));
    expect(end.mock.lastCall![0]?.decisions.labels).toEqual({
      CLAIM: { to: 'create', value: 'CLAIM' },
      Act: { to: 'create', value: 'Act' },
      act: { to: 'create', value: 'Act' },
    });
  });

  test('waits for what only the user can say, and reads the files again with it', async () => {
    const { look, end } = await open(survey);
    expect(button('Import').disabled).toBe(true);
    const question = within(screen.getByRole('group', { name: encoding.words }));
    expect(question.getByText('Please choose one; nothing is guessed.')).toBeTruthy();
    await fireEvent.click(question.getByRole('radio', { name: /^Western European/ }));
    await vi.waitFor(() => expect(button('Import').disabled).toBe(false));
    expect(look.mock.lastCall![0]).toMatchObject({ 'a.txt': { encoding: 'windows-1252' } });
    expect(question.queryByText(/nothing is guessed/)).toBeNull();
    await fireEvent.click(button('Import'));
    expect(end.mock.lastCall![0]?.options).toMatchObject({ 'a.txt': { encoding: 'windows-1252' } });
  });

  test('asks what the columns of tables are, all tables of one kind at once', async () => {
    const { look } = await open(survey);
    const question = within(screen.getByRole('group', { name: columns.words }));
    expect(question.getAllByRole('listitem').map((item) => item.querySelector('bdi')!.textContent)).toEqual([
      'b.csv',
      'c.csv',
    ]);
    expect(screen.getByRole('group', { name: columns.words }).textContent).toContain(
      'One answer for 2 files. What is shown is of b.csv.',
    );
    const first = question.getByRole<HTMLSelectElement>('combobox', { name: 'Column headline is' });
    expect(first.value).toBe('title');
    await fireEvent.change(first, { target: { value: 'none' } });
    const said = { columns: { text: 1, meta: [], hasHeader: true } };
    await vi.waitFor(() => expect(look.mock.lastCall![0]).toMatchObject({ 'b.csv': said, 'c.csv': said }));
    await fireEvent.click(question.getByRole('checkbox', { name: 'The first row names the columns' }));
    await vi.waitFor(() => expect(look.mock.lastCall![0]['c.csv']?.columns?.hasHeader).toBe(false));
  });

  test('asks about one of several files by itself', async () => {
    const { look } = await open(survey);
    const [apart, others] = [
      { files: ['c.csv'], question: { ...columns } },
      { files: ['b.csv'], question: columns },
    ];
    look.mockResolvedValueOnce({ ...survey, asked: [others, apart] });
    await fireEvent.click(screen.getByRole('button', { name: 'Answer for c.csv alone' }));
    await vi.waitFor(() => expect(screen.getAllByRole('group', { name: columns.words })).toHaveLength(2));
    expect(look.mock.lastCall![1]).toEqual(['columns c.csv']);
  });

  test('asks what becomes of texts that are here, by their titles', async () => {
    const { end } = await open({ ...survey, asked: [] });
    const twins = within(screen.getByRole('group', { name: /^2 texts are here already/ }));
    expect(twins.getByText('Port · <b>Bridge</b>')).toBeTruthy();
    expect(twins.getByRole<HTMLInputElement>('radio', { name: /^Add the spans/ }).checked).toBe(true);
    await fireEvent.click(twins.getByRole('radio', { name: /^Leave them out/ }));
    await fireEvent.click(button('Import'));
    expect(end.mock.lastCall![0]?.decisions.twins).toBe('skip');
  });

  test('moves spans only when that is allowed', async () => {
    const { look } = await open({ ...survey, asked: [] });
    const move = screen.getByRole<HTMLInputElement>('checkbox', { name: /^Move spans whose words/ });
    expect(move.checked).toBe(false);
    await fireEvent.click(move);
    await vi.waitFor(() =>
      expect(look.mock.lastCall![0]).toMatchObject({ 'acts.jsonl': { reanchor: true } }),
    );
  });

  test.each(['Cancel', 'Close'])('imports nothing when it is left by %s', async (name) => {
    const { end } = await open(survey);
    await fireEvent.click(button(name));
    expect(end).toHaveBeenCalledExactlyOnceWith(undefined);
  });

  test('imports nothing when it is left by Escape', async () => {
    const { end } = await open(survey);
    await fireEvent.keyDown(document.activeElement!, { key: 'Escape' });
    expect(end).toHaveBeenCalledExactlyOnceWith(undefined);
  });

  test('begins with the first question, and everything in it takes the focus', async () => {
    await open(survey);
    const dialog = screen.getByRole('dialog', { name: 'Import preview' });
    await vi.waitFor(() => expect(dialog.contains(document.activeElement)).toBe(true));
    expect(document.activeElement).toBe(screen.getByRole('radio', { name: /^Western European/ }));
    for (const control of dialog.querySelectorAll<HTMLElement>('button:enabled, input, select')) {
      control.focus();
      expect(document.activeElement).toBe(control);
      expect(control.tabIndex).toBe(0);
    }
  });

  test('has nothing to import while it is read again', async () => {
    const { look } = await open({ ...survey, asked: [] });
    let answer = (_: Survey | undefined): void => undefined;
    look.mockReturnValueOnce(new Promise((resolve) => (answer = resolve)));
    await fireEvent.click(screen.getByRole('checkbox', { name: /^Move spans/ }));
    expect([sum(), button('Import').disabled]).toEqual(['Reading the files again…', true]);
    answer({ ...clear, documents: 2 });
    await vi.waitFor(() => expect(sum()).toMatch(/^2 documents/));
    expect(button('Import').disabled).toBe(false);
  });
});
