import { gcm } from '@noble/ciphers/aes.js';
import { randomBytes, utf8ToBytes } from '@noble/hashes/utils.js';

export const keyBytes = 32;
const nonceBytes = 12;

/** A random key of 256 bits. */
export function newKey(): Uint8Array {
  return randomBytes(keyBytes);
}

/**
 * Seals bytes by AES-256-GCM under a random nonce of 96 bits, which stands before them. `about` says what they are and
 * where they belong: they open for the same words alone, so that nothing can be put into another's place.
 */
export function seal(key: Uint8Array, bytes: Uint8Array, about: string): Uint8Array {
  const nonce = randomBytes(nonceBytes);
  const sealed = gcm(key, nonce, utf8ToBytes(about)).encrypt(bytes);
  const whole = new Uint8Array(nonceBytes + sealed.length);
  whole.set(nonce);
  whole.set(sealed, nonceBytes);
  return whole;
}

/** What was sealed; `undefined` when the key is another one, or anything was changed since. */
export function open(key: Uint8Array, sealed: Uint8Array, about: string): Uint8Array | undefined {
  try {
    const nonce = sealed.slice(0, nonceBytes);
    return gcm(key, nonce, utf8ToBytes(about)).decrypt(sealed.subarray(nonceBytes));
  } catch {
    // The library tells a wrong key, a changed byte and a cut end from nothing else, and by throwing.
    return undefined;
  }
}

/** The same for a value as JSON has it. */
export function sealValue(key: Uint8Array, value: unknown, about: string): Uint8Array {
  return seal(key, utf8ToBytes(JSON.stringify(value)), about);
}

export function openValue(key: Uint8Array, sealed: Uint8Array, about: string): unknown {
  const bytes = open(key, sealed, about);
  return bytes && JSON.parse(new TextDecoder().decode(bytes));
}
