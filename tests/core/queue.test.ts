import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Document } from '../../src/core/document.ts';
import {
  dateOf,
  inOrder,
  isQueued,
  QueueOrder,
  scattered,
  sortOrders,
  wholeQueue,
  type Queue,
} from '../../src/core/queue.ts';
import { documentWith } from './documents.ts';

const ids = (documents: readonly Document[]) => documents.map(({ id }) => id);
const reports = [...Array(20).keys()].map((order) => documentWith({ id: `report-${order}`, order }));

describe('a document comes up in the queue', () => {
  const report = documentWith({
    status: 'in_progress',
    length: 100,
    meta: { date: '2024-05-17T12:00' },
    labels: ['urgent'],
    counts: { spans: 2, byLabel: { claim: 2 } },
  });

  test.each<[string, Partial<Queue>, boolean]>([
    ['when nothing is asked for', {}, true],
    ['by its status', { status: 'in_progress' }, true],
    ['not by another status', { status: 'done' }, false],
    ['not among those that are deleted', { status: 'deleted' }, false],
    ['when it has spans of the label', { label: { id: 'claim', has: true } }, true],
    ['not when it should have none of it', { label: { id: 'claim', has: false } }, false],
    ['when it has none of another', { label: { id: 'denial', has: false } }, true],
    ['not when it should have spans of another', { label: { id: 'denial', has: true } }, false],
    ['not while only those without spans do', { withoutSpans: true }, false],
    ['when it has the document label', { documentLabel: { id: 'urgent', has: true } }, true],
    ['not when it should lack it', { documentLabel: { id: 'urgent', has: false } }, false],
    ['at the shortest length, which is included', { minLength: 100 }, true],
    ['not when it is too short', { minLength: 101 }, false],
    ['at the longest length, which is included', { maxLength: 100 }, true],
    ['not when it is too long', { maxLength: 99 }, false],
    ['on the first day', { from: '2024-05-17' }, true],
    ['not before it', { from: '2024-05-18' }, false],
    ['on the last day', { to: '2024-05-17' }, true],
    ['not after it', { to: '2024-05-16' }, false],
  ])('%s', (_what, queue, expected) => {
    expect(isQueued(report, { ...wholeQueue, ...queue })).toBe(expected);
  });

  test.each([{}, { date: 2024 }, { date: 'in May' }])('of no time when its date is in %j', (meta) => {
    const undated = documentWith({ meta });
    expect(dateOf(undated)).toBeUndefined();
    expect(isQueued(undated, { ...wholeQueue, from: '0001-01-01' })).toBe(false);
    expect(isQueued(undated, wholeQueue)).toBe(true);
  });

  test('when it is deleted only among those that are', () => {
    const deleted = documentWith({ deleted: true });
    expect(isQueued(deleted, wholeQueue)).toBe(false);
    expect(isQueued(deleted, { ...wholeQueue, status: 'deleted' })).toBe(true);
  });
});

describe('the random order', () => {
  const shuffled = (documents: readonly Document[], seed: string) =>
    ids(inOrder(documents, { ...wholeQueue, sort: 'random', seed }));

  test('is the same for the same seed, on every machine', () => {
    expect(shuffled(reports.slice(0, 6), 'summer')).toEqual(shuffled(reports.slice(0, 6), 'summer'));
    // Frozen: a project whose order changed with a new version would be read twice in part.
    expect(['1\na', '1\nb', '2\na'].map(scattered)).toMatchInlineSnapshot(`
      [
        1290778470,
        1651717560,
        809915354,
      ]
    `);
  });

  test('is another for another seed, and none of the order of the list', () => {
    expect(shuffled(reports, '1')).not.toEqual(shuffled(reports, '2'));
    expect(shuffled(reports, '1')).not.toEqual(ids(reports));
    expect(shuffled(reports, '1').toSorted()).toEqual(ids(reports).toSorted());
  });

  test('stays for those that were there when documents are added', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.string(), { maxLength: 30 }),
        fc.string(),
        fc.nat(),
        (names, seed, at) => {
          const documents = names.map((id) => documentWith({ id }));
          const added = documents.toSpliced(
            at % (documents.length + 1),
            0,
            documentWith({ id: 'one more, new' }),
          );
          expect(shuffled(added, seed).filter((id) => id !== 'one more, new')).toEqual(
            shuffled(documents, seed),
          );
        },
      ),
    );
  });
});

describe('the order of the queue', () => {
  test('by date has those without one at the end', () => {
    const dated = [{}, { date: '2024-02-01' }, { date: '2023-12-31' }].map((meta, index) =>
      documentWith({ id: `report-${index}`, meta }),
    );
    expect(ids(inOrder(dated, { ...wholeQueue, sort: 'date' }))).toEqual([
      'report-2',
      'report-1',
      'report-0',
    ]);
  });

  const trait = fc.record({
    title: fc.constantFrom('Ada', 'éclair', 'Eclair 10', 'eclair 9'),
    length: fc.nat(3),
    status: fc.constantFrom('todo', 'done'),
    spans: fc.nat(2),
    date: fc.constantFrom('2024-01-01', '2024-01-02', ''),
  });
  const report = trait.map(({ title, length, status, spans, date }) => ({
    title,
    length,
    status,
    counts: { spans, byLabel: {} },
    meta: { date },
  }));

  test('is as if all were sorted again, whatever changes from one look to the next', () => {
    const edits = fc.array(fc.tuple(fc.nat(5), report, fc.constantFrom(...sortOrders), fc.boolean()), {
      maxLength: 12,
    });
    fc.assert(
      fc.property(fc.array(report, { minLength: 6, maxLength: 6 }), edits, (first, changes) => {
        let documents = first.map((traits, index) => documentWith({ id: `report-${index}`, ...traits }));
        const order = new QueueOrder();
        for (const [at, traits, sort, grows] of changes) {
          documents = documents.with(at, { ...documents[at]!, ...traits });
          if (grows) documents = [...documents, documentWith({ id: `report-${documents.length}` })];
          const queue = { ...wholeQueue, sort };
          expect(order.order(documents, queue)).toEqual(inOrder(documents, queue));
        }
      }),
    );
  });
});
