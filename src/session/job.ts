import type { Job, JobResults, Progress, Report } from '../workers/jobs.ts';
import StorageWorker from '../workers/worker.ts?worker';

/** A job under way in a worker of its own. */
export interface RunningJob<Result> {
  readonly result: Promise<Result>;
  /** Ends the worker at once; the result is then rejected with an `AbortError`. */
  cancel(): void;
}

/** Starts a worker on the job. The worker is gone when the job has ended, however it ended. */
export function startJob<Kind extends Job['kind']>(
  job: Extract<Job, { kind: Kind }>,
  onprogress: (progress: Progress) => void = () => undefined,
): RunningJob<JobResults[Kind]> {
  const worker = new StorageWorker();
  let cancel = (): void => undefined;
  const ended = new Promise<JobResults[Kind]>((resolve, reject) => {
    cancel = () => reject(new DOMException('cancelled', 'AbortError'));
    worker.addEventListener('message', ({ data: report }: MessageEvent<Report>) => {
      if (report.kind === 'progress') onprogress(report.progress);
      else if (report.kind === 'failed') reject(new Error(report.message));
      else resolve(report.result as JobResults[Kind]);
    });
    worker.addEventListener('error', (event) =>
      reject(new Error(event.message || 'the worker could not be started')),
    );
  });
  worker.postMessage(job);
  return { result: ended.finally(() => worker.terminate()), cancel };
}
