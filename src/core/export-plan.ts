import type { TextUnit } from './cutting.ts';
import type { PartShares } from './splits/part.ts';

/** What of the spans that overlap goes into a format that cannot hold overlaps; `by-label` makes a file for each label. */
type Overlaps = 'longest' | 'first' | 'by-label';

/** How documents are dealt out to the parts; shares that add up to 1. */
export interface SplitChoice {
  readonly shares: PartShares;
  readonly seed: number;
}

/** What a data set says of itself, as the user puts it. */
export interface DatasetChoice {
  readonly name: string;
  readonly description?: string;
  readonly licence?: string;
  readonly url?: string;
  readonly language?: string;
  readonly creators?: readonly string[];
}

/** What the user has chosen for an export besides format and documents. */
export interface ExportChoices {
  /** Absent for what the format itself counts. */
  readonly unit?: 'codepoint' | 'utf16' | 'byte' | 'grapheme';
  readonly overlaps: Overlaps;
  readonly tagging: 'BIO' | 'BIOES' | 'IOB1';
  readonly safeCells: boolean;
  readonly textUnit: TextUnit;
  /** Names; absent for all. */
  readonly annotators?: readonly string[];
  readonly split?: SplitChoice;
  readonly dataset?: DatasetChoice;
}

export const plainChoices: ExportChoices = {
  overlaps: 'longest',
  tagging: 'BIO',
  safeCells: true,
  textUnit: 'document',
};

/** Whether an export comes as a zip, by what its format is: when it has several files, or takes several passes. */
export function comesAsZip(
  format: { readonly isFolder?: boolean; readonly choices?: readonly string[] },
  { split, overlaps }: ExportChoices,
): boolean {
  const isByLabel = overlaps === 'by-label' && format.choices?.includes('overlap') === true;
  return format.isFolder === true || split !== undefined || isByLabel;
}

/** So much of something that does not go out: "12 relations". */
export interface CountedLoss {
  readonly what: string;
  readonly count: number;
}
