import type { StorageProblem } from '../core/problem.ts';
import { openDatabase, type Database, type DatabaseOptions } from '../storage/database.ts';
import { storageProblem } from '../storage/failure.ts';
import { Mirror } from '../storage/copying.ts';
import { KeyRing } from '../storage/lock/guard.ts';
import { shareKeys, startJob } from './job.ts';
import type { Gate } from './lock/gate.svelte.ts';
import { projectAtStart, Projects } from './projects/projects.svelte.ts';
import type { Beginning, Rescue } from './rescue.svelte.ts';

export type Start =
  /** `files` are what the page is to take in first. */
  | { readonly kind: 'ready'; readonly projects: Projects; readonly files: readonly File[] }
  /** Work is missing or cannot be opened, and only the user can say what is to become of it. */
  | { readonly kind: 'rescue'; readonly rescue: Rescue<Start> }
  /** The project that was open last is locked. */
  | { readonly kind: 'locked'; readonly gate: Gate<Start> };

/**
 * Opens the workspace and reads what the screen needs first; or says why that cannot be. `onwaiting` is told what the
 * opening waits for, when that takes its time.
 */
export async function startSession(
  given: DatabaseOptions = {},
  onwaiting: (problem: StorageProblem) => void = () => undefined,
): Promise<Start> {
  const ring = given.ring ?? new KeyRing();
  const options = { ...given, ring };
  shareKeys(ring);
  const superseded: { tell?: (problem: StorageProblem) => void } = {};
  const open = () => openDatabase((problem) => superseded.tell?.(problem), { ...options, onwaiting });
  const goOn = async (beginning: Beginning): Promise<Start> => {
    const { database, copy, notice, files = [] } = beginning;
    const project = await projectAtStart(database);
    if (ring.isShut(project.id)) {
      const { Gate } = await import('./lock/gate.svelte.ts');
      return { kind: 'locked', gate: await Gate.before(project, database, () => goOn(beginning)) };
    }
    const projects = await Projects.open(database, project);
    superseded.tell = (problem) => projects.supersede(problem);
    if (copy) keepCopy(database, copy, projects);
    if (notice !== undefined) projects.session.messages.alert(notice);
    if (ring.locks.size > 0)
      void import('./lock/converting.ts').then(({ goOnConverting }) => goOnConverting(database, projects));
    return { kind: 'ready', projects, files };
  };
  const opening = open();
  const { begin } = await import('./beginning.ts');
  return begin<Start>({ opening, open, options, goOn });
}

function keepCopy(database: Database, copy: Database, projects: Projects): void {
  const reviving = {
    open: async () => (await import('../storage/mirror.ts')).openMirror(database.openedWith),
    fill: async () => (await startJob({ kind: 'mirror' }).result) !== undefined,
  };
  // Nothing is said of the work itself: it may be the same disk that is full.
  const tell = (error: unknown) =>
    projects.session.messages.alert(
      `The second copy of your work could not be written: ${storageProblem(error).message} Until it can, what is saved is in one place only: make a backup now.`,
    );
  database.mirror = new Mirror(copy, tell, reviving);
}
