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

/** A change that a Locution without a chain has written stands for itself; the next one vouches for it. */
export function headOf(change: Change): string {
  return change.chain ?? linkOf(undefined, change);
}

/** The first of the changes, which follow each other and the one before them, that does not fit to what is before it. */
export function firstBreak(previous: Change | undefined, changes: readonly Change[]): Change | undefined {
  let before = previous;
  for (const change of changes) {
    // Of one that was deleted for good only the link is left, and the next one holds on to that.
    if (!change.erased && change.chain !== undefined && change.chain !== linkOf(before, change)) return change;
    before = change;
  }
  return undefined;
}
