import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { counted, runSteps, steps } from './random.ts';

vi.mock(import('../../../src/session/job.ts'), () => import('../jobs-in-process.ts'));

test('whatever is done in two tabs, and whatever fails meanwhile, storage and screens hold what a plain model does (A50)', async () => {
  const before = counted.steps;
  await fc.assert(
    fc.asyncProperty(steps(50, 2), (all) => runSteps(all, 2)),
    // Making a failure smaller takes longer than there is time.
    { numRuns: 4, seed: 50, endOnFailure: true },
  );
  expect(counted.steps - before).toBeGreaterThan(100);
}, 120_000);
