import { expect, test } from 'vitest';
import { namedApart, sourceFile } from '../../src/workers/importing/sources.ts';

/** A blob that says which of its bytes were read. */
function watched(length: number): { blob: Blob; reads: [number, number][] } {
  const reads: [number, number][] = [];
  const blob = new Blob([new Uint8Array(length).map((_, at) => at % 251)]);
  const slice = blob.slice.bind(blob);
  blob.slice = (start = 0, end = length) => {
    reads.push([start, Math.min(end, length)]);
    return slice(start, end);
  };
  return { blob, reads };
}

test('no more of a file is in memory than whoever reads it has asked for', async () => {
  const { blob, reads } = watched(3_500_000);
  const reader = sourceFile({ path: 'a.jsonl', blob }).stream().getReader();
  expect(reads).toEqual([]);
  await reader.read();
  await new Promise((resolve) => setTimeout(resolve));
  expect(reads).toEqual([[0, 1_000_000]]);
});

test.each([0, 1, 1_000_000, 2_000_001])('a file of %i bytes comes whole and in order', async (length) => {
  const { blob } = watched(length);
  const bytes = await new Response(sourceFile({ path: 'a.jsonl', blob }).stream()).arrayBuffer();
  expect(Buffer.from(bytes).equals(Buffer.from(await blob.arrayBuffer()))).toBe(true);
});

test('a file that is gone says so to who reads it', async () => {
  const { blob } = watched(10);
  blob.slice = () => ({ arrayBuffer: () => Promise.reject(new Error('gone')) }) as unknown as Blob;
  const reader = sourceFile({ path: 'a.jsonl', blob }).stream().getReader();
  await expect(reader.read()).rejects.toThrow('gone');
});

test('files of one name are told apart by a number that no other has', () => {
  const names = ['x.txt', 'x.ann', 'x.txt', 'x.ann', 'x (2).txt', 'may/README', 'may/README', 'x.txt'];
  const files = names.map((path) => sourceFile({ path, blob: new Blob() }));
  expect(namedApart(files).map(({ name }) => name)).toEqual([
    ...['x.txt', 'x.ann', 'x (3).txt', 'x (2).ann', 'x (2).txt', 'may/README', 'may/README (2)', 'x (4).txt'],
  ]);
});
