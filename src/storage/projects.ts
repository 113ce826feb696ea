import type { Project } from '../core/project.ts';
import type { Database } from './database.ts';
import { follow } from './following.ts';

/** All projects, deleted ones included, oldest first. */
export async function loadProjects(database: Database): Promise<Project[]> {
  const projects = await database.projects.toArray();
  return projects.sort(
    (a, b) => (a.createdAt ?? '').localeCompare(b.createdAt ?? '') || (a.id < b.id ? -1 : 1),
  );
}

/** Calls back with the projects, now and whenever any tab changes one. Gives back the function that ends it. */
export function followProjects(
  database: Database,
  onprojects: (projects: readonly Project[]) => void,
  onerror: (error: unknown) => void,
): () => void {
  return follow(() => loadProjects(database), onprojects, onerror);
}
