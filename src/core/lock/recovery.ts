import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import * as v from 'valibot';
import { keyBytes } from './cipher.ts';
import { unwrapped, wrappings, wrappingsOf, type Lock, type Wrappings } from './lock.ts';

const shape = v.object({
  format: v.literal('locution-recovery'),
  version: v.literal(1),
  recoveryKey: v.pipe(v.string(), v.regex(/^[0-9a-f]+$/), v.length(2 * keyBytes)),
  lock: wrappings,
});

/** The text of a recovery file. It opens the project by itself, even where the lock's own row is lost. */
export function recoveryFile(
  lock: Lock,
  recoveryKey: Uint8Array,
  project: { readonly id: string; readonly name: string },
  at: string,
): string {
  const what = `With this file anybody can open the locked Locution project “${project.name}” and its locked backups without the passphrase. Keep it apart from this computer, for example printed or on a stick in a drawer.`;
  const file = {
    what,
    format: 'locution-recovery',
    version: 1,
    project: { id: project.id, name: project.name },
    madeAt: at,
    recoveryKey: bytesToHex(recoveryKey),
    lock: wrappingsOf(lock),
  };
  return `${JSON.stringify(file, null, 2)}\n`;
}

/** A recovery file as it was read. */
export interface Recovery {
  readonly key: Uint8Array;
  readonly lock: Wrappings;
}

/** What a recovery file says; `undefined` when it is none. */
export function recoveryIn(text: string): Recovery | undefined {
  const found = v.safeParse(v.pipe(v.string(), v.parseJson(), shape), text);
  return found.success ? { key: hexToBytes(found.output.recoveryKey), lock: found.output.lock } : undefined;
}

/** The key of the project that the wrappings are of; `undefined` when the file is of another lock. */
export function recovered(known: Wrappings, { key, lock }: Recovery): Uint8Array | undefined {
  if (lock.keyId !== known.keyId) return undefined;
  return unwrapped(known, 'recovery', key) ?? unwrapped(lock, 'recovery', key);
}
