import { expect, test, vi } from 'vitest';
import type { ImportPreview } from '../../../src/session/files/import-preview.svelte.ts';
import { incomingFile } from '../../formats/reading.ts';
import { newDesk, type Desk } from '../desk.ts';

vi.mock(import('../../../src/session/job.ts'), () => import('../jobs-in-process.ts'));

type Files = Parameters<Desk['session']['importing']['files']>[0];

/** A project of ours with one span of the label and whatever its scheme has besides. */
const project = (path: string, words: string, label: string, scheme: object = {}) =>
  incomingFile(
    path,
    JSON.stringify({
      format: 'locution',
      version: 1,
      scheme,
      documents: [
        {
          ...{ title: path, text: words, offset_unit: 'codepoint' },
          spans: [{ id: path, start: 0, end: 3, text: words.slice(0, 3), label }],
        },
      ],
    }),
  );
const threat = (guideline: string) => ({ labels: [{ value: 'threat', name: 'Threat', guideline }] });

async function previewed({ session }: Desk, ...files: Files): Promise<ImportPreview> {
  void session.importing.files(files);
  await vi.waitFor(() => expect(session.importing.preview).toBeDefined(), { timeout: 20_000 });
  return session.importing.preview!;
}

const told = ({ problems }: { problems: ImportPreview['survey']['problems'] }) =>
  problems.map(({ file, message }) => `${file}: ${message}`);

test('files of ours that mean something else by a label are shown before anything is imported', async () => {
  const desk = await newDesk([]);
  const preview = await previewed(
    desk,
    project('a.json', 'Ada will pay.', 'threat', threat('Says that harm will follow.')),
    project('b.json', 'Ben will pay.', 'threat', threat('A danger that is described.')),
  );
  expect(desk.session.shelf.present).toEqual([]);
  expect(told(preview.survey)).toEqual([
    expect.stringMatching(/^b\.json: the label “threat” is described otherwise here than in a\.json/),
  ]);
});

test('labels of ours that differ in capitals alone are shown, and stay two unless the user joins them', async () => {
  const desk = await newDesk([]);
  const file = project('a.json', 'Ada will pay.', 'CLAIM', { labels: [{ value: 'CLAIM', name: 'Claim!' }] });
  const preview = await previewed(desk, file);
  expect(preview.survey.labels).toMatchObject([
    { value: 'CLAIM', proposal: { to: 'create', value: 'CLAIM' }, alikeButCapitals: 'claim' },
  ]);
  preview.import();
  await vi.waitFor(() => expect(desk.session.shelf.present).toHaveLength(1));
  expect(desk.session.labels.map(({ value }) => value)).toEqual(expect.arrayContaining(['claim', 'CLAIM']));
});

test('so are those that come in one import', async () => {
  const desk = await newDesk([]);
  const preview = await previewed(
    desk,
    project('a.json', 'Ada will pay.', 'Plea'),
    project('b.json', 'Ben will pay.', 'plea'),
  );
  expect(preview.survey.labels).toMatchObject([
    { value: 'Plea' },
    { value: 'plea', alikeButCapitals: 'Plea' },
  ]);
  preview.decide('plea', { to: 'create', value: 'Plea' });
  preview.import();
  await vi.waitFor(() => expect(desk.session.shelf.present).toHaveLength(2));
  const values = desk.session.labels.map(({ value }) => value);
  expect(values.filter((value) => value.toLowerCase() === 'plea')).toEqual(['Plea']);
});

test('a label that means something else is never proposed to be one that the files bring', async () => {
  const desk = await newDesk([]);
  desk.session.scheme.update('labels', desk.label('claim').id, { guideline: 'Said to be so.' });
  await desk.saved();
  const other = { labels: [{ value: 'claim', name: 'Claim', guideline: 'A right to something.' }] };
  const preview = await previewed(
    desk,
    project('a.json', 'Ada will pay.', 'claim', other),
    project('b.json', 'Ben will pay.', 'claim_2'),
  );
  expect(preview.survey.labels.map(({ value, proposal }) => [value, proposal])).toEqual([
    ['claim', { to: 'create', value: 'claim_3' }],
    ['claim_2', { to: 'create', value: 'claim_2' }],
  ]);
});

test('what a file’s scheme has otherwise than the project, or than another file, is told with the import', async () => {
  const desk = await newDesk([]);
  const scheme = (options: string[]) => ({
    labels: [],
    attributes: [{ value: 'volume', name: 'Volume', type: 'one', options }],
  });
  await desk.session.importing.files([
    project('a.json', 'Ada will pay.', 'claim', scheme(['low', 'high'])),
    project('b.json', 'Ben will pay.', 'claim', scheme(['loud'])),
  ]);
  expect(told(desk.session.importing.report!)).toEqual([
    'b.json: the attribute “volume” has another list of options than in a.json, which was kept.',
  ]);
});
