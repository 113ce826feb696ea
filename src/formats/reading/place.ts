import { fileProblem, type FileProblem, type Outcome } from '../../core/problem.ts';
import type { Reading } from '../../core/transfer.ts';
import type { Path } from './json-syntax.ts';

/** A value's place in a file, for complaints about it. */
export interface Place {
  readonly file: string;
  /** The line, where it is known without searching. */
  readonly line?: number;
  /** The place of a part of the value. */
  at(...steps: Path): Place;
  problem(outcome: Outcome, message: string): FileProblem;
}

/** Reads something, yielding what is wrong with it on the way. */
export type Checked<T> = Generator<FileProblem, T, undefined>;

/** What was checked, as a reader yields it: the complaints, then what the value holds if there is one. */
export function* readings<T>(
  checked: Checked<T | undefined>,
  readingsIn: (value: T) => Iterable<Reading>,
): Generator<Reading> {
  const value = yield* told(checked);
  if (value !== undefined) yield* readingsIn(value);
}

/** What was checked, after its complaints as readings. */
export function* told<T>(checked: Checked<T>): Generator<Reading, T> {
  let step = checked.next();
  for (; !step.done; step = checked.next()) yield { kind: 'problem', problem: step.value };
  return step.value;
}

/** A place in a file with a document a line: every part of a document is on its line. */
export function placeOnLine(file: string, line: number): Place {
  const place: Place = {
    file,
    line,
    at: () => place,
    problem: (outcome, message) => fileProblem(outcome, file, message, line),
  };
  return place;
}

/** A place in a file that is one JSON value; its line is looked up when there is something to complain of. */
export function placeInTree(
  file: string,
  lineOf: (path: Path) => number | undefined,
  path: Path = [],
): Place {
  return {
    file,
    at: (...steps) => placeInTree(file, lineOf, [...path, ...steps]),
    problem: (outcome, message) => fileProblem(outcome, file, message, lineOf(path)),
  };
}
