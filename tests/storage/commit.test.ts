import { describe, expect, test } from 'vitest';
import { documentUpdate, invert, projectUpdate, spanEntry, type Draft } from '../../src/core/change.ts';
import type { Document } from '../../src/core/document.ts';
import { firstProject } from '../../src/core/project.ts';
import { withLabel } from '../../src/core/scheme.ts';
import { commit } from '../../src/storage/commit.ts';
import type { Database } from '../../src/storage/database.ts';
import { annotated, span } from '../annotated.ts';
import { documentWith } from '../core/documents.ts';
import { relation, relationEntry } from '../core/edits.ts';
import { draft, everything, failingWrite, marking, newWorkspace, shelve, type Failure } from './workspace.ts';

const { text, spans } = annotated('[Ada](claim) [denied](denial) it');
const [ada, denied] = spans as [(typeof spans)[0], (typeof spans)[0]];
const report = documentWith({ id: 'report' });
const other = documentWith({ id: 'other-report' });
const project = firstProject();

const kinds: [string, Draft][] = [
  ['a span', marking('report', ada)],
  [
    'the first span of a document, which sets it in progress',
    draft({
      added: [spanEntry('report', ada)],
      updated: [documentUpdate(report, { ...report, status: 'in_progress' })],
    }),
  ],
  [
    'another label for a span',
    draft({
      updated: [
        { before: spanEntry('report', ada), after: spanEntry('report', { ...ada, label: 'denial' }) },
      ],
    }),
  ],
  [
    'a span removed with its relation',
    draft({
      removed: [spanEntry('report', ada), relationEntry('report', relation({ id: 'r1', head: ada.id }))],
    }),
  ],
  ['an undo', draft(invert(marking('report', denied)), { kind: 'undo', undoes: 1 })],
  ['a new title', draft({ updated: [documentUpdate(report, { ...report, title: 'She denied it' })] })],
  [
    'two documents deleted in one step',
    draft({
      updated: [report, other].map((before) => documentUpdate(before, { ...before, deleted: true })),
    }),
  ],
  [
    'an import with a new label and spans for a document that was here',
    draft(
      {
        added: [spanEntry('report', ada), spanEntry('other-report', denied)],
        updated: [
          projectUpdate(project, {
            ...project,
            scheme: withLabel(project.scheme, { value: 'threat' }).scheme,
          }),
        ],
      },
      { kind: 'import', importId: 'import-1' },
    ),
  ],
];

async function twoReports() {
  const { workspace, database } = await newWorkspace();
  await shelve(database, report, text);
  await shelve(database, other, text);
  return { workspace, database };
}

async function countWrites(change: Draft): Promise<number> {
  const { database } = await twoReports();
  const write = failingWrite(Infinity, 'is refused');
  await commit(database, change).finally(write.end);
  return write.count();
}

/** Commits while one write fails, and tells whether the change was refused. */
async function isRefused(database: Database, change: Draft, nth: number, failure: Failure): Promise<boolean> {
  const write = failingWrite(nth, failure);
  return commit(database, change)
    .then(
      () => false,
      () => true,
    )
    .finally(write.end);
}

describe('committing', () => {
  test('gives changes places that count up', async () => {
    const { database } = await twoReports();
    const first = await commit(database, marking('report', ada));
    const second = await commit(database, marking('report', denied));
    expect([first.seq, second.seq]).toEqual([1, 2]);
    expect(await database.changes.toArray()).toEqual([first, second]);
  });

  test('marking text costs one put', async () => {
    expect(await countWrites(marking('report', ada))).toBe(1);
  });

  test('leaves the draft as it was, without a place in the log', async () => {
    const { database } = await twoReports();
    const change = marking('report', ada);
    await commit(database, change);
    expect(change).not.toHaveProperty('seq');
  });

  test.each(kinds)('%s is written whole', async (_what, change) => {
    const { database } = await twoReports();
    const committed = await commit(database, change);
    expect(await database.changes.toArray()).toEqual([committed]);
    for (const { after } of change.updated) {
      if (after.type === 'document')
        expect(await database.documents.get(after.documentId)).toEqual(after.value);
      if (after.type === 'project') {
        const stored = await database.projects.get(after.value.id);
        expect(stored?.scheme.labels).toEqual(expect.arrayContaining([...after.value.scheme.labels]));
      }
    }
  });
});

describe.each(['is refused', 'is aborted after it'] as const)('when a write %s', (failure) => {
  test.each(kinds)('%s is written not at all, whichever write it is', async (_what, change) => {
    const { database } = await twoReports();
    const before = await everything(database);
    const writes = await countWrites(change);
    expect(writes).toBeGreaterThan(0);
    for (let nth = 1; nth <= writes; nth++) {
      expect(await isRefused(database, change, nth, failure)).toBe(true);
      expect(await everything(database)).toEqual(before);
    }
  });

  test('the same change can be written later, after what another tab has written', async () => {
    const { workspace, database } = await twoReports();
    const change = marking('report', ada);
    expect(await isRefused(database, change, 1, failure)).toBe(true);
    await commit(await workspace.tab(), marking('report', denied));
    await commit(database, change);
    const log = await database.changes.toArray();
    expect(log.map(({ seq }) => seq)).toEqual([1, log[1]!.seq]);
    expect(log[1]!.id).toBe(change.id);
  });
});

describe('two tabs that change one document', () => {
  const facts: [string, (before: Document) => Document, (before: Document) => Document, Partial<Document>][] =
    [
      [
        'its title and its status',
        (before) => ({ ...before, title: 'She denied it' }),
        (before) => ({ ...before, status: 'done' }),
        { title: 'She denied it', status: 'done' },
      ],
      [
        'its status and what is known of it',
        (before) => ({ ...before, status: 'skipped' }),
        (before) => ({ ...before, meta: { date: '2026-01-01' } }),
        { status: 'skipped', meta: { date: '2026-01-01' } },
      ],
      [
        'its title, and whether it is deleted',
        (before) => ({ ...before, deleted: true }),
        (before) => ({ ...before, title: 'She denied it' }),
        { title: 'She denied it', deleted: true },
      ],
      [
        'the same fact, of which the later word holds',
        (before) => ({ ...before, title: 'She denied it' }),
        (before) => ({ ...before, title: 'Ada did not' }),
        { title: 'Ada did not' },
      ],
    ];

  test.each(facts)('keep both: %s', async (_what, first, second, expected) => {
    const { workspace, database } = await twoReports();
    const before = await shelve(database, report);
    const tab = await workspace.tab();
    // Each has seen the document as it was before the other's change.
    await commit(database, draft({ updated: [documentUpdate(before, first(before))] }));
    await commit(tab, draft({ updated: [documentUpdate(before, second(before))] }));
    expect(await database.documents.get('report')).toEqual({ ...before, ...expected });
  });

  test('keep all spans that both mark at once, in one order', async () => {
    const { workspace, database } = await twoReports();
    const tabs = [database, await workspace.tab()];
    const marks = [...Array(12).keys()].map((start) =>
      commit(tabs[start % 2]!, marking('report', span({ start, end: start + 1 }, text))),
    );
    const seqs = (await Promise.all(marks)).map(({ seq }) => seq);
    expect([...seqs].sort((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
  });
});
