/*
 * Stands in for `session/job.ts`, which starts workers:
 * `vi.mock(import('../../src/session/job.ts'), () => import('./jobs-in-process.ts'))`.
 */
import type { Librarian, RunningJob } from '../../src/session/job.ts';
import type { Database } from '../../src/storage/database.ts';
import { failureWords } from '../../src/storage/failure.ts';
import { Catalogue } from '../../src/workers/catalogue.ts';
import { runJob, type Job, type JobResults, type Progress } from '../../src/workers/jobs.ts';

/** Where jobs run, in place of a worker: on a connection of their own to the workspace of the test. */
let database: Database | undefined;

export function runJobsOn(chosen: Database): void {
  database = chosen;
}

export function keyOfPage(keyId: string): Uint8Array | undefined {
  return database?.ring.keys.get(keyId);
}

/** Jobs run on a connection that shares the keys already. */
export function shareKeys(): void {
  return undefined;
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
  const running = runJob(database, job, onprogress) as Promise<JobResults[Kind]>;
  const result = running.catch((error: unknown) => {
    throw new Error(failureWords(error), { cause: error });
  });
  return { result: Promise.race([result, cancelled]), cancel };
}

export function hireLibrarian(): Librarian {
  const catalogues = new Map<string, Catalogue>();
  return {
    async ask(question, onpart) {
      if (!database) throw new RangeError('no test has opened a workspace');
      const { projectId } = question;
      const catalogue = catalogues.get(projectId) ?? new Catalogue(database, projectId);
      catalogues.set(projectId, catalogue);
      return catalogue.search(question, onpart);
    },
    dismiss: () => undefined,
  };
}
