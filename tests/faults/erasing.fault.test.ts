import { expect, test } from 'vitest';
import { cutOffAt } from '../storage/erasing/secrets.ts';

test('deleting for good, cut off at each of its writes in turn, is gone on with and leaves no word (A40)', async () => {
  let writes: number | undefined;
  for (let nth = 1; writes === undefined; nth++) writes = await cutOffAt(nth);
  expect(writes).toBeGreaterThan(15);
});
