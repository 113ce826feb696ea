import { centralDirectory, localHeader, type StoredFile } from '../../formats/backup/stored-zip.ts';
import type { PartFacts } from '../../formats/backup/manifest.ts';
import { PartDigest } from '../../formats/backup/part-digest.ts';
import type { PartName } from '../../formats/backup/part-names.ts';
import { sealedLine } from '../../formats/backup/sealed-line.ts';
import { blobSink } from '../exporting/sinks.ts';

/** Gathers the lines of one part of a backup; the browser may keep them outside of our memory. */
export class PartWriter {
  readonly part: PartName;
  readonly #digest = new PartDigest();
  readonly #sink = blobSink('');

  constructor(part: PartName) {
    this.part = part;
  }

  add(value: object): void {
    const place = { part: this.part, line: this.#digest.lines + 1, after: this.#digest.last };
    const { bytes, sum } = sealedLine(value, place);
    this.#sink.write(bytes);
    this.#digest.add(bytes, sum);
  }

  close(): WrittenPart {
    return { ...this.#digest.facts(this.part), crc: this.#digest.crc, blob: this.#sink.close() };
  }
}

export interface WrittenPart extends PartFacts {
  readonly crc: number;
  readonly blob: Blob;
}

/** A part of a single line. */
export function singleLine(part: PartName, value: object): WrittenPart {
  const writer = new PartWriter(part);
  writer.add(value);
  return writer.close();
}

/** The parts as one zip in which they stand as they are, so that damage costs no more than the line that it hits. */
export function assembled(parts: readonly WrittenPart[]): Blob {
  const pieces: (Blob | Uint8Array<ArrayBuffer>)[] = [];
  const files: StoredFile[] = [];
  let offset = 0;
  for (const { path, bytes: size, crc, blob } of parts.filter(({ lines }) => lines > 0)) {
    const file = { path, size, crc, offset };
    const header = localHeader(file);
    pieces.push(header, blob);
    files.push(file);
    offset += header.length + size;
  }
  return new Blob([...pieces, centralDirectory(files, offset)], { type: 'application/zip' });
}
