import { unwrapped, type Lock } from '../../core/lock/lock.ts';
import { recovered, recoveryIn } from '../../core/lock/recovery.ts';
import type { Project } from '../../core/project.ts';
import type { Database } from '../../storage/database.ts';
import { storageProblem } from '../../storage/failure.ts';
import { loadProjects } from '../../storage/projects.ts';
import { replayIfDue } from '../../storage/replaying.ts';
import { mergePreference } from '../../storage/preferences.ts';
import { startJob } from '../job.ts';

/** A locked project, before it is opened. `Next` is what the page goes on with then. */
export class Gate<Next> {
  readonly project: Project;
  /** The other projects, which one may go to instead. */
  readonly others: readonly Project[];
  readonly #lock: Lock;
  readonly #database: Database;
  readonly #goOn: () => Promise<Next>;
  #isBusy = $state(false);
  #failure = $state.raw<string>();

  private constructor(
    project: Project,
    others: readonly Project[],
    lock: Lock,
    database: Database,
    goOn: () => Promise<Next>,
  ) {
    [this.project, this.others, this.#lock] = [project, others, lock];
    [this.#database, this.#goOn] = [database, goOn];
  }

  /** @throws RangeError when the project is not locked. */
  static async before<Next>(
    project: Project,
    database: Database,
    goOn: () => Promise<Next>,
  ): Promise<Gate<Next>> {
    const lock = database.ring.locks.get(project.id);
    if (!lock) throw new RangeError(`the project ${project.id} is not locked`);
    const all = await loadProjects(database);
    const others = all.filter(({ id, deleted }) => id !== project.id && !deleted);
    return new Gate(project, others, lock, database, goOn);
  }

  /** Whether a passphrase is being tried, which takes a second on purpose. */
  get isBusy(): boolean {
    return this.#isBusy;
  }

  /** Why the last try did not open it. */
  get failure(): string | undefined {
    return this.#failure;
  }

  /** Opens the project; `undefined` when the passphrase is another one. */
  unlock(passphrase: string): Promise<Next | undefined> {
    return this.#try(
      'The passphrase does not open this project. Look at the keyboard’s layout and try again.',
      async () => {
        const { scrypt } = this.#lock;
        const stretched = await startJob({ kind: 'stretch', passphrase, scrypt }).result;
        return unwrapped(this.#lock, 'passphrase', stretched);
      },
    );
  }

  useRecovery(file: Blob): Promise<Next | undefined> {
    return this.#try('This file is not the recovery file of this project.', async () => {
      const recovery = recoveryIn(await file.text());
      return recovery && recovered(this.#lock, recovery);
    });
  }

  /** Leaves this one locked and goes to another project. */
  async openOther(projectId: string): Promise<Next | undefined> {
    await mergePreference(this.#database, 'preferences', { lastProjectId: projectId });
    return this.#goOn();
  }

  async #try(refusal: string, keyOf: () => Promise<Uint8Array | undefined>): Promise<Next | undefined> {
    if (this.#isBusy) return undefined;
    this.#isBusy = true;
    this.#failure = undefined;
    try {
      const key = await keyOf();
      if (key) return await this.#enter(key);
      this.#failure = refusal;
    } catch (error) {
      this.#failure = `The project could not be opened: ${storageProblem(error).message}`;
    } finally {
      this.#isBusy = false;
    }
    return undefined;
  }

  async #enter(key: Uint8Array): Promise<Next> {
    this.#database.ring.keys.set(this.#lock.keyId, key);
    await replayIfDue(this.#database, this.project.id);
    return this.#goOn();
  }
}
