import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A span as a gold list has it, its ends in UTF-16 units. */
export interface GoldSpan {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly label: string;
}

/** A file to import, and the spans that are to be made in it. */
export interface GoldReport {
  readonly name: string;
  readonly file: string;
  readonly goldFile: string;
  readonly text: string;
  readonly spans: readonly GoldSpan[];
}

const root = join(import.meta.dirname, '../..');
const fixtures = join(root, 'tests/fixtures/journeys');
const seed = join(root, '../shared/seed');

function fixture(name: string): string {
  return join(fixtures, name);
}

/** One of our own reports by its name. */
export function ownReport(name: string): GoldReport {
  return readReport(name, fixture(`${name}.txt`), fixture(`${name}.gold.jsonl`));
}

/** The report that the project began with, where it lies beside the repository. */
export function seedReport(): GoldReport | undefined {
  const file = join(seed, 'article.txt');
  return existsSync(file) ? readReport('article', file, join(seed, 'article.gold.jsonl')) : undefined;
}

function readReport(name: string, file: string, goldFile: string): GoldReport {
  const gold = JSON.parse(readFileSync(goldFile, 'utf8').trim()) as { text: string; spans: GoldSpan[] };
  const characters = [...gold.text];
  const toOffset = (codePoint: number) => characters.slice(0, codePoint).join('').length;
  const spans = gold.spans.map(({ start, end, text, label }) => ({
    start: toOffset(start),
    end: toOffset(end),
    text,
    label,
  }));
  return { name, file, goldFile, text: gold.text, spans };
}
