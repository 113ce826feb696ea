import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeAll, expect, test } from 'vitest';

const initialScriptLimitBytes = 150_000;
const singleFileLimitBytes = 5_000_000;

const dist = join(import.meta.dirname, '../../dist');

beforeAll(() => {
  if (!existsSync(join(dist, 'locution.html')))
    throw new Error('There is no built page: run `npm run build` first.');
});

test('the scripts that the page starts with stay under 150 kB, compressed', () => {
  const page = readFileSync(join(dist, 'index.html'), 'utf8');
  const linked = [...page.matchAll(/<(?:script|link)\b[^>]*\b(?:src|href)="\.\/([^"]+\.(?:js|css))"/g)];
  const files = withImports(linked.map((match) => match[1]!));
  const scripts = files.filter((file) => file.endsWith('.js'));
  const styles = files.filter((file) => file.endsWith('.css'));
  expect(scripts).not.toEqual([]);
  console.log(
    `scripts at start ${kilobytes(compressed(scripts))}, styles ${kilobytes(compressed(styles))}, compressed`,
  );
  expect(compressed(scripts)).toBeLessThan(initialScriptLimitBytes);
});

test('the single file stays under 5 MB', () => {
  const sizeBytes = statSync(join(dist, 'locution.html')).size;
  console.log(`single file ${kilobytes(sizeBytes)}`);
  expect(sizeBytes).toBeLessThan(singleFileLimitBytes);
});

/** The files and all that they import at once; what is imported late does not count. */
function withImports(files: readonly string[]): string[] {
  const all = new Set(files);
  for (const file of all) {
    if (!file.endsWith('.js')) continue;
    const code = readFileSync(join(dist, file), 'utf8');
    // Bundled code imports as `import{a as b}from"./chunk.js"`, or `import"./chunk.js"`.
    for (const match of code.matchAll(/\b(?:from|import)\s*"\.\/([^"]+\.js)"/g))
      all.add(join('assets', match[1]!));
  }
  return [...all];
}

function compressed(files: readonly string[]): number {
  return files.reduce((sum, file) => sum + gzipSync(readFileSync(join(dist, file))).length, 0);
}

function kilobytes(sizeBytes: number): string {
  return `${(sizeBytes / 1000).toFixed(1)} kB`;
}
