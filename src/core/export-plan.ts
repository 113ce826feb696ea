/** What of the spans that overlap goes into a format that cannot hold overlaps; `by-label` makes a file for each label. */
export type Overlaps = 'longest' | 'first' | 'by-label';

/** What one record of the files is. */
export type TextUnit = 'document' | 'paragraph' | 'sentence';

export const parts = ['train', 'validation', 'test'] as const;
export type Part = (typeof parts)[number];

/** How documents are dealt out to the parts; shares that add up to 1. */
export interface Split {
  readonly shares: Readonly<Record<Part, number>>;
  readonly seed: string;
}

/** What the user has chosen for an export besides format and documents. */
export interface ExportChoices {
  readonly unit: 'codepoint' | 'utf16' | 'byte' | 'grapheme';
  readonly overlaps: Overlaps;
  readonly tagging: 'BIO' | 'BIOES' | 'IOB1';
  readonly safeCells: boolean;
  readonly textUnit: TextUnit;
  /** Names; absent for all. */
  readonly annotators?: readonly string[];
  readonly split?: Split;
}

export const plainChoices: ExportChoices = {
  unit: 'codepoint',
  overlaps: 'longest',
  tagging: 'BIO',
  safeCells: true,
  textUnit: 'document',
};

/** So much of something that does not go out: "12 relations". */
export interface CountedLoss {
  readonly what: string;
  readonly count: number;
}
