import { expect, test } from 'vitest';
import { Digest } from '../../src/core/digest.ts';
import { hashText } from '../../src/core/text.ts';

test('bytes that come in parts have the hash of the whole', () => {
  const text = 'They deny that 😀.';
  const bytes = new TextEncoder().encode(text);
  const digest = new Digest();
  for (const part of [bytes.subarray(0, 5), bytes.subarray(5, 5), bytes.subarray(5)]) digest.add(part);
  expect(digest.finish()).toEqual({ bytes: bytes.length, sha256: hashText(text) });
});
