import type { JobResults, Progress } from '../../workers/jobs.ts';
import { startJob, type RunningJob } from '../job.ts';
import type { Workplace } from '../workplace.ts';
import { download, safeFileName } from './download.ts';
import { counted } from './importing.svelte.ts';

/** Saves all that a project holds as one file, from what is saved and nothing else. */
export class BackingUp {
  readonly #place: Workplace;
  #progress = $state.raw<Progress>();
  #job: RunningJob<JobResults['backup']> | undefined;

  constructor(place: Workplace) {
    this.#place = place;
  }

  get progress(): Progress | undefined {
    return this.#progress;
  }

  cancel(): void {
    this.#job?.cancel();
  }

  /** Hands a backup that was read back to the browser's downloads. Resolves to whether that was done. */
  async download(): Promise<boolean> {
    if (this.#progress) return false;
    const { messages, project } = this.#place;
    this.#progress = { done: 0, total: 0 };
    try {
      if (!(await this.#place.settle())) {
        messages.alert('Some work is not saved yet, so no backup was made. Try saving again first.');
        return false;
      }
      const at = new Date().toISOString();
      const order = { projectId: project.id, at, version: __BUILD__.version };
      this.#job = startJob({ kind: 'backup', ...order }, (progress) => (this.#progress = progress));
      this.#hand(await this.#job.result, `${project.name} ${at.slice(0, 10)}`);
      return true;
    } catch (error) {
      this.#tellFailure(error);
      return false;
    } finally {
      this.#progress = undefined;
      this.#job = undefined;
    }
  }

  #hand({ blob, counts, warnings, isSealed }: JobResults['backup'], name: string): void {
    const fileName = `${safeFileName(name)}.locution`;
    download(blob, fileName);
    const { messages } = this.#place;
    const what = `${counted(counts.documents, 'document')} with ${counted(counts.spans, 'span')} and the history`;
    messages.say(
      `Backed up ${what} as “${fileName}”; the file was read back and is whole.${isSealed ? ' It opens with the passphrase or the recovery file of the project.' : ''}`,
    );
    if (warnings.length > 0) messages.alert(`The backup is made, but look at this: ${warnings.join(' ')}`);
  }

  #tellFailure(error: unknown): void {
    const { messages } = this.#place;
    if (error instanceof DOMException && error.name === 'AbortError')
      return messages.say('The backup was cancelled. No file was written.');
    const words = error instanceof Error ? error.message : String(error);
    messages.alert(`The backup stopped: ${words} No file was written; try again, or export the documents.`);
  }
}
