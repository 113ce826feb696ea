import type { JobResults } from '../../workers/jobs.ts';
import { startJob } from '../job.ts';
import type { Messages } from '../messages.svelte.ts';

export type Remainder = JobResults['remains'][number];

/**
 * What imports and restores that were cut off have left in the storage; `undefined` while one is under way in some tab, as
 * then nobody can tell.
 */
export function remainsNow(): Promise<readonly Remainder[] | undefined> {
  return unlessUnderWay(() => startJob({ kind: 'remains' }).result);
}

/** Takes all of it away. Resolves to whether that was done; where it was not, it is said why. */
export async function removeAllRemains(messages: Messages): Promise<boolean> {
  try {
    const left = await unlessUnderWay(() => startJob({ kind: 'remains', remove: true }).result);
    if (left) messages.say('What was left of it is removed.');
    else messages.say('An import or a restore is under way. Try again when it is through.');
    return left !== undefined;
  } catch (error) {
    messages.alert(`The remains could not be removed: ${String(error)}. They do no harm; try again later.`);
    return false;
  }
}

async function unlessUnderWay<T>(run: () => Promise<T>): Promise<T | undefined> {
  if (!('locks' in navigator)) return run();
  return navigator.locks.request('locution-import', { ifAvailable: true }, (lock) =>
    lock ? run() : undefined,
  );
}
