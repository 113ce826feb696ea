import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { style as paperStyle } from '../../src/formats/html-page/markup.ts';
import { colourCount } from '../../src/core/scheme.ts';
import { contrast, decoded, difference, over, toLinear, visions, type Colour, type Oklch } from './colour.ts';

const themes = ['light', 'dark'] as const;
type Theme = (typeof themes)[number];

const css = readFileSync(join(import.meta.dirname, '../../src/ui/theme.css'), 'utf8');
const colours = [...Array(colourCount).keys()];
/** Text in small type (WCAG 2.2, 1.4.3). */
const readable = 4.5;
/** In Oklab, lines of 1.5 px: some two and a half times what is just noticed side by side (0.02). */
const apart = 0.05;

function token(name: string, theme: Theme): Oklch {
  const pattern = new RegExp(`--${name}: light-dark\\(oklch\\(([^)]+)\\), oklch\\(([^)]+)\\)\\)`);
  const values = pattern.exec(css)?.[theme === 'light' ? 1 : 2]?.split(/[ /]+/).map(Number);
  const [lightness = NaN, chroma = NaN, hue = NaN, alpha = 1] = values ?? [];
  return { lightness, chroma, hue, alpha };
}

function paint(name: string, theme: Theme, ground?: Colour): Colour {
  const wanted = token(name, theme);
  return ground ? over(toLinear(wanted), ground, wanted.alpha) : toLinear(wanted);
}

function patternOf(colour: number): string | undefined {
  return new RegExp(`\\[data-colour='${colour}'\\][^}]*--label-pattern: (\\w+)`).exec(css)?.[1];
}

/** What a page that goes to a printer says of a label's colour. */
function onPaper(colour: number): Colour {
  const hex = new RegExp(`\\.c${colour}\\{background:#(\\w{6})\\}`).exec(paperStyle)![1]!;
  const [red, green, blue] = [0, 2, 4].map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255);
  return [decoded(red!), decoded(green!), decoded(blue!)];
}

test.each(colours)('colour %i has the same hue on a printed page as on the screen', (colour) => {
  const { hue } = token(`label-wash-${colour}`, 'light');
  const wanted = toLinear({ lightness: 0.9, chroma: 0.055, hue, alpha: 1 });
  expect(difference(onPaper(colour), wanted, 'normal')).toBeLessThan(0.01);
});

const pairs = colours.flatMap((first) => colours.slice(first + 1).map((second) => [first, second] as const));

describe.each(themes)('the %s theme', (theme) => {
  test.each(colours)('has an ink %i that can be read on paper and on its own washes', (colour) => {
    const ink = paint(`label-ink-${colour}`, theme);
    for (const ground of ['paper', 'surface', 'raised'].map((name) => paint(name, theme))) {
      expect(contrast(ink, ground)).toBeGreaterThan(readable);
      expect(contrast(ink, paint(`label-wash-${colour}`, theme, ground))).toBeGreaterThan(readable);
      expect(contrast(ink, paint(`label-strong-${colour}`, theme, ground))).toBeGreaterThan(readable);
    }
  });

  test.each(colours)('leaves the text readable under two washes of colour %i', (colour) => {
    const once = paint(`label-strong-${colour}`, theme, paint('paper', theme));
    const twice = paint(`label-wash-${colour}`, theme, once);
    expect(contrast(paint('ink', theme), twice)).toBeGreaterThan(readable);
  });

  test.each([
    ['ink', 'paper'],
    ['ink', 'accent-wash'],
    ['quiet', 'paper'],
    ['quiet', 'surface'],
    ['quiet', 'accent-wash'],
    ['accent', 'paper'],
    ['accent', 'surface'],
    ['on-accent', 'accent'],
    ['alert', 'alert-wash'],
  ])('has %s that can be read on %s', (words, ground) => {
    expect(contrast(paint(words, theme), paint(ground, theme))).toBeGreaterThan(readable);
  });

  test('draws the outlines of fields and buttons so that they are seen', () => {
    for (const ground of ['paper', 'surface', 'raised'])
      expect(contrast(paint('border', theme), paint(ground, theme))).toBeGreaterThan(3);
  });

  test('has inks that any screen can show', () => {
    const ranges = colours.flatMap((colour) => paint(`label-ink-${colour}`, theme));
    expect(Math.min(...ranges)).toBeGreaterThan(-0.001);
    expect(Math.max(...ranges)).toBeLessThan(1.001);
  });

  test.each(visions)('tells every two labels apart by pattern or by colour, with %s vision', (vision) => {
    const confused = pairs.filter(
      ([first, second]) =>
        patternOf(first) === patternOf(second) &&
        difference(paint(`label-ink-${first}`, theme), paint(`label-ink-${second}`, theme), vision) < apart,
    );
    expect(confused).toEqual([]);
  });
});

test('labels that follow each other never share a pattern', () => {
  expect(colours.map(patternOf)).not.toContain(undefined);
  expect(colours.filter((colour) => patternOf(colour) === patternOf((colour + 1) % colourCount))).toEqual([]);
});
