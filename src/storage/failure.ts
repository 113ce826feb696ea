import Dexie from 'dexie';
import type { StorageProblem } from '../core/problem.ts';

/** The storage neither writes nor says why not. */
export const unanswered: StorageProblem = {
  kind: 'unanswered',
  message:
    'the browser’s storage does not answer. Keep this page open and free some disk space; what you did is still here.',
};

/** What a failed storage operation means for the user. */
export function storageProblem(error: unknown): StorageProblem {
  const causes = causesOf(error);
  const isNamed = (...names: readonly string[]) => causes.some(({ name }) => names.includes(name));
  if (isNamed('QuotaExceededError'))
    return {
      kind: 'full',
      message:
        'this browser has no room left for the work: it gives each page only so much. Free some disk space, then try again.',
    };
  if (causes.some(({ message }) => noSpace.test(message)))
    return { kind: 'disk', message: 'the disk is full. Free some space on it, then try again.' };
  if (causes.some(({ message }) => diskFault.test(message)))
    return {
      kind: 'disk',
      message:
        'the browser cannot reach its storage on the disk, which may be full. Free some space on it, then try again; restart the browser if that does not help.',
    };
  if (isNamed('VersionError'))
    return {
      kind: 'newer-version',
      message:
        'The work in this browser was written by a newer version of Locution. Reload the page, or open the newer version; nothing was changed.',
    };
  if (isNamed('DatabaseClosedError', 'InvalidStateError'))
    return {
      kind: 'closed',
      message: 'the browser closed its storage. Try again, or reload the page to go on.',
    };
  if (isNamed('ShutError'))
    return { kind: 'superseded', message: 'the project was locked. Reload the page to unlock it.' };
  if (isNamed('DamagedRowError'))
    return {
      kind: 'damaged',
      message:
        'a piece of the locked work was changed on the disk and does not open, so nothing was shown in its place. Bring a backup of the project back.',
    };
  if (isNamed('MissingAPIError', 'SecurityError'))
    return {
      kind: 'unavailable',
      message:
        'this browser lets the page store nothing, as in some private windows. Open it in an ordinary window.',
    };
  return { kind: 'failed', message: `the browser's storage answered “${words(error)}”. Try again.` };
}

/** How Chromium says that the disk is full, and Firefox in its own way. */
const noSpace = /NO_SPACE|no space left|FILE_NO_DEVICE_SPACE/i;
/** It says no more than this when it closes the storage for it, and when it cannot open it again. */
const diskFault = /IO error|backing store|Connection is closing because of/i;

/** Why a job failed, as a sentence: what the storage answers in words for people, anything else as it says it. */
export function failureWords(error: unknown): string {
  if (error instanceof Dexie.DexieError || error instanceof DOMException)
    return storageProblem(error).message;
  const said = words(error);
  return /[.!?”)]$/u.test(said) ? said : `${said}.`;
}

interface Cause {
  readonly name: string;
  readonly message: string;
}

/** An error and what caused it, outermost first. Dexie hides the browser's own error in `inner`. */
function causesOf(error: unknown): readonly Cause[] {
  if (!(error instanceof Error) && !(error instanceof DOMException)) return [];
  const inner: unknown = error instanceof Dexie.DexieError ? error.inner : error.cause;
  return [error, ...causesOf(inner)];
}

function words(error: unknown): string {
  return error instanceof Error ? error.message.split('\n')[0]! : String(error);
}
