import { describe, expect, test } from 'vitest';
import { newKey } from '../../../src/core/lock/cipher.ts';
import { wrappingsOf } from '../../../src/core/lock/lock.ts';
import {
  openedFile,
  sealedFile,
  sealedHead,
  type OpenedFile,
} from '../../../src/formats/backup/sealed-file.ts';
import { lockFor } from '../../storage/lock/locked.ts';

const pieceBytes = 1_000_000;

/** Two whole pieces and a bit, no two of them alike. */
function content(): Uint8Array<ArrayBuffer> {
  return new Uint8Array(2 * pieceBytes + 17).map((_, at) => (at * 31 + Math.floor(at / 251)) % 256);
}

async function sealed(bytes = content()) {
  const { lock, key } = await lockFor('first', 'open sesame');
  const file = await sealedFile(new Blob([bytes]), wrappingsOf(lock), key);
  const head = await sealedHead(file);
  if (!head || head === 'damaged') throw new Error('it has no head');
  const open = async (changed: Blob): Promise<OpenedFile> => openedFile(changed, head, key);
  return { file, head, open, headBytes: new TextEncoder().encode(head.line).length };
}

/** Byte for byte; a matcher takes half a minute for a million of them. */
const isSame = (one: Uint8Array, other: Uint8Array) => Buffer.compare(one, other) === 0;

const bytesOf = async (blob: Blob) => new Uint8Array(await blob.arrayBuffer());

describe('a sealed backup', () => {
  test.each([0, 1, pieceBytes, 2 * pieceBytes])('of %i bytes opens to what was sealed', async (length) => {
    const bytes = content().slice(0, length);
    const { file, open } = await sealed(bytes);
    const { blob, faults } = await open(file);
    expect([isSame(await bytesOf(blob), bytes), faults]).toEqual([true, []]);
  });

  test('in which a bit is flipped loses the piece that it is in, and says so', async () => {
    const { file, open, headBytes } = await sealed();
    const bytes = await bytesOf(file);
    bytes[headBytes + pieceBytes + 500]! ^= 1;
    const { blob, faults } = await open(new Blob([bytes]));
    expect(faults).toEqual(['piece 2 of 3 (1 MB each) is damaged.']);
    const back = await bytesOf(blob);
    expect(isSame(back.slice(0, pieceBytes), content().slice(0, pieceBytes))).toBe(true);
    expect(isSame(back.slice(2 * pieceBytes), content().slice(2 * pieceBytes))).toBe(true);
    expect(back.slice(pieceBytes, 2 * pieceBytes).every((byte) => byte === 0)).toBe(true);
  });

  test('that ends too early, between pieces or within one, says so', async () => {
    const { file, open, headBytes } = await sealed();
    const step = pieceBytes + 16;
    expect((await open(file.slice(0, headBytes + 2 * step))).faults).toEqual([
      'the file ends too early, behind piece 2.',
    ]);
    expect((await open(file.slice(0, headBytes + 2 * step - 9))).faults).toEqual([
      'piece 2 of 2 (1 MB each) is damaged.',
    ]);
    expect((await open(file.slice(0, headBytes))).faults).toHaveLength(1);
  });

  test('of which pieces changed places, or came from another backup, is refused there', async () => {
    const one = await sealed();
    const step = pieceBytes + 16;
    const piece = ({ file, headBytes }: typeof one, index: number) =>
      file.slice(headBytes + index * step, headBytes + (index + 1) * step);
    const head = one.file.slice(0, one.headBytes);
    const swapped = new Blob([head, piece(one, 1), piece(one, 0), piece(one, 2)]);
    expect((await one.open(swapped)).faults).toHaveLength(2);
    const other = await sealed();
    const mixed = new Blob([head, piece(one, 0), piece(other, 1), piece(one, 2)]);
    expect((await one.open(mixed)).faults).toEqual(['piece 2 of 3 (1 MB each) is damaged.']);
  });

  test('is known by its head, and one whose head is damaged is told from other files', async () => {
    const { file, head } = await sealed(content().slice(0, 10));
    expect(await sealedHead(new Blob(['PK']))).toBeUndefined();
    expect(await sealedHead(file.slice(0, head.line.length - 20))).toBe('damaged');
    const { faults } = await openedFile(file, head, newKey());
    expect(faults).toHaveLength(1);
  });
});
