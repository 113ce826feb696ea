import type { FileProblem, Outcome } from '../../core/problem.ts';

export interface ProblemGroup {
  readonly outcome: Outcome;
  readonly name: string;
  readonly problems: readonly FileProblem[];
}

const names: readonly (readonly [Outcome, string])[] = [
  ['refused', 'Refused'],
  ['adjusted', 'Adjusted'],
  ['skipped', 'Skipped'],
];

/** Problems by what was done, the worst first. */
export function grouped(problems: readonly FileProblem[]): readonly ProblemGroup[] {
  return names.map(([outcome, name]) => ({
    ...{ outcome, name },
    problems: problems.filter((problem) => problem.outcome === outcome),
  }));
}
