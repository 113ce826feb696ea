import { expect, test, vi } from 'vitest';
import { incomingFile } from '../../formats/reading.ts';
import { newDesk, type Desk } from '../desk.ts';

/** What happens after files were read and before what they bring is written. */
let meanwhile = (): Promise<unknown> => Promise.resolve();

vi.mock(import('../../../src/session/job.ts'), async () => {
  const jobs = await import('../jobs-in-process.ts');
  const startJob = ((...told: Parameters<typeof jobs.startJob>) => {
    const { result, cancel } = jobs.startJob(...told);
    // Not the tidying up that starts by itself when a slow machine has been quiet for so long.
    if (told[0].kind !== 'import') return { cancel, result };
    return { cancel, result: result.then((value) => meanwhile().then(() => value)) };
  }) as typeof jobs.startJob;
  return { ...jobs, startJob };
});

const own = (path: string, text: string, ...rest: string[]) => {
  const spans = [{ id: path, start: 0, end: 3, text: text.slice(0, 3), label: 'claim' }];
  const row = JSON.stringify({ title: path, text, offset_unit: 'codepoint', spans });
  return incomingFile(path, [row, ...rest, ''].join('\n'));
};
const refusedOf = async ({ session }: Desk) => {
  const saved = vi.spyOn(URL, 'createObjectURL').mockReturnValue('blob:refused');
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => undefined);
  await session.importing.saveRefused(session.importing.report!.problems);
  const blob = saved.mock.lastCall![0] as Blob;
  vi.restoreAllMocks();
  return blob.text();
};

test('a label that is deleted while files are read: nothing comes in under it, and that is said', async () => {
  const desk = await newDesk([]);
  meanwhile = async () => {
    desk.session.scheme.delete('labels', desk.label('claim').id);
    await desk.saved();
  };
  expect(await desk.session.importing.files([own('a.jsonl', 'Ada denied it')])).toBeUndefined();
  meanwhile = () => Promise.resolve();
  expect(desk.session.shelf.present).toEqual([]);
  expect(desk.session.messages.alarm).toBe(
    'The label “Claim” was deleted while the files were read. Nothing was added; import again.',
  );
  expect(await desk.session.importing.files([own('a.jsonl', 'Ada denied it')])).toBeDefined();
});

test('each report keeps its own files, and one that is open is followed by the next', async () => {
  const desk = await newDesk([]);
  const { importing } = desk.session;
  await importing.files([own('a.jsonl', 'Ada denied it', '{"broken')]);
  const first = importing.report;
  await importing.files([own('b.jsonl', 'Ben agreed')]);
  expect(importing.report).toBe(first);
  expect(await refusedOf(desk)).toBe('{"broken\n');
  await importing.files([own('c.jsonl', 'Cem agreed', '{"worse')]);
  expect(importing.report).toBe(first);
  importing.closeReport();
  expect(await refusedOf(desk)).toBe('{"worse\n');
  importing.closeReport();
  expect([importing.report, importing.canSaveRefused]).toEqual([undefined, false]);
});

test('what files have brought is in the second copy at once, not only when all is quiet (A11)', async () => {
  const desk = await newDesk([]);
  await desk.session.importing.files([own('a.jsonl', 'Ada denied it')]);
  await vi.waitFor(() => expect(desk.session.secondCopy).toMatchObject({ documents: 1 }), { timeout: 2000 });
});
