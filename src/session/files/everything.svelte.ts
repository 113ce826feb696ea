import type { JobResults, Progress } from '../../workers/jobs.ts';
import { startJob, type RunningJob } from '../job.ts';
import type { Preferences, PreferenceValues } from '../preferences.svelte.ts';
import type { Workplace } from '../workplace.ts';
import { download } from './download.ts';
import { counted } from './importing.svelte.ts';

/** The choices that go with a backup of everything: those that say how somebody works, not where they are. */
export type CarriedSettings = Pick<
  PreferenceValues,
  'annotator' | 'theme' | 'wholeWords' | 'keys' | 'singleKeys' | 'quickLabels'
>;

/** What a backup says of the settings; `undefined` when it says nothing that could be one. */
export function carriedSettings(preferences: Preferences, said: unknown): CarriedSettings | undefined {
  const fit = preferences.fitting(said);
  if (!fit) return undefined;
  const { annotator, theme, wholeWords, keys, singleKeys, quickLabels } = fit;
  return { ...(annotator !== undefined && { annotator }), theme, wholeWords, keys, singleKeys, quickLabels };
}

/** Saves all projects and the settings as one file. */
export class BackingUpEverything {
  readonly #place: Workplace;
  #progress = $state.raw<Progress>();
  #job: RunningJob<JobResults['back-up-everything']> | undefined;

  constructor(place: Workplace) {
    this.#place = place;
  }

  get progress(): Progress | undefined {
    return this.#progress;
  }

  cancel(): void {
    this.#job?.cancel();
  }

  /** Hands a backup, each part of which was read back, to the browser's downloads. Resolves to whether that was done. */
  async download(): Promise<boolean> {
    if (this.#progress) return false;
    const { messages, preferences } = this.#place;
    this.#progress = { done: 0, total: 0 };
    try {
      if (!(await this.#place.settle())) {
        messages.alert('Some work is not saved yet, so no backup was made. Try saving again first.');
        return false;
      }
      const at = new Date().toISOString();
      // Keys that were chosen are objects of their own, which a worker cannot be sent as they are.
      const settings: unknown = JSON.parse(JSON.stringify(carriedSettings(preferences, preferences.values)));
      const order = { at, version: __BUILD__.version, settings };
      this.#job = startJob(
        { kind: 'back-up-everything', ...order },
        (progress) => (this.#progress = progress),
      );
      this.#hand(await this.#job.result, `Locution backup ${at.slice(0, 10)}.zip`);
      return true;
    } catch (error) {
      this.#tellFailure(error);
      return false;
    } finally {
      this.#progress = this.#job = undefined;
    }
  }

  #hand({ blob, projects, counts, warnings }: JobResults['back-up-everything'], fileName: string): void {
    download(blob, fileName);
    const { messages } = this.#place;
    const what = `${counted(projects, 'project')} with ${counted(counts.documents, 'document')} and ${counted(counts.spans, 'span')}`;
    messages.say(`Backed up ${what} as “${fileName}”; it was read back and is whole.`);
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
