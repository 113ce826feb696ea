import type { Sink } from './sinks.ts';

/** A file inside of a zip, its parts as they come. */
export interface ZippedFile {
  readonly path: string;
  readonly parts: AsyncIterable<string | Uint8Array<ArrayBuffer>>;
}

/** The oldest day a zip can say: the same files give the same bytes whenever they are written. */
const noDay = new Date(1980, 0, 1);

/** Writes files as one zip, each streamed. */
export async function zip(files: AsyncIterable<ZippedFile>, sink: Sink): Promise<void> {
  const { ZipWriter } = await import('@zip.js/zip.js/lib/zip-core-native.js');
  const out = new WritableStream<Uint8Array<ArrayBuffer>>({ write: (chunk) => sink.write(chunk) });
  const writer = new ZipWriter(out, { useWebWorkers: false, lastModDate: noDay, extendedTimestamp: false });
  for await (const { path, parts } of files) await writer.add(path, streamOf(parts));
  await writer.close();
}

function streamOf(parts: ZippedFile['parts']): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  const iterator = parts[Symbol.asyncIterator]();
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await iterator.next();
      if (done) controller.close();
      else controller.enqueue(typeof value === 'string' ? encoder.encode(value) : value);
    },
  });
}
