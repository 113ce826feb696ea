import fc from 'fast-check';
import { expect, test } from 'vitest';
import { guidelineLines, guidelineStart } from '../../src/core/schemes/guideline.ts';

test('a guideline is its lines, each as it was typed', () =>
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      const lines = guidelineLines(text).map((line) => line.text);
      expect(lines.join('\n')).toBe(text.replace(/\r\n|\r/g, '\n'));
    }),
  ));

test.each([
  ['Mark one act.', 'words'],
  ['**Cues:** deny', 'words'],
  ['- Direct quotation', 'item'],
  ['  * nested', 'item'],
  ['12. Twelfth', 'item'],
  ['## Edges', 'heading'],
  ['#edges', 'words'],
  ['-3 degrees', 'words'],
  ['2026 was', 'words'],
  [' \t', 'blank'],
])('“%s” is set as %s', (line, kind) => {
  expect(guidelineLines(line)).toEqual([{ kind, text: line }]);
});

test('its beginning is its first paragraph, whole when it is short', () => {
  expect(guidelineStart('\nMark one act.\nNo more.\n \n- Rules')).toBe('Mark one act.\nNo more.');
});

test('a long first paragraph is cut between words, and never within a character', () => {
  expect(guidelineStart('Mark the words that carry one act.', 12)).toBe('Mark the …');
  expect(guidelineStart('👍🏽👍🏽👍🏽👍🏽', 3).isWellFormed()).toBe(true);
});
