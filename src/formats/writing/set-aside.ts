const chunkLength = 1 << 20;

/** Text that has to wait until another file is written. It is kept in blobs, which browsers may move out of memory. */
export class SetAside {
  readonly #blobs: Blob[] = [];
  #open: string[] = [];
  #length = 0;

  add(text: string): void {
    this.#open.push(text);
    this.#length += text.length;
    if (this.#length >= chunkLength) this.#close();
  }

  /** All that was set aside, in its order. */
  async *parts(): AsyncGenerator<string> {
    this.#close();
    for (const blob of this.#blobs) yield await blob.text();
  }

  #close(): void {
    if (this.#length > 0) this.#blobs.push(new Blob([this.#open.join('')]));
    this.#open = [];
    this.#length = 0;
  }
}
