import { Blob } from 'node:buffer';

/** Fails the steps that it is asked about. */
export type Fault = (step: string) => void;

/** An error as browsers throw it. */
export function domError(name: string): DOMException {
  return new DOMException(`the disk says ${name}`, name);
}

/** A folder as browsers hand it out, in memory. What is written is there once it is closed, as in Chromium. */
export class MemoryFolder {
  readonly kind = 'directory';
  readonly name = 'Backups';
  readonly files = new Map<string, Uint8Array<ArrayBuffer>>();
  /** All that was done to it, in order. */
  readonly steps: string[] = [];
  canRename = true;
  permission: 'granted' | 'prompt' | 'denied' = 'granted';
  fault: Fault = () => undefined;

  get handle(): FileSystemDirectoryHandle {
    return this as unknown as FileSystemDirectoryHandle;
  }

  async queryPermission(): Promise<string> {
    return this.permission;
  }

  async requestPermission(): Promise<string> {
    return (this.permission = 'granted');
  }

  async *keys(): AsyncGenerator<string> {
    this.step('list');
    yield* this.files.keys();
  }

  async *values(): AsyncGenerator<MemoryFile> {
    this.step('list');
    for (const name of [...this.files.keys()]) yield new MemoryFile(this, name);
  }

  async getFileHandle(name: string, { create = false } = {}): Promise<MemoryFile> {
    this.step(`open ${name}`);
    if (!this.files.has(name) && !create) throw domError('NotFoundError');
    if (!this.files.has(name)) this.files.set(name, new Uint8Array());
    return new MemoryFile(this, name);
  }

  async removeEntry(name: string): Promise<void> {
    this.step(`remove ${name}`);
    if (!this.files.delete(name)) throw domError('NotFoundError');
  }

  step(what: string): void {
    this.steps.push(what);
    this.fault(what);
  }
}

class MemoryFile {
  readonly kind = 'file';
  readonly name: string;
  readonly #folder: MemoryFolder;

  constructor(folder: MemoryFolder, name: string) {
    this.#folder = folder;
    this.name = name;
  }

  async getFile(): Promise<Blob> {
    this.#folder.step(`read ${this.name}`);
    return new Blob([this.#folder.files.get(this.name)!]);
  }

  async createWritable(): Promise<WritableStream<Uint8Array<ArrayBuffer>>> {
    const folder = this.#folder;
    folder.step(`write to ${this.name}`);
    const parts: Uint8Array<ArrayBuffer>[] = [];
    return new WritableStream({
      write: (bytes) => {
        folder.step(`bytes to ${this.name}`);
        parts.push(bytes.slice());
      },
      close: async () => {
        folder.step(`close ${this.name}`);
        folder.files.set(this.name, new Uint8Array(await new Blob(parts).arrayBuffer()));
      },
    });
  }

  async move(name: string): Promise<void> {
    const { files } = this.#folder;
    this.#folder.step(`rename to ${name}`);
    if (!this.#folder.canRename) throw domError('NotSupportedError');
    files.set(name, files.get(this.name)!);
    files.delete(this.name);
  }
}
