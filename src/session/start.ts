import type { StorageProblem } from '../core/problem.ts';
import { openDatabase, type Database, type DatabaseOptions } from '../storage/database.ts';
import { storageProblem } from '../storage/failure.ts';
import { Mirror } from '../storage/copying.ts';
import { Projects } from './projects/projects.svelte.ts';
import type { Rescue } from './rescue.svelte.ts';

export type Start =
  /** `files` are what the page is to take in first. */
  | { readonly kind: 'ready'; readonly projects: Projects; readonly files: readonly File[] }
  /** Work is missing or cannot be opened, and only the user can say what is to become of it. */
  | { readonly kind: 'rescue'; readonly rescue: Rescue<Start> };

/** What the page goes on with, once storage and second copy were looked at. */
export interface Beginning {
  readonly database: Database;
  /** The second copy; without it the one that there is stays as it is. */
  readonly copy?: Database | undefined;
  readonly notice?: string | undefined;
  /** A backup to begin with. */
  readonly files?: readonly File[];
}

/**
 * Opens the workspace and reads what the screen needs first; or says why that cannot be. `onwaiting` is told what the
 * opening waits for, when that takes its time.
 */
export async function startSession(
  options: DatabaseOptions = {},
  onwaiting: (problem: StorageProblem) => void = () => undefined,
): Promise<Start> {
  const superseded: { tell?: (problem: StorageProblem) => void } = {};
  const open = () => openDatabase((problem) => superseded.tell?.(problem), { ...options, onwaiting });
  const goOn = async ({ database, copy, notice, files = [] }: Beginning): Promise<Start> => {
    const projects = await Projects.open(database);
    superseded.tell = (problem) => projects.supersede(problem);
    if (copy) keepCopy(database, copy, projects);
    if (notice !== undefined) projects.session.messages.alert(notice);
    return { kind: 'ready', projects, files };
  };
  const opening = open();
  const { begin } = await import('./beginning.ts');
  return begin({ opening, open, options, goOn });
}

function keepCopy(database: Database, copy: Database, projects: Projects): void {
  database.mirror = new Mirror(copy, (error) =>
    projects.session.messages.alert(
      `The second copy of your work could not be written: ${storageProblem(error).message} Your work itself is saved.`,
    ),
  );
}
