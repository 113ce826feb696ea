import { beforeEach, describe, expect, test, vi } from 'vitest';
import { planOf } from '../../../src/core/schemes/plan.ts';
import { exportCodebook, exportScheme, importSchemeFile } from '../../../src/session/schemes/scheme-files.ts';
import { newDesk, select, type Desk } from '../desk.ts';

vi.mock(import('../../../src/session/job.ts'), () => import('../jobs-in-process.ts'));

const downloads: { name: string; blob: Blob }[] = [];
vi.mock(import('../../../src/session/files/download.ts'), async (original) => ({
  ...(await original()),
  download: (blob: Blob, name: string) => void downloads.push({ name, blob }),
}));

beforeEach(() => {
  downloads.length = 0;
});

const told = ({ session }: Desk) => session.messages.current?.text;
const schemeOf = ({ session }: Desk) => planOf(session.project.scheme);

const conf = (...lines: string[]) => new File([lines.join('\n')], 'annotation.conf');

describe('a scheme', () => {
  test('goes out under the name of the project, and comes in elsewhere as it was', async () => {
    const desk = await newDesk([]);
    desk.session.projects.rename('Truce / 2026');
    desk.session.scheme.add('documentLabels', { name: 'Opinion', value: 'opinion' });
    await exportScheme(desk.session);
    const [{ name, blob }] = downloads as [{ name: string; blob: Blob }];
    expect(name).toBe('Truce 2026.scheme.json');
    expect(told(desk)).toBe('Exported the scheme as “Truce 2026.scheme.json”.');
    const elsewhere = await newDesk([]);
    await importSchemeFile(elsewhere.session, new File([blob], name));
    expect(schemeOf(elsewhere)).toEqual(schemeOf(desk));
    expect(told(elsewhere)).toBe('Imported the scheme “Truce 2026.scheme.json”: 1 document label.');
    expect(elsewhere.session.importing.report).toBeUndefined();
  });

  test('that has nothing new changes nothing and says so', async () => {
    const desk = await newDesk([]);
    await exportScheme(desk.session);
    await importSchemeFile(desk.session, new File([downloads[0]!.blob], 'same.json'));
    await desk.saved();
    expect(await desk.database.changes.count()).toBe(0);
    expect(told(desk)).toBe('Imported the scheme “same.json”: nothing in it is new.');
    expect(desk.session.messages.current?.action).toBeUndefined();
  });

  test('of brat comes in as one step, which is taken back as one', async () => {
    const desk = await newDesk([]);
    const before = schemeOf(desk);
    await importSchemeFile(
      desk.session,
      conf(
        '[entities]',
        'Person',
        'Place',
        '[relations]',
        'lives_in Arg1:Person, Arg2:Place',
        '[attributes]',
        'Known Arg:Person',
      ),
    );
    expect(told(desk)).toBe('Imported the scheme “annotation.conf”: 2 labels, 1 attribute, 1 relation.');
    await desk.saved();
    expect(await desk.database.changes.count()).toBe(1);
    desk.session.messages.current!.action!.run();
    await vi.waitFor(() => expect(schemeOf(desk)).toEqual(before));
  });

  test('shows its problems as an import does, with what was kept', async () => {
    const desk = await newDesk([]);
    await importSchemeFile(desk.session, conf('[entities]', 'Person', '[relations]', 'lives_in Arg1:Person'));
    expect(desk.session.importing.report).toMatchObject({
      kept: '1 label',
      created: { labels: [{ value: 'Person' }] },
      problems: [{ file: 'annotation.conf', line: 4, outcome: 'skipped' }],
    });
  });

  test('that cannot be read changes nothing and tells why', async () => {
    const desk = await newDesk([]);
    const before = schemeOf(desk);
    await importSchemeFile(desk.session, new File(['{"labels":['], 'broken.json'));
    expect(schemeOf(desk)).toEqual(before);
    expect(desk.session.messages.alarm).toBe('“broken.json” holds no scheme that can be read.');
    expect(desk.session.importing.report).toMatchObject({
      kept: 'nothing',
      problems: [{ line: 1, outcome: 'refused' }],
    });
  });
});

test('the codebook is one page of HTML under the name of the project', async () => {
  const desk = await newDesk([]);
  await exportCodebook(desk.session);
  const [{ name, blob }] = downloads as [{ name: string; blob: Blob }];
  expect([name, blob.type]).toEqual(['My reports.codebook.html', 'text/html']);
  expect(await blob.text()).toContain('<h1>My reports</h1>');
});

test('spans that do not go out, as their labels were deleted, are counted', async () => {
  const desk = await newDesk(['[Ada](claim) [denied](denial) [it](denial)', '[Ben](denial) was there']);
  const { exporting, scheme } = desk.session;
  expect(exporting.hiddenSpans(['report-1', 'report-2'])).toBe(0);
  scheme.delete('labels', desk.label('denial').id);
  expect(exporting.hiddenSpans(['report-1', 'report-2'])).toBe(3);
  expect(exporting.hiddenSpans(['report-1'])).toBe(2);
  select(desk.session, 'it');
  desk.session.marking.apply(desk.label('claim'));
  expect(exporting.hiddenSpans(['report-1'])).toBe(2);
  scheme.merge(desk.label('appeal').id, desk.label('claim').id);
  expect(exporting.hiddenSpans(['report-1'])).toBe(2);
});
