import { comesAsZip, plainChoices, type ExportChoices } from '../../core/export-plan.ts';
import type { ExportFormat } from '../../workers/exporting/export-formats.ts';
import type { JobResults, Progress } from '../../workers/jobs.ts';
import { download, safeFileName } from './download.ts';
import { startJob, type RunningJob } from '../job.ts';
import type { Workplace } from '../workplace.ts';

export type { ExportFormat };

/** The formats that can be written. The worker knows them, so that the page need not carry their readers. */
export function exportFormats(): Promise<readonly ExportFormat[]> {
  return startJob({ kind: 'formats' }).result;
}

/** Sends documents out, from what is saved and nothing else. */
export class Exporting {
  readonly #place: Workplace;
  #progress = $state.raw<Progress>();
  #job: RunningJob<JobResults['export']> | undefined;
  #measuring: RunningJob<JobResults['measure']> | undefined;

  constructor(place: Workplace) {
    this.#place = place;
  }

  get progress(): Progress | undefined {
    return this.#progress;
  }

  cancel(): void {
    this.#job?.cancel();
  }

  /** A safe file name for these documents: the title of a single one, else the day. */
  fileName(documentIds: readonly string[], format: ExportFormat, choices = plainChoices): string {
    const title = documentIds.length === 1 ? this.#place.shelf.get(documentIds[0]!)?.title : undefined;
    const day = new Date().toISOString().slice(0, 10);
    const name = safeFileName(title?.replace(/\.(txt|md|markdown|jsonl?)$/iu, '') ?? '');
    return `${name || `locution-${day}`}.${comesAsZip(format, choices) ? 'zip' : format.extension}`;
  }

  /** How many spans of the documents do not go out, as their labels were deleted. */
  hiddenSpans(documentIds: readonly string[]): number {
    return this.#place.shelf.hiddenSpans(documentIds);
  }

  /**
   * Counts what the format cannot hold of the documents, without writing anything. `undefined` when another count has
   * taken its place, or when it failed, which the user has been told.
   */
  async measure(
    { name }: ExportFormat,
    documentIds: readonly string[],
    choices: ExportChoices,
  ): Promise<JobResults['measure'] | undefined> {
    this.#measuring?.cancel();
    const job = startJob({ kind: 'measure', ...this.#order(name, documentIds, choices) });
    this.#measuring = job;
    try {
      return await job.result;
    } catch (error) {
      if (!isAbort(error)) this.#place.messages.alert(`What is lost could not be counted: ${wordsOf(error)}`);
      return undefined;
    }
  }

  /** Ends a count that nobody waits for any more. */
  stopCounting(): void {
    this.#measuring?.cancel();
    this.#measuring = undefined;
  }

  /** Hands the documents to the browser's downloads. Resolves to whether that was done. */
  async download(
    format: ExportFormat,
    documentIds: readonly string[],
    choices: ExportChoices = plainChoices,
  ): Promise<boolean> {
    const result = await this.#export(format, documentIds, choices);
    if (!result?.blob) return false;
    download(result.blob, this.fileName(documentIds, format, choices));
    return true;
  }

  /** Streams the documents into a file that the user picked. Resolves to whether that was done. */
  async saveTo(
    target: FileSystemFileHandle,
    format: ExportFormat,
    documentIds: readonly string[],
    choices: ExportChoices = plainChoices,
  ): Promise<boolean> {
    return (await this.#export(format, documentIds, choices, target)) !== undefined;
  }

  async #export(
    { name }: ExportFormat,
    documentIds: readonly string[],
    choices: ExportChoices,
    target?: FileSystemFileHandle,
  ): Promise<JobResults['export'] | undefined> {
    if (!(await this.#place.settle())) {
      this.#place.messages.alert(
        'Some work is not saved yet, so nothing was exported. Try saving again first.',
      );
      return undefined;
    }
    this.#progress = { done: 0, total: documentIds.length };
    try {
      const order = { ...this.#order(name, documentIds, choices), ...(target && { target }) };
      this.#job = startJob({ kind: 'export', ...order }, (progress) => (this.#progress = progress));
      const result = await this.#job.result;
      this.#place.messages.say(`Exported ${result.documents} documents with ${result.spans} spans.`);
      return result;
    } catch (error) {
      this.#tellFailure(error);
      return undefined;
    } finally {
      this.#progress = undefined;
      this.#job = undefined;
    }
  }

  #order(format: string, documentIds: readonly string[], choices: ExportChoices) {
    const { id: projectId, name, scheme } = this.#place.project;
    const date = new Date().toISOString().slice(0, 10);
    // A data set that nobody has described is named after its project.
    const described = { ...choices, dataset: choices.dataset ?? { name } };
    return { projectId, format, documentIds, scheme, choices: described, date, version: __BUILD__.version };
  }

  #tellFailure(error: unknown): void {
    if (isAbort(error)) return this.#place.messages.say('The export was cancelled. No file was written.');
    this.#place.messages.alert(`The export stopped: ${wordsOf(error)} No file was written; try again.`);
  }
}

function isAbort(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'AbortError';
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
