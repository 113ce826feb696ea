import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import type { Part } from '../../core/splits/part.ts';
import type { PartFigures } from './part-figures.ts';

/** A file of documents that has been written. */
export interface DataFile {
  readonly part: Part;
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly figures: PartFigures;
}

/** Hashes and measures a file while it is written. */
export class FileDigest {
  readonly #hash = sha256.create();
  #bytes = 0;

  add(bytes: Uint8Array): void {
    this.#hash.update(bytes);
    this.#bytes += bytes.length;
  }

  digest(): Pick<DataFile, 'bytes' | 'sha256'> {
    return { bytes: this.#bytes, sha256: bytesToHex(this.#hash.digest()) };
  }
}
