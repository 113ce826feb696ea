import type { Database } from '../storage/database.ts';
import { storageProblem } from '../storage/failure.ts';
import { restoreFromMirror } from '../storage/mirroring.ts';

/** The storage is empty, or went on after it had lost something. */
type Losing = 'emptied' | 'parted';

/** How much work there is in one place. */
export interface Holding {
  readonly changes: number;
  readonly documents: number;
}

/**
 * Work that the second copy has and the storage has not. Nothing is done about it without the user's word; `Next` is what
 * the page goes on with then.
 */
export class Rescue<Next> {
  readonly standing: Losing;
  /** What the storage holds, and what the second copy. */
  readonly here: Holding;
  readonly copy: Holding;
  readonly #database: Database;
  readonly #mirror: Database;
  readonly #goOn: (mirror: Database | undefined, notice?: string) => Promise<Next>;
  #progress = $state.raw<{ readonly done: number; readonly total: number }>();
  #failure = $state.raw<string>();

  private constructor(
    { standing, here, copy }: Pick<Rescue<Next>, 'standing' | 'here' | 'copy'>,
    database: Database,
    mirror: Database,
    goOn: (mirror: Database | undefined, notice?: string) => Promise<Next>,
  ) {
    [this.standing, this.here, this.copy] = [standing, here, copy];
    [this.#database, this.#mirror, this.#goOn] = [database, mirror, goOn];
  }

  static async of<Next>(
    standing: Losing,
    database: Database,
    mirror: Database,
    goOn: (mirror: Database | undefined, notice?: string) => Promise<Next>,
  ): Promise<Rescue<Next>> {
    const [here, copy] = await Promise.all([holdingOf(database), holdingOf(mirror)]);
    return new Rescue({ standing, here, copy }, database, mirror, goOn);
  }

  /** How far bringing back is, while it is under way. */
  get progress(): { readonly done: number; readonly total: number } | undefined {
    return this.#progress;
  }

  /** Why the last try did not succeed. */
  get failure(): string | undefined {
    return this.#failure;
  }

  /** Brings everything back. What is there already stays, so that it can be tried again; `undefined` when it failed. */
  async restore(): Promise<Next | undefined> {
    this.#failure = undefined;
    this.#progress = { done: 0, total: this.copy.documents };
    try {
      const { documents, changes } = await restoreFromMirror(
        this.#database,
        this.#mirror,
        Infinity,
        (progress) => {
          this.#progress = progress;
        },
      );
      return await this.#goOn(
        this.#mirror,
        `${counted(documents, 'document')} and ${counted(changes, 'change')} came back from the second copy.`,
      );
    } catch (error) {
      this.#failure = `It could not all be brought back: ${storageProblem(error).message}`;
      return undefined;
    } finally {
      this.#progress = undefined;
    }
  }

  /** Goes on with what the storage has. The second copy stays as it is, and is asked about again at the next start. */
  goOn(): Promise<Next> {
    return this.#goOn(undefined);
  }
}

async function holdingOf({ changes, documents }: Database): Promise<Holding> {
  const [changeCount, documentCount] = await Promise.all([changes.count(), documents.count()]);
  return { changes: changeCount, documents: documentCount };
}

function counted(count: number, what: string): string {
  return `${count.toLocaleString('en')} ${what}${count === 1 ? '' : 's'}`;
}
