import fc from 'fast-check';
import { expect, test } from 'vitest';
import { segmentsIn } from '../../src/core/segments.ts';
import { rawText } from '../formats/arbitraries.ts';

test.each(['grapheme', 'sentence'] as const)(
  'a long text has the same %ss as when it is segmented at once',
  (granularity) => {
    const segmenter = new Intl.Segmenter('und', { granularity });
    const flags = '🇦🇲'.repeat(600);
    const pieces = fc.array(fc.oneof({ weight: 9, arbitrary: rawText() }, fc.constant(flags)), {
      minLength: 30,
      maxLength: 45,
    });
    fc.assert(
      fc.property(pieces, (all) => {
        const text = all.join('').replaceAll('\n', ' ');
        const whole = Array.from(segmenter.segment(text), ({ segment }) => segment);
        const parts = Array.from(segmentsIn(segmenter, text, { start: 0, end: text.length }));
        expect(parts.map(({ start, end }) => text.slice(start, end))).toEqual(whole);
      }),
      { numRuns: 10 },
    );
  },
);

test('a part of a text has its own segments', () => {
  const segmenter = new Intl.Segmenter('und', { granularity: 'sentence' });
  const text = 'He said so.\nThey deny it. It fell.\n';
  expect([...segmentsIn(segmenter, text, { start: 12, end: 33 })]).toEqual([
    { start: 12, end: 26 },
    { start: 26, end: 33 },
  ]);
});
