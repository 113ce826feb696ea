import { backupsIn, type ChosenBackup } from '../../formats/backup/bundle.ts';
import type { JobResults, Progress } from '../../workers/jobs.ts';
import { startJob, type RunningJob } from '../job.ts';
import type { Projects } from '../projects/projects.svelte.ts';
import type { Session } from '../session.svelte.ts';
import type { SealedBackup } from '../lock/sealed-backups.svelte.ts';
import { carriedSettings, type CarriedSettings } from './everything.svelte.ts';
import { counted } from './importing.svelte.ts';

/** What is to become of a backup. `leave`: nothing. */
export type RestoreChoice = 'merge' | 'replace' | 'copy' | 'leave';

type Look = JobResults['dry-run'];
type Result = JobResults['restore'];

/** A backup that somebody chose: what it would bring, what is to become of it, and what came of it. */
export interface Candidate {
  readonly backup: ChosenBackup;
  /** Absent while it is read. */
  readonly look?: Look;
  /** Why it cannot be restored. */
  readonly refusal?: string;
  readonly choice: RestoreChoice;
  readonly result?: Result;
  readonly failure?: string;
}

/** A restore that somebody thinks about, from the files they chose to what came of it. */
export class Restoring {
  readonly #session: Session;
  readonly #projects: Projects;
  #candidates = $state.raw<readonly Candidate[]>([]);
  #settings = $state.raw<CarriedSettings>();
  #stage = $state<'reading' | 'deciding' | 'restoring' | 'done'>('reading');
  #progress = $state.raw<Progress>();
  #sealed = $state.raw<SealedBackup>();
  #job: RunningJob<unknown> | undefined;
  #isCancelled = false;
  #undo: (() => Promise<string | undefined>) | undefined;
  /** Whether the settings of the backup are taken over. */
  takesSettings = $state(false);

  readonly isReady = $derived(
    this.#stage === 'deciding' &&
      (this.takesSettings || this.#candidates.some((one) => one.choice !== 'leave' && !one.refusal)),
  );

  constructor(session: Session, projects: Projects) {
    [this.#session, this.#projects] = [session, projects];
  }

  get stage() {
    return this.#stage;
  }

  get candidates(): readonly Candidate[] {
    return this.#candidates;
  }

  get hasSettings(): boolean {
    return this.#settings !== undefined;
  }

  get progress(): Progress | undefined {
    return this.#progress;
  }

  /** A backup of a locked project that waits to be opened. */
  get sealed(): SealedBackup | undefined {
    return this.#sealed;
  }

  cancel(): void {
    this.#isCancelled = true;
    this.#sealed?.cancel();
    this.#job?.cancel();
  }

  choose(candidate: Candidate, choice: RestoreChoice): void {
    this.#change(candidate, { choice });
  }

  /** Reads what was chosen, and says what it would bring; writes nothing. */
  async look(files: readonly ChosenBackup[]): Promise<void> {
    for (const { name, blob } of files) {
      const { head, backups } = await backupsIn(blob, name);
      this.#settings ??= head && carriedSettings(this.#session.preferences, head.settings);
      this.#candidates = [
        ...this.#candidates,
        ...(await this.#opened(backups)).map((backup): Candidate => ({ backup, choice: 'merge' })),
      ];
    }
    for (let index = 0; index < this.#candidates.length && !this.#isCancelled; index++)
      await this.#lookAt(this.#candidates[index]!);
    this.#stage = 'deciding';
  }

  /** Backups of locked projects are sealed; one that nobody opens is left out. */
  async #opened(backups: readonly ChosenBackup[]): Promise<readonly ChosenBackup[]> {
    const { openedBackups } = await import('../lock/sealed-backups.svelte.ts');
    const files = backups.map(({ name: path, blob }) => ({ path, blob }));
    const ask = (sealed: SealedBackup | undefined) => (this.#sealed = sealed);
    const opened = await openedBackups(files, ask, this.#session.messages);
    return opened.map(({ path: name, blob }) => ({ name, blob }));
  }

  async #lookAt(candidate: Candidate): Promise<void> {
    const { blob: file, name } = candidate.backup;
    const look = await this.#run(startJob({ kind: 'dry-run', file, name }, this.#report));
    if (typeof look === 'string')
      return this.#change(candidate, { refusal: asSentence(look), choice: 'leave' });
    const refusal = refusalOf(look);
    this.#change(candidate, { look, ...(refusal !== undefined && { refusal, choice: 'leave' as const }) });
  }

  /** Does what was decided, one backup after the other. */
  async restore(): Promise<void> {
    const { messages, preferences } = this.#session;
    if (!(await this.#session.settle()))
      return messages.alert('Some work is not saved yet, so nothing was restored. Try saving again first.');
    this.#stage = 'restoring';
    if (this.takesSettings && this.#settings) preferences.set(this.#settings);
    for (const candidate of this.#candidates)
      if (candidate.choice !== 'leave' && !this.#isCancelled)
        await alone(() => this.#restoreOne(candidate, candidate.choice as Exclude<RestoreChoice, 'leave'>));
    this.#stage = 'done';
  }

  async #restoreOne(candidate: Candidate, mode: Exclude<RestoreChoice, 'leave'>): Promise<void> {
    const { backup, look } = candidate;
    const at = new Date().toISOString();
    const day = dayOf(look?.state.manifest?.written_at);
    const title = day === '' ? 'Restored a backup' : `Restored the backup of ${day}`;
    const name = `${look?.project?.name ?? 'Restored project'}${day === '' ? '' : `, ${day}`}`;
    const order = {
      ...{ file: backup.blob, name: backup.name, mode, at, title },
      annotator: this.#session.preferences.annotator,
      ...(mode === 'copy' && { copyName: name }),
    };
    const result = await this.#run(startJob({ kind: 'restore', ...order }, this.#report));
    this.#change(candidate, typeof result === 'string' ? { failure: result } : { result });
    if (typeof result !== 'string') this.#undo ??= () => this.#takeBack(result.projectId, at);
  }

  readonly #report = (progress: Progress): void => {
    this.#progress = progress;
  };

  /** What came of a job, or in words why nothing did. */
  async #run<T>(job: RunningJob<T>): Promise<T | string> {
    this.#job = job;
    this.#progress = { done: 0, total: 0 };
    try {
      return await job.result;
    } catch (error) {
      const isCancelled = error instanceof DOMException && error.name === 'AbortError';
      return isCancelled ? 'this was cancelled, and nothing of it was restored.' : wordsOf(error);
    } finally {
      this.#progress = this.#job = undefined;
    }
  }

  #change({ backup }: Candidate, change: Partial<Candidate>): void {
    this.#candidates = this.#candidates.map((one) => (one.backup === backup ? { ...one, ...change } : one));
  }

  /** Goes over to what was restored, and says what came, with a way back. */
  async finish(): Promise<void> {
    const results = this.#candidates.flatMap(({ result }) => result ?? []);
    const written = results.filter(({ isNothing }) => !isNothing);
    const [first] = written;
    if (!first) return;
    const { living, session } = this.#projects;
    const isPutAway =
      !living.some(({ id }) => id === first.projectId) && first.projectId !== session.project.id;
    if (!isPutAway) await this.#projects.switchTo(first.projectId, true);
    const names = written.map(({ projectName }) => `“${projectName}”`).join(', ');
    const undo = written.length === 1 && { name: 'Undo', run: () => void this.#undo?.(), lasts: true };
    this.#projects.session.messages.say(`Restored ${names}.`, undo || undefined);
    startJob({ kind: 'upkeep' }).result.catch((error: unknown) => {
      this.#projects.session.messages.say(`The storage could not be tidied (${String(error)}).`);
    });
  }

  async #takeBack(projectId: string, at: string): Promise<string | undefined> {
    const { session } = this.#projects;
    if (session.project.id !== projectId) return undefined;
    await session.recent.recall();
    const step = session.recent.list.find(({ change }) => change.at === at && change.kind === 'import');
    if (!step || step.isUndone) return undefined;
    const fault = await session.recent.toggle(step);
    if (fault === undefined) session.messages.say(`Undone: ${step.change.title}`);
    else session.messages.alert(fault);
    return fault;
  }
}

/** One import or restore at a time, over all tabs. */
function alone<T>(run: () => Promise<T>): Promise<T> {
  return 'locks' in navigator ? navigator.locks.request('locution-import', run) : run();
}

function refusalOf({ state, project, documents }: Look): string | undefined {
  if (state.isNewer) return 'A newer Locution has written this backup. Update this one, then restore it.';
  const isEmpty = !project && Object.values(documents).every((count) => count === 0);
  if (state.soundLines === 0 || isEmpty)
    return 'There is not one whole line of a backup in this file. If somebody packed it anew, unpack it first.';
  return undefined;
}

/** "30 November 2026"; empty where a file says something else. */
export function dayOf(at: string | undefined): string {
  const time = Date.parse(at ?? '');
  if (Number.isNaN(time)) return '';
  return new Date(time).toLocaleDateString('en-GB', { day: 'numeric', month: 'long', year: 'numeric' });
}

function asSentence(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** What a look at a backup says would come, in words. */
export function comingWords({ documents, spans, changes }: Look): string {
  const fresh = documents.new + documents.otherText + documents.elsewhere;
  if (fresh + changes.new === 0) return 'Everything in it is here already.';
  const parts = [
    ...(fresh > 0
      ? [`${counted(fresh, 'new document')}${spans > 0 ? ` with ${counted(spans, 'span')}` : ''}`]
      : []),
    ...(changes.new > 0
      ? [`${counted(changes.new, 'change')} that ${changes.new === 1 ? 'is' : 'are'} not here`]
      : []),
  ];
  return `It brings ${parts.join(' and ')}.`;
}
