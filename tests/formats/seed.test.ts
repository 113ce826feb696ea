import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { jsonLines } from '../../src/formats/json-lines.ts';
import { plainText } from '../../src/formats/plain-text.ts';
import { readAll, sourceFile } from './reading.ts';

const seed = new URL('../../../shared/seed/', import.meta.url);
const open = (name: string) => sourceFile(name, readFileSync(new URL(name, seed)));

test('the marked article is read whole', async ({ skip }) => {
  if (!existsSync(seed)) skip('there is no folder ../shared/seed');
  const { documents, complaints } = await readAll(jsonLines, open('article.gold.jsonl'));
  expect(complaints).toEqual([]);
  expect(documents).toHaveLength(1);
  expect(documents[0]?.spans).toHaveLength(17);
  expect(documents[0]?.relations).toHaveLength(8);
});

test('the article as a text file has the same text and date', async ({ skip }) => {
  if (!existsSync(seed)) skip('there is no folder ../shared/seed');
  const [marked] = (await readAll(jsonLines, open('article.gold.jsonl'))).documents;
  const [plain] = (await readAll(plainText, open('article.txt'))).documents;
  expect(plain?.text).toBe(marked?.text);
  expect(plain?.meta).toEqual(marked?.meta);
});
