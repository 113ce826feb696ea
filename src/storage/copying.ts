import type { Change } from '../core/change.ts';
import type { Database } from './database.ts';

/** A second copy that does not answer for so long is given up until the next start, which fills it. */
const patienceMs = 4000;

/** Takes every change that is saved into the second copy, until that fails once: the work itself is never held up by it. */
export class Mirror {
  readonly database: Database;
  readonly #onfailure: (error: unknown) => void;
  #hasFailed = false;

  constructor(database: Database, onfailure: (error: unknown) => void) {
    this.database = database;
    this.#onfailure = onfailure;
  }

  /** Resolves when the change is in the second copy too, or cannot be. */
  async copy(change: Change): Promise<void> {
    if (this.#hasFailed) return;
    try {
      await inTime(copyChange(this.database, change), patienceMs);
    } catch (error) {
      // Told once, by whichever of several changes on their way failed first.
      if (!this.#hasFailed) this.#onfailure(error);
      this.#hasFailed = true;
    }
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
