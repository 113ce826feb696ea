import type { Measured } from './figures.ts';
import type { Timing } from './probe.ts';

/** Figures as they come in, in the order of their first coming. */
export class Notes {
  readonly #figures: Record<string, number[]> = {};
  readonly #longTasks: Record<string, number[]> = {};

  add(name: string, ...samples: readonly number[]): void {
    (this.#figures[name] ??= []).push(...samples);
  }

  addTasks(name: string, durations: readonly number[]): void {
    (this.#longTasks[name] ??= []).push(...durations);
  }

  addTiming(name: string, { painted, nextFrame, saved, longTasks }: Timing): void {
    this.add(`${name}, until painted`, painted);
    this.add(`${name}, until the next frame`, nextFrame);
    if (saved !== undefined) this.add(`${name}, until saved`, saved);
    this.addTasks(name, longTasks);
  }

  measured(workload: string, chromium: string): Measured {
    return { workload, figures: this.#figures, longTasks: this.#longTasks, chromium };
  }
}
