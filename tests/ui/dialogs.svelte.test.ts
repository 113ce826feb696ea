import { fireEvent, screen, within } from '@testing-library/svelte';
import { describe, expect, test, vi } from 'vitest';
import { plainChoices } from '../../src/core/export-plan.ts';
import { fileProblem } from '../../src/core/problem.ts';
import type { ImportReport as Report } from '../../src/session/files/importing.svelte.ts';
import { formatChord } from '../../src/ui/commands/chord.ts';
import { commands } from '../../src/ui/commands/registry.ts';
import ExportDialog from '../../src/ui/export/ExportDialog.svelte';
import ImportReport from '../../src/ui/import/ImportReport.svelte';
import ShortcutsDialog from '../../src/ui/dialogs/ShortcutsDialog.svelte';
import { show } from './page.ts';

vi.mock(import('../../src/session/job.ts'), () => import('../session/jobs-in-process.ts'));

const formats = [
  {
    name: 'JSON Lines',
    extension: 'jsonl',
    losses: ['It holds no colours.'],
    choices: [],
    unit: 'codepoint' as const,
    isFolder: false,
  },
  {
    name: 'JSON',
    extension: 'json',
    losses: ['It holds no history.', 'It holds no order.'],
    choices: [],
    unit: 'codepoint' as const,
    isFolder: false,
  },
];
const reports = ['[Ada](claim) [denied](denial) it', 'Ben was there'];

describe('the import report', () => {
  const report: Report = {
    documents: 12,
    spans: 1,
    created: {
      labels: [{ id: 'l5', name: 'Threat', value: 'threat', key: '5', colour: 4 }],
      attributes: [],
      relations: [{ id: 'r5', name: 'Doubts', value: 'doubts', pairs: [] }],
      documentLabels: [],
    },
    problems: [
      fileProblem('refused', 'a.jsonl', 'this is no JSON.', 7),
      fileProblem('skipped', 'b.txt', 'this text is already here.'),
      fileProblem('refused', 'c.txt', 'this file is empty.'),
    ],
  };

  test('tells what was kept, adjusted and refused, each problem with file and line', async () => {
    await show(ImportReport, [], { report });
    const dialog = within(screen.getByRole('dialog', { name: 'Import report' }));
    const counts = dialog.getAllByRole('term').map(({ textContent }) => textContent.trim());
    const values = dialog.getAllByRole('definition').map(({ textContent }) => textContent.trim());
    expect(Object.fromEntries(counts.map((name, index) => [name, values[index]]))).toMatchObject({
      Kept: '12 documents, 1 span',
      Refused: '2',
      Adjusted: '0',
      Skipped: '1',
    });
    expect(dialog.getByText('a.jsonl, line 7: this is no JSON.')).toBeTruthy();
    expect(dialog.getByText('b.txt: this text is already here.')).toBeTruthy();
    expect(dialog.getByText('Threat').closest('li')?.textContent).toMatch(/Threat\s*5/);
    expect(dialog.getByRole('heading', { name: 'New relations' })).toBeTruthy();
    expect(dialog.getByText('Doubts')).toBeTruthy();
    expect(dialog.queryByRole('heading', { name: 'New attributes' })).toBeNull();
  });

  test('writes out what a file holds and never takes it for markup', async () => {
    const problem = fileProblem('refused', '<img src=x>.txt', 'this is <b>no</b> text.');
    await show(ImportReport, [], { report: { ...report, problems: [problem] } });
    expect(screen.getByText('<img src=x>.txt: this is <b>no</b> text.')).toBeTruthy();
    expect(document.querySelector('img')).toBeNull();
  });

  test('shows the first of very many problems and counts the rest', async () => {
    const created = { labels: [], attributes: [], relations: [], documentLabels: [] };
    const problems = [...Array(1200).keys()].map((line) =>
      fileProblem('refused', 'a.jsonl', 'no.', line + 1),
    );
    await show(ImportReport, [], { report: { documents: 0, spans: 0, created, problems } });
    expect(screen.getAllByRole('listitem')).toHaveLength(500);
    expect(screen.getByText(/700 more/)).toBeTruthy();
  });

  test('is closed by Done', async () => {
    const { desk } = await show(ImportReport, [], { report });
    const close = vi.spyOn(desk.session.importing, 'closeReport');
    await fireEvent.click(screen.getByRole('button', { name: 'Done' }));
    expect(close).toHaveBeenCalled();
  });
});

describe('the export dialog', () => {
  const losses = () => screen.getAllByRole('listitem').map(({ textContent }) => textContent.trim());
  const sum = () => screen.getByText(/\d documents? with/).textContent;

  test('offers the formats and tells what each cannot hold', async () => {
    await show(ExportDialog, reports, { formats });
    const format = screen.getByRole<HTMLSelectElement>('combobox', { name: 'Format' });
    expect([...format.options].map(({ text }) => text)).toEqual(['JSON Lines', 'JSON']);
    expect([format.value, losses()]).toEqual(['JSON Lines', formats[0]!.losses]);
    await fireEvent.change(format, { target: { value: 'JSON' } });
    expect(losses()).toEqual(formats[1]!.losses);
  });

  test('counts what would be exported: everything, or the open document', async () => {
    await show(ExportDialog, reports, { formats });
    expect(sum()).toBe('2 documents with 2 spans.');
    const scope = screen.getByRole<HTMLSelectElement>('combobox', { name: 'Documents' });
    await fireEvent.change(scope, { target: { value: 'open' } });
    expect(sum()).toBe('1 document with 2 spans.');
  });

  test('leaves deleted documents out', async () => {
    const { desk } = await show(ExportDialog, reports, { formats });
    desk.session.documents.delete(['report-1']);
    await vi.waitFor(() => expect(sum()).toBe('1 document with 0 spans.'));
  });

  test('says how many spans do not go out, as their labels were deleted', async () => {
    const { desk } = await show(
      ExportDialog,
      ['[Ada](claim) [denied](denial) [it](denial)', '[Ben](appeal) did'],
      {
        formats,
      },
    );
    expect(screen.queryByText(/do not go out/)).toBeNull();
    desk.session.scheme.delete('labels', desk.label('denial').id);
    expect((await screen.findByText(/do not go out/)).textContent).toBe(
      '2 more spans do not go out, as their labels were deleted. Restore what you need under Labels first.',
    );
    expect(sum()).toBe('2 documents with 2 spans.');
    desk.session.scheme.merge(desk.label('appeal').id, desk.label('claim').id);
    await desk.saved();
    expect(screen.getByText(/do not go out/).textContent).toMatch(/^2 more/);
  });

  test('says once what is odd about the parts, and what is lost beside its number', async () => {
    const { desk } = await show(ExportDialog, reports, { formats });
    const [counts, warning] = [[{ what: 'relations', count: 1 }], 'The part “test” has no documents.'];
    const measured = {
      documents: 2,
      spans: 2,
      losses: counts,
      annotators: [],
      warnings: [warning],
      unsound: 0,
    };
    vi.spyOn(desk.session.exporting, 'measure').mockResolvedValue(measured);
    await fireEvent.click(screen.getByRole('checkbox', { name: /^Split/, hidden: true }));
    const counted = within(await screen.findByRole('list', { name: 'Counted losses' }));
    expect(counted.getByRole('listitem').textContent).toMatch(/^\s*relations\s+1\s*$/);
    expect(screen.getByText(warning)).toBeTruthy();
  });

  test('downloads in the format and scope that were chosen, and closes', async () => {
    const { app, desk } = await show(ExportDialog, reports, { formats });
    app.dialog = 'export';
    const download = vi.spyOn(desk.session.exporting, 'download').mockResolvedValue(true);
    await fireEvent.change(screen.getByRole('combobox', { name: 'Format' }), { target: { value: 'JSON' } });
    await fireEvent.click(screen.getByRole('button', { name: 'Download' }));
    expect(download).toHaveBeenCalledWith(formats[1], ['report-1', 'report-2'], plainChoices);
    await vi.waitFor(() => expect(app.dialog).toBeUndefined());
  });

  test('stays open when nothing was exported', async () => {
    const { app, desk } = await show(ExportDialog, reports, { formats });
    app.dialog = 'export';
    const download = vi.spyOn(desk.session.exporting, 'download').mockResolvedValue(false);
    await fireEvent.click(screen.getByRole('button', { name: 'Download' }));
    await vi.waitFor(() => expect(download).toHaveResolved());
    expect(app.dialog).toBe('export');
  });
});

describe('the list of keys', () => {
  test('has every label with its key and every command', async () => {
    const { desk } = await show(ShortcutsDialog, reports);
    const dialog = within(screen.getByRole('dialog', { name: 'Keyboard shortcuts' }));
    const rows = dialog.getAllByRole('term').map((term) => {
      const keys = [...term.nextElementSibling!.querySelectorAll('kbd')];
      return `${term.textContent.trim()}: ${keys.map(({ textContent }) => textContent).join(' ')}`;
    });
    for (const { name, key } of desk.session.labels)
      expect(rows).toContain(`Mark or relabel: ${name}: ${key}`);
    for (const { name, keys } of commands.filter((command) => command.keys.length > 0))
      expect(rows).toContain(`${name}: ${keys.map((key) => formatChord(key)).join(' ')}`);
  });

  test('is closed by its button', async () => {
    const { app } = await show(ShortcutsDialog, reports);
    app.dialog = 'shortcuts';
    await fireEvent.click(screen.getByRole('button', { name: 'Close' }));
    expect(app.dialog).toBeUndefined();
  });
});
