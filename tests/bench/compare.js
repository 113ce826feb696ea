// Sets two runs of the bench side by side: `npm run bench:compare -- before.json [after.json]`. Without a second one it is
// the record. A difference counts only when the middle halves of both do not meet.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const [before, after = join(import.meta.dirname, 'results.json')] = process.argv.slice(2);
if (!before) {
  console.error(
    'Name the results.json of an earlier run: npm run bench:compare -- earlier.json [later.json]',
  );
  process.exit(1);
}
const [was, is] = [before, after].map(read);

for (const { workload, figures } of is) {
  const earlier = was.find((each) => each.workload === workload)?.figures;
  if (!earlier) continue;
  const rows = Object.entries(figures).flatMap(([name, samples]) => {
    const old = earlier[name];
    return old?.length ? [[name, ...compared(old, samples)]] : [];
  });
  if (rows.length === 0) continue;
  console.log(`\n## ${workload}\n\n| | before | after | ratio | |\n|---|---:|---:|---:|---|`);
  for (const row of rows) console.log(`| ${row.join(' | ')} |`);
}

/** @param {string} path @returns {{ workload: string, figures: Record<string, number[]> }[]} */
function read(path) {
  return JSON.parse(readFileSync(path, 'utf8')).measured;
}

/** @param {number[]} old @param {number[]} fresh */
function compared(old, fresh) {
  const [a, b] = [bandOf(old), bandOf(fresh)];
  const isApart = a.high < b.low || b.high < a.low;
  const verdict = isApart ? (b.middle < a.middle ? 'less' : '**more**') : 'within noise';
  return [shown(a), shown(b), (b.middle / a.middle).toFixed(2), verdict];
}

/** The median and the quarters around it. @param {number[]} samples */
function bandOf(samples) {
  const sorted = [...samples].sort((x, y) => x - y);
  const at = (/** @type {number} */ share) => sorted[Math.round((sorted.length - 1) * share)] ?? NaN;
  return { low: at(0.25), middle: at(0.5), high: at(0.75) };
}

/** @param {{ low: number, middle: number, high: number }} band */
function shown({ low, middle, high }) {
  return `${middle.toFixed(1)} (${low.toFixed(1)}–${high.toFixed(1)})`;
}
