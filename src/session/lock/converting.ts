import type { Database } from '../../storage/database.ts';
import { startJob } from '../job.ts';
import type { Projects } from '../projects/projects.svelte.ts';

/** Goes on where locking a project, or taking its lock away, was cut off. */
export async function goOnConverting({ ring }: Database, projects: Projects): Promise<void> {
  for (const { projectId, state } of ring.locks.values()) {
    if (state === 'sealed' || ring.isShut(projectId)) continue;
    try {
      await startJob({ kind: 'convert', projectId }).result;
    } catch (error) {
      projects.session.messages.alert(
        `Locking or unlocking a project for good could not be finished (${String(error)}). Nothing is lost; it goes on at the next start.`,
      );
    }
  }
}
