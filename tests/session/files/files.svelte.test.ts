import { describe, expect, test, vi } from 'vitest';
import { plainChoices } from '../../../src/core/export-plan.ts';
import { exportFormats } from '../../../src/session/files/exporting.svelte.ts';
import type { Session } from '../../../src/session/session.svelte.ts';
import { openDocument } from '../../../src/storage/documents.ts';
import { runJob } from '../../../src/workers/jobs.ts';
import { incomingFile } from '../../formats/reading.ts';
import { newDesk, select, type Desk } from '../desk.ts';

vi.mock(import('../../../src/session/job.ts'), () => import('../jobs-in-process.ts'));

const told = ({ session }: Desk) => session.messages.current?.text;
const titles = ({ shelf }: Session) => shelf.present.map(({ title }) => title);
const lines = (...documents: object[]) =>
  incomingFile('reports.jsonl', documents.map((document) => JSON.stringify(document)).join('\n'));

const asked = { projectId: 'first', date: '2026-01-01', version: '0' };

/** The bytes of an export of these documents, as text. */
async function exported(desk: Desk, name: string, documentIds: readonly string[]): Promise<string> {
  const { scheme } = desk.session.project;
  const job = { kind: 'export', format: name, documentIds, scheme, choices: plainChoices, ...asked } as const;
  const result = await runJob(desk.database, job, () => undefined);
  return (result as { blob: Blob }).blob.text();
}

describe('importing', () => {
  test('a clean file announces itself and makes no report', async () => {
    const desk = await newDesk([]);
    const id = await desk.session.importing.files([incomingFile('ada.txt', 'Ada denied it')]);
    expect(titles(desk.session)).toEqual([expect.stringContaining('ada')]);
    expect(desk.session.shelf.present[0]!.id).toBe(id);
    expect(told(desk)).toBe('Imported 1 document with 0 spans.');
    expect(desk.session.importing.report).toBeUndefined();
    expect(desk.session.importing.progress).toBeUndefined();
  });

  test('takes the date that a text opens with into its facts, and leaves the text alone', async () => {
    const desk = await newDesk([]);
    const text = ' date 2026-03-14\n\n  Ada denied it.';
    const id = await desk.session.importing.files([incomingFile('ada.txt', text)]);
    expect(desk.session.shelf.get(id!)?.meta).toEqual({ date: '2026-03-14' });
    await desk.session.openDocument(id!);
    expect(desk.session.open!.text).toBe(text);
  });

  test('the same file twice adds nothing and says so', async () => {
    const desk = await newDesk([]);
    const file = incomingFile('ada.txt', 'Ada denied it');
    await desk.session.importing.files([file]);
    expect(await desk.session.importing.files([file])).toBeUndefined();
    expect(desk.session.shelf.all).toHaveLength(1);
    expect(await desk.database.changes.count()).toBe(1);
    expect(told(desk)).toContain('Imported 0 documents with 0 spans. ada.txt');
    expect(told(desk)).toContain('already here');
    expect(desk.session.importing.report).toMatchObject({ documents: 0, problems: [{ outcome: 'skipped' }] });
    desk.session.importing.closeReport();
    expect(desk.session.importing.report).toBeUndefined();
  });

  test('a file that is no text is told by name, and the others are imported', async () => {
    const desk = await newDesk([]);
    await desk.session.importing.files([
      incomingFile('empty.txt', ''),
      incomingFile('image.txt', Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)),
      incomingFile('ada.txt', 'Ada denied it'),
    ]);
    expect(desk.session.shelf.present).toHaveLength(1);
    const { problems } = desk.session.importing.report!;
    expect(problems.map(({ file, outcome }) => [file, outcome])).toEqual([
      ['empty.txt', 'refused'],
      ['image.txt', 'refused'],
    ]);
  });

  test('a label that the scheme lacks is there afterwards, with a key, and the report tells', async () => {
    const desk = await newDesk([]);
    const span = { start: 0, end: 3, text: 'Ada', label: 'threat' };
    await desk.session.importing.files([lines({ text: 'Ada denied it', spans: [span] })]);
    expect(desk.session.labels.at(-1)).toMatchObject({ value: 'threat', key: '5' });
    expect(desk.session.importing.report?.created.labels).toMatchObject([{ value: 'threat' }]);
    const other = await desk.sit();
    expect(other.labels.at(-1)).toMatchObject({ value: 'threat', key: '5' });
  });

  test('counts the spans of a text that a file has twice', async () => {
    const desk = await newDesk([]);
    const spans = [
      { id: 'a', start: 0, end: 3, text: 'Ada', label: 'claim' },
      { id: 'b', start: 4, end: 10, text: 'denied', label: 'denial' },
    ];
    const [first, second] = spans.map((span) => ({ text: 'Ada denied it', spans: [span] }));
    await desk.session.importing.files([lines(first!, second!)]);
    expect(desk.session.shelf.present[0]!.counts.spans).toBe(2);
  });

  test('is seen in another tab, with what is marked on it at once', async () => {
    const desk = await newDesk([]);
    const other = await desk.sit();
    const id = await desk.session.importing.files([incomingFile('ada.txt', 'Ada denied it')]);
    await desk.session.openDocument(id!);
    select(desk.session, 'Ada');
    desk.session.marking.apply(desk.label('claim'));
    await vi.waitFor(() => expect(other.shelf.get(id!)?.counts.spans).toBe(1));
  });

  test('pasted text is a document of its own, with the title that was typed', async () => {
    const desk = await newDesk([]);
    await desk.session.importing.pastedText('  The port ', '{"text": "no JSON"}');
    await desk.session.importing.pastedText('', 'Ada denied it');
    expect(titles(desk.session)).toEqual(['The port', 'Pasted text']);
    const [first] = desk.session.shelf.present;
    expect((await openDocument(desk.database, first!.id))!.text).toBe('{"text": "no JSON"}');
  });

  test('the sample report comes with four spans and a relation', async () => {
    const desk = await newDesk([]);
    const id = await desk.session.importing.sample();
    await desk.session.openDocument(id!);
    expect(desk.session.open!.sheet.relations).toHaveLength(1);
    expect(desk.session.open!.spans.map(({ label }) => desk.session.label(label).value)).toEqual([
      'accusation',
      'claim',
      'denial',
      'appeal',
    ]);
    expect(desk.session.importing.report).toBeUndefined();
  });

  test('that is cancelled adds nothing', async () => {
    const desk = await newDesk([]);
    const importing = desk.session.importing.files([incomingFile('ada.txt', 'Ada denied it')]);
    desk.session.importing.cancel();
    expect(await importing).toBeUndefined();
    expect(told(desk)).toBe('The import was cancelled. Nothing was added.');
    expect((await desk.sit()).shelf.all).toEqual([]);
  });

  test('of no files does nothing', async () => {
    const desk = await newDesk([]);
    expect(await desk.session.importing.files([])).toBeUndefined();
    expect(desk.session.messages.current).toBeUndefined();
  });
});

describe('exporting', () => {
  const reports = [
    '[Ada [denied](denial)](claim) it 👩‍👩‍👧‍👦 [again](appeal)',
    'Ben was there',
    '[שלום](claim) וזר',
  ];
  const ids = ['report-1', 'report-2', 'report-3'];

  test.each(['JSON Lines', 'JSON'])('as %s gives the same bytes every time', async (name) => {
    const desk = await newDesk(reports);
    const first = await exported(desk, name, ids);
    expect(first).toContain('denied');
    expect(await exported(desk, name, ids)).toBe(first);
  });

  test.each([
    ['JSON Lines', 'jsonl'],
    ['JSON', 'json'],
  ])('as %s and importing it into an empty workspace gives the same', async (name, extension) => {
    const desk = await newDesk(reports);
    desk.session.documents.setStatus(['report-2'], 'done');
    await desk.session.importing.sample();
    const all = desk.session.shelf.present.map(({ id }) => id);
    const file = await exported(desk, name, all);
    const elsewhere = await newDesk([]);
    await elsewhere.session.importing.files([incomingFile(`export.${extension}`, file)]);
    expect(elsewhere.session.importing.report).toBeUndefined();
    expect(elsewhere.session.shelf.present.map(({ id }) => id)).toEqual(all);
    expect(await exported(elsewhere, name, all)).toBe(file);
  });

  test('offers what can be written, JSON Lines first, with what each cannot hold', async () => {
    const formats = await exportFormats();
    expect(formats.slice(0, 2).map(({ name }) => name)).toEqual(['JSON Lines', 'JSON']);
    expect(formats.find(({ name }) => name === 'brat')?.extension).toBe('zip');
    expect(formats.every(({ extension }) => /^\w+$/.test(extension))).toBe(true);
  });

  test.each([
    ['The port', 'The port.jsonl'],
    ['ada.txt', 'ada.jsonl'],
    ['a/b\\c:d*e?"f"<g>|h', 'a b c d e f g h.jsonl'],
    ['../../etc/passwd', 'etc passwd.jsonl'],
    ['‮txt.exe', 'txt.exe.jsonl'],
    [`${'x'.repeat(79)}👍🏽👍🏽`, `${'x'.repeat(79)}👍.jsonl`],
    ['...', `locution-${new Date().toISOString().slice(0, 10)}.jsonl`],
    ['x'.repeat(300), `${'x'.repeat(80)}.jsonl`],
  ])('“%s” is saved under a safe name', async (title, expected) => {
    const desk = await newDesk(['Ada denied it'], { title });
    const [format] = await exportFormats();
    desk.session.documents.rename('report-1', title);
    expect(desk.session.exporting.fileName(['report-1'], format!)).toBe(expected);
  });

  test('several documents are named by the day', async () => {
    const desk = await newDesk(reports);
    const [format] = await exportFormats();
    expect(desk.session.exporting.fileName(ids, format!)).toMatch(/^locution-\d{4}-\d{2}-\d{2}\.jsonl$/);
  });
});
