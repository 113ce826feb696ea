/** Where the bytes of an export are gathered. */
export interface Sink {
  write(part: string | Uint8Array<ArrayBuffer>): void;
  /** What was written. */
  close(): Blob;
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
    close() {
      fold();
      return new Blob(blobs, { type });
    },
  };
}

/** The file on disk changes only when all of it has arrived, so that one that fails leaves the old one as it was. */
export async function saveTo(target: FileSystemFileHandle, blob: Blob): Promise<void> {
  await blob.stream().pipeTo(await target.createWritable());
}
