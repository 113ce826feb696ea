import fc from 'fast-check';
import { expect, test } from 'vitest';
import { quotationMarkAt, quotationMarks } from '../../src/core/quotation.ts';
import { texts } from './texts.ts';

const whole = (text: string) => ({ start: 0, end: text.length });

/** The text with `<` for each mark that opens and `>` for each that closes; `(` and `)` where there is no partner. */
function roles(text: string): string {
  const read = quotationMarks(text, whole(text));
  const sign = (offset: number, unit: string) => {
    const mark = read.get(offset);
    if (!mark) return unit;
    const [paired, alone] = mark.role === 'opens' ? '<(' : '>)';
    return mark.partner === undefined ? alone! : paired!;
  };
  return text
    .split('')
    .map((unit, offset) => sign(offset, unit))
    .join('');
}

test.each([
  ['She said “no” and left.', 'She said <no> and left.'],
  ['She said "no" and "never".', 'She said <no> and <never>.'],
  ['"We heard "no" and left."', '<We heard <no> and left.>'],
  ['"\'No,\' she said."', '<<No,> she said.>'],
  ['“We left.', '(We left.'],
  ['and left.”', 'and left.)'],
  ['We’re off, the workers’ van too.', 'We’re off, the workers’ van too.'],
  ['‘We’re off’, she said.', '<We’re off>, she said.'],
  ['„Geht“, rief sie, »geht«, ”gå”, ‚geh‘.', '<Geht>, rief sie, <geht>, <gå>, <geh>.'],
  ['« Partez ! », dit-elle, ‹ partez ›.', '< Partez ! >, dit-elle, < partez >.'],
  ['她说「我们走『再见』」', '她说<我们走<再见>>'],
  ['צה"ל, מנכ"לית, ד"ר', 'צה"ל, מנכ"לית, ד"ר'],
  ['ה"מחאה" של "ארה"ב"', 'ה<מחאה> של <ארה"ב>'],
  ['a 5" pipe', 'a 5) pipe'],
  ['דובר צה”ל הכחיש את ה“מחאה”', 'דובר צה”ל הכחיש את ה<מחאה>'],
  ['« Il a dit “partez », dit-elle.', '< Il a dit (partez >, dit-elle.'],
  ['‘She saw “the workers’ van” leave’', '<She saw <the workers’ van> leave>'],
])('%s reads %s', (text, read) => {
  expect(roles(text)).toBe(read);
});

test('a mark is read in its passage alone', () => {
  const text = '“No,” she said. “Never.”';
  const second = { start: text.indexOf('“Never'), end: text.length };
  expect([...quotationMarks(text, second).keys()]).toEqual([second.start, text.length - 1]);
  expect(quotationMarkAt(text, { start: 1, end: text.length }, 4)).toEqual({ role: 'closes' });
  expect(quotationMarkAt(text, whole(text), 4)).toEqual({ role: 'closes', partner: 0 });
  expect(quotationMarkAt(text, whole(text), 1)).toBeUndefined();
});

test('partners name each other, and quotations nest without crossing', () => {
  fc.assert(
    fc.property(texts, (text) => {
      const read = quotationMarks(text, whole(text));
      for (const [offset, { role, partner }] of read) {
        if (partner === undefined) continue;
        expect(role).toBe(offset < partner ? 'opens' : 'closes');
        expect(read.get(partner)).toEqual({ role: role === 'opens' ? 'closes' : 'opens', partner: offset });
        const between = [...read].filter(([other]) => (other - offset) * (other - partner) < 0);
        for (const [, inner] of between)
          if (inner.partner !== undefined)
            expect((inner.partner - offset) * (inner.partner - partner)).toBeLessThan(0);
      }
    }),
  );
});
