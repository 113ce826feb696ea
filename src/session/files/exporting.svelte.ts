import type { JobResults, Progress } from '../../workers/jobs.ts';
import { download, safeFileName } from './download.ts';
import { startJob, type RunningJob } from '../job.ts';
import type { Workplace } from '../workplace.ts';

/** A format as the export dialog offers it. */
export interface ExportFormat {
  readonly name: string;
  readonly extension: string;
  readonly losses: readonly string[];
}

/** The formats that can be written. Reading and writing come in only when they are wanted. */
export async function exportFormats(): Promise<readonly ExportFormat[]> {
  const { formats } = await import('../../formats/formats.ts');
  return formats
    .filter((format) => format.write)
    .map(({ name, extensions, losses }) => ({ name, extension: extensions[0]!, losses }));
}

/** Sends documents out, from what is saved and nothing else. */
export class Exporting {
  readonly #place: Workplace;
  #progress = $state.raw<Progress>();
  #job: RunningJob<JobResults['export']> | undefined;

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
  fileName(documentIds: readonly string[], { extension }: ExportFormat): string {
    const title = documentIds.length === 1 ? this.#place.shelf.get(documentIds[0]!)?.title : undefined;
    const day = new Date().toISOString().slice(0, 10);
    return `${safeFileName(title?.replace(/\.(txt|md|markdown|jsonl?)$/iu, '') ?? '') || `locution-${day}`}.${extension}`;
  }

  /** How many spans of the documents do not go out, as their labels were deleted. */
  hiddenSpans(documentIds: readonly string[]): number {
    return this.#place.shelf.hiddenSpans(documentIds);
  }

  /** Hands the documents to the browser's downloads. Resolves to whether that was done. */
  async download(format: ExportFormat, documentIds: readonly string[]): Promise<boolean> {
    const result = await this.#export(format, documentIds);
    if (!result?.blob) return false;
    download(result.blob, this.fileName(documentIds, format));
    return true;
  }

  /** Streams the documents into a file that the user picked. Resolves to whether that was done. */
  async saveTo(
    target: FileSystemFileHandle,
    format: ExportFormat,
    documentIds: readonly string[],
  ): Promise<boolean> {
    return (await this.#export(format, documentIds, target)) !== undefined;
  }

  async #export(
    { name }: ExportFormat,
    documentIds: readonly string[],
    target?: FileSystemFileHandle,
  ): Promise<JobResults['export'] | undefined> {
    if (!(await this.#place.settle())) {
      this.#place.messages.alert(
        'Some work is not saved yet, so nothing was exported. Try saving again first.',
      );
      return undefined;
    }
    const { scheme } = this.#place.project;
    this.#progress = { done: 0, total: documentIds.length };
    try {
      const job = { kind: 'export', format: name, documentIds, scheme, ...(target && { target }) } as const;
      this.#job = startJob(job, (progress) => (this.#progress = progress));
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

  #tellFailure(error: unknown): void {
    if (error instanceof DOMException && error.name === 'AbortError')
      return this.#place.messages.say('The export was cancelled. No file was written.');
    const words = error instanceof Error ? error.message : String(error);
    this.#place.messages.alert(`The export stopped: ${words} No file was written; try again.`);
  }
}
