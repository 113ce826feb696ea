const lineFeed = 0x0a;

/** A file whose bytes can be read, as often as one likes. */
export interface ByteFile {
  readonly size: number;
  stream(): ReadableStream<Uint8Array>;
}

/** The bytes of a file as they are asked for. */
export class Source {
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>;
  #bytes: Uint8Array = new Uint8Array();
  #at = 0;
  #offset = 0;

  constructor(file: ByteFile) {
    this.#reader = file.stream().getReader();
  }

  get offset(): number {
    return this.#offset;
  }

  /** Whether there are so many more bytes; they are in memory then. */
  async reach(length: number): Promise<boolean> {
    while (this.#bytes.length - this.#at < length) if (!(await this.#more())) return false;
    return true;
  }

  take(length: number): Uint8Array {
    const taken = this.#bytes.subarray(this.#at, this.#at + length);
    this.#at += taken.length;
    this.#offset += taken.length;
    return taken;
  }

  /** All up to and with the next line feed, or what there is. */
  async line(): Promise<Uint8Array> {
    const feed = this.#bytes.indexOf(lineFeed, this.#at);
    if (feed >= 0) return this.take(feed + 1 - this.#at);
    const parts = [this.take(this.#bytes.length - this.#at)];
    // Put together once: a line may be a document of many million characters.
    for (let isOpen = true; isOpen && (await this.#next());) {
      const end = this.#bytes.indexOf(lineFeed);
      isOpen = end < 0;
      parts.push(this.take(isOpen ? this.#bytes.length : end + 1));
    }
    return joined(parts);
  }

  async rest(): Promise<Uint8Array> {
    while (await this.#more()) continue;
    return this.take(this.#bytes.length - this.#at);
  }

  number(at: number, length: 1 | 2 | 4): number {
    const view = new DataView(this.#bytes.buffer, this.#bytes.byteOffset + this.#at + at, length);
    if (length === 1) return view.getUint8(0);
    return length === 2 ? view.getUint16(0, true) : view.getUint32(0, true);
  }

  async #next(): Promise<boolean> {
    const { done, value } = await this.#reader.read();
    if (done) return false;
    [this.#bytes, this.#at] = [value, 0];
    return true;
  }

  async #more(): Promise<boolean> {
    const kept = this.#bytes.subarray(this.#at);
    if (!(await this.#next())) return false;
    this.#bytes = joined([kept, this.#bytes]);
    return true;
  }
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
