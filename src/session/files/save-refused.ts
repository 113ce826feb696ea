import type { FileProblem } from '../../core/problem.ts';
import type { IncomingFile } from '../../workers/importing/sources.ts';
import { startJob } from '../job.ts';
import type { Messages } from '../messages.svelte.ts';
import { download } from './download.ts';

/** Hands what was refused of the files to the browser's downloads, as it came. */
export async function saveRefused(
  files: readonly IncomingFile[],
  problems: readonly FileProblem[],
  messages: Messages,
): Promise<void> {
  const refused = problems.filter(({ outcome }) => outcome === 'refused');
  const places = refused.map(({ file, line }) => ({ file, ...(line !== undefined && { line }) }));
  try {
    const { name, blob } = await startJob({ kind: 'refused', files, places }).result;
    download(blob, name);
  } catch (error) {
    messages.alert(
      `What was refused could not be saved: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}
