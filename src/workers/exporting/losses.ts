import type { CountedLoss } from '../../core/export-plan.ts';

/** Adds up what is lost, by what it is, in the order in which it was first met. */
export class Losses {
  readonly #counts = new Map<string, number>();

  add({ what, count }: CountedLoss): void {
    if (count > 0) this.#counts.set(what, (this.#counts.get(what) ?? 0) + count);
  }

  get counted(): readonly CountedLoss[] {
    return [...this.#counts].map(([what, count]) => ({ what, count }));
  }
}
