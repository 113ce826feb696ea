import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { contentOf } from './backup/content.ts';
import type { Change, Draft } from './change.ts';

/**
 * The link of a change in the chain that runs through the log: SHA-256 over the link before it and all that the change
 * says, whatever its place. Whoever alters, drops or puts in a change breaks every link behind it.
 */
export function linkOf(previous: Change | undefined, change: Draft): string {
  const { seq: _, chain: __, ...said } = change as Change;
  return bytesToHex(sha256(utf8ToBytes(`${previous ? headOf(previous) : ''}\n${contentOf(said)}`)));
}

/** A change that was written without a link, as by an older Locution, stands for itself by its id. */
function headOf({ chain, id }: Change): string {
  return chain ?? id;
}

/**
 * The first of the changes, which follow each other and the one before them, that does not fit to what is before it. One
 * that is locked away or deleted for good says nothing, and its link is taken as it is.
 */
export function firstBreak(previous: Change | undefined, changes: readonly Change[]): Change | undefined {
  let before = previous;
  for (const change of changes) {
    if (change.chain !== undefined && !isSilent(change) && change.chain !== linkOf(before, change))
      return change;
    before = change;
  }
  return undefined;
}

/** Whether two changes at one place of two logs are not the same. */
export function differ(one: Change, other: Change): boolean {
  if (one.id !== other.id || one.chain !== other.chain) return true;
  return !isSilent(one) && !isSilent(other) && contentOf(one) !== contentOf(other);
}

/** Sealed, and nobody has the key: see the lock of projects. Or deleted for good, of which only the link is left. */
function isSilent(change: Change): boolean {
  return 'sealed' in change || change.erased === true;
}
