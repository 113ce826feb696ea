import { describe, expect, onTestFinished, test, vi } from 'vitest';
import type { Session } from '../../src/session/session.svelte.ts';
import { Counting } from '../../src/session/statistics.svelte.ts';
import { newDesk, select, type Desk } from './desk.ts';

vi.mock(import('../../src/session/job.ts'), () => import('./jobs-in-process.ts'));

const reports = ['[Ada](claim) [denied](denial) it', 'Ben [was there](claim)', 'Carla did not'];

/** Somebody looks at the figures of the session until the test ends. */
function lookAt({ statistics }: Session): Counting {
  onTestFinished(statistics.watch());
  return statistics;
}

const countsOf = ({ session }: Desk, statistics = session.statistics) =>
  Object.fromEntries(statistics.figures!.labels.map(({ key, count }) => [session.label(key).value, count]));

function mark(desk: Desk, words: string, name: string): void {
  select(desk.session, words);
  desk.session.marking.apply(desk.label(name));
}

describe('the figures', () => {
  test('are there when somebody has looked, and not before', async () => {
    const desk = await newDesk(reports);
    expect(desk.session.statistics.figures).toBeUndefined();
    const statistics = lookAt(desk.session);
    expect(statistics.progress).toEqual({ done: 0, total: 3 });
    await vi.waitFor(() => expect(countsOf(desk)).toEqual({ claim: 2, denial: 1 }));
    expect(statistics.progress).toBeUndefined();
    expect(statistics.isStale).toBe(false);
    expect(statistics.figures!.documentIds).toEqual(['report-1', 'report-2', 'report-3']);
  });

  test('hold what was marked a moment before', async () => {
    const desk = await newDesk(reports);
    mark(desk, 'it', 'appeal');
    lookAt(desk.session);
    await vi.waitFor(() => expect(countsOf(desk)).toEqual({ claim: 2, denial: 1, appeal: 1 }));
  });

  test('leave out deleted documents', async () => {
    const desk = await newDesk(reports);
    desk.session.documents.delete(['report-1']);
    lookAt(desk.session);
    await vi.waitFor(() => expect(countsOf(desk)).toEqual({ claim: 1 }));
  });

  test('follow the work, the last ones staying until there are new ones', async () => {
    const desk = await newDesk(reports);
    const statistics = new Counting(desk.session, { restMs: 5 });
    onTestFinished(statistics.watch());
    await vi.waitFor(() => expect(countsOf(desk, statistics)).toEqual({ claim: 2, denial: 1 }));
    mark(desk, 'it', 'appeal');
    await desk.saved();
    statistics.moved();
    expect(statistics.figures!.spans).toBe(3);
    expect(statistics.isStale).toBe(true);
    await vi.waitFor(() => expect(countsOf(desk, statistics)).toMatchObject({ appeal: 1 }));
    expect(statistics.isStale).toBe(false);
  });

  test('are told of what comes from an import', async () => {
    const desk = await newDesk(reports);
    const moved = vi.spyOn(desk.session.statistics, 'moved');
    await desk.session.importing.sample();
    expect(moved).toHaveBeenCalled();
    expect(desk.session.shelf.present).toHaveLength(4);
    lookAt(desk.session);
    await vi.waitFor(() => expect(desk.session.statistics.figures!.spans).toBe(7));
  });

  test('are counted once for many changes that come while they rest', async () => {
    const desk = await newDesk(reports);
    const statistics = new Counting(desk.session, { restMs: 60_000 });
    const stop = statistics.watch();
    await vi.waitFor(() => expect(statistics.figures).toBeDefined());
    await vi.waitFor(() => expect(statistics.progress).toBeUndefined());
    for (let move = 0; move < 5; move++) statistics.moved();
    expect(statistics.progress).toBeUndefined();
    expect(statistics.isStale).toBe(true);
    stop();
  });

  test('are not counted when nobody looks', async () => {
    const desk = await newDesk(reports);
    desk.session.statistics.moved();
    expect(desk.session.statistics.progress).toBeUndefined();
    desk.session.statistics.watch()();
    await vi.waitFor(() => expect(desk.session.statistics.progress).toBeUndefined());
    desk.session.statistics.moved();
    expect(desk.session.statistics.progress).toBeUndefined();
  });

  test('can be stopped half way, which is no failure, and asked for again', async () => {
    const desk = await newDesk(reports);
    const statistics = lookAt(desk.session);
    await vi.waitFor(() => {
      statistics.cancel();
      expect(statistics.progress).toBeUndefined();
    });
    expect(statistics.failure).toBeUndefined();
    if (!statistics.figures) await statistics.count();
    expect(countsOf(desk)).toEqual({ claim: 2, denial: 1 });
  });

  test('say why they could not be counted', async () => {
    const desk = await newDesk(reports);
    const statistics = lookAt(desk.session);
    await vi.waitFor(() => expect(statistics.progress).toBeUndefined());
    vi.spyOn(desk.database, 'transaction').mockImplementation(() => {
      throw new Error('the disk is gone.');
    });
    await statistics.count();
    expect(statistics.failure).toBe('the disk is gone.');
    expect(statistics.figures!.spans).toBe(3);
    vi.restoreAllMocks();
    await statistics.count();
    expect(statistics.failure).toBeUndefined();
  });
});

test('a table is downloaded as a file that spreadsheets read', async () => {
  const desk = await newDesk(reports);
  const blobs: Blob[] = [];
  const names: string[] = [];
  URL.createObjectURL = (blob: Blob) => `blob:${blobs.push(blob)}`;
  URL.revokeObjectURL = () => undefined;
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
    names.push(this.download);
  });
  desk.session.statistics.downloadTable('Speakers / all', [
    ['Speaker', 'Spans'],
    ['=Ada', 2],
  ]);
  expect(names).toEqual(['My reports - Speakers all.csv']);
  const bytes = new Uint8Array(await blobs[0]!.arrayBuffer());
  expect(new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)).toBe(
    "\uFEFFSpeaker,Spans\r\n'=Ada,2\r\n",
  );
  vi.restoreAllMocks();
});

test('the list of documents can be narrowed to exactly some of them, and its other filters still work', async () => {
  const { session } = await newDesk(reports);
  const shown = () => session.shelf.shown.map(({ id }) => id);
  session.shelf.narrow({ only: { name: 'Claim', ids: new Set(['report-3', 'report-1', 'gone']) } });
  expect(shown()).toEqual(['report-1', 'report-3']);
  expect(session.shelf.neighbour('report-1', 1)?.id).toBe('report-3');
  session.documents.setStatus(['report-3'], 'done');
  session.shelf.narrow({ status: 'done' });
  expect(shown()).toEqual(['report-3']);
  session.shelf.narrow({ only: undefined, status: 'all' });
  expect(shown()).toHaveLength(3);
});
