import type { Change } from '../../core/change.ts';
import type { Database } from '../../storage/database.ts';
import { storageProblem } from '../../storage/failure.ts';
import type { JobResults, Progress } from '../../workers/jobs.ts';
import { startJob, type RunningJob } from '../job.ts';
import type { Session } from '../session.svelte.ts';
import {
  aloneInFolder,
  askPermission,
  followFolder,
  keepFolder,
  keptFolder,
  permissionOf,
  type BackupFolder,
  type Permission,
} from './backup-folder.ts';
import { BackupLedger, type FollowLog } from './backup-ledger.svelte.ts';
import { keepPutOff, loadPutOffs, wantsReminder, type PutOffs } from './backup-reminder.ts';
import type { Standing } from './backup-standing.ts';
import { notWrittenWords } from './not-written.ts';

/** How long after what a backup is written by itself. */
export const pace = {
  /** After the first change that no backup has. */
  workMs: 10 * 60_000,
  /** After a document is done. */
  doneMs: 5_000,
  /** After the start, when there is work that no backup has. */
  startMs: 20_000,
  /** When something is under way, until it is tried again. */
  busyMs: 15_000,
};

/** Nobody chose a folder; the browser has to be allowed to write into it again; or it is in use. */
export type FolderState = 'none' | 'paused' | 'on';

/** Writes a backup of every project that has changed into a folder that the user picked once, in the background. */
export class AutomaticBackup {
  readonly #database: Database;
  readonly #session: () => Session;
  readonly #pace: typeof pace;
  readonly #ledger: BackupLedger;
  readonly #ends: (() => void)[] = [];
  #folder = $state.raw<BackupFolder>();
  #permission = $state.raw<Permission>('prompt');
  #putOffs = $state.raw<PutOffs>({});
  #progress = $state.raw<Progress>();
  #failure = $state.raw<string>();
  #job: RunningJob<JobResults['backup-into']> | undefined;
  #timer: { readonly id: ReturnType<typeof setTimeout>; readonly atMs: number } | undefined;
  #isClosed = false;

  private constructor(database: Database, session: () => Session, follow: FollowLog, own: typeof pace) {
    this.#database = database;
    this.#session = session;
    this.#pace = own;
    this.#ledger = new BackupLedger(database, follow);
  }

  /** Looks for work that no backup has, and follows what is done from there on. `session` is the one that is open. */
  static async begin(
    database: Database,
    session: () => Session,
    follow: FollowLog,
    own: typeof pace = pace,
  ): Promise<AutomaticBackup> {
    const backups = new AutomaticBackup(database, session, follow, own);
    await backups.#begin();
    return backups;
  }

  get folderName(): string | undefined {
    return this.#folder?.handle.name;
  }

  get state(): FolderState {
    if (!this.#folder) return 'none';
    return this.#permission === 'granted' ? 'on' : 'paused';
  }

  /** The last good backup of the open project, wherever it is. */
  get last(): Standing | undefined {
    return this.#ledger.last(this.#session().project.id);
  }

  /** How many changes of the open project no backup has. */
  get changes(): number {
    return this.#ledger.changesSince(this.#session().project.id, 0);
  }

  /** How far the backup is that is being written. */
  get progress(): Progress | undefined {
    return this.#progress;
  }

  /** Why the last attempt failed, a sentence; absent after one that did not. */
  get failure(): string | undefined {
    return this.#failure;
  }

  /** Whether one is to be reminded of backing up by hand. Where backups go into a folder one never is. */
  get reminds(): boolean {
    if (this.state === 'on' && this.#failure === undefined) return false;
    const { id } = this.#session().project;
    const putOff = this.#putOffs[id];
    const { last } = this;
    const since = putOff && (!last || putOff.at > last.at) ? putOff : last;
    return wantsReminder(this.#ledger.changesSince(id, since?.seq ?? 0), since);
  }

  /** Reminds of it no more until as much has been done again. */
  async putOff(): Promise<void> {
    const { id } = this.#session().project;
    const since = { at: new Date().toISOString(), seq: this.#ledger.lastPlace(id) };
    this.#putOffs = { ...this.#putOffs, [id]: since };
    await keepPutOff(this.#database, id, since);
  }

  cancel(): void {
    this.#job?.cancel();
  }

  /** Takes the folder into use and writes the first backups into it. */
  async choose(handle: FileSystemDirectoryHandle): Promise<void> {
    const folder = { id: crypto.randomUUID(), handle };
    try {
      await keepFolder(this.#database, folder);
    } catch (error) {
      const { message } = storageProblem(error);
      this.#session().messages.alert(
        `The folder could not be kept, so nothing is written into it: ${message}`,
      );
      return;
    }
    this.#folder = folder;
    this.#failure = undefined;
    await this.allow();
  }

  /** Asks to be allowed to write into the folder, and does so. To be called right after a click or a key. */
  async allow(): Promise<void> {
    if (!this.#folder) return;
    this.#permission = await askPermission(this.#folder);
    if (this.#permission === 'granted') await this.backUpNow();
  }

  /** Writes nothing by itself any more. What is in the folder stays. */
  async stop(): Promise<void> {
    this.cancel();
    this.#folder = undefined;
    this.#failure = undefined;
    await keepFolder(this.#database, undefined);
  }

  /** Backs up the open project, changed or not, and all others that were changed. Resolves to whether that was done. */
  async backUpNow(): Promise<boolean> {
    const session = this.#session();
    if (this.state !== 'on' || this.#progress) return false;
    this.#progress = { done: 0, total: 0 };
    const isSaved = await session.settle();
    this.#progress = undefined;
    if (!isSaved) {
      session.messages.alert('Some work is not saved yet, so no backup was made. Try saving again first.');
      return false;
    }
    const isDone = await this.#backUp(() => [session.project.id, ...this.#due()]);
    if (isDone) session.messages.say(`Backed up into “${this.folderName}”, read back and found whole.`);
    return isDone;
  }

  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#timer?.id);
    for (const end of this.#ends.splice(0)) end();
    this.cancel();
  }

  async #begin(): Promise<void> {
    await this.#takeFolder(await keptFolder(this.#database));
    this.#putOffs = await loadPutOffs(this.#database);
    const onerror = (error: unknown) =>
      this.#session().messages.alert(`Automatic backup has stopped: ${storageProblem(error).message}`);
    const onchanges = (changes: readonly Change[]) =>
      this.#plan(changes.some(finishes) ? this.#pace.doneMs : this.#pace.workMs);
    this.#ends.push(
      await this.#ledger.begin(this.#folder?.id, onchanges, onerror),
      followFolder(this.#database, (folder) => void this.#takeFolder(folder), onerror),
    );
    this.#plan(this.#pace.startMs);
  }

  /** What another tab chose, and its permission, hold here too. */
  async #takeFolder(folder: BackupFolder | undefined): Promise<void> {
    if (folder) this.#permission = await permissionOf(folder);
    this.#folder = folder;
  }

  #due(): string[] {
    // What is locked is backed up when it is open.
    const isOpen = (projectId: string) => !this.#database.ring.isShut(projectId);
    return this.#folder ? this.#ledger.due(this.#folder.id).filter(isOpen) : [];
  }

  /** Backs up after so long, if not sooner. */
  #plan(delayMs: number): void {
    const atMs = Date.now() + delayMs;
    if (this.#isClosed || (this.#timer && this.#timer.atMs <= atMs)) return;
    clearTimeout(this.#timer?.id);
    this.#timer = { id: setTimeout(() => void this.#onTime(), delayMs), atMs };
  }

  async #onTime(): Promise<void> {
    this.#timer = undefined;
    if (this.state !== 'on' || this.#due().length === 0) return;
    if (this.#isBusy) return this.#plan(this.#pace.busyMs);
    if (!(await this.#backUp(() => this.#due()))) this.#plan(this.#pace.workMs);
  }

  /** Nothing is let go of for a backup that nobody asked for, and none is made in the middle of anything. */
  get #isBusy(): boolean {
    const { saving, importing, exporting, backingUp } = this.#session();
    const isAtWork = [importing, exporting, backingUp, this].some(({ progress }) => progress);
    return isAtWork || saving.status !== 'saved';
  }

  async #backUp(wanted: () => readonly string[]): Promise<boolean> {
    this.#progress = { done: 0, total: 0 };
    try {
      return await aloneInFolder(async () => {
        // Another tab may have done it meanwhile.
        await this.#ledger.refresh();
        for (const projectId of new Set(wanted())) if (!(await this.#backUpOne(projectId))) return false;
        return true;
      });
    } catch (error) {
      this.#tell(error);
      return false;
    } finally {
      this.#progress = undefined;
      this.#job = undefined;
    }
  }

  async #backUpOne(projectId: string): Promise<boolean> {
    const folder = this.#folder;
    if (!folder || !(await this.#database.projects.get(projectId))) return true;
    const order = { projectId, at: new Date().toISOString(), version: __BUILD__.version };
    const job = startJob({ kind: 'backup-into', folder: folder.handle, ...order }, (progress) => {
      // One that was cancelled may still have something to tell.
      if (this.#job === job) this.#progress = progress;
    });
    this.#job = job;
    const result = await job.result;
    if (result.kind === 'not-written') {
      this.#fail(notWrittenWords(result, folder.handle.name));
      this.#permission = await permissionOf(folder);
      return false;
    }
    const { fileName, warnings, last = { seq: 0, id: '' } } = result;
    await this.#ledger.enter({ how: 'folder', ...order, ...last, fileName, folderId: folder.id });
    this.#failure = undefined;
    if (warnings.length > 0)
      this.#session().messages.alert(`The backup is made, but look at this: ${warnings.join(' ')}`);
    return true;
  }

  #tell(error: unknown): void {
    if (error instanceof DOMException && error.name === 'AbortError')
      return this.#session().messages.say('The backup was cancelled. The backups before are as they were.');
    this.#fail(`The backup was not written: ${error instanceof Error ? error.message : String(error)}`);
  }

  /** Told aloud once, until it works again; the status goes on saying it. */
  #fail(words: string): void {
    if (this.#failure === undefined)
      this.#session().messages.alert(`${words} The backups before are as they were.`);
    this.#failure = words;
  }
}

function finishes({ updated }: Change): boolean {
  return updated.some(
    ({ before, after }) =>
      before.type === 'document' &&
      after.type === 'document' &&
      after.value.status === 'done' &&
      before.value.status !== 'done',
  );
}
