import { gcm } from '@noble/ciphers/aes.js';
import { hkdf } from '@noble/hashes/hkdf.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import { keyBytes } from './cipher.ts';

/** How much longer a piece is when it is sealed. */
export const tagBytes = 16;

/** Where a piece stands in its file. */
export interface Piece {
  readonly index: number;
  readonly isLast: boolean;
}

/**
 * Seals the pieces of one file as STREAM does (Hoang, Reyhanitabar, Rogaway, Vizár 2015): place and end are part of each
 * nonce, so that no piece can be dropped, doubled or moved, and the head is part of what each vouches for.
 */
export class FileCipher {
  readonly #key: Uint8Array;
  readonly #head: Uint8Array;

  /** `head` is all that stands before the pieces, with a salt of the file's own in it. */
  constructor(projectKey: Uint8Array, head: string) {
    this.#head = utf8ToBytes(head);
    this.#key = hkdf(sha256, projectKey, sha256(this.#head), utf8ToBytes('locution file'), keyBytes);
  }

  seal(bytes: Uint8Array, piece: Piece): Uint8Array {
    return gcm(this.#key, nonceOf(piece), this.#head).encrypt(bytes);
  }

  /** `undefined` when it is not as it was sealed, or stood elsewhere. */
  open(bytes: Uint8Array, piece: Piece): Uint8Array | undefined {
    try {
      return gcm(this.#key, nonceOf(piece), this.#head).decrypt(bytes);
    } catch {
      // The library says by throwing what is told by the place of the piece.
      return undefined;
    }
  }
}

function nonceOf({ index, isLast }: Piece): Uint8Array {
  const nonce = new Uint8Array(12);
  new DataView(nonce.buffer).setUint32(7, index);
  nonce[11] = isLast ? 1 : 0;
  return nonce;
}
