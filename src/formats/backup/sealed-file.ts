import * as v from 'valibot';
import { FileCipher, tagBytes } from '../../core/lock/chunks.ts';
import { wrappings, type Wrappings } from '../../core/lock/lock.ts';

/** Of what a sealed backup begins with. */
const mark = '{"format":"locution-sealed"';
const mostHeadBytes = 10_000;
const pieceBytes = 1_000_000;

const head = v.object({
  format: v.literal('locution-sealed'),
  version: v.literal(1),
  lock: wrappings,
  pieceBytes: v.pipe(v.number(), v.integer(), v.minValue(1000), v.maxValue(100_000_000)),
});

/** The head of a sealed backup: everything that is needed to open it but passphrase or recovery file. */
export interface SealedHead {
  readonly lock: Wrappings;
  readonly pieceBytes: number;
  /** The line as it stands there, with its end. */
  readonly line: string;
}

/** What came out of a sealed backup. */
export interface OpenedFile {
  /** What was sealed; in the place of damaged pieces there is nothing but zeros. */
  readonly blob: Blob;
  /** What is wrong, a sentence each; none means that every byte is as it was sealed. */
  readonly faults: readonly string[];
}

/** Seals a file in pieces, under a key of its own that follows from the project's. */
export async function sealedFile(
  blob: Blob,
  lock: Wrappings,
  key: Uint8Array,
  salt: string = crypto.randomUUID(),
): Promise<Blob> {
  const line = `${JSON.stringify({ format: 'locution-sealed', version: 1, lock, pieceBytes, salt })}\n`;
  const cipher = new FileCipher(key, line);
  const parts: Blob[] = [new Blob([line])];
  const count = Math.max(1, Math.ceil(blob.size / pieceBytes));
  for (let index = 0; index < count; index++) {
    const piece = blob.slice(index * pieceBytes, (index + 1) * pieceBytes);
    const bytes = new Uint8Array(await piece.arrayBuffer());
    const sealed = cipher.seal(bytes, { index, isLast: index === count - 1 });
    // In a blob of its own the browser may keep it outside of our memory.
    parts.push(new Blob([sealed as Uint8Array<ArrayBuffer>]));
  }
  return new Blob(parts, { type: 'application/octet-stream' });
}

/** The head of a file that is a sealed backup; `undefined` of any other, and `'damaged'` where it cannot be made out. */
export async function sealedHead(file: Blob): Promise<SealedHead | 'damaged' | undefined> {
  const bytes = new Uint8Array(await file.slice(0, mostHeadBytes).arrayBuffer());
  const text = new TextDecoder('latin1').decode(bytes);
  if (!text.startsWith(mark)) return undefined;
  const line = new TextDecoder().decode(bytes.subarray(0, text.indexOf('\n') + 1));
  const found = v.safeParse(v.pipe(v.string(), v.parseJson(), head), line);
  return found.success ? { ...found.output, line } : 'damaged';
}

/** Opens a sealed backup with the key of its project. Damage costs the piece that it hits, and is told. */
export async function openedFile(
  file: Blob,
  { line, pieceBytes: length }: SealedHead,
  key: Uint8Array,
): Promise<OpenedFile> {
  const cipher = new FileCipher(key, line);
  const body = file.slice(new TextEncoder().encode(line).length);
  const step = length + tagBytes;
  const count = Math.max(1, Math.ceil(body.size / step));
  const parts: Blob[] = [];
  const faults: string[] = [];
  for (let index = 0; index < count; index++) {
    const sealed = new Uint8Array(await body.slice(index * step, (index + 1) * step).arrayBuffer());
    const isLast = index === count - 1;
    const bytes = cipher.open(sealed, { index, isLast });
    // Where the end is cut off, the last piece that is there may be whole.
    const cut = bytes || !isLast ? undefined : cipher.open(sealed, { index, isLast: false });
    if (cut) faults.push(`the file ends too early, behind piece ${index + 1}.`);
    else if (!bytes)
      faults.push(`piece ${index + 1} of ${count} (${length / 1_000_000} MB each) is damaged.`);
    const whole = bytes ?? cut ?? new Uint8Array(Math.max(0, sealed.length - tagBytes));
    parts.push(new Blob([whole as Uint8Array<ArrayBuffer>]));
  }
  return { blob: new Blob(parts, { type: 'application/zip' }), faults };
}
