import { describe, expect, test, vi } from 'vitest';
import type { ChangeLog } from '../../../src/session/log/change-log.svelte.ts';
import { Preferences } from '../../../src/session/preferences.svelte.ts';
import { emptyScheme } from '../../../src/core/scheme.ts';
import { Shelf } from '../../../src/session/documents/shelf.svelte.ts';
import { savePreference } from '../../../src/storage/preferences.ts';
import { span } from '../../annotated.ts';
import { documentWith } from '../../core/documents.ts';
import { marking, newWorkspace } from '../../storage/workspace.ts';
import { newDesk, type Desk } from '../desk.ts';

vi.mock(import('../../../src/session/job.ts'), () => import('../jobs-in-process.ts'));

const reports = ['[Ada](claim) denied it', 'Ben was there, all day', '[Carla](claim) [did](denial) not'];
const shown = ({ session }: Desk) => session.shelf.shown.map(({ id }) => id);
const told = ({ session }: Desk) => session.messages.current?.text;

describe('the list of documents', () => {
  async function shelf() {
    const desk = await newDesk(reports);
    const { documents } = desk.session;
    documents.rename('report-1', 'Éclair 10');
    documents.rename('report-2', 'eclair 9');
    documents.rename('report-3', 'The port');
    documents.setStatus(['report-2'], 'done');
    return desk;
  }

  test.each([
    ['as it was imported', { sort: 'order' }, ['report-1', 'report-2', 'report-3']],
    ['by title, numbers as numbers', { sort: 'title' }, ['report-2', 'report-1', 'report-3']],
    ['longest first', { sort: 'length' }, ['report-2', 'report-1', 'report-3']],
    ['most spans first', { sort: 'spans' }, ['report-3', 'report-1', 'report-2']],
    ['by search, whatever the case and the accents', { search: ' ECLAIR' }, ['report-1', 'report-2']],
    ['by search with accents', { search: 'éclair 1' }, ['report-1']],
    ['by status', { status: 'done' }, ['report-2']],
    ['by a search that nothing fits', { search: 'bridge' }, []],
    ['of deleted documents', { status: 'deleted' }, []],
  ] as const)('is shown %s', async (_what, filter, expected) => {
    const desk = await shelf();
    desk.session.shelf.narrow(filter);
    expect(shown(desk)).toEqual(expected);
  });

  test('knows the next and the previous document, and its ends', async () => {
    const desk = await newDesk(reports);
    const { shelf: list } = desk.session;
    expect(list.neighbour('report-1', 1)?.id).toBe('report-2');
    expect(list.neighbour('report-2', -1)?.id).toBe('report-1');
    expect(list.neighbour('report-3', 1)).toBeUndefined();
    expect(list.neighbour('report-1', -1)).toBeUndefined();
    expect(list.neighbour(undefined, 1)?.id).toBe('report-1');
    expect(list.neighbour('gone', -1)?.id).toBe('report-3');
    list.narrow({ sort: 'spans' });
    expect(list.neighbour('report-3', 1)?.id).toBe('report-1');
  });

  test('counts spans as they come and go, before and after they are saved', async () => {
    const desk = await newDesk(reports);
    const count = () => desk.session.shelf.get('report-3')?.counts;
    const [claim, denial] = [desk.label('claim').id, desk.label('denial').id];
    expect(count()).toEqual({ spans: 2, byLabel: { [claim]: 1, [denial]: 1 } });
    await desk.session.openDocument('report-3');
    desk.session.marking.goTo(desk.session.open!.spans[1]!);
    desk.session.marking.remove();
    expect(count()).toEqual({ spans: 1, byLabel: { [claim]: 1 } });
    await desk.saved();
    expect(count()).toEqual({ spans: 1, byLabel: { [claim]: 1 } });
  });
});

describe('documents that an import brings', () => {
  /** Nothing is on its way. */
  const still = { pending: [] } as unknown as ChangeLog;
  const mark = (seq: number) => ({
    ...marking('report', span({ id: `s${seq}`, start: seq, end: seq + 1 })),
    seq,
  });
  const counts = (spans: number) => ({ spans, byLabel: { claim: spans } });

  test('count what was marked on them while they were read', () => {
    const shelf = new Shelf([], still, () => emptyScheme);
    shelf.add([documentWith({ id: 'report' })], 1, [mark(1), mark(2)]);
    expect(shelf.get('report')?.counts).toEqual(counts(1));
  });

  test('count nothing twice that they were read with', () => {
    const shelf = new Shelf([], still, () => emptyScheme);
    shelf.add([documentWith({ id: 'report', counts: counts(2) })], 2, []);
    for (const seq of [2, 3]) shelf.receive(mark(seq));
    expect(shelf.get('report')?.counts).toEqual(counts(3));
  });

  test('stay as they are when they are here already', () => {
    const shelf = new Shelf([documentWith({ id: 'report', counts: counts(1) })], still, () => emptyScheme);
    shelf.add([documentWith({ id: 'report' }), documentWith({ id: 'other-report' })], 2, [mark(3)]);
    expect(shelf.all.map(({ id, counts: { spans } }) => [id, spans])).toEqual([
      ['report', 1],
      ['other-report', 0],
    ]);
  });
});

describe('renaming', () => {
  test('folds white space and is kept', async () => {
    const desk = await newDesk(reports);
    desk.session.documents.rename('report-1', '  The\n port ');
    await desk.saved();
    expect(told(desk)).toBe('Renamed “Report 1” to “The port”.');
    expect((await desk.sit()).shelf.get('report-1')?.title).toBe('The port');
  });

  test.each([['nothing'], ['   '], ['Report 1']])(
    'to “%s” does nothing where that is no new name',
    async (typed) => {
      const desk = await newDesk(reports);
      desk.session.documents.rename('report-1', typed === 'nothing' ? '' : typed);
      expect(await desk.database.changes.count()).toBe(0);
      expect(desk.session.shelf.get('report-1')?.title).toBe('Report 1');
    },
  );
});

describe('several documents', () => {
  test('get a status in one step', async () => {
    const desk = await newDesk(reports);
    desk.session.documents.setStatus(['report-1', 'report-2', 'gone'], 'done');
    await desk.saved();
    expect(told(desk)).toBe('Set 2 documents to done.');
    expect(desk.session.shelf.all.map(({ status }) => status)).toEqual(['done', 'done', 'todo']);
    expect(await desk.database.changes.count()).toBe(1);
  });

  test('that have the status already are left alone', async () => {
    const desk = await newDesk(reports, { status: 'done' });
    desk.session.documents.setStatus(['report-1', 'report-2'], 'done');
    expect(await desk.database.changes.count()).toBe(0);
  });

  test('are deleted in one step and brought back by the message', async () => {
    const desk = await newDesk(reports);
    const before = desk.session.shelf.all;
    desk.session.documents.delete(['report-1', 'report-3']);
    await desk.saved();
    expect(shown(desk)).toEqual(['report-2']);
    expect(await desk.database.changes.count()).toBe(1);
    expect((await desk.sit()).shelf.present.map(({ id }) => id)).toEqual(['report-2']);
    const { text, action } = desk.session.messages.current!;
    expect([text, action?.name]).toEqual(['Deleted 2 documents.', 'Undo']);
    action!.run();
    await desk.saved();
    expect(desk.session.shelf.all).toEqual(before);
    expect((await desk.sit()).shelf.all).toEqual(before);
  });

  test('that were deleted are shown among the deleted, and restored from there', async () => {
    const desk = await newDesk(reports);
    desk.session.documents.delete(['report-2']);
    desk.session.shelf.narrow({ status: 'deleted' });
    expect(shown(desk)).toEqual(['report-2']);
    desk.session.documents.restore(['report-2']);
    expect(shown(desk)).toEqual([]);
    expect(desk.session.shelf.present).toHaveLength(3);
  });
});

test('a document deleted in one tab and renamed in another is both', async () => {
  const desk = await newDesk(reports);
  const other = await desk.sit();
  desk.session.documents.delete(['report-1']);
  other.documents.rename('report-1', 'The port');
  await vi.waitFor(() => {
    for (const { shelf } of [desk.session, other])
      expect(shelf.get('report-1')).toMatchObject({ title: 'The port', deleted: true });
  });
});

describe('a preference', () => {
  const preferences = async (stored?: unknown) => {
    const { database } = await newWorkspace();
    if (stored !== undefined) await savePreference(database, 'preferences', stored);
    return { database, loaded: await Preferences.load(database, () => undefined) };
  };
  const first = { asked: false, theme: 'system', wholeWords: true, persistence: 'unknown' };

  test('is kept', async () => {
    const { database, loaded } = await preferences();
    const untouched = loaded.values;
    expect(untouched).toMatchObject(first);
    loaded.set({ theme: 'dark', annotator: 'Anna' });
    await vi.waitFor(async () => {
      const again = await Preferences.load(database, () => undefined);
      expect(again.values).toEqual({ ...untouched, theme: 'dark', annotator: 'Anna' });
    });
  });

  test.each([
    ['nothing', undefined],
    ['a word', 'dark'],
    ['a list', ['dark']],
    ['an unknown theme', { theme: 'sepia' }],
    ['an empty name', { annotator: '' }],
    ['a number for a name', { annotator: 7 }],
  ])('of which %s was stored is as it was at first', async (_what, stored) => {
    const { loaded } = await preferences(stored);
    expect(loaded.values).toEqual((await preferences()).loaded.values);
    expect(loaded.annotator).toBe('me');
  });

  test('that cannot be kept says so', async () => {
    const { workspace, database } = await newWorkspace();
    const failures: unknown[] = [];
    const loaded = await Preferences.load(database, (error) => failures.push(error));
    workspace.close();
    loaded.set({ theme: 'dark' });
    expect(loaded.values.theme).toBe('dark');
    await vi.waitFor(() => expect(failures).toHaveLength(1));
  });
});

describe('the annotator’s name', () => {
  test('signs from then on, and is asked for once', async () => {
    const desk = await newDesk(reports);
    expect([desk.session.preferences.annotator, desk.session.preferences.values.asked]).toEqual([
      'me',
      false,
    ]);
    desk.session.nameAnnotator('  Anna   Karenina ');
    expect(desk.session.preferences.annotator).toBe('Anna Karenina');
    expect(desk.session.preferences.values.asked).toBe(true);
  });

  test('stays when nothing is typed', async () => {
    const desk = await newDesk(reports);
    desk.session.nameAnnotator('   ');
    expect([desk.session.preferences.annotator, desk.session.preferences.values.asked]).toEqual(['me', true]);
  });
});
