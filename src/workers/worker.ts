import { openDatabase, type Database } from '../storage/database.ts';
import { KeyRing } from '../storage/lock/guard.ts';
import type { StorageProblem } from '../core/problem.ts';
import { Catalogue, type Answer, type Partly, type Question } from './catalogue.ts';
import { runJob, type Job, type Progress, type Report } from './jobs.ts';

declare const self: DedicatedWorkerGlobalScope;

/** What a worker is asked that stays, as often as one likes. */
export interface Asked {
  readonly kind: 'ask';
  readonly id: number;
  readonly question: Question;
}

/** The keys of the projects that are open in the page, by id; what the worker does comes after them. */
export interface KeysGiven {
  readonly kind: 'keys';
  readonly keys: ReadonlyMap<string, Uint8Array>;
}

export type Reply =
  | { readonly kind: 'partly'; readonly id: number; readonly part: Partly }
  | { readonly kind: 'answered'; readonly id: number; readonly answer: Answer }
  | { readonly kind: 'failed'; readonly id: number; readonly message: string };

const ring = new KeyRing();

self.addEventListener('message', ({ data }: MessageEvent<Job | Asked | KeysGiven>) => {
  if (data.kind === 'ask') void reply(data);
  else if (data.kind !== 'keys') void work(data);
  else for (const [id, key] of data.keys) ring.keys.set(id, key);
});

async function work(job: Job): Promise<void> {
  const answer = (report: Report) => self.postMessage(report);
  try {
    const database = await open(({ message }) => answer({ kind: 'failed', message }));
    const onprogress = seldom((progress) => answer({ kind: 'progress', progress }));
    const result = await runJob(database, job, onprogress);
    answer({ kind: 'done', result });
  } catch (error) {
    answer({ kind: 'failed', message: wordsOf(error) });
  }
}

const progressMs = 100;

/** Tells now and then: the page would have its hands full with what comes for every document. */
function seldom(tell: (progress: Progress) => void): (progress: Progress) => void {
  let told = -Infinity;
  return (progress) => {
    if (performance.now() - told < progressMs) return;
    told = performance.now();
    tell(progress);
  };
}

/** Relaxed: what is staged counts only once the page has written a strict change. */
async function open(onsuperseded: (problem: StorageProblem) => void): Promise<Database> {
  const opening = await openDatabase(onsuperseded, { durability: 'relaxed', ring });
  if (opening.kind === 'refused') throw new Error(opening.problem.message);
  return opening.database;
}

let catalogue: { readonly projectId: string; readonly opened: Promise<Catalogue> } | undefined;

async function reply({ id, question }: Asked): Promise<void> {
  const answer = (message: Reply) => self.postMessage(message);
  try {
    const { projectId } = question;
    if (catalogue?.projectId !== projectId) catalogue = { projectId, opened: openCatalogue(projectId) };
    const opened = await catalogue.opened;
    const found = await opened.search(question, (part) => answer({ kind: 'partly', id, part }));
    answer({ kind: 'answered', id, answer: found });
  } catch (error) {
    answer({ kind: 'failed', id, message: wordsOf(error) });
  }
}

/** Once the storage is another's, every further question fails by itself. */
async function openCatalogue(projectId: string): Promise<Catalogue> {
  return new Catalogue(await open(() => (catalogue = undefined)), projectId);
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
