import { scryptAsync } from '@noble/hashes/scrypt.js';
import { bytesToHex, hexToBytes, randomBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import * as v from 'valibot';
import { keyBytes, newKey, open, seal } from './cipher.ts';

const hex = v.pipe(v.string(), v.regex(/^(?:[0-9a-f]{2})+$/));

/** What scrypt (RFC 7914) is asked for. Larger numbers than these are refused, as a file could stop the page with them. */
const stretching = v.object({
  N: v.pipe(v.number(), v.integer(), v.minValue(2), v.maxValue(2 ** 20)),
  r: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(16)),
  p: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(4)),
  salt: hex,
});

export type Stretching = Readonly<v.InferOutput<typeof stretching>>;

/** How the key of a project is kept: wrapped twice, once for the passphrase and once for the recovery file. */
export const wrappings = v.object({
  version: v.literal(1),
  projectId: v.string(),
  /** Tells this key from others that the project may have had; it says nothing about the key. */
  keyId: v.string(),
  scrypt: stretching,
  byPassphrase: hex,
  byRecovery: hex,
});

export type Wrappings = Readonly<v.InferOutput<typeof wrappings>>;

/**
 * The lock of a project, as a row of the settings keeps it. `sealing`: what is written is sealed, and what was written
 * before is being sealed. `copying`: only the second copy is left to be. `opening`: the lock is being taken away, and the
 * key lies open until that is done.
 */
const lock = v.object({
  ...wrappings.entries,
  state: v.picklist(['sealing', 'copying', 'sealed', 'opening']),
  key: v.optional(hex),
});

export type Lock = Readonly<v.InferOutput<typeof lock>>;

/** The key of a project, by which of its locks. */
export interface ProjectKey {
  readonly keyId: string;
  readonly key: Uint8Array;
}

/** 128 MB of memory and about a second for each guess. */
const strength = { N: 2 ** 17, r: 8, p: 1 };

/** How a new passphrase is to be stretched. */
export function newStretching(chosen: Omit<Stretching, 'salt'> = strength): Stretching {
  return { ...chosen, salt: bytesToHex(randomBytes(16)) };
}

/** The key that a passphrase comes to. The same letters count as the same, however a keyboard composes them. */
export function stretched(passphrase: string, { N, r, p, salt }: Stretching): Promise<Uint8Array> {
  const typed = utf8ToBytes(passphrase.normalize('NFKC').toWellFormed());
  return scryptAsync(typed, hexToBytes(salt), { N, r, p, dkLen: keyBytes, maxmem: 2 ** 31 });
}

/** A new lock for a project, with its key and the key for the recovery file. A key that it had before can be kept. */
export function newLock(
  projectId: string,
  scrypt: Stretching,
  passphraseKey: Uint8Array,
  before?: ProjectKey,
): { readonly lock: Lock; readonly key: Uint8Array; readonly recoveryKey: Uint8Array } {
  const [key, recoveryKey] = [before?.key ?? newKey(), newKey()];
  const keyId = before?.keyId ?? bytesToHex(randomBytes(8));
  return {
    lock: {
      version: 1,
      projectId,
      keyId,
      scrypt,
      byPassphrase: wrapped(key, passphraseKey, projectId, keyId),
      byRecovery: wrapped(key, recoveryKey, projectId, keyId),
      state: 'sealing',
    },
    key,
    recoveryKey,
  };
}

/** The same lock under another passphrase; only the wrapping of the key changes. */
export function withPassphrase(
  known: Lock,
  key: Uint8Array,
  scrypt: Stretching,
  passphraseKey: Uint8Array,
): Lock {
  const byPassphrase = wrapped(key, passphraseKey, known.projectId, known.keyId);
  return { ...known, scrypt, byPassphrase };
}

/** The project's key; `undefined` when the key that it is asked with is another one. */
export function unwrapped(
  { projectId, keyId, byPassphrase, byRecovery }: Wrappings,
  by: 'passphrase' | 'recovery',
  withKey: Uint8Array,
): Uint8Array | undefined {
  const wrapping = by === 'passphrase' ? byPassphrase : byRecovery;
  return open(withKey, hexToBytes(wrapping), aboutKey(projectId, keyId));
}

/** The lock as it was stored; `undefined` where something else was. */
export function lockIn(value: unknown): Lock | undefined {
  const found = v.safeParse(lock, value);
  return found.success ? found.output : undefined;
}

/** The key that lies open while the lock is being taken away. */
export function openKey({ key }: Lock): Uint8Array | undefined {
  return key === undefined ? undefined : hexToBytes(key);
}

/** The lock on its way to be taken away. */
export function opening(known: Lock, key: Uint8Array): Lock {
  return { ...known, state: 'opening', key: bytesToHex(key) };
}

/** What of a lock goes out with a backup. */
export function wrappingsOf({
  version,
  projectId,
  keyId,
  scrypt,
  byPassphrase,
  byRecovery,
}: Lock): Wrappings {
  return { version, projectId, keyId, scrypt, byPassphrase, byRecovery };
}

function wrapped(key: Uint8Array, withKey: Uint8Array, projectId: string, keyId: string): string {
  return bytesToHex(seal(withKey, key, aboutKey(projectId, keyId)));
}

function aboutKey(projectId: string, keyId: string): string {
  return JSON.stringify(['locution key', projectId, keyId]);
}
