import { isRepairable, type Examination, type Finding } from '../../core/doctor/finding.ts';
import { repairWords, sheetRepairs } from '../../core/doctor/repairs.ts';
import type { Progress } from '../../workers/jobs.ts';
import { startJob, type RunningJob } from '../job.ts';
import type { Recorder } from '../log/recorder.ts';
import type { Workplace } from '../workplace.ts';

/** Looks for what is wrong in the whole storage, and repairs what can be repaired when the user says so. */
export class Doctor {
  readonly #place: Workplace;
  readonly #recorder: Recorder;
  #examination = $state.raw<Examination>();
  #progress = $state.raw<Progress>();
  #failure = $state.raw<string>();
  #isRepairing = $state(false);
  #job: RunningJob<Examination> | undefined;

  /** What a repair would do, a sentence each; empty when there is nothing that the Doctor can repair. */
  readonly plan = $derived(repairWords(this.#examination?.findings ?? []));

  constructor(place: Workplace, recorder: Recorder) {
    this.#place = place;
    this.#recorder = recorder;
  }

  /** What the last check has found. */
  get examination(): Examination | undefined {
    return this.#examination;
  }

  /** How far a check is that is under way. */
  get progress(): Progress | undefined {
    return this.#progress;
  }

  get isRepairing(): boolean {
    return this.#isRepairing;
  }

  /** Why the last check or repair came to no end. */
  get failure(): string | undefined {
    return this.#failure;
  }

  cancel(): void {
    this.#job?.cancel();
  }

  /** Looks through everything, as far as it is saved; nothing is changed. */
  async check(): Promise<void> {
    if (this.#progress || this.#isRepairing) return;
    this.#failure = undefined;
    this.#progress = { done: 0, total: 0 };
    try {
      await this.#place.settle();
      this.#job = startJob({ kind: 'doctor', now: Date.now() }, (progress) => (this.#progress = progress));
      this.#examination = withoutImportUnderWay(await this.#job.result, await isImporting());
    } catch (error) {
      if (isAbort(error)) this.#place.messages.say('The check was cancelled. Nothing was changed.');
      else this.#failure = `The check stopped: ${wordsOf(error)} Nothing was changed; try again.`;
    } finally {
      this.#progress = undefined;
      this.#job = undefined;
    }
  }

  /** Does what the plan says, as far as it is still called for, and checks everything again. */
  async repair(): Promise<void> {
    const found = this.#examination;
    if (!found || this.#progress || this.#isRepairing) return;
    this.#isRepairing = true;
    try {
      await this.#repair(found.findings.filter(isRepairable));
    } catch (error) {
      this.#failure = `The repair stopped: ${wordsOf(error)} What was done so far is whole; check again.`;
    } finally {
      this.#isRepairing = false;
    }
    if (this.#failure === undefined) await this.check();
  }

  async #repair(findings: readonly Finding[]): Promise<void> {
    const idsOf = (...kinds: readonly Finding['kind'][]) => [
      ...new Set(
        findings.flatMap((f) => (kinds.includes(f.kind) && 'documentId' in f ? [f.documentId] : [])),
      ),
    ];
    const order = {
      kind: 'mend',
      recount: idsOf('counts', 'snapshot'),
      texts: idsOf('text'),
      lengths: idsOf('length'),
      imports: findings.flatMap((f) => (f.kind === 'unfinished-import' ? [f.importId] : [])),
      copy: findings.some(({ kind }) => kind === 'copy'),
    } as const;
    if (order.imports.length === 0) await startJob(order).result;
    else if (!(await aloneFromImports(() => startJob(order).result)))
      throw new Error('An import is under way.');
    await this.#putMarksRight(idsOf('misplaced', 'unlinked'));
  }

  /** What is wrong is looked for again, as somebody may have gone on marking. */
  async #putMarksRight(documentIds: readonly string[]): Promise<void> {
    if (documentIds.length === 0) return;
    if (!(await this.#place.settle())) throw new Error('Some work is not saved yet.');
    const now = await startJob({ kind: 'doctor', documentIds, now: Date.now() }).result;
    for (const { projectId, title, edit } of sheetRepairs(now.findings, new Date().toISOString()))
      if (!(await this.#recorder.record('do', title, edit, { projectId })))
        throw new Error('It is not all saved yet.');
  }
}

const importLock = 'locution-import';

/** There is none on addresses that browsers do not trust. */
function locks(): LockManager | undefined {
  return (globalThis.navigator as Partial<Navigator> | undefined)?.locks;
}

/** Over all tabs. Where that cannot be told, none is taken to be under way. */
async function isImporting(): Promise<boolean> {
  const { held = [], pending = [] } = (await locks()?.query()) ?? {};
  return [...held, ...pending].some(({ name }) => name === importLock);
}

/** Does it while no import can begin. Resolves to whether it was done. */
async function aloneFromImports(run: () => Promise<unknown>): Promise<boolean> {
  const manager = locks();
  if (!manager) return run().then(() => true);
  return manager.request(importLock, { ifAvailable: true }, async (lock) => {
    if (lock) await run();
    return lock !== null;
  });
}

/** What looks like an import that was broken off may be one that is not through yet. */
function withoutImportUnderWay(found: Examination, isUnderWay: boolean): Examination {
  if (!isUnderWay) return found;
  const { 'unfinished-import': _, ...counts } = found.counts;
  return { ...found, counts, findings: found.findings.filter(({ kind }) => kind !== 'unfinished-import') };
}

function isAbort(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'AbortError';
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
