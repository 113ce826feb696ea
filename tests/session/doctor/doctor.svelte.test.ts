import { describe, expect, test, vi } from 'vitest';
import { relationEntry } from '../../../src/core/change.ts';
import { describeFinding } from '../../../src/core/doctor/words.ts';
import { commit } from '../../../src/storage/commit.ts';
import { openMirror } from '../../../src/storage/mirror.ts';
import { makeAlike } from '../../../src/storage/mirroring.ts';
import { openDocument } from '../../../src/storage/documents.ts';
import { bringUpToDate } from '../../../src/storage/upkeep.ts';
import { relation } from '../../core/edits.ts';
import { draft, everything, shelve } from '../../storage/workspace.ts';
import { newDesk, type Desk } from '../desk.ts';

vi.mock(import('../../../src/session/job.ts'), () => import('../jobs-in-process.ts'));

/** Two reports with marks from a file, all of it in the second copy as well. */
async function twoReports(): Promise<Desk> {
  const desk = await newDesk(['[Ada](claim) denied it, [Ben](denial) did not', '[Cem](claim) was there']);
  await makeAlike(desk.database);
  return desk;
}

/** Moves a span of the first report away from its words, as a fault would, and opens the report anew. */
async function misplace(desk: Desk): Promise<void> {
  await desk.database.imported.toCollection().modify((row, ref) => {
    if (row.documentId !== 'report-1') return;
    ref.value = {
      ...row,
      spans: row.spans.map((one) => (one.id === 's1' ? { ...one, start: 4, end: 7 } : one)),
    };
  });
  desk.session = await desk.sit();
  await desk.session.openDocument('report-1');
}

async function checked(desk: Desk) {
  const doctor = await desk.session.doctor;
  await doctor.check();
  expect(doctor.failure).toBeUndefined();
  return doctor;
}

test('a check of a sound workspace finds nothing and offers no repair', async () => {
  const doctor = await checked(await twoReports());
  expect(doctor.examination).toMatchObject({ documents: 2, spans: 3, findings: [] });
  expect(doctor.plan).toEqual([]);
});

describe('a span that does not stand on its words', () => {
  test('is moved there when the user says so, in one change that Undo takes back', async () => {
    const desk = await twoReports();
    await misplace(desk);
    expect(desk.notation()).toBe('Ada [den](claim)ied it, [Ben](denial) did not');
    const doctor = await checked(desk);
    expect(doctor.examination!.findings.map(describeFinding)).toEqual([
      '“Ada” is marked, but “den” stands there. Its words stand in line 1.',
    ]);
    expect(doctor.plan).toEqual(['Move 1 span to where the words are.']);
    expect(await desk.database.changes.count()).toBe(0);
    await doctor.repair();
    expect(doctor.examination!.findings).toEqual([]);
    expect(desk.notation()).toBe('[Ada](claim) denied it, [Ben](denial) did not');
    desk.session.marking.undo();
    await vi.waitFor(() => expect(desk.notation()).toContain('Ada [den](claim)ied'));
    await desk.saved();
    expect((await desk.database.changes.toArray()).map(({ kind, title }) => [kind, title])).toEqual([
      ['do', 'Doctor: moved 1 span to their words'],
      ['undo', 'Doctor: moved 1 span to their words'],
    ]);
  });

  test('stays where it is when its words are nowhere, and is only listed', async () => {
    const desk = await twoReports();
    await desk.database.imported.toCollection().modify((row, ref) => {
      ref.value = { ...row, spans: row.spans.map((one) => ({ ...one, text: 'Zoroaster' })) };
    });
    const doctor = await checked(desk);
    expect(doctor.examination!.counts).toEqual({ misplaced: 3 });
    expect(doctor.plan).toEqual([]);
    await doctor.repair();
    expect(await desk.database.changes.count()).toBe(0);
    expect(doctor.examination!.counts).toEqual({ misplaced: 3 });
  });

  test('is left to whoever moved it since it was found', async () => {
    const desk = await twoReports();
    await misplace(desk);
    const doctor = await checked(desk);
    const [span] = desk.session.open!.spans;
    desk.session.open!.focus(span!.id);
    desk.session.marking.remove();
    await desk.saved();
    await doctor.repair();
    expect(desk.notation()).toBe('Ada denied it, [Ben](denial) did not');
    expect(doctor.examination!.findings).toEqual([]);
  });

  test('is put right in a project that is not open, and the change belongs to that', async () => {
    const desk = await twoReports();
    await misplace(desk);
    const id = (await desk.session.projects.create('Another', desk.session.project.scheme))!;
    await desk.projects.switchTo(id);
    desk.session = desk.projects.session;
    const doctor = await checked(desk);
    await doctor.repair();
    expect(doctor.examination!.findings).toEqual([]);
    const change = (await desk.database.changes.toArray()).at(-1)!;
    expect(change).toMatchObject({ projectId: 'first', documentIds: ['report-1'] });
  });
});

test('a relation without an end is removed when the user says so, and Undo brings it back', async () => {
  const desk = await twoReports();
  const loose = relation({ id: 'loose', head: 's1', child: 'gone', annotator: 'me' });
  await commit(desk.database, draft({ added: [relationEntry('report-1', loose)] }));
  await makeAlike(desk.database);
  const doctor = await checked(desk);
  expect(doctor.plan).toEqual(['Remove 1 relation of which an end is gone.']);
  await doctor.repair();
  const relations = async () => (await openDocument(desk.database, 'report-1'))!.sheet.relations;
  expect(await relations()).toEqual([]);
  desk.session.marking.undo();
  await vi.waitFor(async () => expect(await relations()).toEqual([loose]));
});

describe('what is only derived', () => {
  test('is made anew from what is there, and nothing else changes', async () => {
    const desk = await twoReports();
    const { database } = desk;
    const mark = (await openDocument(database, 'report-2'))!.sheet.spans[0]!;
    await commit(database, draft({ removed: [{ type: 'span', documentId: 'report-2', value: mark }] }));
    await bringUpToDate(database);
    await makeAlike(database);
    const before = await everything(database);
    await database.documents.update('report-1', { counts: { spans: 7, byLabel: {} }, length: 2 });
    await database.layers.toCollection().modify((row, ref) => {
      ref.value = { ...row, spans: [mark] };
    });
    const doctor = await checked(desk);
    expect(doctor.examination!.counts).toEqual({ length: 1, counts: 1, snapshot: 1 });
    expect(doctor.plan).toEqual(['Count 2 documents anew from the history.']);
    await doctor.repair();
    expect(doctor.examination!.findings).toEqual([]);
    const after = await everything(database);
    // A snapshot that there was none of before is the one thing more.
    const layers = (rows: unknown[]) =>
      rows.filter((row) => (row as { documentId: string }).documentId === 'report-2');
    expect({ ...after, layers: layers(after['layers']!) }).toEqual({
      ...before,
      layers: layers(before['layers']!),
    });
  });

  test('a text comes back from the second copy, letter by letter', async () => {
    const desk = await twoReports();
    const text = await desk.database.texts.get('report-2');
    await desk.database.texts.put({ documentId: 'report-2', text: 'Cem war there' });
    const doctor = await checked(desk);
    expect(doctor.plan).toContain('Bring 1 text back from the second copy.');
    await doctor.repair();
    expect(doctor.examination!.findings).toEqual([]);
    expect(await desk.database.texts.get('report-2')).toEqual(text);
  });

  test('the second copy is given what it lacks', async () => {
    const desk = await twoReports();
    const copy = (await openMirror(desk.workspace.options))!;
    await copy.documents.delete('report-1');
    const doctor = await checked(desk);
    expect(doctor.examination!.findings.map(describeFinding)).toEqual(['The second copy lacks 1 document.']);
    await doctor.repair();
    expect(doctor.examination!.findings).toEqual([]);
    expect(await copy.documents.count()).toBe(2);
    copy.close({ disableAutoOpen: true });
  });
});

describe('an import that was broken off (A40)', () => {
  const leave = (desk: Desk) => shelve(desk.database, { id: 'half', importId: 'cut-off' }, 'Half done');

  test('is removed when the user says so, and no other document with it', async () => {
    const desk = await twoReports();
    const before = await everything(desk.database);
    await leave(desk);
    const doctor = await checked(desk);
    expect(doctor.plan).toEqual(['Remove 1 document of imports that were never finished.']);
    expect(await desk.database.texts.count()).toBe(3);
    await doctor.repair();
    expect(doctor.examination!.findings).toEqual([]);
    expect(await everything(desk.database)).toEqual(before);
  });

  test('stays when it was finished after all', async () => {
    const desk = await twoReports();
    await leave(desk);
    const doctor = await checked(desk);
    await commit(desk.database, draft({}, { kind: 'import', importId: 'cut-off' }));
    await doctor.repair();
    expect(await desk.database.texts.count()).toBe(3);
  });
});

test('a check can be cancelled, and says so', async () => {
  const desk = await twoReports();
  const doctor = await desk.session.doctor;
  const checking = doctor.check();
  await vi.waitFor(
    () => {
      doctor.cancel();
      expect(desk.session.messages.current?.text).toBe('The check was cancelled. Nothing was changed.');
    },
    { interval: 0 },
  );
  await checking;
  expect([doctor.progress, doctor.examination, doctor.failure]).toEqual([undefined, undefined, undefined]);
});
