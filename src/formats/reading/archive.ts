import { fileProblem, type FileProblem } from '../../core/problem.ts';
import type { SourceFile } from '../format.ts';
import { allBytes, said, type Bytes } from './file-bytes.ts';
import { harmlessBytes, isBomb, largestRatio, mostEntries, type ZippedEntry } from './zip-parts.ts';

/** Files as they are, with those in zips instead of the zips. */
export interface Unpacked {
  readonly files: readonly SourceFile[];
  readonly problems: readonly FileProblem[];
}

export interface ArchiveLimits {
  /** Of all archives together. */
  readonly entries: number;
  readonly bytes: number;
  /** How many times its size an entry may grow to. */
  readonly ratio: number;
}

const limits: ArchiveLimits = { entries: mostEntries, bytes: 4_000_000_000, ratio: largestRatio };

/** For zips that we have just written ourselves. */
export const ownLimits: ArchiveLimits = { entries: Infinity, bytes: Infinity, ratio: Infinity };

/** So much of a zip within a zip is held in memory. */
const largestInner = 1_000_000_000;

/**
 * Looks into zips, and zips in those, but no deeper; what is in them has its path behind the zip's: `news.zip/may/a.txt`.
 * Each file is unpacked anew when it is read. Hidden files are passed over; documents that are zips themselves stay whole.
 */
export async function unpacked(
  files: readonly SourceFile[],
  most: ArchiveLimits = limits,
): Promise<Unpacked> {
  const archive = new Unpacking(most);
  for (const file of files) await archive.take(file, 0);
  return archive;
}

class Unpacking implements Unpacked {
  readonly files: SourceFile[] = [];
  readonly problems: FileProblem[] = [];
  readonly #most: ArchiveLimits;
  #entries = 0;
  #bytes = 0;

  constructor(most: ArchiveLimits) {
    this.#most = most;
  }

  async take(file: SourceFile, depth: number): Promise<void> {
    if (!/\.zip$/i.test(file.name)) return void this.files.push(file);
    if (depth > 1) return this.#refuse(file.name, 'it is a zip in a zip in a zip; unpack it first.');
    if (depth > 0 && file.size > largestInner)
      return this.#refuse(file.name, 'it is a zip of more than 1 GB in another zip; unpack that first.');
    try {
      await this.#open(file, depth);
    } catch (reason) {
      this.#refuse(file.name, `this zip is damaged and cannot be opened (${said(reason)}).`);
    }
  }

  async #open(file: SourceFile, depth: number): Promise<void> {
    const { BlobReader, Uint8ArrayReader, ZipReader } = await import('@zip.js/zip.js/lib/zip-core-native.js');
    const blob = file.blob ?? (isBlob(file) ? file : undefined);
    const source = blob ? new BlobReader(blob) : new Uint8ArrayReader(await allBytes(file));
    // Names are cleaned here, and nothing is written to a disk.
    const zip = new ZipReader(source, { useWebWorkers: false, filenameValidation: 'tolerant' });
    const entries: ZippedEntry[] = [];
    for await (const entry of zip.getEntriesGenerator()) {
      if (entry.directory || isHidden(entry.filename)) continue;
      if (++this.#entries > this.#most.entries)
        return this.#refuse(
          file.name,
          `it holds more than ${this.#most.entries} files; make several zips of it.`,
        );
      entries.push(entry);
    }
    if (isDocument(entries)) return void this.files.push(file);
    if (entries.length === 0) this.#refuse(file.name, 'there are no files in this zip.');
    for (const entry of entries) await this.#takeEntry(entry, file, depth);
  }

  async #takeEntry(entry: ZippedEntry, { name: zip }: SourceFile, depth: number): Promise<void> {
    const name = `${zip}/${pathOf(entry.filename)}`;
    if (entry.encrypted)
      return this.#refuse(name, 'it is encrypted; unpack the zip with its password first.');
    if (isBomb(entry, this.#most.ratio))
      return this.#refuse(name, 'it would grow to more than 200 times its size, so it was not opened.');
    if ((this.#bytes += entry.uncompressedSize) > this.#most.bytes) {
      this.#bytes -= entry.uncompressedSize;
      return this.#refuse(name, 'with it more than 4 GB would be unpacked; import it in several parts.');
    }
    const file = { name, size: entry.uncompressedSize, stream: () => streamOf(entry, this.#most.ratio) };
    if (/\.zip$/i.test(name)) await this.take(file, depth + 1);
    else this.files.push(file);
  }

  #refuse(name: string, message: string): void {
    this.problems.push(fileProblem('refused', name, message));
  }
}

/** What the desktop leaves in zips, and files that are hidden in folders. */
function isHidden(path: string): boolean {
  return path
    .split(/[/\\]/)
    .some((part) => part === '__MACOSX' || (part.startsWith('.') && !/^\.+$/.test(part)));
}

/** The path without what would lead out of the zip. */
function pathOf(path: string): string {
  return path
    .split(/[/\\]/)
    .filter((part) => !/^\.*$/.test(part))
    .join('/');
}

/** Whether it is a document whose name says `.zip`: of Word, OpenDocument, a book, or a project of ours. */
function isDocument(entries: readonly ZippedEntry[]): boolean {
  const names = new Set(entries.map(({ filename }) => filename));
  return (
    names.has('[Content_Types].xml') ||
    entries[0]?.filename === 'mimetype' ||
    (names.has('manifest.json') && names.has('documents.jsonl'))
  );
}

function isBlob(file: SourceFile): file is SourceFile & Blob {
  return file instanceof Blob;
}

/** The bytes of an entry; the stream fails where it is damaged or grows beyond what it says. */
function streamOf(entry: ZippedEntry, ratio: number): ReadableStream<Bytes> {
  let length = 0;
  const watch = new TransformStream<Bytes, Bytes>({
    transform(chunk, controller) {
      length += chunk.length;
      if (length > Math.max(harmlessBytes, ratio * entry.compressedSize))
        controller.error(new RangeError('it grows to more than 200 times its size'));
      else controller.enqueue(chunk);
    },
  });
  entry
    .getData(watch.writable, { checkSignature: true, useWebWorkers: false })
    // Whoever reads the stream is told by the stream.
    .catch((reason: unknown) => watch.writable.abort(reason).catch(() => undefined));
  return watch.readable;
}
