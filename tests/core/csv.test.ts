import fc from 'fast-check';
import { expect, test } from 'vitest';
import { csv } from '../../src/core/csv.ts';

test.each([
  ['plain cells', [['Claim', 12]], 'Claim,12\r\n'],
  ['a comma', [['Holt, Maren', 1]], '"Holt, Maren",1\r\n'],
  ['quotation marks', [['the “calm” "now"', 1]], '"the “calm” ""now""",1\r\n'],
  ['line breaks', [['one\r\ntwo\nthree', 1]], '"one\r\ntwo\nthree",1\r\n'],
  ['an empty cell', [['', 0]], ',0\r\n'],
  ['a formula', [['=1+1', '+1', '-1', '@SUM(A1)', '\tx', '\rx']], `'=1+1,'+1,'-1,'@SUM(A1),'\tx,"'\rx"\r\n`],
  ['a formula with a comma', [['=HYPERLINK("x","y")']], `"'=HYPERLINK(""x"",""y"")"\r\n`],
  ['numbers below zero, which are no formulas', [[-1]], '-1\r\n'],
  ['several lines', [['a'], ['b']], 'a\r\nb\r\n'],
])('%s', (_what, rows, expected) => {
  expect(csv(rows)).toBe(expected);
});

/** Reads by RFC 4180 and nothing else. */
function read(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  for (const [, quoted, bare, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g)) {
    row.push(quoted?.replaceAll('""', '"') ?? bare!);
    if (end === '\r\n') rows.push(row.splice(0));
  }
  return rows;
}

test('whatever the names are, a reader gets them back, and none begins like a formula (B17)', () => {
  const names = fc.array(fc.string({ unit: fc.constantFrom(...'aé"\',;\r\n\t=+-@ 1') }), {
    minLength: 1,
    maxLength: 4,
  });
  fc.assert(
    fc.property(fc.array(names, { maxLength: 4 }), (rows) => {
      const back = read(csv(rows));
      expect(back.map((row) => row.map((name) => name.replace(/^'(?=[=+\-@\t\r])/, '')))).toEqual(
        rows.map((row) => row.map((name) => name.replace(/^'(?=[=+\-@\t\r])/, ''))),
      );
      for (const name of back.flat()) expect(name).not.toMatch(/^[=+\-@\t\r]/);
    }),
  );
});
