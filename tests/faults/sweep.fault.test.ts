import { afterAll, describe, expect, test, vi } from 'vitest';
import { userCommands } from '../session/sweep/commands.ts';
import { referenceOf, strike, type Plan } from '../session/sweep/sweep.ts';
import { manners, type Manner } from '../storage/faults.ts';

vi.mock(import('../../src/session/job.ts'), () => import('../session/jobs-in-process.ts'));

vi.stubGlobal('document', { createElement: () => ({ click: () => undefined }) });
vi.stubGlobal('navigator', {});

let trials = 0;
afterAll(() => console.log(`  ${trials} trials`));

/** Tries plan after plan until one has nothing left to strike; gives back what went wrong. */
async function sweep(name: string, plan: (nth: number) => Plan, isSecond = false): Promise<string[]> {
  const command = userCommands.find((one) => one.name === name)!;
  const reference = await referenceOf(command);
  const found: string[] = [];
  for (let nth = 1, isThrough = false; !isThrough; nth++) {
    const { wrong, struck, struckAgain } = await strike(command, reference, plan(nth));
    found.push(...wrong.map((fault) => `${nth}, ${struck}: ${fault}`));
    isThrough = (isSecond ? struckAgain : struck) === undefined;
    trials++;
  }
  return found;
}

const names = userCommands.map(({ name }) => [name] as const);

describe.each([
  ['A5', 'throws'],
  ['A6', 'aborts'],
  ['A7', 'sticks'],
] as const satisfies readonly (readonly [string, Manner])[])(
  '(%s) whichever operation %s',
  (_row, manner) => {
    test.each(names)('nothing is left by half and nothing untold: %s', async (name) => {
      expect(await sweep(name, (nth) => ({ nth, manner }))).toEqual([]);
    });
  },
);

describe('whichever operation fails while the first fault is got over (A8)', () => {
  // The first fault strikes early, in the middle or late; each command has one of each kind.
  const pairs = [2, 5, 9].flatMap((nth) =>
    manners.flatMap((manner) => manners.map((again) => [{ nth, manner }, again] as const)),
  );
  const plans = names.map(([name], index) => [name, ...pairs[(index * 4) % pairs.length]!] as const);

  test.each(plans)('nothing is worse than before: %s', async (name, first, manner) => {
    expect(await sweep(name, (nth) => ({ ...first, again: { nth, manner } }), true)).toEqual([]);
  });
});
