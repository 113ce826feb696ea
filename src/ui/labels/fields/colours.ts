import type { Colour } from '../../../core/scheme.ts';

const hues = [
  'Blue',
  'Red',
  'Green',
  'Purple',
  'Amber',
  'Teal',
  'Rose',
  'Magenta',
  'Olive',
  'Violet',
  'Orange',
  'Sky blue',
];
const patterns = ['solid', 'double', 'dashed', 'dotted', 'wavy'];

/** Each colour of the palette as it is spoken, with the pattern of its underline: "Blue, solid". */
export const colours: readonly { readonly colour: Colour; readonly name: string }[] = hues.map(
  (hue, index) => ({ colour: index as Colour, name: `${hue}, ${patterns[index % patterns.length]}` }),
);
