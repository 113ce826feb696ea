import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Splittable } from '../../../src/core/splits/groups.ts';
import { parts, type Part } from '../../../src/core/splits/part.ts';
import { splitDocuments, type SplitWish } from '../../../src/core/splits/split.ts';

const usual: SplitWish = {
  shares: { train: 0.8, validation: 0.1, test: 0.1 },
  seed: 1,
  before: new Map(),
};

const labels = fc.dictionary(fc.constantFrom('claim', 'denial', 'appeal', '__proto__'), fc.nat(9), {
  noNullPrototype: true,
});
const some = (minLength: number, maxLength: number, groups: number) =>
  fc
    .array(fc.record({ labels, group: fc.nat(groups).map(String) }), { minLength, maxLength, size: 'max' })
    .map((all) => all.map((one, index): Splittable => ({ id: `d${index}`, ...one })));
const few = some(0, 40, 15);

const documents = (count: number, traits: (index: number) => Partial<Splittable> = () => ({})) =>
  Array.from({ length: count }, (_, index): Splittable => {
    const id = `d${String(index).padStart(4, '0')}`;
    return { id, labels: {}, group: id, ...traits(index) };
  });

function countOf(split: ReadonlyMap<string, Part>): Record<Part, number> {
  const count = (part: Part) => [...split.values()].filter((one) => one === part).length;
  return { train: count('train'), validation: count('validation'), test: count('test') };
}

describe('a split', () => {
  test('gives every document one part, and no group two', () => {
    fc.assert(
      fc.property(few, fc.integer(), (all, seed) => {
        const split = splitDocuments(all, { ...usual, seed }).parts;
        expect([...split.keys()].sort()).toEqual(all.map(({ id }) => id).sort());
        const byGroup = new Map(all.map(({ id, group }) => [group, split.get(id)]));
        for (const { id, group } of all) expect(split.get(id)).toBe(byGroup.get(group));
      }),
      { numRuns: 50 },
    );
  });

  test('is the same for the same seed, in whatever order the documents come', () => {
    fc.assert(
      fc.property(
        few.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))),
        fc.integer(),
        ([all, other], seed) => {
          const sorted = (given: readonly Splittable[]) => {
            const { parts: split, warnings } = splitDocuments(given, { ...usual, seed });
            return [[...split].sort(), warnings];
          };
          expect(sorted(all)).toEqual(sorted(other));
        },
      ),
      { numRuns: 50 },
    );
  });

  test('is another one for another seed', () => {
    const all = documents(50);
    const inTest = (seed: number) =>
      [...splitDocuments(all, { ...usual, seed }).parts].filter(([, part]) => part === 'test');
    expect(inTest(1)).not.toEqual(inTest(2));
  });

  test('moves nobody who had a part, and sends new ones of their group after most of them', () => {
    const before = fc.dictionary(
      fc.nat(39).map((index) => `d${index}`),
      fc.constantFrom(...parts),
    );
    fc.assert(
      fc.property(few, before, fc.integer(), (all, had, seed) => {
        const old = new Map(Object.entries(had));
        const { parts: split, warnings } = splitDocuments(all, { ...usual, seed, before: old });
        for (const { id } of all) if (old.has(id)) expect(split.get(id)).toBe(old.get(id));
        for (const group of new Set(all.map((one) => one.group))) {
          const members = all.filter((one) => one.group === group);
          const known = members.flatMap(({ id }) => old.get(id) ?? []);
          const isMixed = new Set(known).size > 1;
          expect(warnings.some((one) => one.kind === 'mixed-group' && one.group === group)).toBe(isMixed);
          const fresh = members.filter(({ id }) => !old.has(id));
          const most = Math.max(...parts.map((part) => known.filter((one) => one === part).length));
          for (const { id } of known.length > 0 ? fresh : [])
            expect(known.filter((one) => one === split.get(id))).toHaveLength(most);
        }
      }),
      { numRuns: 50 },
    );
  });

  test('puts new documents where those of their group are that are not there now, which count for nothing else', () => {
    const gone = fc
      .array(fc.record({ group: fc.nat(20).map(String), part: fc.constantFrom(...parts) }), { maxLength: 20 })
      .map((all) => all.map((one, index) => ({ id: `e${index}`, ...one })));
    fc.assert(
      fc.property(few, gone, fc.integer(), (all, earlier, seed) => {
        const before = new Map(earlier.map(({ id, part }) => [id, part]));
        const { parts: split, warnings } = splitDocuments(all, { ...usual, seed, before, earlier });
        expect([...split.keys()].sort()).toEqual(all.map(({ id }) => id).sort());
        for (const { id, group } of all) {
          const had = earlier.filter((one) => one.group === group).map(({ part }) => part);
          const countIn = (part: Part) => had.filter((one) => one === part).length;
          expect(countIn(split.get(id)!)).toBe(Math.max(...parts.map(countIn)));
          const isMixed = new Set(had).size > 1;
          expect(warnings.some((one) => one.kind === 'mixed-group' && one.group === group)).toBe(isMixed);
        }
        const groups = new Set(all.map(({ group }) => group));
        if (earlier.some(({ group }) => groups.has(group))) return;
        expect(split).toEqual(splitDocuments(all, { ...usual, seed }).parts);
      }),
      { numRuns: 50 },
    );
  });

  test('keeps who had a part apart from its group of earlier ones, and says so', () => {
    const all = documents(2, () => ({ group: 'report' }));
    const before = new Map<string, Part>([
      ['d0000', 'train'],
      ['e1', 'test'],
      ['e2', 'test'],
    ]);
    const earlier = ['e1', 'e2'].map((id) => ({ id, group: 'report' }));
    const { parts: split, warnings } = splitDocuments(all, { ...usual, before, earlier });
    expect([...split]).toEqual([
      ['d0000', 'train'],
      ['d0001', 'test'],
    ]);
    expect(warnings).toContainEqual({ kind: 'mixed-group', group: 'report', parts: ['test', 'train'] });
  });

  test('goes on after an earlier one without moving a document', () => {
    fc.assert(
      fc.property(some(3, 60, 30), fc.nat(60), (all, count) => {
        const first = splitDocuments(all.slice(0, count), usual).parts;
        const second = splitDocuments(all, { ...usual, seed: 2, before: first }).parts;
        for (const [id, part] of first) expect(second.get(id)).toBe(part);
      }),
      { numRuns: 50 },
    );
  });

  test('of many documents has the shares that were wished for, of documents and of labels', () => {
    fc.assert(
      fc.property(some(300, 400, 10_000), fc.integer(), (all, seed) => {
        const split = splitDocuments(all, { ...usual, seed }).parts;
        const counts = countOf(split);
        expect(Math.abs(counts.train / all.length - 0.8)).toBeLessThan(0.03);
        expect(Math.abs(counts.test / all.length - 0.1)).toBeLessThan(0.03);
        for (const label of ['claim', 'denial', 'appeal', '__proto__']) {
          const sum = (given: readonly Splittable[]) =>
            given.reduce(
              (total, one) => total + (Object.hasOwn(one.labels, label) ? one.labels[label]! : 0),
              0,
            );
          const inTest = sum(all.filter(({ id }) => split.get(id) === 'test'));
          expect(Math.abs(inTest / sum(all) - 0.1)).toBeLessThan(0.05);
        }
      }),
      { numRuns: 10 },
    );
  });

  test('of few documents that suffice leaves no part empty', () => {
    for (const count of [3, 4, 5, 7, 11, 20])
      for (const labelled of [{}, { claim: 3 }]) {
        const { parts: split, warnings } = splitDocuments(
          documents(count, () => ({ labels: labelled })),
          usual,
        );
        expect(Math.min(...Object.values(countOf(split)))).toBeGreaterThan(0);
        expect(warnings).toEqual([]);
      }
  });

  test('gives a label that ten documents have to each part', () => {
    const all = documents(300, (index) => ({
      labels: index % 30 === 0 ? { appeal: 1 } : { claim: index % 7 },
    }));
    const { parts: split, warnings } = splitDocuments(all, usual);
    const holders = new Map([...split].filter(([id]) => Number(id.slice(1)) % 30 === 0));
    expect(countOf(holders)).toEqual({ train: 8, validation: 1, test: 1 });
    expect(warnings).toEqual([]);
  });

  test('has no document in a part with no share, unless it was there', () => {
    const shares = { train: 9, validation: 0, test: 1 };
    const before = new Map([['d0000', 'validation' as const]]);
    const { parts: split } = splitDocuments(documents(50), { ...usual, shares, before });
    expect([...split].filter(([, part]) => part === 'validation')).toEqual([['d0000', 'validation']]);
    expect(() => splitDocuments([], { ...usual, shares: { train: 0, validation: 0, test: 0 } })).toThrow(
      'no part has a share',
    );
  });
});

describe('a split warns', () => {
  test('of too few documents', () => {
    const { warnings } = splitDocuments(documents(1), usual);
    expect(warnings).toEqual([
      { kind: 'few-documents', documents: 1 },
      { kind: 'empty-part', part: 'validation' },
      { kind: 'empty-part', part: 'test' },
    ]);
  });

  test('of one big group', () => {
    const { parts: split, warnings } = splitDocuments(
      documents(9, () => ({ group: 'report' })),
      usual,
    );
    expect(new Set(split.values()).size).toBe(1);
    expect(warnings.map(({ kind }) => kind)).toEqual(['empty-part', 'empty-part']);
  });

  test('of a label that a part lacks', () => {
    const all = documents(20, (index) => ({ labels: index === 3 ? { claim: 1, appeal: 2 } : { claim: 1 } }));
    const { parts: split, warnings } = splitDocuments(all, usual);
    expect(split.get('d0003')).toBe('train');
    expect(warnings).toEqual([
      { kind: 'missing-label', label: 'appeal', part: 'validation' },
      { kind: 'missing-label', label: 'appeal', part: 'test' },
    ]);
  });

  test('of a group whose documents had several parts', () => {
    const all = documents(4, () => ({ group: 'report' }));
    const before = new Map<string, Part>([
      ['d0000', 'train'],
      ['d0001', 'test'],
      ['d0002', 'test'],
    ]);
    const { parts: split, warnings } = splitDocuments(all, { ...usual, before });
    expect([...split.values()]).toEqual(['train', 'test', 'test', 'test']);
    expect(warnings).toContainEqual({ kind: 'mixed-group', group: 'report', parts: ['test', 'train'] });
  });
});
