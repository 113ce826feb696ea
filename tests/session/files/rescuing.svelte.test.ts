import { describe, expect, test, vi } from 'vitest';
import { openMirror } from '../../../src/storage/mirror.ts';
import { makeAlike } from '../../../src/storage/mirroring.ts';
import { readJsonLines } from '../../../src/formats/json-lines.ts';
import type { IncomingDocument } from '../../../src/core/transfer.ts';
import { failingWrite } from '../../storage/workspace.ts';
import { newDesk, select, type Desk } from '../desk.ts';

vi.mock(import('../../../src/session/job.ts'), () => import('../jobs-in-process.ts'));

const saved: { blob: Blob; fileName: string }[] = [];
vi.mock(import('../../../src/session/files/download.ts'), async (original) => ({
  ...(await original()),
  download: (blob: Blob, fileName: string) => void saved.push({ blob, fileName }),
}));

/** What a reader finds in the copy that was downloaded last. */
async function copyOf(desk: Desk): Promise<IncomingDocument[]> {
  saved.length = 0;
  await desk.session.saveCopy();
  const lines = (await saved[0]!.blob.text()).split('\n').map((text, index) => ({ text, number: index + 1 }));
  const found: IncomingDocument[] = [];
  for await (const reading of readJsonLines(lines as never, 'copy.jsonl')) {
    if (reading.kind === 'problem') throw new Error(reading.problem.message);
    if (reading.kind === 'document') found.push(reading.document);
  }
  return found;
}

const marksOf = ({ text, spans }: IncomingDocument) =>
  spans.map(({ start, end, label }) => `${label}: ${text.slice(start, end)}`);

/** Marks words while nothing can be written. */
async function markUnsaved(desk: Desk, words: string, label: string): Promise<{ end: () => void }> {
  const write = failingWrite(1, 'is refused');
  select(desk.session, words);
  desk.session.marking.apply(desk.label(label));
  await vi.waitFor(() => expect(desk.session.saving.status).toBe('failed'));
  return write;
}

describe('a copy of the work that is not saved', () => {
  test('holds every document, with what is saved and what is not (A7, A9)', async () => {
    const desk = await newDesk(['[Ada](claim) denied it 😀 “again”', '[Ben](denial) agreed']);
    const write = await markUnsaved(desk, 'again', 'appeal');
    const copy = await copyOf(desk);
    write.end();
    expect(copy.map(marksOf)).toEqual([['claim: Ada', 'appeal: again'], ['denial: Ben']]);
    expect(saved[0]!.fileName).toMatch(/^My reports rescued \d{4}-\d\d-\d\d\.jsonl$/);
    const { text, action } = desk.session.messages.current!;
    expect(text).toBe('Downloaded a copy of 2 documents, with 1 step that is not saved yet.');
    action!.run();
    const steps = (await saved[1]!.blob.text()).trimEnd().split('\n');
    expect(steps.map((step) => JSON.parse(step).title)).toEqual(['Marked Appeal: “again”']);
  });

  test('takes what the storage cannot give from the second copy (A17)', async () => {
    const desk = await newDesk(['[Ada](claim) denied it', '[Ben](denial) agreed']);
    await makeAlike(desk.database);
    const { factory, name } = desk.workspace;
    await new Promise((resolve) => factory.deleteDatabase(name).addEventListener('success', resolve));
    await vi.waitFor(() => expect(desk.session.saving).toMatchObject({ problem: { kind: 'replaced' } }));
    select(desk.session, 'it');
    desk.session.marking.apply(desk.label('appeal'));
    expect((await copyOf(desk)).map(marksOf)).toEqual([['claim: Ada', 'appeal: it'], ['denial: Ben']]);
  });

  test('without any storage has what is on screen, and names what it has not (A17, A32)', async () => {
    const desk = await newDesk(['[Ada](claim) denied it', '[Ben](denial) agreed']);
    const mirror = await openMirror(desk.workspace.options);
    mirror?.close({ disableAutoOpen: true });
    const { factory, name } = desk.workspace;
    await new Promise((resolve) => factory.deleteDatabase(name).addEventListener('success', resolve));
    select(desk.session, 'it');
    desk.session.marking.apply(desk.label('appeal'));
    expect((await copyOf(desk)).map(marksOf)).toEqual([['claim: Ada', 'appeal: it']]);
    expect(desk.session.messages.alarm).toContain('these are not in the copy: “Report 2”.');
  });
});
