import type { Bytes } from './file-bytes.ts';

/** The text that the bytes are in an encoding, with its byte order mark; `undefined` when they are none. */
export function decoded(bytes: Bytes, label: string): string | undefined {
  const decoder = strictDecoder(label);
  return decoder && attempt(() => decoder.decode(bytes));
}

/** `undefined` when the label is none of the Encoding Standard. */
export function strictDecoder(label: string): TextDecoder | undefined {
  try {
    return new TextDecoder(label, { fatal: true, ignoreBOM: true });
  } catch (reason) {
    if (reason instanceof RangeError) return undefined;
    throw reason;
  }
}

export function attempt(decode: () => string): string | undefined {
  try {
    return decode();
  } catch (reason) {
    if (reason instanceof TypeError) return undefined;
    throw reason;
  }
}
