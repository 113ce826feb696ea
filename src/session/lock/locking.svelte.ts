import {
  newLock,
  newStretching,
  opening,
  unwrapped,
  withPassphrase,
  type Lock,
  type Stretching,
} from '../../core/lock/lock.ts';
import { recoveryFile } from '../../core/lock/recovery.ts';
import type { Database } from '../../storage/database.ts';
import { storageProblem } from '../../storage/failure.ts';
import { renewLock } from '../../storage/lock/converting.ts';
import { changeLock, lockOf, putLock } from '../../storage/lock/locks.ts';
import type { Progress } from '../../workers/jobs.ts';
import { download, safeFileName } from '../files/download.ts';
import { startJob } from '../job.ts';
import type { Session } from '../session.svelte.ts';
import { leave } from './leaving.ts';

/** A lock that is made and not put on yet: first the user has to have its recovery file. */
interface Made {
  readonly lock: Lock;
  readonly key: Uint8Array;
}

/** Puts a lock on the project that is open, changes it, and takes it away. */
export class Locking {
  readonly #database: Database;
  readonly #session: Session;
  #lock = $state.raw<Lock>();
  #made = $state.raw<Made>();
  #isBusy = $state(false);
  #progress = $state.raw<Progress>();

  constructor(database: Database, session: Session) {
    this.#database = database;
    this.#session = session;
    this.#lock = database.ring.locks.get(session.project.id);
  }

  /** Whether the project is locked, so that what is written is sealed. */
  get isLocked(): boolean {
    return this.#lock !== undefined && this.#lock.state !== 'opening';
  }

  /** Whether a lock is ready to be put on, its recovery file being downloaded. */
  get isReady(): boolean {
    return this.#made !== undefined;
  }

  get isBusy(): boolean {
    return this.#isBusy;
  }

  /** How far sealing or opening all rows is, while it is under way. */
  get progress(): Progress | undefined {
    return this.#progress;
  }

  /** Makes a lock with its recovery file, which goes to the downloads at once. Nothing is locked by that. */
  prepare(passphrase: string, scrypt: Stretching = newStretching()): Promise<void> {
    return this.#alone('The lock could not be made', async () => {
      const { project } = this.#session;
      const stretched = await startJob({ kind: 'stretch', passphrase, scrypt }).result;
      // Where a lock was not wholly taken away yet, its key is kept: rows may still be sealed by it.
      const before = await lockOf(this.#database, project.id);
      const key = before && this.#database.ring.keys.get(before.keyId);
      const kept = before && key ? { keyId: before.keyId, key } : undefined;
      const { lock, recoveryKey, ...made } = newLock(project.id, scrypt, stretched, kept);
      this.#handRecovery(recoveryFile(lock, recoveryKey, project, new Date().toISOString()));
      this.#made = { lock, ...made };
    });
  }

  /** Forgets a lock that was made and not put on. */
  cancel(): void {
    this.#made = undefined;
  }

  /** Puts the lock on and seals all that is there. Work can go on meanwhile. */
  lock(): Promise<void> {
    return this.#alone('The project could not be locked', async () => {
      if (!this.#made) throw new RangeError('no lock was made');
      if (!(await this.#session.settle())) throw new RangeError('some work is not saved yet');
      const { lock, key } = this.#made;
      await putLock(this.#database, lock, key);
      this.#made = undefined;
      this.#lock = lock;
      await this.#convert('The project is locked: what this browser keeps of it is sealed.');
    });
  }

  /** Takes the lock away: all rows lie in clear again. */
  takeAway(): Promise<void> {
    return this.#alone('The lock could not be taken away', async () => {
      const { lock, key } = this.#known();
      if (!(await this.#session.settle())) throw new RangeError('some work is not saved yet');
      await changeLock(this.#database, lock, (known) => opening(known, key));
      this.#lock = undefined;
      await this.#convert('The lock was taken away: this browser keeps the project in clear again.');
    });
  }

  /** Takes another passphrase; resolves to whether the one before was right. */
  async changePassphrase(
    before: string,
    after: string,
    scrypt: Stretching = newStretching(),
  ): Promise<boolean> {
    let isRight = false;
    await this.#alone('The passphrase could not be changed', async () => {
      const { lock, key } = this.#known();
      const typed = await startJob({ kind: 'stretch', passphrase: before, scrypt: lock.scrypt }).result;
      isRight = unwrapped(lock, 'passphrase', typed) !== undefined;
      if (!isRight) return;
      const stretched = await startJob({ kind: 'stretch', passphrase: after, scrypt }).result;
      const changed = (known: Lock) => withPassphrase(known, key, scrypt, stretched);
      const where = await renewLock(this.#database, lock, changed);
      this.#lock = changed(lock);
      this.#session.messages.say(
        `The passphrase was changed. The recovery file stays as it is, and backups made before open with the old passphrase${where === 'here' ? '; the second copy takes it over at the next start' : ''}.`,
      );
    });
    return isRight;
  }

  /** Locks the project in this tab: the page is loaded anew and asks for the passphrase. */
  async lockNow(): Promise<void> {
    if (this.isLocked) return leave(this.#session);
    this.#session.messages.say('This project has no lock. You can give it one in the settings.');
  }

  #known(): { readonly lock: Lock; readonly key: Uint8Array } {
    const lock = this.#database.ring.locks.get(this.#session.project.id) ?? this.#lock;
    const key = lock && this.#database.ring.keys.get(lock.keyId);
    if (!lock || !key) throw new RangeError('the project is not locked');
    return { lock, key };
  }

  async #convert(done: string): Promise<void> {
    const { messages, project } = this.#session;
    const job = startJob(
      { kind: 'convert', projectId: project.id },
      (progress) => (this.#progress = progress),
    );
    const where = await job.result;
    const rest = ' The second copy could not be reached; it follows at the next start.';
    messages.say(`${done}${where === 'here' ? rest : ''}`);
  }

  #handRecovery(text: string): void {
    const name = `${safeFileName(`${this.#session.project.name} recovery`)}.json`;
    download(new Blob([text], { type: 'application/json' }), name);
  }

  /** One after the other, and what goes wrong is told. */
  async #alone(what: string, work: () => Promise<void>): Promise<void> {
    if (this.#isBusy) return;
    this.#isBusy = true;
    try {
      await work();
    } catch (error) {
      const words = error instanceof RangeError ? `${error.message}.` : storageProblem(error).message;
      this.#session.messages.alert(`${what}: ${words} Nothing is lost; try again.`);
    } finally {
      this.#isBusy = false;
      this.#progress = undefined;
    }
  }
}
