import { describe, expect, test, vi } from 'vitest';
import { commit } from '../../../src/storage/commit.ts';
import { marking } from '../../storage/workspace.ts';
import { span } from '../../annotated.ts';
import { newDesk, select, type Desk } from '../desk.ts';

vi.mock(import('../../../src/session/job.ts'), () => import('../jobs-in-process.ts'));

const reports = ['The gun was silent. Guns! The gun.', 'No gun here; [gun](claim) there', 'Nothing'];

/** The dialog as it stands when it has been opened on these words. */
async function looking(words: string, scope: 'document' | 'project' = 'document', notations = reports) {
  const desk = await newDesk(notations);
  desk.session.occurrences.start(words);
  desk.session.occurrences.change({ scope, labelId: desk.label('claim').id });
  await read(desk);
  return desk;
}

async function read({ session }: Desk): Promise<void> {
  await vi.waitFor(() => expect(session.occurrences.listing.status).toBe('read'), { interval: 5 });
}

async function spansOf(desk: Desk, documentId: string): Promise<string[]> {
  const session = await desk.sit();
  await session.openDocument(documentId);
  return session.open!.spans.map(
    ({ start, label, annotator }) => `${start} ${session.label(label).value} ${annotator}`,
  );
}

const places = ({ session: { occurrences } }: Desk) =>
  occurrences.rows.flatMap((row) =>
    row.kind === 'place' ? [[row.documentId, row.occurrence.start, occurrences.isTicked(row)]] : [],
  );

describe('labelling all occurrences', () => {
  test('starts from what is selected, or from the focused span with its label', async () => {
    const desk = await newDesk(['The [gun](denial) and the cannon']);
    select(desk.session, ' cannon');
    desk.session.occurrences.start();
    expect(desk.session.occurrences.wish).toMatchObject({ words: 'cannon', scope: 'document' });
    desk.session.marking.goTo(desk.session.open!.spans[0]!);
    desk.session.occurrences.start();
    expect(desk.session.occurrences.wish).toMatchObject({
      words: 'gun',
      labelId: desk.label('denial').id,
      copiesAttributes: false,
    });
  });

  test('marks all of the document in one step, which undo takes back whole', async () => {
    const desk = await looking('gun');
    expect(await desk.session.occurrences.apply()).toBe(true);
    await desk.saved();
    expect(desk.notation()).toBe('The [gun](claim) was silent. Guns! The [gun](claim).');
    expect(desk.session.messages.current?.text).toBe('Marked 2 occurrences of “gun” as Claim.');
    expect(desk.session.shelf.get('report-1')?.status).toBe('in_progress');
    expect(await desk.database.changes.count()).toBe(1);
    desk.session.marking.undo();
    await vi.waitFor(() => expect(desk.notation()).toBe(reports[0]));
    await desk.saved();
    expect(desk.session.shelf.get('report-1')?.status).toBe('todo');
  });

  test('leaves out what is unticked', async () => {
    const desk = await looking('gun');
    const { occurrences } = desk.session;
    occurrences.tickAll(false);
    expect(occurrences.tickedCount).toBe(0);
    occurrences.toggle('report-1 30');
    expect(places(desk)).toEqual([
      ['report-1', 4, false],
      ['report-1', 30, true],
    ]);
    await occurrences.apply();
    expect(desk.notation()).toBe('The gun was silent. Guns! The [gun](claim).');
  });

  test('marks the whole project in one change, which can be taken back from any of its documents', async () => {
    const desk = await looking('gun', 'project');
    expect(places(desk)).toEqual([
      ['report-1', 4, true],
      ['report-1', 30, true],
      ['report-2', 3, true],
      ['report-2', 13, true],
    ]);
    await desk.session.occurrences.apply();
    await desk.saved();
    const [change] = await desk.database.changes.toArray();
    expect(change).toMatchObject({ kind: 'do', documentIds: ['report-1', 'report-2'] });
    expect((await spansOf(desk, 'report-2')).sort()).toEqual(['13 claim file', '13 claim me', '3 claim me']);
    await desk.session.openDocument('report-2');
    desk.session.marking.undo();
    await vi.waitFor(async () => expect(await desk.database.changes.count()).toBe(2));
    await desk.saved();
    expect(await spansOf(desk, 'report-1')).toEqual([]);
    expect(await spansOf(desk, 'report-2')).toEqual(['13 claim file']);
    expect(desk.session.shelf.get('report-1')?.counts.spans).toBe(0);
  });

  test('can be taken back by the message, wherever one has gone since', async () => {
    const desk = await looking('gun', 'project');
    await desk.session.occurrences.apply();
    await desk.saved();
    const undo = desk.session.messages.current!.action!;
    await desk.session.openDocument('report-3');
    undo.run();
    await vi.waitFor(async () => expect(await desk.database.changes.count()).toBe(2));
    expect(await spansOf(desk, 'report-1')).toEqual([]);
    const [done, undone] = await desk.database.changes.toArray();
    expect(undone).toMatchObject({ kind: 'undo', undoes: done!.seq });
  });

  test('shows what is marked so already, and marks it no second time', async () => {
    const desk = await newDesk(['gun and gun']);
    select(desk.session, 'gun');
    desk.session.marking.apply(desk.label('claim'));
    await desk.saved();
    desk.session.occurrences.start('gun');
    desk.session.occurrences.change({ labelId: desk.label('claim').id });
    const { occurrences } = desk.session;
    expect([occurrences.foundCount, occurrences.openCount, occurrences.tickedCount]).toEqual([2, 1, 1]);
    occurrences.change({ labelId: desk.label('denial').id });
    expect(occurrences.tickedCount).toBe(2);
    occurrences.change({ labelId: desk.label('claim').id, scope: 'project' });
    await read(desk);
    expect(occurrences.tickedCount).toBe(1);
    await occurrences.apply();
    await desk.saved();
    expect(desk.notation()).toBe('[gun](claim) and [gun](claim)');
  });

  test('leaves out what another tab has marked so while one looked', async () => {
    const desk = await looking('gun', 'project');
    const { id: label } = desk.label('claim');
    const twin = span({ start: 4, end: 7, label, annotator: 'me' }, reports[0]);
    await commit(desk.database, marking('report-1', twin));
    await desk.session.occurrences.apply();
    await desk.saved();
    expect(await spansOf(desk, 'report-1')).toEqual(['4 claim me', '30 claim me']);
  });

  test('marks nothing at all when one of the texts is not what was seen', async () => {
    const desk = await looking('gun', 'project');
    await desk.database.texts.put({ documentId: 'report-2', text: 'Another text altogether, and long' });
    expect(await desk.session.occurrences.apply()).toBe(false);
    expect(desk.session.messages.alarm).toMatch(/^Nothing was labelled: .*report|does not stand/);
    expect(await desk.database.changes.count()).toBe(0);
  });

  test('copies attributes only when asked to', async () => {
    const desk = await newDesk(['gun and gun']);
    select(desk.session, 'gun');
    desk.session.marking.apply(desk.label('claim'));
    await desk.saved();
    const open = desk.session.open!;
    Object.assign(open.focused!, { attributes: { speaker: ['Velt'] } });
    for (const copiesAttributes of [false, true]) {
      desk.session.marking.goTo(open.spans.find(({ start }) => start === 8)!);
      desk.session.occurrences.start();
      desk.session.occurrences.change({ copiesAttributes, labelId: desk.label('denial').id });
      await desk.session.occurrences.apply();
      await desk.saved();
      const fresh = open.spans.filter(({ label }) => label === desk.label('denial').id);
      expect(fresh.map(({ attributes }) => attributes)).toEqual(
        [0, 1].map(() => (copiesAttributes ? { speaker: ['Velt'] } : {})),
      );
      desk.session.marking.undo();
      await vi.waitFor(() => expect(open.spans).toHaveLength(1));
      await desk.saved();
    }
  });

  test('looks in no deleted document', async () => {
    const desk = await newDesk(reports);
    desk.session.documents.delete(['report-2']);
    await desk.saved();
    desk.session.occurrences.start('gun');
    desk.session.occurrences.change({ scope: 'project' });
    await read(desk);
    expect(new Set(places(desk).map(([id]) => id))).toEqual(new Set(['report-1']));
  });
});
