import fc from 'fast-check';
import { test } from 'vitest';
import { fourTabs, interleaved } from '../session/log/tabs.ts';

test('a change that one tab makes to what another removes is lost in none of 200 interleavings (A27)', async () => {
  await fc.assert(fc.asyncProperty(fc.scheduler(), interleaved), { numRuns: 200 });
});

test('four tabs that mark one document at once keep four times fifty spans (A26)', async () => {
  await fourTabs(50);
});
