import type { Scheme } from '../core/scheme.ts';
import type { OutgoingDocument, Reading } from '../core/transfer.ts';

/** A file as the browser hands it over; a `Blob` with a name. */
export interface SourceFile {
  readonly name: string;
  readonly size: number;
  stream(): ReadableStream<Uint8Array<ArrayBuffer>>;
}

/** One outside format. */
export interface Format {
  /** As the export dialog names it. */
  readonly name: string;
  /** Without the dot; the first is the one that files are written with. */
  readonly extensions: readonly string[];
  readonly mediaType: string;
  /** Yields all that could be read; what could not is a problem, and the rest goes on. */
  read(file: SourceFile): AsyncIterable<Reading>;
  /** Yields the file's text in parts. The same documents give the same bytes. Absent in formats that only read. */
  write?(documents: AsyncIterable<OutgoingDocument>, scheme: Scheme): AsyncIterable<string>;
  /** What the format cannot hold, a sentence each. */
  readonly losses: readonly string[];
}
