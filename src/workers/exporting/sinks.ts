/** Where the bytes of an export go. */
export interface Sink {
  write(part: string | Uint8Array<ArrayBuffer>): void;
  /** What was written. */
  close(): Blob;
}

/** Writes all of it into a file, which changes on disk only when everything is written. @throws what the disk says. */
export async function writeTo(target: FileSystemFileHandle, blob: Blob): Promise<void> {
  await blob.stream().pipeTo(await target.createWritable());
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
