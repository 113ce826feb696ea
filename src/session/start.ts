import type { StorageProblem } from '../core/problem.ts';
import { openDatabase, type Database, type DatabaseOptions } from '../storage/database.ts';
import { storageProblem } from '../storage/failure.ts';
import { Mirror, openMirror, replayEnd, standingOf } from '../storage/mirror.ts';
import { KeyRing } from '../storage/lock/guard.ts';
import { shareKeys } from './job.ts';
import type { Gate } from './lock/gate.svelte.ts';
import { projectAtStart, Projects } from './projects/projects.svelte.ts';
import type { Rescue } from './rescue.svelte.ts';

export type Start =
  | { readonly kind: 'ready'; readonly projects: Projects }
  | { readonly kind: 'refused'; readonly problem: StorageProblem }
  /** The second copy has what the storage has not, and only the user can say what is to become of it. */
  | { readonly kind: 'rescue'; readonly rescue: Rescue<Start> }
  /** The project that was open last is locked. */
  | { readonly kind: 'locked'; readonly gate: Gate<Start> };

/** Opens the workspace and reads what the screen needs first; or says why that cannot be. */
export async function startSession(given: DatabaseOptions = {}): Promise<Start> {
  const ring = given.ring ?? new KeyRing();
  const options = { ...given, ring };
  shareKeys(ring);
  const superseded: { tell?: (problem: StorageProblem) => void } = {};
  const tell = (problem: StorageProblem) => superseded.tell?.(problem);
  const [opening, mirror] = await Promise.all([openDatabase(tell, options), openMirror(options)]);
  try {
    if (opening.kind === 'open') return await begin(opening.database, mirror, superseded);
    // The browser has put an empty storage in the place of a damaged one: what the second copy holds is to be brought back.
    const again = opening.problem.kind === 'damaged' && mirror && (await openDatabase(tell, options));
    if (!again || again.kind === 'refused') return opening;
    const start = await begin(again.database, mirror, superseded);
    return start.kind === 'rescue' ? start : opening;
  } catch (error) {
    return { kind: 'refused', problem: storageProblem(error) };
  }
}

async function begin(
  database: Database,
  mirror: Database | undefined,
  superseded: { tell?: (problem: StorageProblem) => void },
): Promise<Start> {
  const goOn = async (copy: Database | undefined, notice?: string): Promise<Start> => {
    const project = await projectAtStart(database);
    if (database.ring.isShut(project.id)) {
      const { Gate } = await import('./lock/gate.svelte.ts');
      return { kind: 'locked', gate: await Gate.before(project, database, () => goOn(copy, notice)) };
    }
    const projects = await Projects.open(database, project);
    superseded.tell = (problem) => projects.supersede(problem);
    if (copy) keepCopy(database, copy, projects);
    if (notice !== undefined) projects.session.messages.alert(notice);
    if (database.ring.locks.size > 0)
      void import('./lock/converting.ts').then(({ goOnConverting }) => goOnConverting(database, projects));
    return { kind: 'ready', projects };
  };
  if (!mirror) return goOn(undefined);
  const standing = await standingOf(database, mirror);
  if (standing === 'emptied' || standing === 'parted') {
    const rescue = await import('./rescue.svelte.ts');
    return { kind: 'rescue', rescue: await rescue.Rescue.of(standing, database, mirror, goOn) };
  }
  const replayed = standing === 'behind' ? await replayEnd(database, mirror) : 0;
  return goOn(mirror, replayed > 0 ? replayedNotice(replayed) : undefined);
}

function keepCopy(database: Database, copy: Database, projects: Projects): void {
  database.mirror = new Mirror(copy, (error) =>
    projects.session.messages.alert(
      `The second copy of your work could not be written: ${storageProblem(error).message} Your work itself is saved.`,
    ),
  );
}

function replayedNotice(count: number): string {
  const what = count === 1 ? 'The last change was' : `The last ${count} changes were`;
  return `${what} missing from the storage, as after a crash, and came back from the second copy.`;
}
