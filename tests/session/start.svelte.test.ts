import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import type { Rescue, Trouble } from '../../src/session/rescue.svelte.ts';
import { startSession, type Start } from '../../src/session/start.ts';
import { openMirror } from '../../src/storage/mirror.ts';
import { makeAlike } from '../../src/storage/mirroring.ts';
import { rememberDocumentCount } from '../../src/storage/tripwire.ts';
import { commit } from '../../src/storage/commit.ts';
import type { Database, DatabaseOptions } from '../../src/storage/database.ts';
import { span } from '../annotated.ts';
import { everything, marking, shelve } from '../storage/workspace.ts';
import { newDesk, select, type Desk } from './desk.ts';

vi.mock(import('../../src/session/job.ts'), () => import('./jobs-in-process.ts'));
const downloads = vi.hoisted(() => [] as { blob: Blob; name: string }[]);
vi.mock('../../src/session/files/download.ts', async (original) => ({
  ...(await original<object>()),
  download: (blob: Blob, name: string) => downloads.push({ blob, name }),
}));

/** A desk with a report and two spans, that was left with all in the second copy as well. */
async function leftDesk(): Promise<Desk> {
  const desk = await newDesk(['Ada denied it, “all of it”, he said.']);
  for (const start of [0, 4]) await commit(desk.database, marking('report-1', aSpan(start)));
  await makeAlike(desk.database);
  return desk;
}

const aSpan = (start: number) => span({ id: `s${start}`, start, end: start + 3 });

/** Starts as a page does. */
async function begin(desk: Desk, options: Partial<DatabaseOptions> = {}): Promise<Start> {
  return ended(await startSession({ ...desk.workspace.options, ...options }))!;
}

/** What is gone on with, and closed after the test. */
function ended(begun: Start | undefined): Start | undefined {
  onTestFinished(() => {
    if (begun?.kind === 'ready') begun.projects.close();
  });
  return begun;
}

async function rescued(desk: Desk, trouble: Trouble): Promise<Rescue<Start>> {
  const begun = await begin(desk);
  if (begun.kind !== 'rescue') throw new Error(`it started: ${begun.kind}`);
  expect(begun.rescue.trouble).toBe(trouble);
  return begun.rescue;
}

/** The titles of the documents, once it has started. */
function titles(begun: Start | undefined): string[] {
  if (begun?.kind !== 'ready') throw new Error('it did not start');
  return begun.projects.session.shelf.all.map(({ title }) => title);
}

function alarm(begun: Start | undefined): string | undefined {
  return begun?.kind === 'ready' ? begun.projects.session.messages.alarm : undefined;
}

async function empty(database: Database): Promise<void> {
  for (const table of database.tables) await table.clear();
}

async function copyOf(desk: Desk): Promise<Database> {
  const copy = (await openMirror(desk.workspace.options))!;
  onTestFinished(() => copy.close({ disableAutoOpen: true }));
  return copy;
}

beforeEach(() => {
  downloads.length = 0;
  const kept = new Map<string, string>();
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
  });
  onTestFinished(() => void vi.unstubAllGlobals());
});

describe('a start', () => {
  test('with all in place says nothing', async () => {
    const desk = await leftDesk();
    const begun = await begin(desk);
    expect(titles(begun)).toEqual(['Report 1']);
    expect(alarm(begun)).toBeUndefined();
  });

  test('at which the end of the log is missing writes it again and says so (A14)', async () => {
    const desk = await leftDesk();
    const log = await desk.database.changes.toArray();
    await desk.database.changes.delete(2);
    expect(alarm(await begin(desk))).toBe(
      'The last change was missing from the storage, as after a crash, and came back from the second copy.',
    );
    expect(await desk.database.changes.toArray()).toEqual(log);
  });

  test('at which documents are missing in the midst brings them back and says so (A14, A15)', async () => {
    const desk = await leftDesk();
    await desk.database.documents.clear();
    const begun = await begin(desk);
    expect(titles(begun)).toEqual(['Report 1']);
    expect(alarm(begun)).toContain('(documents: 1, changes: 0)');
  });

  test('at which all is gone leads to the second copy and not to the first page (A13, A15, A18)', async () => {
    const desk = await leftDesk();
    await empty(desk.database);
    const rescue = await rescued(desk, 'emptied');
    expect([rescue.here, rescue.copy]).toEqual([
      { documents: 0, changes: 0 },
      { documents: 1, changes: 2 },
    ]);
    const begun = ended(await rescue.bringBack());
    expect(titles(begun)).toEqual(['Report 1']);
    expect(await desk.database.changes.count()).toBe(2);
    expect(alarm(await begin(desk))).toBeUndefined();
  });

  test('that is gone on with without the second copy leaves it as it is, and asks again', async () => {
    const desk = await leftDesk();
    const copy = await copyOf(desk);
    const before = await everything(copy);
    await empty(desk.database);
    expect(titles(ended(await (await rescued(desk, 'emptied')).goOn()))).toEqual([]);
    await shelve(desk.database, { id: 'another' });
    expect(await everything(copy)).toEqual(before);
  });

  test('at which a damaged storage was replaced by an empty one says so when there is no copy (A13)', async () => {
    const desk = await newDesk([]);
    await empty(desk.database);
    await empty(await copyOf(desk));
    desk.close();
    const { factory } = desk.workspace;
    let isFirst = true;
    const losing = Object.create(factory) as IDBFactory;
    losing.open = (name, version) => {
      const isIt = isFirst && name === desk.workspace.name;
      if (isIt) isFirst = false;
      const request = factory.open(name, version);
      if (isIt)
        request.addEventListener('upgradeneeded', (event) =>
          Object.defineProperty(event, 'dataLoss', { value: 'total' }),
        );
      return request;
    };
    await new Promise((resolve) =>
      factory.deleteDatabase(desk.workspace.name).addEventListener('success', resolve),
    );
    const begun = await begin(desk, { factory: losing });
    expect(begun.kind === 'rescue' && begun.rescue.trouble).toBe('lost');
  });

  test('at which both copies are gone knows how much there was, and starts anew only by the user’s word (A18)', async () => {
    const desk = await newDesk([]);
    await empty(desk.database);
    rememberDocumentCount(12);
    const rescue = await rescued(desk, 'lost');
    expect([rescue.remembered, rescue.canBringBack]).toEqual([12, false]);
    expect(titles(ended(await rescue.goOn()))).toEqual([]);
    expect(titles(await begin(desk))).toEqual([]);
  });

  test('at which everything is wiped is a first one (A19)', async () => {
    const desk = await newDesk([]);
    await empty(desk.database);
    expect(titles(await begin(desk))).toEqual([]);
  });

  test('at which both copies have gone on apart brings them together by the user’s word', async () => {
    const desk = await leftDesk();
    const copy = await copyOf(desk);
    await commit(desk.database, marking('report-1', aSpan(8)));
    await commit(copy, marking('report-1', aSpan(11)));
    const rescue = await rescued(desk, 'parted');
    const begun = ended(await rescue.bringBack());
    expect(alarm(begun)).toBe('0 documents and 1 change came back from the second copy.');
    expect(await desk.database.changes.count()).toBe(4);
    expect(titles(await begin(desk))).toEqual(['Report 1']);
  });

  test('at which a change is another than was written is put right from the second copy (A34)', async () => {
    const desk = await leftDesk();
    const log = await desk.database.changes.toArray();
    await desk.database.changes.put({ ...log[0]!, annotator: 'mallory' });
    const rescue = await rescued(desk, 'altered');
    expect(rescue.canBringBack).toBe(true);
    ended(await rescue.bringBack());
    expect(await desk.database.changes.toArray()).toEqual(log);
  });

  test('at which the second copy was altered as well goes on as it is by the user’s word (A34)', async () => {
    const desk = await leftDesk();
    const copy = await copyOf(desk);
    const [first] = await desk.database.changes.toArray();
    for (const { changes } of [desk.database, copy]) await changes.put({ ...first!, annotator: 'mallory' });
    const rescue = await rescued(desk, 'altered');
    expect(rescue.canBringBack).toBe(false);
    expect(titles(ended(await rescue.goOn()))).toEqual(['Report 1']);
    expect(titles(await begin(desk))).toEqual(['Report 1']);
  });
});

describe('a storage that cannot be opened', () => {
  /** The factory of the desk with something done first when its database is opened. */
  function factoryThat(desk: Desk, act: () => void): IDBFactory {
    const { factory, name } = desk.workspace;
    const changed = Object.create(factory) as IDBFactory;
    changed.open = (...args) => {
      if (args[0] === name) act();
      return factory.open(...args);
    };
    changed.deleteDatabase = () => {
      throw new Error('something was deleted');
    };
    return changed;
  }

  const fail = (name: string) => () => {
    throw new DOMException('The storage did not open.', name);
  };

  test.each([
    ['fails again and again (A16)', 'UnknownError', 'unopened'],
    ['is of a newer version (A21)', 'VersionError', 'newer'],
  ] as const)('as it %s is told with what the second copy holds', async (_what, error, trouble) => {
    const desk = await leftDesk();
    const begun = await begin(desk, { factory: factoryThat(desk, fail(error)) });
    if (begun.kind !== 'rescue') throw new Error('it started');
    const { rescue } = begun;
    expect(rescue.trouble).toBe(trouble);
    expect(rescue.canGoOn).toBe(false);
    expect(rescue.copy).toEqual({ documents: 1, changes: 2 });
  });

  test('as the browser forbids it is told apart (A32)', async () => {
    const desk = await leftDesk();
    const begun = await begin(desk, { factory: factoryThat(desk, fail('SecurityError')) });
    expect(begun.kind === 'rescue' && begun.rescue.trouble).toBe('unavailable');
  });
});

test('a tab beside a newer version can only be read, and keeps what it shows (A20)', async () => {
  const desk = await leftDesk();
  const begun = await begin(desk);
  if (begun.kind !== 'ready') throw new Error('it did not start');
  const { session } = begun.projects;
  await session.openDocument('report-1');
  desk.close();
  const newer = await natively(desk.workspace.factory, desk.workspace.name, 999);
  await vi.waitFor(() => expect(session.superseded?.kind).toBe('superseded'));
  const before = session.open!.spans;
  select(session, 'denied');
  session.marking.apply(session.labels[0]!);
  expect(session.open!.spans).toEqual(before);
  await vi.waitFor(() =>
    expect(session.messages.current?.text).toBe(
      'Nothing was changed: this tab can only be read. Reload the page to go on.',
    ),
  );
  expect(session.messages.alarm).toContain('A newer version of Locution was opened in another tab');
  newer.close();
});

describe('the file that everything is saved to', () => {
  test('holds a backup and all rows of both places, also those that were set aside', async () => {
    const desk = await leftDesk();
    await shelve(desk.database, { id: 'another' }, 'Another text');
    await commit(desk.database, marking('another', aSpan(0)));
    await commit(await copyOf(desk), marking('report-1', aSpan(8)));
    const rescue = await rescued(desk, 'parted');
    await rescue.save();
    expect(rescue.failure).toBeUndefined();
    expect(downloads).toHaveLength(1);
    const text = await downloads[0]!.blob.text();
    for (const path of ['storage/rows.jsonl', 'second copy/rows.jsonl', 'second copy/1 '])
      expect(text).toContain(path);
    const rows = text.split('\n').flatMap((line) => (line.startsWith('{"table"') ? [JSON.parse(line)] : []));
    const texts = rows.flatMap(({ table, value }) => (table === 'texts' ? [value.text] : []));
    const report = 'Ada denied it, “all of it”, he said.';
    expect(texts).toEqual(['Another text', report, report]);
  });

  test('can be had of a database that is newer, without a byte of it changed (A21)', async () => {
    const desk = await leftDesk();
    desk.close();
    const { factory, name } = desk.workspace;
    const newer = await natively(factory, name, 999);
    newer.close();
    const rescue = await rescued(desk, 'newer');
    await rescue.save();
    expect(await downloads[0]!.blob.text()).toContain('Ada denied it, “all of it”, he said.');
    const after = await natively(factory, name);
    expect(after.version).toBe(999);
    after.close();
  });
});

function natively(factory: IDBFactory, name: string, version?: number): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = factory.open(name, version);
    request.addEventListener('success', () => resolve(request.result));
    request.addEventListener('error', () => reject(request.error as Error));
  });
}
