import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { manners } from '../storage/faults.ts';
import { strikeUpgrades, withProjects } from '../storage/upgrading.ts';

// The library says on the console that it tries once more.
beforeEach(() => void vi.spyOn(console, 'warn').mockReturnValue(undefined));
afterEach(() => void vi.restoreAllMocks());

test.each(manners)(
  'an upgrade that fails at any operation leaves both copies as they were, and can be tried again (%s) (A23)',
  async (manner) => {
    const { wrong, refused } = await strikeUpgrades(withProjects(1, 20), manner);
    expect(wrong).toEqual([]);
    // What fails once may be tried again by the library, and then nobody notices.
    if (manner === 'sticks') expect(refused).toBeGreaterThan(20);
  },
);
