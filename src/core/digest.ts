import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';

/** SHA-256 and size of bytes that come in parts. */
export class Digest {
  readonly #hash = sha256.create();
  #bytes = 0;

  add(bytes: Uint8Array): void {
    this.#hash.update(bytes);
    this.#bytes += bytes.length;
  }

  /** The hash in lower-case hexadecimal. Nothing can be added after it. */
  finish(): { readonly bytes: number; readonly sha256: string } {
    return { bytes: this.#bytes, sha256: bytesToHex(this.#hash.digest()) };
  }
}
