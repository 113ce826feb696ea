import { describe, expect, test } from 'vitest';
import { safeFileName } from '../../../src/session/files/download.ts';

describe('the name of a file that is written (B31)', () => {
  test.each([
    ['report 1', 'report 1'],
    ['../../etc/passwd', 'etc passwd'],
    ['C:\\notes\\a', 'C notes a'],
    ['\u202etxt.exe', 'txt.exe'],
    ['a\0b\tc\nd', 'a b c d'],
    ['.hidden', 'hidden'],
    ['trailing. . .', 'trailing'],
    ['<img src=x onerror="a|b?*">', 'img src=x onerror= a b'],
    ['...', ''],
    ['שלום 😀', 'שלום 😀'],
  ])('%j becomes %j', (title, name) => {
    expect(safeFileName(title)).toBe(name);
  });

  test.each(['CON', 'con', 'nul.txt', 'COM1', 'lpt9.tar', 'AUX '])(
    '%s, which Windows keeps for devices, is no device any more',
    (title) => {
      expect(safeFileName(title)).toBe(`_${title.trim()}`);
    },
  );

  test('is short enough for every disk, and cut between whole characters without a point at its end', () => {
    for (const title of ['é'.repeat(300), '😀'.repeat(300), `${'a'.repeat(79)}. and more`]) {
      const name = safeFileName(title);
      expect(new TextEncoder().encode(name).length).toBeLessThanOrEqual(200);
      expect(name).toMatch(/^(é+|😀+|a{79})$/u);
    }
  });
});
