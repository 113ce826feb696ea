import fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';
import { documentUpdate, relationEntry, spanUpdate } from '../../../src/core/change.ts';
import type { Finding } from '../../../src/core/doctor/finding.ts';
import { faultCount } from '../../../src/core/doctor/words.ts';
import { emptyScheme, type Scheme } from '../../../src/core/scheme.ts';
import { sheetOf } from '../../../src/core/sheet.ts';
import { commit } from '../../../src/storage/commit.ts';
import type { Database } from '../../../src/storage/database.ts';
import { Mirror } from '../../../src/storage/copying.ts';
import { openMirror } from '../../../src/storage/mirror.ts';
import { makeAlike } from '../../../src/storage/mirroring.ts';
import { bringUpToDate } from '../../../src/storage/upkeep.ts';
import { examine } from '../../../src/workers/doctor/examine.ts';
import { annotated, span } from '../../annotated.ts';
import { relation } from '../../core/edits.ts';
import { texts } from '../../core/texts.ts';
import { acts, bring, happenings } from '../../storage/histories.ts';
import { draft, everything, marking, newWorkspace, shelve, Workspace } from '../../storage/workspace.ts';

const now = Date.parse('2026-11-30T12:00:00Z');
const look = (database: Database, documentIds?: readonly string[]) =>
  examine(database, { now, ...(documentIds && { documentIds }) }, () => undefined);

const scheme: Scheme = {
  ...emptyScheme,
  labels: ['claim', 'denial', ...Array.from({ length: 61 }, (_, index) => `label-${index}`)].map((id) => ({
    id,
    name: id,
    value: id,
    colour: 0,
  })),
  relations: [{ id: 'denies', name: 'Denies', value: 'denies', pairs: [] }],
};

/** Two reports with spans and a relation from a file, marks by hand, and a second copy that has all of it. */
async function sound(): Promise<{ database: Database; copy: Database }> {
  const { workspace, database } = await newWorkspace();
  await database.projects.put({ ...(await database.projects.get('first'))!, scheme });
  const copy = (await openMirror(workspace.options))!;
  onTestFinished(() => copy.close({ disableAutoOpen: true }));
  database.mirror = new Mirror(copy, (error) => expect(error).toBeUndefined());
  const { text, spans } = annotated('[Ada](claim) denied it 👍🏽 and\n[Ben](denial) claimed it');
  const relations = [relation({ id: 'r1', head: spans[0]!.id, child: spans[1]!.id })];
  await shelve(database, { id: 'report', title: 'Report' }, text, sheetOf(spans, relations));
  await shelve(database, { id: 'other', title: 'Other' }, 'Cem was there');
  await commit(database, marking('report', span({ id: 'hand', start: 4, end: 10 }, text)));
  await commit(database, marking('other', span({ id: 'there', start: 8, end: 13 }, 'Cem was there')));
  await bringUpToDate(database);
  await makeAlike(database);
  return { database, copy };
}

/** Writes other spans in the place of those that a file brought, as a fault would, the snapshot being gone. */
async function damageSpan(database: Database, traits: object): Promise<void> {
  await database.imported.toCollection().modify((row, ref) => {
    ref.value = { ...row, spans: row.spans.map((one) => (one.id === 's1' ? { ...one, ...traits } : one)) };
  });
  await database.layers.clear();
}

async function findings(database: Database): Promise<readonly Finding[]> {
  return (await look(database)).findings;
}

test('nothing is wrong with a sound workspace, and looking changes nothing', async () => {
  const { database, copy } = await sound();
  const before = [await everything(database), await everything(copy)];
  expect(await look(database)).toEqual({ documents: 2, spans: 4, changes: 2, findings: [], counts: {} });
  expect([await everything(database), await everything(copy)]).toEqual(before);
});

describe('a span', () => {
  test.each([
    ['outside', { start: 900, end: 903 }, undefined],
    ['outside', { start: -1, end: 2 }, undefined],
    ['outside', { start: 0.5, end: 3 }, undefined],
    ['empty', { start: 4, end: 4 }, 1],
    ['empty', { start: 3, end: 0 }, 1],
    ['other-words', { start: 1, end: 4 }, 1],
    ['other-words', { start: 29, end: 32 }, 2],
    ['split', { start: 15, end: 16 }, 1],
  ] as const)('is found %s its words at %o, with the place where they are', async (fault, range, line) => {
    const { database } = await sound();
    await damageSpan(database, range);
    const [finding, ...others] = await findings(database);
    expect(others).toEqual([]);
    expect(finding).toMatchObject({
      kind: 'misplaced',
      fault,
      documentId: 'report',
      title: 'Report',
      to: { start: 0, end: 3, text: 'Ada', line: 1 },
    });
    expect((finding as { line?: number }).line).toBe(line);
  });

  test('whose words stand nowhere is listed without a place, and one whose words are alike with that', async () => {
    const { database } = await sound();
    await damageSpan(database, { text: 'Zoroaster' });
    const lost = (await findings(database))[0]!;
    expect(lost).toMatchObject({ kind: 'misplaced', fault: 'other-words', here: 'Ada' });
    expect(lost).not.toHaveProperty('to');
    await damageSpan(database, { text: 'denied  it' });
    expect((await findings(database))[0]).toMatchObject({ to: { start: 4, end: 13, text: 'denied it' } });
  });
});

const remove = (database: Database, id: string) =>
  database.imported.toCollection().modify((row, ref) => {
    ref.value = { ...row, spans: row.spans.filter((one) => one.id !== id) };
  });

/** Each fault, done on purpose, with what is found then: that and nothing else. */
const damages: Record<string, [(database: Database, copy: Database) => unknown, ...object[]]> = {
  'a relation that has lost an end': [
    async (database) => {
      await remove(database, 's2');
      await bringUpToDate(database, ['report']);
    },
    { kind: 'unlinked', fault: 'no end', quote: 'Ada', line: 1 },
  ],
  'a relation to itself': [
    (database) =>
      commit(
        database,
        draft({ added: [relationEntry('report', relation({ id: 'loop', head: 'hand', child: 'hand' }))] }),
      ),
    { kind: 'unlinked', fault: 'to itself', quote: 'denied' },
  ],
  'labels, types and attributes that the scheme does not have': [
    (database) =>
      database.projects.update('first', { scheme: { ...emptyScheme, labels: scheme.labels.slice(1) } }),
    { kind: 'unknown', what: 'label', name: 'claim', count: 3 },
    { kind: 'unknown', what: 'relation type', name: 'denies', count: 1 },
  ],
  'a text that was altered, which the second copy has as it was': [
    (database) => database.texts.put({ documentId: 'other', text: 'Cem war there' }),
    { kind: 'text', fault: 'changed', isInCopy: true },
  ],
  'a text that is gone in both': [
    async (database, copy) => {
      await database.texts.delete('other');
      await copy.texts.delete('other');
    },
    { kind: 'text', fault: 'missing', isInCopy: false },
  ],
  'a wrong length': [
    (database) => database.documents.update('other', { length: 7 }),
    { kind: 'length', said: 7, length: 13 },
  ],
  'wrong counts': [
    (database) => database.documents.update('report', { counts: { spans: 9, byLabel: {} } }),
    { kind: 'counts', documentId: 'report', said: { spans: 9 }, counted: { spans: 3 } },
  ],
  'a snapshot that is not what the history tells': [
    (database) =>
      database.layers.toCollection().modify((row, ref) => {
        ref.value = { ...row, spans: row.spans.filter(({ id }) => id !== 'hand') };
      }),
    { kind: 'snapshot', documentId: 'report' },
  ],
  'a project that is gone': [
    async (database, copy) => {
      await database.projects.delete('first');
      await copy.projects.delete('first');
    },
    { kind: 'no-project', documentId: 'other' },
    { kind: 'no-project', documentId: 'report' },
  ],
  'a document that is gone, of which the text and the history are there': [
    async (database, copy) => {
      await database.documents.delete('other');
      await copy.documents.delete('other');
    },
    { kind: 'stray', documentId: 'other' },
    { kind: 'lost', documentId: 'other' },
  ],
  'an import that was never finished': [
    (database) => shelve(database, { id: 'half', importId: '01890000-0000-7000-8000-000000000000' }),
    { kind: 'unfinished-import', documents: 1 },
  ],
  'a change that stands there twice': [
    async (database, copy) => {
      const again = { ...(await database.changes.get(2))!, seq: 3 };
      delete (again as { chain?: string }).chain;
      await database.changes.put(again);
      await copy.changes.put(again);
      await bringUpToDate(database);
    },
    { kind: 'log', fault: 'twice', seq: 3 },
  ],
  'an undo of nothing': [
    (database) => commit(database, draft({}, { kind: 'undo', undoes: 77 })),
    { kind: 'log', fault: 'takes back nothing', seq: 3 },
  ],
  'a change that was altered': [
    (database) => database.changes.update(1, { title: 'Nothing happened' }),
    { kind: 'log', fault: 'broken', seq: 1, title: 'Nothing happened' },
  ],
  'a second copy that lacks something': [
    async (_, copy) => {
      await copy.changes.delete(1);
      await copy.texts.delete('other');
    },
    { kind: 'copy', behind: { documents: 1, changes: 1 }, ahead: { documents: 0, changes: 0 } },
  ],
};

test.each(Object.entries(damages))('%s is found, and nothing else', async (_, [damage, ...expected]) => {
  const { database, copy } = await sound();
  await damage(database, copy);
  const found = await look(database);
  expect(found.findings).toHaveLength(expected.length);
  for (const [index, finding] of expected.entries()) expect(found.findings[index]).toMatchObject(finding);
});

test('what an import under way has brought so far is not taken for a rest of one', async () => {
  const { database } = await sound();
  const justNow = `${(now - 1000)
    .toString(16)
    .padStart(12, '0')
    .replace(/^(.{8})/, '$1-')}-7000-8000-000000000000`;
  await shelve(database, { id: 'half', importId: justNow });
  expect(await findings(database)).toEqual([]);
});

test('attributes that the scheme does not have are told and no fault', async () => {
  const { database } = await sound();
  await commit(
    database,
    marking('other', span({ id: 'm', start: 0, end: 3, attributes: { mood: 'dry' } }, 'Cem')),
  );
  const found = await look(database);
  expect(found.findings).toMatchObject([{ kind: 'unknown', what: 'attribute', name: 'mood', count: 1 }]);
  expect(faultCount(found)).toBe(0);
});

test('only what goes out is looked at where that is asked for', async () => {
  const { database } = await sound();
  await damageSpan(database, { start: 900, end: 903 });
  expect((await look(database, ['other'])).findings).toEqual([]);
  expect((await look(database, ['report'])).findings).toMatchObject([{ kind: 'misplaced' }]);
});

const marked = texts
  .filter((text) => text !== '')
  .chain((text) =>
    fc.record({
      text: fc.constant(text),
      ranges: fc.array(fc.tuple(fc.nat(text.length - 1), fc.integer({ min: 1, max: 9 })), { maxLength: 6 }),
    }),
  );

test('documents of any texts, marked anywhere by whole characters, are sound, tidied up or not', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(marked, { minLength: 1, maxLength: 4 }),
      fc.boolean(),
      async (all, isTidied) => {
        const workspace = new Workspace();
        const database = await workspace.tab();
        await database.projects.add({ id: 'first', name: 'Reports', scheme });
        for (const [index, { text, ranges }] of all.entries()) {
          const spans = ranges.flatMap(([start, length], at) => {
            const one = span({ id: `s${at}`, start, end: Math.min(text.length, start + length) }, text);
            return one.text.isWellFormed() ? [one] : [];
          });
          const id = `d${index}`;
          await shelve(database, { id }, text, sheetOf(spans.slice(1)));
          if (spans[0]) await commit(database, marking(id, spans[0]));
          const [, second] = spans;
          if (second) {
            const update = spanUpdate(id, second, { ...second, label: 'denial' });
            await commit(database, draft({ updated: [update] }));
          }
          const document = (await database.documents.get(id))!;
          await commit(
            database,
            draft({ updated: [documentUpdate(document, { ...document, title: 'New' })] }),
          );
        }
        if (isTidied) await bringUpToDate(database);
        await makeAlike(database);
        expect(await findings(database)).toEqual([]);
        workspace.close();
      },
    ),
    { numRuns: 40 },
  );
});

test('whatever annotators do in turn, only relations that lost an end are found', async () => {
  await fc.assert(
    fc.asyncProperty(acts, async (all) => {
      const workspace = new Workspace();
      const database = await workspace.tab();
      await database.projects.add({ id: 'first', name: 'Reports', scheme });
      await bring(database);
      for (const { act, change } of happenings(all)) {
        if (change) await commit(database, change);
        if (act.what === 'tidy') await bringUpToDate(database);
      }
      await makeAlike(database);
      expect((await findings(database)).filter(({ kind }) => kind !== 'unlinked')).toEqual([]);
      workspace.close();
    }),
    { numRuns: 60 },
  );
});

test('of very many faults of one kind as many are listed as anybody reads, and all are counted', async () => {
  const { database } = await sound();
  const text = 'word '.repeat(1200);
  const spans = Array.from({ length: 1200 }, (_, index) =>
    span({ id: `w${index}`, start: index * 5, end: index * 5 + 4, text: 'lost' }),
  );
  await shelve(database, { id: 'many' }, text, sheetOf(spans));
  await makeAlike(database);
  const { findings: listed, counts } = await look(database);
  expect([listed.length, counts.misplaced]).toEqual([1000, 1200]);
});
