import {
  TextReader,
  Uint8ArrayReader,
  Uint8ArrayWriter,
  ZipWriter,
} from '@zip.js/zip.js/lib/zip-core-native.js';

/** A zip with these contents by path, the same whenever it is made. */
export async function zipped(
  parts: Readonly<Record<string, string | Uint8Array>>,
  options: { readonly password?: string; readonly level?: number } = {},
): Promise<Uint8Array<ArrayBuffer>> {
  const writer = new ZipWriter(new Uint8ArrayWriter(), { useWebWorkers: false, ...options });
  for (const [path, content] of Object.entries(parts)) {
    const reader = typeof content === 'string' ? new TextReader(content) : new Uint8ArrayReader(content);
    await writer.add(path, reader, { lastModDate: new Date(2026, 0, 1) });
  }
  return new Uint8Array(await writer.close());
}
