import Dexie from 'dexie';
import type { StorageProblem } from '../core/problem.ts';

/** The storage neither writes nor says why not, as on a disk that is full. */
export const unanswered: StorageProblem = {
  kind: 'failed',
  message:
    'the browser’s storage does not answer. Keep this page open and free some disk space; what you did is still here.',
};

/** What a failed storage operation means for the user. */
export function storageProblem(error: unknown): StorageProblem {
  const names = namesOf(error);
  if (names.includes('QuotaExceededError'))
    return {
      kind: 'full',
      message: 'this browser has no room left for the work. Free some disk space, then try again.',
    };
  if (names.includes('VersionError'))
    return {
      kind: 'newer-version',
      message:
        'The work in this browser was written by a newer version of Locution. Reload the page, or open the newer version; nothing was changed.',
    };
  if (names.includes('DatabaseClosedError'))
    return {
      kind: 'superseded',
      message: 'the connection to the storage was closed. Reload the page to go on.',
    };
  if (names.includes('ShutError'))
    return { kind: 'superseded', message: 'the project was locked. Reload the page to unlock it.' };
  if (names.includes('DamagedRowError'))
    return {
      kind: 'damaged',
      message:
        'a piece of the locked work was changed on the disk and does not open, so nothing was shown in its place. Bring a backup of the project back.',
    };
  if (names.includes('MissingAPIError') || names.includes('SecurityError'))
    return {
      kind: 'unavailable',
      message:
        'this browser lets the page store nothing, as in some private windows. Open it in an ordinary window.',
    };
  return { kind: 'failed', message: `the browser's storage answered “${words(error)}”. Try again.` };
}

/** The names of an error and of what caused it, outermost first. Dexie hides the browser's own error in `inner`. */
function namesOf(error: unknown): string[] {
  if (!(error instanceof Error) && !(error instanceof DOMException)) return [];
  const inner: unknown = error instanceof Dexie.DexieError ? error.inner : error.cause;
  return [error.name, ...namesOf(inner)];
}

function words(error: unknown): string {
  return error instanceof Error ? error.message.split('\n')[0]! : String(error);
}
