// Writes RELIABILITY.md: every row of the table, the tests that name it, and how they went when they last ran.
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');
const { faults, inputs, access, byHand, open } = JSON.parse(
  readFileSync(join(import.meta.dirname, 'rows.json'), 'utf8'),
);
const resultsPath = join(import.meta.dirname, 'results.json');

/** @typedef {{ title: string, file: string, passed: boolean, on: string }} Result */

/** Those of earlier runs stay until their test has run again. @type {Map<string, Result>} */
const results = new Map();
if (existsSync(resultsPath)) for (const one of JSON.parse(readFileSync(resultsPath, 'utf8'))) keep(one);
for (const run of ['unit', 'faults'].map(fromVitest)) keepRun(run);
for (const run of ['journeys', 'faults-browser'].map(fromPlaywright)) keepRun(run);

const kept = [...results.values()].sort((a, b) => (key(a) < key(b) ? -1 : 1));
writeFileSync(resultsPath, `${JSON.stringify(kept, null, 2)}\n`);
writeFileSync(join(root, 'RELIABILITY.md'), page());

/** @param {Result} result */
function keep(result) {
  if (rowsOf(result.title).length > 0 && existsSync(join(root, result.file)))
    results.set(key(result), result);
}

/** Cases of one name have passed when all of them have. @param {Result[]} run */
function keepRun(run) {
  const failed = new Set(run.filter(({ passed }) => !passed).map(key));
  for (const one of run) keep({ ...one, passed: !failed.has(key(one)) });
}

/** @param {Result} result */
function key({ file, title }) {
  return `${file} › ${title}`;
}

/** The rows that a title names at its end, as in `… (A13, A15)`. @param {string} title */
function rowsOf(title) {
  return / \(((?:[ABW]\d+(?:, )?)+)\)$/.exec(title)?.[1]?.split(', ') ?? [];
}

/** @param {string} name @returns {Result[]} */
function fromVitest(name) {
  return written(name, ({ testResults }, on) =>
    testResults.flatMap((file) =>
      file.assertionResults
        .filter(({ status }) => status === 'passed' || status === 'failed')
        .map(({ title, ancestorTitles, status }) => ({
          // Of cases that are named together it is their common name that says the rows.
          title: [...ancestorTitles, title].find((one) => rowsOf(one).length > 0) ?? title,
          file: relative(file.name),
          passed: status === 'passed',
          on,
        })),
    ),
  );
}

/** @param {string} name @returns {Result[]} */
function fromPlaywright(name) {
  return written(name, ({ suites, config }, on) => {
    const all = (suite) => [...suite.specs, ...(suite.suites ?? []).flatMap(all)];
    return suites
      .flatMap(all)
      .filter(({ tests }) => tests.some(({ status }) => status !== 'skipped'))
      .map(({ title, ok, file }) => ({ title, file: relative(join(config.rootDir, file)), passed: ok, on }));
  });
}

/** What a run has left behind, with the day on which it did. */
function written(name, read) {
  const path = join(root, 'test-results', `${name}.json`);
  if (!existsSync(path)) return [];
  return read(JSON.parse(readFileSync(path, 'utf8')), statSync(path).mtime.toISOString().slice(0, 10));
}

/** @param {string} path */
function relative(path) {
  return path.replaceAll('\\', '/').replace(`${root.replaceAll('\\', '/')}/`, '');
}

function page() {
  return `# Reliability

What can go wrong, what Locution does then, and the tests that show it. \`npm test\` runs the quick ones, \`npm run test:faults\` the long
ones, and \`npm run reliability\` writes this page from what they said.

<!-- prettier-ignore-start -->

## Faults of machine, browser and people

${table(faults)}
## Hostile and broken input

${table(inputs)}
## Accessibility, by the criteria of WCAG 2.2

${table(access)}
<!-- prettier-ignore-end -->

## By hand, before each release

${lines(byHand)}`.replace(/\n+$/, '\n');
}

function table(rows) {
  const head = '| | What happens | What Locution does | Shown by | Last result |\n|---|---|---|---|---|\n';
  return (
    head +
    Object.entries(rows)
      .map(([id, [fault, answer]]) => `${row(id, fault, answer)}\n`)
      .join('')
  );
}

function row(id, fault, answer) {
  const tests = [...results.values()].filter(({ title }) => rowsOf(title).includes(id));
  const shown = tests.map(({ title, file }) => `${titleOnly(title)} \`${file.replace('tests/', '')}\``);
  if (byHand[id]) shown.push('by hand: see below');
  if (open.includes(id)) shown.push('not shown yet');
  return `| ${id} | ${fault} | ${answer} | ${shown.join('<br>')} | ${lastOf(tests)} |`;
}

function titleOnly(title) {
  return title.replace(/ \([^()]*\)$/, '').replaceAll('|', '\\|');
}

/** @param {Result[]} tests */
function lastOf(tests) {
  if (tests.length === 0) return '';
  const failed = tests.filter(({ passed }) => !passed).length;
  const oldest = tests.map(({ on }) => on).sort()[0];
  return failed === 0 ? `passed, ${oldest}` : `**${failed} of ${tests.length} failed**, ${oldest}`;
}

function lines(entries) {
  return Object.entries(entries)
    .map(([id, steps]) => `- **${id}**: ${steps}\n`)
    .join('');
}
