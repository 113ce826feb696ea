import type { Change } from '../core/change.ts';
import type { Database } from './database.ts';

/** A second copy that does not answer for so long is left alone for a while. */
const patienceMs = 4000;
/** How long it is left alone, and how long opening and filling it may take until it is said that it lacks something. */
const tryAgainMs = 30_000;

/** Opens the second copy anew; and gives it what it lacks, which is told apart from there being none to fill. */
interface Reviving {
  open(): Promise<Database | undefined>;
  fill(): Promise<boolean>;
}

/**
 * Takes every change that is saved into the second copy, which never holds up the work itself. One that has failed is
 * opened anew and filled now and then, with the next change.
 */
export class Mirror {
  #database: Database;
  readonly #onfailure: (error: unknown) => void;
  readonly #reviving: Reviving | undefined;
  /** When it failed, or was last tried since then. */
  #failedAt: number | undefined;
  #revival: Promise<boolean> | undefined;

  constructor(database: Database, onfailure: (error: unknown) => void, reviving?: Reviving) {
    this.#database = database;
    this.#onfailure = onfailure;
    this.#reviving = reviving;
  }

  /** Resolves when the change is in the second copy too, or cannot be. */
  async copy(change: Change): Promise<void> {
    if (this.#failedAt === undefined) return this.#copy(change);
    if (Date.now() - this.#failedAt >= tryAgainMs) void this.revive();
  }

  async #copy(change: Change): Promise<void> {
    const database = this.#database;
    try {
      await inTime(copyChange(database, change), patienceMs);
    } catch (error) {
      // What was on its way over a connection that has been replaced is brought by filling.
      if (database === this.#database) this.#fail(error);
    }
  }

  /** Opens it anew and gives it what it lacks. Resolves to whether it then has everything. */
  revive(): Promise<boolean> {
    this.#revival ??= this.#revive().finally(() => (this.#revival = undefined));
    return this.#revival;
  }

  async #revive(): Promise<boolean> {
    if (!this.#reviving) return false;
    try {
      const database = await this.#reviving.open();
      if (!database) throw new Error('it does not open');
      this.#database.close({ disableAutoOpen: true });
      this.#database = database;
      // From here on changes go into it again, so that filling misses none.
      this.#failedAt = undefined;
      if (!(await inTime(this.#reviving.fill(), tryAgainMs))) throw new Error('it could not be filled');
      return this.#failedAt === undefined;
    } catch (error) {
      this.#fail(error);
      return false;
    }
  }

  /** Told once, by whichever of several changes on their way failed first. */
  #fail(error: unknown): void {
    if (this.#failedAt === undefined) this.#onfailure(error);
    this.#failedAt = Date.now();
  }
}

/** The work, or an error when it takes longer. */
export async function inTime<T>(work: Promise<T>, limitMs: number): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('it does not answer')), limitMs);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * At the place that the log gave it. Another change may stand there that was never saved, as its transaction failed after
 * the copy had begun: it is set aside and not lost.
 */
async function copyChange(mirror: Database, change: Change): Promise<void> {
  const write = async () => {
    const other = await mirror.changes.get(change.seq);
    if (other && other.id !== change.id)
      await mirror.preferences.put({ key: `set-aside-${other.id}`, value: other });
    await mirror.changes.put(change);
  };
  await mirror.transaction('rw', mirror.changes, mirror.preferences, write);
}
