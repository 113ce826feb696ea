import type { StorageProblem } from '../core/problem.ts';
import { firstProject, type Project } from '../core/project.ts';
import type { Database } from '../storage/database.ts';
import { loadDocuments, projectOf } from '../storage/documents.ts';
import { storageProblem } from '../storage/failure.ts';
import { followProjects, loadProjects } from '../storage/projects.ts';
import { rememberedDocumentCount } from '../storage/tripwire.ts';
import { Preferences } from './preferences.svelte.ts';
import { Session } from './session.svelte.ts';

/** The projects of the workspace, and the session on the one that is open. */
export class Projects {
  readonly #database: Database;
  readonly #unfollow: () => void;
  #all = $state.raw<readonly Project[]>([]);
  #session = $state.raw<Session>() as Session;
  /** Those that are not deleted, oldest first. */
  readonly living = $derived(this.#all.filter(({ deleted }) => !deleted));

  private constructor(database: Database, all: readonly Project[], session: Session) {
    this.#database = database;
    this.#all = all;
    this.#session = session;
    this.#unfollow = followProjects(
      database,
      (projects) => (this.#all = projects),
      (error) => this.session.messages.alert(`Projects could not be read: ${storageProblem(error).message}`),
    );
  }

  /** Opens the project that was open last; a workspace without one is given its first. */
  static async open(database: Database): Promise<Projects> {
    await ensureProject(database);
    const all = await loadProjects(database);
    const living = all.filter(({ deleted }) => !deleted);
    const preferences = await Preferences.load(database, () => undefined);
    const last = living.find(({ id }) => id === preferences.values.lastProjectId);
    return new Projects(database, all, await sit(database, last ?? living[0] ?? all[0]!));
  }

  /** All projects, deleted ones included. */
  get all(): readonly Project[] {
    return this.#all;
  }

  get session(): Session {
    return this.#session;
  }

  /** Goes over to another project, when all is saved in this one. Resolves to whether that was done. */
  async switchTo(projectId: string): Promise<boolean> {
    const project = (await loadProjects(this.#database)).find(({ id }) => id === projectId);
    const before = this.#session;
    if (!project || project.deleted || projectId === before.project.id) return false;
    if (!(await before.settle())) {
      before.messages.alert('Some work is not saved yet, so the project stays open. Try saving again first.');
      return false;
    }
    const session = await sit(this.#database, project);
    this.#session = session;
    before.close();
    session.preferences.set({ lastProjectId: projectId });
    return true;
  }

  /** Goes over to the project of a document that is not of this one. Resolves to whether it did. */
  async follow(documentId: string): Promise<boolean> {
    if (this.#session.shelf.get(documentId)) return false;
    const projectId = await projectOf(this.#database, documentId).catch(() => undefined);
    return projectId !== undefined && this.switchTo(projectId);
  }

  supersede(problem: StorageProblem): void {
    this.#session.supersede(problem);
  }

  close(): void {
    this.#unfollow();
    this.#session.close();
  }
}

async function sit(database: Database, project: Project): Promise<Session> {
  const { documents, seq } = await loadDocuments(database, project.id);
  const failures: { tell?: (error: unknown) => void } = {};
  const preferences = await Preferences.load(database, (error) => failures.tell?.(error));
  const missing = documents.length === 0 && (await isEmpty(database)) ? rememberedDocumentCount() : 0;
  const session = new Session({ database, project, documents, seq, preferences, missing });
  failures.tell = (error) =>
    session.messages.alert(`A setting could not be kept: ${storageProblem(error).message}`);
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
