import type { Copied } from '../storage/mirroring.ts';
import { startJob } from './job.ts';
import type { Messages } from './messages.svelte.ts';

/** What the second copy holds; `none` where there is none, `unknown` until it was looked at. */
export type SecondCopy = Copied | 'none' | 'unknown';

/** Gives storage and second copy what each lacks, and says what was missing. Resolves to what the second copy holds then. */
export async function completeCopy(messages: Messages): Promise<SecondCopy> {
  try {
    const mirrored = await startJob({ kind: 'mirror' }).result;
    if (!mirrored) return 'none';
    if (mirrored.broken !== undefined)
      messages.alert(
        'Something in the history of your work was altered by another program or page. Nothing was done about it. Reload the page to see what can be done.',
      );
    const { documents, changes } = mirrored.restored;
    if (documents + changes > 0)
      messages.alert(
        `Some work was missing from the storage (documents: ${documents}, changes: ${changes}) and came back from the second copy. Reload the page to see it.`,
      );
    return mirrored.held;
  } catch (error) {
    messages.say(`The second copy could not be completed (${String(error)}). Your work itself is saved.`);
    return 'none';
  }
}
