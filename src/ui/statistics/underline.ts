import type { Colour } from '../../core/scheme.ts';

/** The underline of a label as a line to draw, the same that its spans have in the text. */
export interface Underline {
  readonly path: string;
  readonly dashes?: string;
}

const patterns = ['solid', 'double', 'dashed', 'dotted', 'wavy'] as const;

/** From x = 0 to the width, in pixels, on the line y. */
export function underlineOf(colour: Colour, width: number, y: number): Underline {
  const line = `M0 ${y}H${width}`;
  switch (patterns[colour % patterns.length]!) {
    case 'solid':
      return { path: line };
    case 'double':
      return { path: `${line}M0 ${y - 3}H${width}` };
    case 'dashed':
      return { path: line, dashes: '6 4' };
    case 'dotted':
      return { path: line, dashes: '2 3' };
    case 'wavy':
      return { path: wave(width, y) };
  }
}

function wave(width: number, y: number): string {
  const halves = Math.max(1, Math.round(width / 4));
  return `M0 ${y}${Array.from({ length: halves }, (_, half) => `q2 ${half % 2 ? 4 : -4} 4 0`).join('')}`;
}
