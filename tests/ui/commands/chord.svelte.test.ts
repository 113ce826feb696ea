import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  ariaChord,
  chordsOf,
  formatChord,
  isSingleKey,
  matchesChord,
  parseChord,
} from '../../../src/ui/commands/chord.ts';

const press = (key: string, held: KeyboardEventInit = {}) => new KeyboardEvent('keydown', { key, ...held });

describe('a chord', () => {
  test.each([
    ['Mod+Shift+Z', 'Mod+Shift+Z'],
    ['shift+mod+z', 'Mod+Shift+Z'],
    ['n', 'N'],
    ['alt+pagedown', 'Alt+PageDown'],
    ['?', '?'],
    ['Shift+?', '?'],
    ['Shift+3', '3'],
    ['Alt+[', '['],
    ['Mod++', 'Mod++'],
    ['+', '+'],
    [' ', 'Space'],
    ['f8', 'F8'],
    ['ö', 'Ö'],
  ])('%s is spelled %s', (written, spelled) => {
    expect(parseChord(written)).toBe(spelled);
    expect(parseChord(spelled)).toBe(spelled);
  });

  test.each([
    '',
    'Mod+',
    'Hyper+Z',
    'Mod+Mod+Z',
    'Mod+Shift',
    'F25',
    'No',
    'Mod Z',
    '\u0000',
    '\n',
    '__proto__',
  ])('%j is none', (written) => {
    expect(parseChord(written)).toBeUndefined();
  });

  test.each([
    ['Mod+Shift+Z', 'Ctrl Shift Z', '⌘ Shift Z', 'Control+Shift+Z'],
    ['Mod+ArrowLeft', 'Ctrl ←', '⌘ ←', 'Control+ArrowLeft'],
    ['Alt+PageDown', 'Alt Page Down', 'Alt Page Down', 'Alt+PageDown'],
    ['Escape', 'Esc', 'Esc', 'Escape'],
    ['Mod++', 'Ctrl +', '⌘ +', 'Control+Plus'],
  ])('%s reads %s, on a Mac %s, and %s to a screen reader', (chord, read, onMac, aria) => {
    expect([formatChord(chord, false), formatChord(chord, true), ariaChord(chord, false)]).toEqual([
      read,
      onMac,
      aria,
    ]);
  });

  test.each([
    ['N', true],
    ['Shift+N', true],
    ['?', true],
    ['1', true],
    ['Space', true],
    ['F8', false],
    ['Delete', false],
    ['Mod+K', false],
    ['Alt+1', false],
  ])('%s is a character alone: %s', (chord, single) => {
    expect(isSingleKey(chord)).toBe(single);
  });
});

describe('a key press', () => {
  test.each([
    ['n', {}, 'N', true],
    ['N', {}, 'N', true],
    ['N', { shiftKey: true }, 'N', false],
    ['N', { shiftKey: true }, 'Shift+N', true],
    ['n', {}, 'Shift+N', false],
    ['n', { altKey: true }, 'N', false],
    ['z', { metaKey: true }, 'Mod+Z', true],
    ['Z', { ctrlKey: true, shiftKey: true }, 'Mod+Z', false],
    ['"', { code: 'Digit2' }, '2', true],
    ['é', { code: 'Digit2' }, '2', true],
    ['2', { code: 'Digit2', shiftKey: true }, '2', true],
    ['!', { code: 'Digit1', shiftKey: true }, '1', false],
    ['1', { code: 'Numpad1' }, '1', true],
    ['End', { code: 'Numpad1' }, '1', false],
    ['-', { code: 'Digit6' }, '-', true],
    ['?', { shiftKey: true }, '?', true],
    ['?', {}, '?', true],
    ['[', { code: 'Digit8', modifierAltGraph: true }, '[', true],
    ['[', { code: 'Digit8', modifierAltGraph: true }, '8', false],
    ['[', { code: 'Digit8', modifierAltGraph: true, ctrlKey: true, altKey: true }, '[', true],
    ['[', { code: 'Digit5', altKey: true }, '[', true],
    ['[', { ctrlKey: true }, '[', false],
    ['я', { code: 'KeyZ', ctrlKey: true }, 'Mod+Z', true],
    ['ö', { code: 'Semicolon' }, 'Ö', true],
    ['å', { code: 'KeyA', altKey: true }, 'Alt+A', true],
    ['ą', { code: 'KeyA', modifierAltGraph: true }, 'A', false],
    ['PageDown', { altKey: true }, 'Alt+PageDown', true],
    ['F8', { shiftKey: true }, 'F8', false],
    ['n', { isComposing: true }, 'N', false],
  ] as const)('of %s with %o stands for %s: %s', (key, held, chord, expected) => {
    expect(matchesChord(press(key, held), chord)).toBe(expected);
  });

  test.each(['Shift', 'Control', 'Alt', 'Meta', 'AltGraph', 'CapsLock', 'Dead', 'Process', 'Unidentified'])(
    'of %s alone stands for nothing',
    (key) => {
      expect(chordsOf(press(key, { shiftKey: true }))).toEqual([]);
    },
  );

  test('stands only for chords that are spelled as they are kept', () => {
    const key = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 2 }),
      fc.constantFrom('Enter', 'F3', 'Dead'),
    );
    const held = fc.record({
      ctrlKey: fc.boolean(),
      metaKey: fc.boolean(),
      altKey: fc.boolean(),
      shiftKey: fc.boolean(),
      modifierAltGraph: fc.boolean(),
      code: fc.constantFrom('', 'KeyQ', 'Digit4', 'Numpad4', 'Minus'),
    });
    fc.assert(
      fc.property(key, held, (typed, init) => {
        const chords = chordsOf(press(typed, init));
        expect(chords.map((chord) => parseChord(chord))).toEqual(chords);
      }),
    );
  });
});
