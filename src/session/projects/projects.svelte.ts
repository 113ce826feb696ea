import type { StorageProblem } from '../../core/problem.ts';
import { firstProject, type Project } from '../../core/project.ts';
import type { Database } from '../../storage/database.ts';
import { loadDocuments, projectOf } from '../../storage/documents.ts';
import { storageProblem } from '../../storage/failure.ts';
import { followLog } from '../../storage/log.ts';
import { erasureNotice } from '../../storage/erasing/journal.ts';
import type { EraseOrder } from '../../storage/erasing/erasing.ts';
import { followPreference, loadPreference } from '../../storage/preferences.ts';
import { isSealed } from '../../storage/lock/guard.ts';
import { followProjects, loadProjects } from '../../storage/projects.ts';
import { rememberedDocumentCount } from '../../storage/tripwire.ts';
import type { Locking } from '../lock/locking.svelte.ts';
import { loadPreferences, Preferences } from '../preferences.svelte.ts';
import type { AutomaticBackup } from '../files/automatic-backup.svelte.ts';
import { Session } from '../session.svelte.ts';
import type { Erasure } from './erasing.ts';

/** The projects of the workspace, and the session on the one that is open. */
export class Projects {
  readonly #database: Database;
  readonly #unfollow: () => void;
  readonly #unfollowErasures: () => void;
  /** The last erasure that was heard of, and `undefined` until the storage has been asked. */
  #heard: unknown;
  #isErasing = false;
  #all = $state.raw<readonly Project[]>([]);
  #session = $state.raw<Session>() as Session;
  #backups = $state.raw<AutomaticBackup>();
  #isClosed = false;
  /** Those that are not deleted, oldest first. */
  readonly living = $derived(this.#all.filter(({ deleted }) => !deleted));

  private constructor(database: Database, all: readonly Project[], session: Session) {
    this.#database = database;
    this.#all = all;
    this.#session = session;
    this.#unfollow = followProjects(
      database,
      (projects) => this.#receive(projects),
      (error) => this.session.messages.alert(`Projects could not be read: ${storageProblem(error).message}`),
    );
    this.#unfollowErasures = followPreference(
      database,
      erasureNotice,
      (notice = '') => this.#hear(notice),
      () => undefined,
    );
  }

  /** Another tab has deleted something for good: what this one has in memory of it must not be written again. */
  #hear(notice: unknown): void {
    const isNews = this.#heard !== undefined && this.#heard !== notice;
    this.#heard = notice;
    if (isNews && !this.#isErasing) void this.#renew();
  }

  /** Deletes documents and projects for good. What came of it is told in the session that is then open. */
  async erase(order: EraseOrder): Promise<Erasure> {
    this.#isErasing = true;
    try {
      const { erase } = await import('./erasing.ts');
      const erasure = await erase(this.#session, this.#database, order);
      if (erasure.isDone) await this.#renew();
      this.#heard = (await loadPreference(this.#database, erasureNotice)) ?? '';
      return erasure;
    } finally {
      this.#isErasing = false;
    }
  }

  /** Reads everything anew: the same project, or another one where that is gone. */
  async #renew(): Promise<void> {
    const before = this.#session;
    try {
      const isSaved = await before.settle();
      const living = (await loadProjects(this.#database)).filter(({ deleted }) => !deleted);
      const project = living.find(({ id }) => id === before.project.id) ?? living[0];
      if (!isSaved || !project || this.#session !== before)
        return before.messages.alert('Something was deleted for good in another tab. Reload this page.');
      this.#session = await sit(this.#database, project);
      before.close();
    } catch (error) {
      before.messages.alert(`Reload this page: ${storageProblem(error).message}`);
    }
  }

  /** Opens the project, which must not be shut. */
  static async open(database: Database, project: Project): Promise<Projects> {
    return new Projects(database, await loadProjects(database), await sit(database, project));
  }

  /** What can be done about the lock of the project that is open. */
  async locking(): Promise<Locking> {
    const { Locking } = await import('../lock/locking.svelte.ts');
    return new Locking(this.#database, this.#session);
  }

  /** Where another tab has locked the project, this one has no key to it. */
  #receive(projects: readonly Project[]): void {
    this.#all = projects;
    if (projects.some((project) => project.id === this.#session.project.id && isSealed(project)))
      void import('../lock/leaving.ts').then(({ leave }) => leave(this.#session));
  }

  /** All projects, deleted ones included. */
  get all(): readonly Project[] {
    return this.#all;
  }

  get session(): Session {
    return this.#session;
  }

  /** What writes backups by itself; absent until it was begun. */
  get backups(): AutomaticBackup | undefined {
    return this.#backups;
  }

  /** Begins to write backups by itself, behind what the page starts with. */
  async beginBackups(): Promise<void> {
    try {
      const { AutomaticBackup } = await import('../files/automatic-backup.svelte.ts');
      const backups = await AutomaticBackup.begin(this.#database, () => this.#session, followLog);
      if (this.#isClosed) backups.close();
      else this.#backups = backups;
    } catch (error) {
      this.#session.messages.alert(`Automatic backup could not be started: ${storageProblem(error).message}`);
    }
  }

  /**
   * Goes over to another project, when all is saved in this one; `isAnew` also to the same one, to read it again. Resolves
   * to whether that was done.
   */
  async switchTo(projectId: string, isAnew = false): Promise<boolean> {
    const before = this.#session;
    try {
      return await this.#switchFrom(before, projectId, isAnew);
    } catch (error) {
      before.messages.alert(`The project could not be opened: ${storageProblem(error).message}`);
      return false;
    }
  }

  async #switchFrom(before: Session, projectId: string, isAnew: boolean): Promise<boolean> {
    const project = (await loadProjects(this.#database)).find(({ id }) => id === projectId);
    if (!project || project.deleted || (projectId === before.project.id && !isAnew)) return false;
    if (before.importing.progress || before.exporting.progress) {
      before.messages.alert('An import or export is under way. Go to the other project when it is through.');
      return false;
    }
    if (!(await this.#isSaved(before))) return false;
    if (this.#database.ring.isShut(projectId)) {
      // It is asked for at the start, where nothing of the other project is in memory.
      before.preferences.set({ lastProjectId: projectId });
      await (await import('../lock/leaving.ts')).leave(before);
      return false;
    }
    const session = await sit(this.#database, project);
    // Work goes on while the other project is read, and somebody may have asked for a third one meanwhile.
    if (this.#session !== before || !(await this.#isSaved(before))) {
      session.close();
      return false;
    }
    this.#session = session;
    before.close();
    session.preferences.set({ lastProjectId: projectId });
    return true;
  }

  async #isSaved(session: Session): Promise<boolean> {
    const isSaved = await session.settle();
    if (!isSaved)
      session.messages.alert(
        'Some work is not saved yet, so the project stays open. Try saving again first.',
      );
    return isSaved;
  }

  /** Goes over to the project of a document that is not of this one. Resolves to whether it did. */
  async follow(documentId: string): Promise<boolean> {
    if (this.#session.shelf.get(documentId)) return false;
    const projectId = await this.#projectOf(documentId);
    return projectId !== undefined && this.switchTo(projectId);
  }

  async #projectOf(documentId: string): Promise<string | undefined> {
    try {
      return await projectOf(this.#database, documentId);
    } catch (error) {
      const { message } = storageProblem(error);
      this.#session.messages.alert(`The project of the document could not be looked up: ${message}`);
      return undefined;
    }
  }

  supersede(problem: StorageProblem): void {
    this.#session.supersede(problem);
  }

  close(): void {
    this.#isClosed = true;
    this.#backups?.close();
    this.#unfollow();
    this.#unfollowErasures();
    this.#session.close();
  }
}

/** The project that was open last; a workspace without one is given its first. */
export async function projectAtStart(database: Database): Promise<Project> {
  await ensureProject(database);
  const all = await loadProjects(database);
  const living = all.filter(({ deleted }) => !deleted);
  const { lastProjectId } = await loadPreferences(database);
  return living.find(({ id }) => id === lastProjectId) ?? living[0] ?? all[0]!;
}

async function sit(database: Database, { id }: Project): Promise<Session> {
  const [sound, { documents: rows, seq }] = await Promise.all([
    import('../../core/sound.ts'),
    loadDocuments(database, id),
  ]);
  const documents = rows.filter(sound.isSoundDocument);
  // Read after the place in the log: what comes in between is told once more, and merging it twice is harmless.
  const stored = await database.projects.get(id);
  if (!stored) throw new RangeError(`no project ${id}`);
  const { project, unsound } = sound.soundProject(stored);
  const failures: { tell?: (error: unknown) => void } = {};
  const preferences = await Preferences.load(database, (error) => failures.tell?.(error));
  const missing = documents.length === 0 && (await isEmpty(database)) ? rememberedDocumentCount() : 0;
  const session = new Session({ database, project, documents, seq, preferences, missing, sound });
  session.tellUnsound('documents', rows.length - documents.length);
  session.tellUnsound('scheme', unsound);
  failures.tell = (error) => session.tellUnkept('A setting could not be kept', error);
  return session;
}

async function isEmpty(database: Database): Promise<boolean> {
  return (await database.documents.toCollection().first()) === undefined;
}

/** The project of this workspace; two tabs that start at once make the same one. */
async function ensureProject(database: Database): Promise<void> {
  await database.transaction('rw', database.projects, async () => {
    if ((await database.projects.toCollection().first()) === undefined)
      await database.projects.add(firstProject());
  });
}
