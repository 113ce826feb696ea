/** Where the bytes of an export go. */
export interface Sink {
  write(part: string | Uint8Array<ArrayBuffer>): Promise<void> | void;
  /** What was written, for reading it back. */
  close(): Promise<Blob>;
  abort(): Promise<void>;
}

/** The file on disk changes only on `close`, so an export that fails leaves the old one as it was. */
export async function fileSink(target: FileSystemFileHandle): Promise<Sink> {
  const stream = await target.createWritable();
  return {
    write: (part) => stream.write(part),
    close: () => stream.close().then(() => target.getFile()),
    abort: () => stream.abort(),
  };
}

const blobPartLength = 4_000_000;

/** Collects the parts as blobs, which the browser may keep outside of our memory. */
export function blobSink(type: string): Sink {
  const blobs: Blob[] = [];
  let parts: (string | Uint8Array<ArrayBuffer>)[] = [];
  let length = 0;
  const fold = () => {
    blobs.push(new Blob(parts));
    [parts, length] = [[], 0];
  };
  return {
    write(part) {
      parts.push(part);
      length += part.length;
      if (length > blobPartLength) fold();
    },
    async close() {
      fold();
      return new Blob(blobs, { type });
    },
    async abort() {},
  };
}
