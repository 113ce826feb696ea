// Builds the page with maps of its sources and measures it. `--quick` takes two workloads without the peer; whatever else
// is given goes to Playwright, as `--grep "one line"` does, and measures that part of the record anew.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');
const rest = process.argv.slice(2).filter((one) => one !== '--quick');
const isQuick = rest.length < process.argv.length - 2;
const dist = 'test-results/bench-dist';

run('vite', 'build', '--logLevel', 'warn', '--sourcemap', 'hidden', '--outDir', dist);
run(
  'playwright',
  'test',
  '--config',
  'tests/bench/playwright.config.ts',
  ...(isQuick ? ['--grep', '@quick'] : []),
  ...rest,
);

/** @param {string} program @param {...string} args */
function run(program, ...args) {
  const env = { ...process.env, LOCUTION_DIST: dist, LOCUTION_BENCH: isQuick ? 'quick' : 'full' };
  const { status } = spawnSync('npx', [program, ...args], { cwd: root, env, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}
