import { expect, test } from 'vitest';
import { wholeQueue, type Queue } from '../../../src/core/queue.ts';
import { emptyScheme } from '../../../src/core/scheme.ts';
import { chipsOf } from '../../../src/ui/queue/chips.ts';

const scheme = {
  ...emptyScheme,
  labels: [{ id: 'c', name: 'Claim', value: 'claim', colour: 0 as const }],
  documentLabels: [{ id: 'u', name: 'Urgent', value: 'urgent' }],
};

test.each<[Partial<Queue>, string[]]>([
  [{}, []],
  [{ sort: 'title', status: 'deleted' }, []],
  [{ status: 'in_progress' }, ['in progress']],
  [{ label: { id: 'c', has: true } }, ['with Claim']],
  [
    { label: { id: 'c', has: false }, documentLabel: { id: 'u', has: true } },
    ['without Claim', 'with Urgent'],
  ],
  [{ label: { id: 'gone', has: true } }, ['with a label that is gone']],
  [{ withoutSpans: true }, ['without spans']],
  [{ minLength: 0 }, ['from 0 characters']],
  [{ minLength: 10, maxLength: 20 }, ['10 to 20 characters']],
  [{ to: '2024-05-17' }, ['dated up to 2024-05-17']],
  [{ sort: 'random', seed: 'summer' }, ['random order summer']],
])('a queue with %j has the chips %j, and is whole without them', (queue, names) => {
  const narrowed = { ...wholeQueue, ...queue };
  const chips = chipsOf(narrowed, scheme);
  expect(chips.map(({ name }) => name)).toEqual(names);
  const without = chips.reduce<Queue>((left, chip) => ({ ...left, ...chip.without }), narrowed);
  expect(chipsOf(without, scheme)).toEqual([]);
});
