import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { annotatorName, unnamedAnnotator } from '../../src/core/annotator.ts';
import { texts } from './texts.ts';

describe('the name that spans are signed with', () => {
  test.each([
    ['Ada Lovelace', 'Ada Lovelace'],
    ['  Ada\t\u00a0Lovelace\n', 'Ada Lovelace'],
    ['עדה', 'עדה'],
    ['a'.repeat(81), 'a'.repeat(80)],
    ['😡'.repeat(81), '😡'.repeat(80)],
    [`${'a'.repeat(79)} b`, 'a'.repeat(79)],
  ])('%j becomes %j', (typed, name) => {
    expect(annotatorName(typed)).toBe(name);
  });

  test.each(['', ' ', '\n\u00a0\t'])('is lacking where nothing but white space was typed: %j', (typed) => {
    expect(annotatorName(typed)).toBeUndefined();
  });

  test('signed once more is the same', () => {
    fc.assert(
      fc.property(texts, (typed) => {
        const name = annotatorName(typed);
        if (name !== undefined) expect(annotatorName(name)).toBe(name);
      }),
    );
    expect(annotatorName(unnamedAnnotator)).toBe(unnamedAnnotator);
  });
});
