import type { FileProblem } from './problem.ts';
import type { Question } from './transfer.ts';

/** What becomes of the spans of a label that files bring. */
export type LabelDecision =
  | { readonly to: 'create'; readonly value: string }
  | { readonly to: 'map'; readonly labelId: string }
  | { readonly to: 'ignore' };

/** What becomes of a document whose text is here already: its missing spans are added to it, it is kept beside, or left out. */
export type TwinDecision = 'merge' | 'keep' | 'skip';

/** What the user has decided before an import. */
export interface ImportDecisions {
  /** By machine name in the files; a label that is not named here is taken by its machine name. */
  readonly labels: Readonly<Record<string, LabelDecision>>;
  readonly twins: TwinDecision;
}

export const plainDecisions: ImportDecisions = { labels: {}, twins: 'merge' };

/** A label that files bring, with what is proposed for it. */
export interface FoundLabel {
  readonly value: string;
  readonly spans: number;
  readonly proposal: LabelDecision;
  /** Set when a label of that machine name is here and means something else. */
  readonly otherMeaning?: true;
  /** The machine name, here or in the files, that this one differs from in capitals alone. */
  readonly alikeButCapitals?: string;
}

/** A question that stands for all the files that it would be asked of in the same words. */
export interface Asked {
  readonly files: readonly string[];
  /** As the first of the files raised it, with examples out of that one. */
  readonly question: Question;
}

/** Names what is asked of one file. */
export function askedKey(about: Question['about'], file: string): string {
  return `${about} ${file}`;
}

/** What files would bring: the dry run of an import, which writes nothing. */
export interface Survey {
  readonly documents: number;
  readonly spans: number;
  readonly relations: number;
  /** By name of the format, how many files are read as it. */
  readonly formats: Readonly<Record<string, number>>;
  readonly labels: readonly FoundLabel[];
  readonly annotators: readonly { readonly name: string; readonly spans: number }[];
  /** Documents whose text is here already, or comes twice. */
  readonly twins: { readonly documents: number; readonly titles: readonly string[] };
  readonly asked: readonly Asked[];
  readonly problems: readonly FileProblem[];
  /** How many refused spans could be moved to where their words are. */
  readonly movable: number;
  /** Units that the files' own words have proven, by file. */
  readonly units: Readonly<Record<string, string>>;
}
