/** What a line is in its source. It is kept beside the text and never changes it. */
export const lineKinds = [
  'heading-1',
  'heading-2',
  'heading-3',
  'heading-4',
  'heading-5',
  'heading-6',
  'item',
  'quotation',
  'code',
  'table',
  'page',
] as const;
export type LineKind = (typeof lineKinds)[number];

/** The lines of a text that are not plain, ascending; `line` counts from 0, lines being parted by line feeds. */
export type LineKinds = readonly { readonly line: number; readonly kind: LineKind }[];
