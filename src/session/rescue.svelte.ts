import type { StorageProblem } from '../core/problem.ts';
import { breakNow } from '../storage/mirror.ts';
import type { Database } from '../storage/database.ts';
import { storageProblem } from '../storage/failure.ts';
import { acceptAsIs, bringTogether, isSound, putBack } from '../storage/mending.ts';
import { restoreFromMirror, type Copied, type OnProgress } from '../storage/mirroring.ts';
import { rememberDocumentCount, rememberedDocumentCount } from '../storage/tripwire.ts';
import { download } from './files/download.ts';
import { startJob } from './job.ts';

/**
 * What is wrong with the storage. It is `emptied` while the second copy is there; `parted` from it, as each has what the
 * other has not; `altered` by another program; `lost` without a second copy. Or it cannot be opened: `foreign`, as
 * something that is not ours has its name, of a `newer` version, `unavailable` as the browser forbids it, or `unopened`,
 * as it fails.
 */
export type Trouble =
  'emptied' | 'parted' | 'altered' | 'lost' | 'foreign' | 'newer' | 'unavailable' | 'unopened';

/** How much work there is in one place. */
export interface Holding {
  readonly changes: number;
  readonly documents: number;
}

/** What could be opened, and why the rest could not. */
interface Remains {
  readonly database: Database | undefined;
  readonly mirror: Database | undefined;
  readonly problem: StorageProblem | undefined;
}

/** What the page goes on with, once storage and second copy were looked at. */
export interface Beginning {
  readonly database: Database;
  /** The second copy; without it the one that there is stays as it is. */
  readonly copy?: Database | undefined;
  readonly notice?: string | undefined;
  /** A backup to begin with. */
  readonly files?: readonly File[];
}

type GoOn<Next> = (beginning: Beginning) => Promise<Next>;

/**
 * Work that is missing or cannot be opened. Nothing is done about it without the user's word, and nothing is ever deleted;
 * `Next` is what the page goes on with then.
 */
export class Rescue<Next> {
  readonly trouble: Trouble;
  /** What the browser said, where that is all that is known. */
  readonly reason: string | undefined;
  /** What the storage holds, and what the second copy; absent where it cannot be opened. */
  readonly here: Holding | undefined;
  readonly copy: Holding | undefined;
  /** How many documents the browser was last known to hold; 0 where nothing is known. */
  readonly remembered: number;
  /** Whether the second copy can be of help. */
  readonly canBringBack: boolean;
  readonly #remains: Remains;
  readonly #goOn: GoOn<Next>;
  #progress = $state.raw<{ readonly done: number; readonly total: number }>();
  #failure = $state.raw<string>();
  #word = $state.raw<string>();

  private constructor(
    facts: Pick<Rescue<Next>, 'trouble' | 'here' | 'copy' | 'canBringBack'>,
    remains: Remains,
    goOn: GoOn<Next>,
  ) {
    this.trouble = facts.trouble;
    this.reason = facts.trouble === 'unopened' ? remains.problem?.message : undefined;
    [this.here, this.copy, this.canBringBack] = [facts.here, facts.copy, facts.canBringBack];
    this.remembered = rememberedDocumentCount();
    [this.#remains, this.#goOn] = [remains, goOn];
  }

  static async of<Next>(trouble: Trouble, remains: Remains, goOn: GoOn<Next>): Promise<Rescue<Next>> {
    const { database, mirror } = remains;
    const [here, copy] = await Promise.all([holdingOf(database), holdingOf(mirror)]);
    const canBringBack =
      trouble === 'emptied' ||
      trouble === 'parted' ||
      (trouble === 'altered' && mirror !== undefined && (await isSound(mirror)));
    return new Rescue({ trouble, here, copy, canBringBack }, remains, goOn);
  }

  /** Whether the storage can be worked with as it is. */
  get canGoOn(): boolean {
    return this.#remains.database !== undefined;
  }

  /** Whether there may be anything to save. */
  get canSave(): boolean {
    return this.trouble !== 'unavailable';
  }

  /** How far what is under way is. */
  get progress(): { readonly done: number; readonly total: number } | undefined {
    return this.#progress;
  }

  /** Why the last try did not succeed. */
  get failure(): string | undefined {
    return this.#failure;
  }

  /** What was done last. */
  get word(): string | undefined {
    return this.#word;
  }

  /**
   * Brings everything back that the second copy has. What is there already stays, so that it can be tried again;
   * `undefined` when it failed.
   */
  async bringBack(): Promise<Next | undefined> {
    const { database, mirror } = this.#remains;
    if (!database || !mirror) throw new RangeError(`nothing can be brought back: ${this.trouble}`);
    return this.#try('It could not all be brought back', this.copy?.documents ?? 0, async (onprogress) => {
      const copied = await this.#bring(database, mirror, onprogress);
      return this.#goOn({ database, copy: mirror, notice: broughtNotice(copied) });
    });
  }

  #bring(database: Database, mirror: Database, onprogress: OnProgress): Promise<Copied> {
    if (this.trouble === 'parted') return bringTogether(database, mirror, onprogress);
    if (this.trouble === 'altered') return putBack(database, mirror, onprogress);
    return restoreFromMirror(database, mirror, Infinity, onprogress);
  }

  /**
   * Goes on with what the storage has, and takes in a backup if there is one. A second copy that could help stays as it is, and is asked about again at the next
   * start.
   */
  async goOn(files: readonly File[] = []): Promise<Next | undefined> {
    const { database, mirror } = this.#remains;
    if (!database) throw new RangeError(`there is nothing to go on with: ${this.trouble}`);
    return this.#try('Locution could not go on', 0, async () => {
      if (this.canBringBack) return this.#goOn({ database, files });
      // Without anything that could help, the same question at each start would be of no use.
      if (this.trouble === 'altered' && (await breakNow(database)) !== undefined)
        await acceptAsIs(database, mirror);
      if (this.trouble === 'lost') rememberDocumentCount(0);
      return this.#goOn({ database, copy: mirror, files });
    });
  }

  /** Hands everything that can be read, wherever it is kept, to the browser's downloads. */
  async save(): Promise<void> {
    await this.#try('Not everything could be saved to a file', 0, async () => {
      const { result } = startJob({ kind: 'rescue', version: __BUILD__.version });
      const { blob, rows, problems } = await result;
      const name = `Locution rescue ${new Date().toISOString().slice(0, 10)}.zip`;
      download(blob, name);
      this.#word = `Saved “${name}” with ${counted(rows, 'row')} of the storage.`;
      this.#failure =
        problems.length > 0
          ? `This could not be read and is not in the file: ${problems.join('; ')}`
          : undefined;
    });
  }

  async #try<T>(
    failing: string,
    total: number,
    work: (onprogress: OnProgress) => Promise<T>,
  ): Promise<T | undefined> {
    [this.#failure, this.#word] = [undefined, undefined];
    this.#progress = { done: 0, total };
    try {
      return await work((progress) => (this.#progress = progress));
    } catch (error) {
      this.#failure = `${failing}: ${storageProblem(error).message}`;
      return undefined;
    } finally {
      this.#progress = undefined;
    }
  }
}

async function holdingOf(database: Database | undefined): Promise<Holding | undefined> {
  if (!database) return undefined;
  try {
    const [changes, documents] = await Promise.all([database.changes.count(), database.documents.count()]);
    return { changes, documents };
  } catch {
    // It opens and cannot be read, which the screen says of it.
    return undefined;
  }
}

function broughtNotice({ documents, changes }: Copied): string {
  return `${counted(documents, 'document')} and ${counted(changes, 'change')} came back from the second copy.`;
}

function counted(count: number, what: string): string {
  return `${count.toLocaleString('en')} ${what}${count === 1 ? '' : 's'}`;
}
