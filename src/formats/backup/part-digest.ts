import { Digest } from '../../core/digest.ts';
import { crcOf } from './crc.ts';
import type { PartFacts } from './manifest.ts';
import { pathOf, type PartName } from './part-names.ts';

/** What is counted of a part of a backup while its lines go by. */
export class PartDigest {
  /** Where its first line begins in the file. */
  readonly offset: number;
  readonly #digest = new Digest();
  #crc = 0;
  #lines = 0;
  #bytes = 0;
  #last = '';

  constructor(offset = 0) {
    this.offset = offset;
  }

  get lines(): number {
    return this.#lines;
  }

  get bytes(): number {
    return this.#bytes;
  }

  get crc(): number {
    return this.#crc;
  }

  /** The sum of the last line. */
  get last(): string {
    return this.#last;
  }

  /** A line with its line feed. */
  add(bytes: Uint8Array, sum: string): void {
    this.#digest.add(bytes);
    this.#crc = crcOf(bytes, this.#crc);
    this.#lines++;
    this.#bytes += bytes.length;
    this.#last = sum;
  }

  /** Nothing can be added after this. */
  facts(part: PartName): PartFacts {
    const { bytes, sha256 } = this.#digest.finish();
    return { part, path: pathOf(part), lines: this.#lines, bytes, sha256, last: this.#last };
  }
}
