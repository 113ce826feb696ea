import { shown } from './hidden/shown.ts';

/*
 * Problems: what went wrong in the world, such as a file that does not fit, a disk that is full, or a database from a
 * newer version. Our own mistakes throw a `RangeError` instead.
 */

/** What a reader did with the thing it complains of. */
export type Outcome = 'adjusted' | 'refused' | 'skipped';

/** A complaint about one place in one file. `line` counts from 1 and is absent where the whole file is meant. */
export interface FileProblem {
  readonly kind: 'file';
  readonly outcome: Outcome;
  readonly file: string;
  readonly line?: number;
  /** One sentence for the user: what happened and what to do. */
  readonly message: string;
  /** Whether it is of a span that could be moved to where its words are. */
  readonly canBeMoved?: boolean;
}

export interface StorageProblem {
  readonly kind:
    | 'newer-version'
    | 'superseded'
    | 'replaced'
    | 'blocked'
    | 'damaged'
    /** Something that is not ours stands under our name. */
    | 'foreign'
    | 'full'
    | 'disk'
    | 'closed'
    | 'unanswered'
    | 'unavailable'
    | 'failed';
  /** One sentence for the user: what happened and what to do. */
  readonly message: string;
}

/** Whether nothing that this tab could try again would be written any more. */
export function isFinal({ kind }: StorageProblem): boolean {
  return kind === 'newer-version' || kind === 'superseded' || kind === 'replaced';
}

export function fileProblem(outcome: Outcome, file: string, message: string, line?: number): FileProblem {
  return line === undefined
    ? { kind: 'file', outcome, file, message }
    : { kind: 'file', outcome, file, line, message };
}

/** "report.jsonl, line 7: …", the form in which every file problem is shown. */
export function describeFileProblem({ file, line, message }: FileProblem): string {
  return shown(line === undefined ? `${file}: ${message}` : `${file}, line ${line}: ${message}`);
}
