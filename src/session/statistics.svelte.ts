import { csv, type Cell } from '../core/csv.ts';
import type { Statistics } from '../core/statistics/statistics.ts';
import type { Progress } from '../workers/jobs.ts';
import { download, safeFileName } from './files/download.ts';
import { startJob, type RunningJob } from './job.ts';
import type { Workplace } from './workplace.ts';

/** How long a count is good for at least, however much is marked meanwhile. */
const restMs = 4000;

/**
 * The figures of the project, counted by a worker from what is saved, while somebody looks at them. The last ones stay
 * until there are new ones.
 */
export class Counting {
  readonly #place: Workplace;
  readonly #restMs: number;
  #counted = $state.raw<{ readonly projectId: string; readonly statistics: Statistics }>();
  #progress = $state.raw<Progress>();
  #failure = $state.raw<string>();
  #job: RunningJob<Statistics> | undefined;
  #watchers = 0;
  #isStale = $state.raw(false);
  /** How often the log has moved on, and how often it had when the last count began. */
  #moves = 0;
  #movesBefore = 0;
  #isResting = false;
  #rest: ReturnType<typeof setTimeout> | undefined;

  constructor(place: Workplace, options: { readonly restMs?: number } = {}) {
    this.#place = place;
    this.#restMs = options.restMs ?? restMs;
  }

  get figures(): Statistics | undefined {
    return this.#counted?.projectId === this.#place.project.id ? this.#counted.statistics : undefined;
  }

  /** How far a count is that is under way. */
  get progress(): Progress | undefined {
    return this.#progress;
  }

  /** Why there are no newer figures. */
  get failure(): string | undefined {
    return this.#failure;
  }

  /** Whether the figures are behind what is saved: for some seconds, or until somebody asks after a count that failed. */
  get isStale(): boolean {
    return this.#isStale;
  }

  /** Keeps the figures true from now on. Gives back the function that ends it. */
  watch(): () => void {
    this.#watchers++;
    void this.count();
    return () => {
      if (--this.#watchers > 0) return;
      clearTimeout(this.#rest);
      this.#isResting = false;
      this.#job?.cancel();
    };
  }

  /** The log has moved on. */
  moved(): void {
    this.#moves++;
    this.#isStale = true;
    if (this.#watchers > 0 && !this.#progress && !this.#isResting) void this.count();
  }

  /** Ends the count that is under way; the next change, or `count`, begins another. */
  cancel(): void {
    this.#job?.cancel();
  }

  /** Counts now, unless that is being done. */
  async count(): Promise<void> {
    if (this.#progress) return;
    this.#progress = { done: 0, total: this.#place.shelf.present.length };
    await this.#place.settle();
    try {
      await this.#run();
    } catch (error) {
      this.#isStale = true;
      if (!isCancelled(error)) this.#failure = error instanceof Error ? error.message : String(error);
    } finally {
      this.#progress = undefined;
      this.#job = undefined;
      this.#takeRest();
    }
  }

  /** Hands a table to the browser's downloads. */
  downloadTable(title: string, rows: readonly (readonly Cell[])[]): void {
    // Spreadsheets take a file for that of an old code page unless it begins with a byte order mark.
    const blob = new Blob(['\uFEFF', csv(rows)], { type: 'text/csv;charset=utf-8' });
    download(blob, `${safeFileName(`${this.#place.project.name} - ${title}`)}.csv`);
  }

  async #run(): Promise<void> {
    const { id: projectId, scheme } = this.#place.project;
    const documentIds = this.#place.shelf.present.map(({ id }) => id);
    this.#movesBefore = this.#moves;
    this.#job = startJob(
      { kind: 'statistics', documentIds, scheme },
      (progress) => (this.#progress = progress),
    );
    const statistics = await this.#job.result;
    this.#counted = { projectId, statistics };
    this.#failure = undefined;
    this.#isStale = this.#moves > this.#movesBefore;
  }

  /** Marking goes on while figures are looked at in another tab, and each span must not start a count. */
  #takeRest(): void {
    if (this.#watchers === 0) return;
    this.#isResting = true;
    this.#rest = setTimeout(() => {
      this.#isResting = false;
      if (this.#moves > this.#movesBefore) void this.count();
    }, this.#restMs);
  }
}

function isCancelled(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'AbortError';
}
