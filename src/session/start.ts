import type { StorageProblem } from '../core/problem.ts';
import { firstProject, type Project } from '../core/project.ts';
import { openDatabase, type Database, type DatabaseOptions } from '../storage/database.ts';
import { loadDocuments } from '../storage/documents.ts';
import { storageProblem } from '../storage/failure.ts';
import { rememberedDocumentCount } from '../storage/tripwire.ts';
import { Preferences } from './preferences.svelte.ts';
import { Session } from './session.svelte.ts';

export type Start =
  | { readonly kind: 'ready'; readonly session: Session }
  | { readonly kind: 'refused'; readonly problem: StorageProblem };

/** Opens the workspace and reads what the screen needs first; or says why that cannot be. */
export async function startSession(options: DatabaseOptions = {}): Promise<Start> {
  const superseded: { tell?: (problem: StorageProblem) => void } = {};
  const opening = await openDatabase((problem) => superseded.tell?.(problem), options);
  if (opening.kind === 'refused') return opening;
  try {
    const session = await readWorkspace(opening.database);
    superseded.tell = (problem) => session.supersede(problem);
    return { kind: 'ready', session };
  } catch (error) {
    return { kind: 'refused', problem: storageProblem(error) };
  }
}

async function readWorkspace(database: Database): Promise<Session> {
  const project = await ensureProject(database);
  const { documents, seq } = await loadDocuments(database, project.id);
  const failures: { tell?: (error: unknown) => void } = {};
  const preferences = await Preferences.load(database, (error) => failures.tell?.(error));
  const missing = documents.length === 0 ? rememberedDocumentCount() : 0;
  const session = new Session({ database, project, documents, seq, preferences, missing });
  failures.tell = (error) =>
    session.messages.alert(`A setting could not be kept: ${storageProblem(error).message}`);
  return session;
}

/** The project of this workspace; two tabs that start at once make the same one. */
async function ensureProject(database: Database): Promise<Project> {
  return database.transaction('rw', database.projects, async () => {
    const known = await database.projects.toCollection().first();
    if (known) return known;
    const project = firstProject();
    await database.projects.add(project);
    return project;
  });
}
