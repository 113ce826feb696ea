import type { Answer, Partly, Question } from '../workers/catalogue.ts';
import type { Job, JobResults, Progress, Report } from '../workers/jobs.ts';
import type { Asked, KeysGiven, Reply } from '../workers/worker.ts';
import { missingPart } from '../workers/missing-part.ts';
import type { KeyRing } from '../storage/lock/guard.ts';
import StorageWorker from '../workers/worker.ts?worker';

let ring: KeyRing | undefined;

/** Gives the workers of this page the keys that it has. */
export function shareKeys(chosen: KeyRing): void {
  ring = chosen;
}

/** The key of that id, where the project is open in this page. */
export function keyOfPage(keyId: string): Uint8Array | undefined {
  return ring?.keys.get(keyId);
}

function newWorker(): Worker {
  const worker = new StorageWorker();
  if (ring?.keys.size) worker.postMessage({ kind: 'keys', keys: ring.keys } satisfies KeysGiven);
  return worker;
}

/** Nothing is taken for a result that does not say so. */
function unknownKind(message: never): Error {
  const { kind } = message as { readonly kind?: unknown };
  return new Error(`The worker said something unknown (${String(kind)}). Reload the page, then try again.`);
}

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
  const worker = newWorker();
  let cancel = (): void => undefined;
  const ended = new Promise<JobResults[Kind]>((resolve, reject) => {
    cancel = () => reject(new DOMException('cancelled', 'AbortError'));
    worker.addEventListener('message', ({ data: report }: MessageEvent<Report>) => {
      if (report.kind === 'progress') onprogress(report.progress);
      else if (report.kind === 'failed') reject(new Error(report.message));
      else if (report.kind === 'done') resolve(report.result as JobResults[Kind]);
      else reject(unknownKind(report));
    });
    worker.addEventListener('error', (event) => reject(new Error(event.message || missingPart)));
  });
  worker.postMessage(job);
  return { result: ended.finally(() => worker.terminate()), cancel };
}

/** A worker that stays, with an index of the documents in its memory, and answers questions. */
export interface Librarian {
  /** Calls back with what is found while the index is built. A newer question takes the place of one before. */
  ask(question: Question, onpart?: (part: Partly) => void): Promise<Answer>;
  /** Ends the worker; what is still unanswered is rejected with an `AbortError`. */
  dismiss(): void;
}

interface Waiting {
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: unknown) => void;
  readonly onpart: (part: Partly) => void;
}

export function hireLibrarian(): Librarian {
  const worker = newWorker();
  const waiting = new Map<number, Waiting>();
  let questions = 0;
  const rejectAll = (error: unknown) => {
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  };
  worker.addEventListener('message', ({ data: reply }: MessageEvent<Reply>) => {
    const asker = waiting.get(reply.id);
    if (reply.kind === 'partly') return asker?.onpart(reply.part);
    waiting.delete(reply.id);
    if (reply.kind === 'answered') asker?.resolve(reply.answer);
    else asker?.reject(reply.kind === 'failed' ? new Error(reply.message) : unknownKind(reply));
  });
  worker.addEventListener('error', (event) => rejectAll(new Error(event.message || missingPart)));
  return {
    ask: (question, onpart = () => undefined) =>
      new Promise((resolve, reject) => {
        const id = ++questions;
        waiting.set(id, { resolve, reject, onpart });
        worker.postMessage({ kind: 'ask', id, question } satisfies Asked);
      }),
    dismiss: () => {
      worker.terminate();
      rejectAll(new DOMException('dismissed', 'AbortError'));
    },
  };
}
