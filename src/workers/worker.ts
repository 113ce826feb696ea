import { openDatabase, type Database } from '../storage/database.ts';
import { KeyRing } from '../storage/lock/guard.ts';
import type { StorageProblem } from '../core/problem.ts';
import { failureWords } from '../storage/failure.ts';
import { Catalogue, type Answer, type Partly, type Question } from './catalogue.ts';
import { missingPart } from './missing-part.ts';
import { runJob, type Job, type JobResults, type Progress, type Report } from './jobs.ts';

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
    const onprogress = seldom((progress) => answer({ kind: 'progress', progress }));
    const onfailure = (message: string) => answer({ kind: 'failed', message });
    const result = await whileBeating(onprogress, (heard) => resultOf(job, heard, onfailure));
    answer({ kind: 'done', result });
  } catch (error) {
    answer({ kind: 'failed', message: wordsOf(error) });
  }
}

/** The work can be saved to a file also where the storage does not open. */
async function resultOf(
  job: Job,
  onprogress: (progress: Progress) => void,
  onfailure: (message: string) => void,
): Promise<JobResults[Job['kind']]> {
  if (job.kind === 'rescue') return (await import('./rescue/rescue-file.ts')).rescueFile({}, job.version);
  const durability = job.kind === 'restore' ? 'strict' : 'relaxed';
  return runJob(await open(({ message }) => onfailure(message), durability), job, onprogress);
}

const progressMs = 100;

const heartbeatMs = 1000;

/** Says now and then how far it was last, so that the page knows a reader at work from one that hangs. */
async function whileBeating<T>(
  tell: (progress: Progress) => void,
  run: (heard: (progress: Progress) => void) => Promise<T>,
): Promise<T> {
  let last: Progress | undefined;
  const heart = setInterval(() => last && tell(last), heartbeatMs);
  try {
    return await run((progress) => tell((last = progress)));
  } finally {
    clearInterval(heart);
  }
}

/** Tells now and then: the page would have its hands full with what comes for every document. */
function seldom(tell: (progress: Progress) => void): (progress: Progress) => void {
  let told = -Infinity;
  let file: string | undefined;
  return (progress) => {
    // Which file is being read has to be known, should it be the one that nothing more is heard of.
    if (performance.now() - told < progressMs && progress.file === file) return;
    told = performance.now();
    file = progress.file;
    tell(progress);
  };
}

/** Relaxed: what is staged counts only once the page has written a strict change. A restore writes that here. */
async function open(
  onsuperseded: (problem: StorageProblem) => void,
  durability: 'strict' | 'relaxed' = 'relaxed',
): Promise<Database> {
  const opening = await openDatabase(onsuperseded, { durability, ring });
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

/** A part that is fetched late may not be there any more; every browser says so in words of its own. */
function wordsOf(error: unknown): string {
  const words = failureWords(error);
  return /dynamically imported module|importing a module/i.test(words) ? missingPart : words;
}
