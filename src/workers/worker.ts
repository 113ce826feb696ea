import type { StorageProblem } from '../core/problem.ts';
import { openDatabase } from '../storage/database.ts';
import { runJob, type Job, type Report } from './jobs.ts';

declare const self: DedicatedWorkerGlobalScope;

const answer = (report: Report) => self.postMessage(report);

self.addEventListener('message', async ({ data: job }: MessageEvent<Job>) => {
  // Relaxed: what is staged counts only once the page has written a strict change.
  const onsuperseded = ({ message }: StorageProblem) => answer({ kind: 'failed', message });
  const opening = await openDatabase(onsuperseded, { durability: 'relaxed' });
  if (opening.kind === 'refused') return answer({ kind: 'failed', message: opening.problem.message });
  try {
    const result = await runJob(opening.database, job, (progress) => answer({ kind: 'progress', progress }));
    answer({ kind: 'done', result });
  } catch (error) {
    answer({ kind: 'failed', message: error instanceof Error ? error.message : String(error) });
  }
});
