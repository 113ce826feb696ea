import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { clauseEnd, clauseStart } from '../../src/core/clauses.ts';
import { texts } from './texts.ts';

/** The clauses from the beginning on, as one walks them: from start to start, each to its first end. */
function clauses(text: string): string[] {
  const found: string[] = [];
  let start = /^[\p{L}\p{N}]/u.test(text) ? 0 : clauseStart(text, 0, 1);
  for (; start < text.length; start = clauseStart(text, start, 1))
    found.push(text.slice(start, clauseEnd(text, start, 1)));
  return found;
}

describe('a clause', () => {
  test.each([
    ['“Keep off,” he said. “Now.”', ['Keep off', 'he said', 'Now']],
    ['We wrote twice, asking them to stop', ['We wrote twice', 'asking them to stop']],
    ['third fleets – hired ones – sail in', ['third fleets', 'hired ones', 'sail in']],
    ['it rose by 1,200.5 at 10:30. Then fell', ['it rose by 1,200.5 at 10:30', 'Then fell']],
    ['the U.S., Russian and French heads', ['the U.S.', 'Russian and French heads']],
    ['well-known; they’re (quite) sure', ['well-known', 'they’re', 'quite', 'sure']],
    ['one line\n\n  another line', ['one line', 'another line']],
    ['הוא אמר: “לא”, והלך', ['הוא אמר', 'לא', 'והלך']],
    ['قال الوزير، “لا”، ثم ذهب', ['قال الوزير', 'لا', 'ثم ذهب']],
    ['“😀 yes”, she wrote', ['😀 yes', 'she wrote']],
    ['.,;', []],
    ['', []],
  ])('of %j is what stands between its marks', (text, expected) => {
    expect(clauses(text)).toEqual(expected);
  });

  test('is found backwards from inside of it, and the one before from its start', () => {
    const text = 'We wrote twice, asking them';
    expect(clauseStart(text, 20, -1)).toBe(16);
    expect(clauseStart(text, 16, -1)).toBe(0);
    expect(clauseEnd(text, 20, -1)).toBe(14);
    expect(clauseEnd(text, 14, -1)).toBe(0);
  });
});

test('walking by clauses goes on, stays inside the text and cuts no character', () => {
  fc.assert(
    fc.property(texts, fc.nat(), (text, seed) => {
      const offset = text.length === 0 ? 0 : seed % (text.length + 1);
      for (const step of [clauseStart, clauseEnd]) {
        const [next, before] = [step(text, offset, 1), step(text, offset, -1)];
        expect(next > offset || next === text.length).toBe(true);
        expect(before < offset || before === 0).toBe(true);
        for (const at of [next, before]) expect(/[\uDC00-\uDFFF]/u.test(text[at] ?? '')).toBe(false);
      }
    }),
  );
});
