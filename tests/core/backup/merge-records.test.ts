import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { contentOf } from '../../../src/core/backup/content.ts';
import { mergeRecords, sheetIn } from '../../../src/core/backup/merge-records.ts';
import type { KeptChange, KeptDocument, ProjectRecords } from '../../../src/core/backup/records.ts';
import { documentUpdate, projectUpdate, spanUpdate, type Draft } from '../../../src/core/change.ts';
import { mergeDocument, noCounts } from '../../../src/core/document.ts';
import { firstProject } from '../../../src/core/project.ts';
import { span } from '../../annotated.ts';
import { acts, brought, clashingActs, documentId, happenings, otherId } from '../../storage/histories.ts';
import { draft, marking } from '../../storage/workspace.ts';
import { documentWith } from '../documents.ts';

const text = 'Ada denied it and Ben claimed it';
const project = firstProject();

function kept(id: string, traits = {}): KeptDocument {
  const { counts: _, ...document } = documentWith({ id, hash: 'h', ...traits });
  return { document, text };
}

/** The records of a project in which these changes were made, one after the other. */
function projectAfter(changes: readonly KeptChange[]): ProjectRecords {
  const rows = new Map([documentId, otherId].map((id) => [id, kept(id)]));
  for (const { updated } of changes)
    for (const { before, after } of updated)
      if (before.type === 'document' && after.type === 'document') {
        const row = rows.get(after.documentId)!;
        const current = { ...row.document, counts: noCounts };
        const { counts: _, ...document } = mergeDocument(current, before.value, after.value);
        rows.set(after.documentId, { ...row, document });
      }
  const layers = Object.entries(brought).flatMap(([id, sheet]) =>
    sheet.spans.length > 0 ? [{ documentId: id, annotator: 'anna', ...sheet }] : [],
  );
  return { project, documents: [...rows.values()], layers, changes, settings: [] };
}

const log = (drafts: readonly Draft[]): KeptChange[] => drafts.map(({ undoes: _, ...change }) => change);
const draftsOf = (all: Parameters<typeof happenings>[0]) =>
  happenings(all).flatMap(({ change }) => (change ? [change] : []));

/** A time of some hours; clocks may be set back. */
const hours = fc.array(fc.nat(9), { minLength: 60, maxLength: 60 });
const timed = (changes: readonly KeptChange[], hour: readonly number[]) =>
  changes.map((change, index) => ({ ...change, at: `2026-01-01T0${hour[index % 60]}:00:00.000Z` }));

/** Two states of a project that went apart after some changes. */
const parted = fc
  .record({ shared: acts, one: clashingActs, other: clashingActs, hours })
  .map(({ shared, one, other, hours: hour }) => {
    const common = timed(log(draftsOf(shared)), hour);
    const since = (all: typeof one, from: number) =>
      timed(log(draftsOf([...shared, ...all])).slice(common.length), hour.slice(from));
    return [
      projectAfter([...common, ...since(one, 20)]),
      projectAfter([...common, ...since(other, 30)]),
    ] as const;
  });

describe('two states of a project, put together', () => {
  test('give the same whichever comes first, with the same conflicts seen from the other side', () => {
    fc.assert(
      fc.property(parted, ([a, b]) => {
        const [ab, ba] = [mergeRecords(a, b), mergeRecords(b, a)];
        expect(contentOf(ab.records)).toBe(contentOf(ba.records));
        const swapped = ba.conflicts.map((one) => ({ ...one, here: one.incoming, incoming: one.here }));
        expect(ab.conflicts.map(contentOf).sort()).toEqual(swapped.map(contentOf).sort());
      }),
      { numRuns: 50 },
    );
  });

  test('are not changed by the same backup once more', () => {
    fc.assert(
      fc.property(parted, ([a, b]) => {
        const { records } = mergeRecords(a, b);
        for (const once of [a, b]) {
          const more = mergeRecords(records, once);
          expect(contentOf(more.records)).toBe(contentOf(records));
          expect(more.conflicts).toEqual([]);
        }
      }),
      { numRuns: 50 },
    );
  });

  test('keep every change of both, and every span and relation that neither has taken away', () => {
    fc.assert(
      fc.property(parted, ([a, b]) => {
        const { records } = mergeRecords(a, b);
        const ids = new Set(records.changes.map(({ id }) => id));
        for (const { id } of [...a.changes, ...b.changes]) expect(ids).toContain(id);
        const gone = new Set(
          records.changes.flatMap(({ removed }) =>
            removed.map((entry) => ('documentId' in entry ? `${entry.documentId} ${entry.value.id}` : '')),
          ),
        );
        for (const documentIdOf of [documentId, otherId]) {
          const idsIn = (all: ProjectRecords) => {
            const { spans, relations } = sheetIn(all, documentIdOf);
            return [...spans, ...relations].map(({ id }) => id);
          };
          const merged = idsIn(records);
          const left = [...idsIn(a), ...idsIn(b)].filter((id) => !gone.has(`${documentIdOf} ${id}`));
          for (const id of left) expect(merged).toContain(id);
        }
      }),
      { numRuns: 50 },
    );
  });

  test('of which one is an earlier state of the other give the later one', () => {
    fc.assert(
      fc.property(acts, fc.nat(14), (all, count) => {
        const changes = log(draftsOf(all));
        const [now, before] = [projectAfter(changes), projectAfter(changes.slice(0, count))];
        expect(mergeRecords(now, before)).toEqual({ records: ordered(now), conflicts: [] });
        expect(mergeRecords(before, now).records.changes).toEqual(now.changes);
      }),
      { numRuns: 50 },
    );
  });
});

function ordered(records: ProjectRecords): ProjectRecords {
  const documents = records.documents.toSorted((a, b) => (a.document.id < b.document.id ? -1 : 1));
  return { ...records, documents };
}

describe('what both sides say differently', () => {
  const marked = span({ id: 's', start: 0, end: 3 }, text);
  const first = { ...marking(documentId, marked), at: '1' };
  const after = (...changes: readonly Draft[]) => projectAfter(log([first, ...changes]));
  const relabelled = (label: string, at: string) =>
    draft({ updated: [spanUpdate(documentId, marked, { ...marked, label })] }, { at });

  test('another label on each side: the later one counts, and both are listed', () => {
    const { records, conflicts } = mergeRecords(
      after(relabelled('denial', '3')),
      after(relabelled('appeal', '2')),
    );
    const now = sheetIn(records, documentId).spans.find(({ id }) => id === 's');
    expect(now?.label).toBe('denial');
    expect(conflicts).toEqual([
      { about: 'span', documentId, id: 's', fact: 'label', here: 'denial', incoming: 'appeal' },
    ]);
  });

  test('a label here and a note there are no conflict: both are taken over', () => {
    const noted = draft(
      { updated: [spanUpdate(documentId, marked, { ...marked, note: 'sure?' })] },
      { at: '2' },
    );
    const { records, conflicts } = mergeRecords(after(relabelled('denial', '3')), after(noted));
    const now = sheetIn(records, documentId).spans.find(({ id }) => id === 's');
    expect(now).toMatchObject({ label: 'denial', note: 'sure?' });
    expect(conflicts).toEqual([]);
  });

  test('a span that was taken away here and worked on there is listed', () => {
    const removal = { ...draft({ removed: first.added }), at: '2' };
    const { conflicts } = mergeRecords(after(removal), after(relabelled('denial', '3')));
    expect(conflicts).toMatchObject([{ id: 's', fact: 'removed', here: true, incoming: false }]);
  });

  test('a span that was taken away here does not come back from an older backup', () => {
    const { records } = mergeRecords(after({ ...draft({ removed: first.added }), at: '2' }), after());
    expect(sheetIn(records, documentId).spans.map(({ id }) => id)).not.toContain('s');
  });

  test('a status here and a title there are both taken over; two titles are listed', () => {
    const before = documentWith({ id: documentId, hash: 'h' });
    const facts = (traits: object, at: string) =>
      draft({ updated: [documentUpdate(before, { ...before, ...traits })] }, { at });
    const apart = mergeRecords(after(facts({ status: 'done' }, '2')), after(facts({ title: 'One' }, '3')));
    expect(
      apart.records.documents.find(({ document }) => document.id === documentId)?.document,
    ).toMatchObject({
      status: 'done',
      title: 'One',
    });
    expect(apart.conflicts).toEqual([]);
    const both = mergeRecords(after(facts({ title: 'Two' }, '2')), after(facts({ title: 'One' }, '3')));
    expect(both.conflicts).toMatchObject([
      { about: 'document', fact: 'title', here: 'Two', incoming: 'One' },
    ]);
  });

  test('two names of the project are listed, the later one counts', () => {
    const renamed = (name: string, at: string) => {
      const change = draft({ updated: [projectUpdate(project, { ...project, name })] }, { at });
      return { ...after(change), project: { ...project, name } };
    };
    const { records, conflicts } = mergeRecords(renamed('Mine', '2'), renamed('Yours', '3'));
    expect(records.project.name).toBe('Yours');
    expect(conflicts).toMatchObject([{ about: 'project', fact: 'name', here: 'Mine', incoming: 'Yours' }]);
  });

  test('of two texts under one id both are kept, and merging again adds no third', () => {
    const other = after();
    const changedText = {
      ...other,
      documents: other.documents.map((one) => ({
        document: { ...one.document, hash: 'k' },
        text: 'Another text',
      })),
    };
    const once = mergeRecords(other, changedText);
    const texts = (all: ProjectRecords) => all.documents.map((one) => one.text).sort();
    expect(texts(once.records)).toEqual(['Another text', 'Another text', text, text].sort());
    expect(once.conflicts.map(({ about }) => about)).toEqual(['text', 'text']);
    expect(mergeRecords(once.records, changedText).records).toEqual(once.records);
    expect(mergeRecords(changedText, other).records).toEqual(once.records);
  });

  test('one change with two contents, an imported span with two labels and two parts of a split are listed', () => {
    const tampered = { ...after(), changes: log([{ ...first, title: 'Other' }]) };
    expect(mergeRecords(after(), tampered).conflicts).toMatchObject([{ about: 'change', id: first.id }]);
    const layers = after().layers.map((layer) => ({
      ...layer,
      spans: layer.spans.map((one, index) => (index > 0 ? one : { ...one, label: 'other' })),
    }));
    const { conflicts, records } = mergeRecords(after(), { ...after(), layers });
    expect(conflicts).toMatchObject([{ about: 'layer', documentId, id: layers[0]!.spans[0]!.id }]);
    expect(records.layers[0]!.spans).toHaveLength(layers[0]!.spans.length);
    const dealt = (part: 'test' | 'train') => ({
      ...after(),
      settings: [{ setting: 'part' as const, documentId, part }],
    });
    expect(mergeRecords(dealt('test'), dealt('train')).conflicts).toMatchObject([
      { about: 'setting', fact: 'part' },
    ]);
  });

  test('of two times worked on a document the longer one is kept', () => {
    const worked = (seconds: number) => ({
      ...after(),
      settings: [{ setting: 'activity' as const, documentId, annotator: 'anna', seconds }],
    });
    const { records, conflicts } = mergeRecords(worked(10), worked(30));
    expect(records.settings).toEqual(worked(30).settings);
    expect(conflicts).toEqual([]);
  });
});
