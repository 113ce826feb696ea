import { fireEvent, screen, within } from '@testing-library/svelte';
import { expect, test, vi } from 'vitest';
import { fileProblem } from '../../src/core/problem.ts';
import EraseDialog from '../../src/ui/projects/EraseDialog.svelte';
import ImportReport from '../../src/ui/import/ImportReport.svelte';
import { naughty } from '../naughty.ts';
import { show } from './page.ts';

vi.mock(import('../../src/session/job.ts'), () => import('../session/jobs-in-process.ts'));

const names = [
  ...naughty,
  ...[
    'CON',
    'report.txt.',
    '\u202etxt.exe',
    'a'.repeat(300),
    '\u2066open\u2067',
    'two\u2028lines',
    '\u009b31m',
  ],
];
// oxlint-disable-next-line no-control-regex
const obeyed = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]/;

/** All that the page says, to eyes and to screen readers. */
function said(): string {
  const labelled = [...document.body.querySelectorAll('[aria-label], [title]')];
  const labels = labelled.flatMap((one) => [one.getAttribute('aria-label'), one.getAttribute('title')]);
  return [document.body.textContent, ...labels].join('\t');
}

test('the import report names files and labels without obeying their names (B31)', async () => {
  const named = names.map((name, index) => ({ id: `l${index}`, value: `l${index}`, name }));
  const created = {
    labels: named.map((label) => ({ ...label, colour: 0 as const })),
    documentLabels: named,
    attributes: [],
    relations: [],
  };
  const problems = names.map((name) => fileProblem('refused', name, 'this file is empty.'));
  await show(ImportReport, [], { report: { documents: 0, spans: 0, created, problems } });
  const dialog = within(screen.getByRole('dialog', { name: 'Import report' }));
  expect(dialog.getAllByText('txt.exe: this file is empty.')).toHaveLength(2);
  expect(dialog.getByText('report.txt.: this file is empty.')).toBeTruthy();
  expect(said()).toContain('<img src=x onerror=alert(1)>');
  expect(said()).not.toMatch(obeyed);
  expect(document.querySelector('script, img')).toBeNull();
});

test('messages and alerts name files without obeying their names (B31)', async () => {
  const { messages } = (
    await show(ImportReport, [], {
      report: {
        ...{ documents: 0, spans: 0, problems: [] },
        created: { labels: [], documentLabels: [], attributes: [], relations: [] },
      },
    })
  ).desk.session;
  for (const name of names) {
    messages.say(`Renamed “${name}”.`);
    expect(messages.current?.text).not.toMatch(obeyed);
    messages.closeAlert();
    messages.alert(`“${name}” cannot be read.`);
    expect(messages.alarm).not.toMatch(obeyed);
  }
});

test('what is deleted for good is named as it can be typed (B31)', async () => {
  const doomed = { name: '\u202etxt\u0007.exe', documentIds: ['d1'], projectIds: [] };
  await show(EraseDialog, [], { doomed, onclose: () => undefined });
  expect(said()).not.toMatch(obeyed);
  // In the sentence that asks, and in the one that says what to type.
  expect(screen.getAllByText('txt.exe')).toHaveLength(2);
  const button = screen.getByRole<HTMLButtonElement>('button', { name: /^Delete for good/ });
  expect(button.disabled).toBe(true);
  await fireEvent.input(screen.getByRole('textbox'), { target: { value: 'txt.exe' } });
  expect(button.disabled).toBe(false);
});
