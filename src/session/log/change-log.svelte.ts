import type { Change, Draft } from '../../core/change.ts';
import { isFinal, type StorageProblem } from '../../core/problem.ts';
import { commit } from '../../storage/commit.ts';
import type { Database } from '../../storage/database.ts';
import { storageProblem, unanswered } from '../../storage/failure.ts';
import { changesAfter, followLog } from '../../storage/log.ts';
import type { Landmark } from '../../storage/reopening.ts';
import { Pauses } from './pauses.ts';

/** A disk that is full may leave a write without an answer for ever, and no browser says so. */
const patienceMs = 5000;

/** So many landmarks tell a database from another one, even when somebody has taken some of them out of the log for good. */
const landmarkCount = 20;

/** What is seldom needed, and fetched when the page has been drawn: later there may be nothing to fetch it from. */
const reopening = () => import('../../storage/reopening.ts');

/** Whether everything that was done is through its strict transaction. */
export type Saving =
  | { readonly status: 'saved' }
  | { readonly status: 'saving' }
  | { readonly status: 'failed'; readonly problem: StorageProblem };

/**
 * The log of changes as this tab sees it: those in the database, told to the listener in order and each once, and those
 * still on their way, which the screen shows on top. A change that cannot be written stays here until it can: that is
 * tried again by itself, for which a database that the browser has closed is opened anew.
 */
export class ChangeLog {
  readonly #database: Database;
  readonly #onchange: (change: Change) => void;
  readonly #stop: () => void;
  #pending = $state.raw<readonly Draft[]>([]);
  #saving = $state.raw<Saving>({ status: 'saved' });
  #seq: number;
  /** The change up to which everything was there when this tab came. */
  readonly #begin: number;
  #writing: Promise<void> = Promise.resolve();
  #patience: ReturnType<typeof setTimeout> | undefined;
  readonly #pauses = new Pauses();
  /** Whether the connection was closed under us, whatever Dexie makes of that. */
  #isCutOff = false;
  #connection = 0;
  #reopening: Promise<StorageProblem | undefined> | undefined;
  /** Whether something failed since all was last in both places. */
  #hasFallen = false;
  /** The second copy is made whole, as after a full disk the browser may throw the first one away at its next start. */
  #healing: Promise<unknown> | undefined;
  /** Why nothing will be written any more. */
  #end: StorageProblem | undefined;
  /** Who waits for a write that may never be answered. */
  readonly #waiting = new Set<() => void>();
  /** Ids of the pending changes that are written and only wait for their turn in the log. */
  readonly #written = new Set<string>();
  /** The places in the log of the changes that this tab has written, by id. */
  readonly #places = new Map<string, number>();
  /** Newest first. */
  #landmarks: readonly Landmark[] = [];

  constructor(database: Database, seq: number, onchange: (change: Change) => void) {
    this.#database = database;
    this.#seq = this.#begin = seq;
    this.#onchange = onchange;
    this.#stop = followLog(
      database,
      seq,
      (changes) => this.#receive(changes),
      (error) => this.#refuse(storageProblem(error)),
    );
    void this.#lookBack(seq);
  }

  get pending(): readonly Draft[] {
    return this.#pending;
  }

  get saving(): Saving {
    return this.#saving;
  }

  /** Shows the change at once and writes it after those before it. Resolves when it is saved or has failed to be. */
  append(draft: Draft): Promise<void> {
    this.#pending = [...this.#pending, draft];
    if (this.#saving.status === 'saved') this.#saving = { status: 'saving' };
    return this.#attempt();
  }

  /** Writes what is not written yet, as the user has asked for. */
  retry(): Promise<void> {
    if (!this.#end) this.#saving = { status: 'saving' };
    return this.#attempt();
  }

  /** The database was closed under us: it is opened again, if it lets itself be. */
  reconnect(): Promise<void> {
    this.#isCutOff = this.#hasFallen = true;
    // What was on its way over that connection is through or never will be, and its answer may not come.
    this.#connection++;
    this.#writing = Promise.resolve();
    return this.#attempt();
  }

  /** After the page was frozen or out of sight: takes in what others did, if the database is still the one it was. */
  async lookAgain(): Promise<void> {
    if (this.#isCutOff || !this.#database.isOpen()) return this.#attempt();
    try {
      const { faultOf } = await reopening();
      const problem = await faultOf(this.#database, this.#seq, this.#landmarks);
      if (problem) this.#refuse(problem);
      else this.#receive(await changesAfter(this.#database, this.#seq));
    } catch (error) {
      this.#refuse(storageProblem(error));
    }
  }

  /** Nothing is written from here on, whatever is tried. */
  end(problem: StorageProblem): void {
    this.#refuse(problem);
  }

  /** Whether a newer version has taken the database over. */
  get isReadOnly(): boolean {
    return this.#end?.kind === 'superseded';
  }

  /** Resolves when nothing is on its way; to `false` when something could not be written. */
  async settled(): Promise<boolean> {
    const written = this.#writing.then(() => this.#healing);
    await Promise.race([written, new Promise<void>((resolve) => this.#waiting.add(resolve))]);
    // All is written while the second copy is only made whole: nobody is told that it failed.
    const isHealing = this.#saving.status === 'saving' && this.#healing !== undefined && !this.#next();
    return this.#saving.status === 'saved' || isHealing;
  }

  /** Whether another tab has made the change since this one began to follow. */
  isFromElsewhere({ seq, id }: Change): boolean {
    return seq > this.#begin && !this.#places.has(id);
  }

  /** The place in the log of a change that this tab has written. */
  seqOf(id: string): number | undefined {
    return this.#places.get(id);
  }

  close(): void {
    this.#stop();
    this.#unwatch();
    this.#pauses.end();
  }

  #attempt(): Promise<void> {
    if (this.#end) return Promise.resolve();
    if (this.#patience === undefined) this.#watch();
    const connection = this.#connection;
    this.#writing = this.#writing.then(() => this.#write(connection));
    return this.#writing;
  }

  async #write(connection: number): Promise<void> {
    const isOver = () => this.#end !== undefined || connection !== this.#connection;
    if (isOver()) return;
    this.#watch();
    try {
      const problem = await this.#connect();
      if (isOver()) return;
      if (problem) return this.#refuse(problem);
      for (let draft = this.#next(); draft; draft = this.#next()) {
        await this.#commit(draft);
        if (isOver()) return;
      }
      if (this.#hasFallen) this.#heal();
      this.#saving = { status: this.#healing ? 'saving' : 'saved' };
      this.#pauses.end();
    } catch (error) {
      if (!isOver()) this.#refuse(storageProblem(error));
    } finally {
      if (!isOver()) this.#unwatch();
    }
  }

  #heal(): void {
    this.#hasFallen = false;
    // Where that fails, the second copy tells so itself.
    this.#healing = this.#database.mirror?.revive().finally(() => {
      this.#healing = undefined;
      if (this.#saving.status === 'saving' && !this.#next()) this.#saving = { status: 'saved' };
    });
  }

  async #commit(draft: Draft): Promise<void> {
    const change = await commit(this.#database, draft);
    this.#watch();
    this.#written.add(draft.id);
    this.#places.set(draft.id, change.seq);
    await this.#arrived(change);
  }

  /** One at a time, as Dexie takes no two. */
  #connect(): Promise<StorageProblem | undefined> {
    if (!this.#isCutOff && this.#database.isOpen()) return Promise.resolve(undefined);
    this.#reopening ??= this.#reopen().finally(() => (this.#reopening = undefined));
    return this.#reopening;
  }

  /** What was on its way when the database was closed may have got through, and is not written once more. */
  async #reopen(): Promise<StorageProblem | undefined> {
    const { reopen } = await reopening();
    const problem = await reopen(this.#database, this.#seq, this.#landmarks);
    if (problem) return problem;
    this.#isCutOff = false;
    this.#receive(await changesAfter(this.#database, this.#seq));
    return undefined;
  }

  /** From here on it may take so long until the next answer; one that comes later all the same is taken. */
  #watch(): void {
    clearTimeout(this.#patience);
    this.#patience = setTimeout(() => {
      this.#saving = { status: 'failed', problem: unanswered };
      this.#hasFallen = true;
      this.#unwatch();
    }, patienceMs);
  }

  #unwatch(): void {
    clearTimeout(this.#patience);
    this.#patience = undefined;
    for (const wake of this.#waiting) wake();
    this.#waiting.clear();
  }

  #next(): Draft | undefined {
    return this.#pending.find(({ id }) => !this.#written.has(id));
  }

  /** Our own change is through: if others came between, they are told first, so that every tab has one order. */
  async #arrived(change: Change): Promise<void> {
    if (change.seq === this.#seq + 1) this.#receive([change]);
    else this.#receive(await changesAfter(this.#database, this.#seq));
  }

  #receive(changes: readonly Change[]): void {
    for (const change of changes) {
      if (change.seq <= this.#seq) continue;
      this.#seq = change.seq;
      this.#landmarks = [change, ...this.#landmarks]
        .slice(0, landmarkCount)
        .map(({ seq, id }) => ({ seq, id }));
      this.#pending = this.#pending.filter(({ id }) => id !== change.id);
      this.#written.delete(change.id);
      this.#onchange(change);
    }
  }

  async #lookBack(seq: number): Promise<void> {
    try {
      const { landmarksUpTo } = await reopening();
      const known = await landmarksUpTo(this.#database, seq);
      this.#landmarks = [...this.#landmarks, ...known].slice(0, landmarkCount);
    } catch {
      // Without landmarks the number of the last change has to do; whoever writes hears why reading failed.
    }
  }

  #refuse(problem: StorageProblem): void {
    if (this.#end) return;
    this.#saving = { status: 'failed', problem };
    this.#hasFallen = true;
    if (problem.kind === 'closed') this.#isCutOff = true;
    if (isFinal(problem)) this.#finish(problem);
    else this.#pauses.schedule(() => void this.#attempt());
  }

  #finish(problem: StorageProblem): void {
    this.#end = problem;
    this.#pauses.end();
    // Whatever stands in it now must not take the place on screen of what is here.
    this.#database.close({ disableAutoOpen: true });
    this.#unwatch();
  }
}
