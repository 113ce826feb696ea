import type { ImportDecisions } from '../../core/import-plan.ts';
import type { ReadOptions } from '../../formats/format.ts';
import type { IncomingFile } from '../../workers/importing/sources.ts';

/** What a worker is told to import. */
export interface ImportWish {
  readonly files: readonly IncomingFile[];
  readonly pasted: boolean;
  readonly options: Readonly<Record<string, ReadOptions>>;
  readonly decisions?: ImportDecisions;
  readonly alone?: readonly string[];
  readonly isPreview?: boolean;
  /** The files whose reading was stopped; what is asked for once more is read without them. */
  readonly leftOut: Set<string>;
}
