import { fileProblem, type FileProblem } from '../../core/problem.ts';
import type { SourceFile } from '../format.ts';
import { decoded } from './decoding.ts';
import { markedEncoding } from './encoding.ts';
import { allBytes, said, type Bytes } from './file-bytes.ts';

/** The parts of a file that is a zip of XML: a Word or OpenDocument text, or a book. */
export interface ZipParts {
  readonly names: readonly string[];
  /** The text of a part; `undefined` when there is no such part, or it is not what it says or too big. */
  text(name: string): Promise<string | undefined>;
  /** How many bytes a part says that it has when it is unpacked; 0 when there is none. */
  size(name: string): number;
}

/** The texts of a long book are some megabytes; XML packs 30:1 at most. */
const largestFile = 1_000_000_000;
export const largestPart = 200_000_000;
export const largestRatio = 200;
/** Below this much a high ratio harms nobody. */
export const harmlessBytes = 1_000_000;
export const mostEntries = 200_000;

/** Looks into a zip, or says in a problem why that cannot be done. */
export async function zipParts(
  file: SourceFile,
): Promise<{ readonly parts: ZipParts } | { readonly problem: FileProblem }> {
  const refused = (message: string) => ({ problem: fileProblem('refused', file.name, message) });
  if (file.size > largestFile)
    return refused('this file is bigger than 1 GB, which no document of words is.');
  const { Uint8ArrayReader, ZipReader } = await import('@zip.js/zip.js/lib/zip-core-native.js');
  try {
    const reader = new ZipReader(new Uint8ArrayReader(await allBytes(file)), { useWebWorkers: false });
    const entries = (await reader.getEntries()).filter(({ directory }) => !directory);
    if (entries.length > mostEntries) return refused('this file has more parts than any document has.');
    if (entries.some(({ encrypted }) => encrypted))
      return refused('this file is encrypted; save it without a password and import it again.');
    const byName = new Map(entries.map((entry) => [entry.filename, entry]));
    const text = async (name: string) => {
      const entry = byName.get(name);
      return entry && 'getData' in entry ? textOf(entry) : undefined;
    };
    const size = (name: string) => byName.get(name)?.uncompressedSize ?? 0;
    return { parts: { names: [...byName.keys()], text, size } };
  } catch (reason) {
    return refused(`this file is damaged and cannot be opened (${said(reason)}).`);
  }
}

/** What is needed of an entry of `@zip.js/zip.js`. */
export interface ZippedEntry {
  readonly filename: string;
  readonly compressedSize: number;
  readonly uncompressedSize: number;
  readonly encrypted: boolean;
  getData(writer: WritableStream, options?: object): Promise<unknown>;
}

/** Whether an entry grows so much when it is opened that it was made to fill the memory. */
export function isBomb(
  { compressedSize, uncompressedSize }: Pick<ZippedEntry, 'compressedSize' | 'uncompressedSize'>,
  ratio = largestRatio,
): boolean {
  return uncompressedSize > harmlessBytes && uncompressedSize > ratio * compressedSize;
}

async function textOf(entry: ZippedEntry): Promise<string | undefined> {
  if (isBomb(entry) || entry.uncompressedSize > largestPart) return undefined;
  const bytes = await unpackedBytes(entry);
  return decoded(bytes, markedEncoding(bytes) ?? declaredEncoding(bytes) ?? 'utf-8');
}

/** The bytes of an entry. @throws when it is damaged, or has more than it says. */
async function unpackedBytes(entry: ZippedEntry): Promise<Bytes> {
  const bytes = new Uint8Array(entry.uncompressedSize);
  let length = 0;
  const sink = new WritableStream<Uint8Array>({
    write(chunk) {
      bytes.set(chunk, length);
      length += chunk.length;
    },
  });
  await entry.getData(sink, { checkSignature: true, useWebWorkers: false });
  return bytes.subarray(0, length);
}

function declaredEncoding(bytes: Bytes): string | undefined {
  const start = String.fromCharCode(...bytes.subarray(0, 200));
  return /^<\?xml[^>]+encoding\s*=\s*["']([\w.:-]+)/i.exec(start)?.[1];
}
