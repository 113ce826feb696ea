import fc from 'fast-check';
import { expect, test } from 'vitest';
import { lineAt } from '../../src/core/boundaries.ts';
import { LineIndex } from '../../src/core/line-index.ts';
import { texts, textsWithOffset } from './texts.ts';

test('the lines of a text are what lies between its line feeds', () => {
  fc.assert(
    fc.property(texts, (text) => {
      const index = new LineIndex(text);
      const lines = Array.from({ length: index.count }, (_, line) => index.range(line));
      expect(lines.map(({ start, end }) => text.slice(start, end))).toEqual(text.split('\n'));
    }),
  );
});

test('an offset lies in the line that is read around it', () => {
  fc.assert(
    fc.property(textsWithOffset, ({ text, offset }) => {
      const index = new LineIndex(text);
      expect(index.range(index.at(offset))).toEqual(lineAt(text, offset));
    }),
  );
});
