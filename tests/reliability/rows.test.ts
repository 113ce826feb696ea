import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

type Rows = Readonly<Record<string, readonly [fault: string, answer: string]>>;

const { faults, inputs, access, byHand, open } = JSON.parse(
  readFileSync(join(import.meta.dirname, 'rows.json'), 'utf8'),
) as {
  faults: Rows;
  inputs: Rows;
  access: Rows;
  byHand: Readonly<Record<string, string>>;
  open: readonly string[];
};
const tests = join(import.meta.dirname, '..');
const ids = Object.keys({ ...faults, ...inputs, ...access });

/** The rows that titles of tests name at their ends, in brackets. */
const named = new Set(
  readdirSync(tests, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(test|journey|fault)\.ts$/.test(file))
    .flatMap((file) => [
      ...readFileSync(join(tests, file), 'utf8').matchAll(/ \(((?:[ABW]\d+(?:, )?)+)\)['"`]/g),
    ])
    .flatMap((match) => match[1]!.split(', ')),
);

describe('the table of what can go wrong', () => {
  test.each(ids)('%s has a test that names it, a reason why not, or is said to be open', (id) => {
    expect(named.has(id) || (byHand[id] ?? '') !== '').toBe(!open.includes(id));
  });

  test('has every row that a test names, and gives reasons for no others', () => {
    expect([...named, ...Object.keys(byHand), ...open].filter((id) => !ids.includes(id))).toEqual([]);
  });

  test('is published whole', () => {
    const page = readFileSync(join(tests, '../RELIABILITY.md'), 'utf8');
    expect(ids.filter((id) => !page.includes(`| ${id} |`))).toEqual([]);
  });
});
