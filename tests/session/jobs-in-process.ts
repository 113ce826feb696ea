/*
 * Stands in for `session/job.ts`, which starts workers:
 * `vi.mock(import('../../src/session/job.ts'), () => import('./jobs-in-process.ts'))`.
 */
import type { RunningJob } from '../../src/session/job.ts';
import type { Database } from '../../src/storage/database.ts';
import { runJob, type Job, type JobResults, type Progress } from '../../src/workers/jobs.ts';

/** Where jobs run, in place of a worker: on a connection of their own to the workspace of the test. */
let database: Database | undefined;

export function runJobsOn(chosen: Database): void {
  database = chosen;
}

/** What `session/job.ts` does, without a worker. */
export function startJob<Kind extends Job['kind']>(
  job: Extract<Job, { kind: Kind }>,
  onprogress: (progress: Progress) => void = () => undefined,
): RunningJob<JobResults[Kind]> {
  if (!database) throw new RangeError('no test has opened a workspace');
  let cancel = (): void => undefined;
  const cancelled = new Promise<never>((_, reject) => {
    cancel = () => reject(new DOMException('cancelled', 'AbortError'));
  });
  const result = runJob(database, job, onprogress) as Promise<JobResults[Kind]>;
  return { result: Promise.race([result, cancelled]), cancel };
}
