import type { Database } from '../../storage/database.ts';
import type { JobResults, Progress } from '../../workers/jobs.ts';
import { startJob, type RunningJob } from '../job.ts';
import type { Workplace } from '../workplace.ts';

/** Saves all that a project holds as one file, from what is saved and nothing else. */
export class BackingUp {
  readonly #place: Workplace;
  readonly #database: Database;
  #progress = $state.raw<Progress>();
  #job: RunningJob<JobResults['backup']> | undefined;

  constructor(place: Workplace, database: Database) {
    this.#place = place;
    this.#database = database;
  }

  get progress(): Progress | undefined {
    return this.#progress;
  }

  cancel(): void {
    this.#job?.cancel();
  }

  /** Hands a backup that was read back to the browser's downloads. Resolves to whether that was done. */
  async download(): Promise<boolean> {
    if (this.#progress) return false;
    this.#progress = { done: 0, total: 0 };
    try {
      const { downloadBackup } = await import('./backup-download.ts');
      return await downloadBackup(this.#place, this.#database, (order) => {
        const job = startJob({ kind: 'backup', ...order }, (progress) => {
          // One that was cancelled may still have something to tell.
          if (this.#job === job) this.#progress = progress;
        });
        this.#job = job;
        return job.result;
      });
    } finally {
      this.#progress = undefined;
      this.#job = undefined;
    }
  }
}
