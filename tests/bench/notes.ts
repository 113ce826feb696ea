import type { Measured } from './figures.ts';
import type { Timing } from './probe.ts';
import type { Task } from './tasks.ts';

/** So many tasks of a stretch are kept with what they were busy with: the longest. */
const tasksKept = 3;

/** Figures as they come in, in the order of their first coming. */
export class Notes {
  readonly #figures: Record<string, number[]> = {};
  readonly #longTasks: Record<string, number[]> = {};
  readonly #profiles: Record<string, readonly Task[]> = {};

  add(name: string, ...samples: readonly number[]): void {
    (this.#figures[name] ??= []).push(...samples);
  }

  addTasks(name: string, durations: readonly number[]): void {
    (this.#longTasks[name] ??= []).push(...durations);
  }

  addTiming(name: string, { painted, nextFrame, saved, longTasks }: Timing): void {
    this.add(`${name}, until painted`, painted);
    this.add(`${name}, until the next frame`, nextFrame);
    if (saved !== undefined) this.add(`${name}, from painted until saved`, saved - painted);
    this.addTasks(name, longTasks);
  }

  addProfile(name: string, tasks: readonly Task[]): void {
    this.#profiles[name] = tasks.slice(0, tasksKept);
  }

  measured(workload: string, chromium: string): Measured {
    return {
      workload,
      figures: this.#figures,
      longTasks: this.#longTasks,
      profiles: this.#profiles,
      chromium,
    };
  }
}
