import type { StorageProblem } from '../core/problem.ts';
import { openDatabase, type DatabaseOptions } from '../storage/database.ts';
import { storageProblem } from '../storage/failure.ts';
import { Projects } from './projects/projects.svelte.ts';

export type Start =
  | { readonly kind: 'ready'; readonly projects: Projects }
  | { readonly kind: 'refused'; readonly problem: StorageProblem };

/** Opens the workspace and reads what the screen needs first; or says why that cannot be. */
export async function startSession(options: DatabaseOptions = {}): Promise<Start> {
  const superseded: { tell?: (problem: StorageProblem) => void } = {};
  const opening = await openDatabase((problem) => superseded.tell?.(problem), options);
  if (opening.kind === 'refused') return opening;
  try {
    const projects = await Projects.open(opening.database);
    superseded.tell = (problem) => projects.supersede(problem);
    return { kind: 'ready', projects };
  } catch (error) {
    return { kind: 'refused', problem: storageProblem(error) };
  }
}
