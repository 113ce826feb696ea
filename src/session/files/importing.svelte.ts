import { describeFileProblem, type FileProblem } from '../../core/problem.ts';
import type { NewParts } from '../../core/schemes/growing.ts';
import type { Survey } from '../../core/import-plan.ts';
import type { Staged } from '../../storage/staging/staging.ts';
import type { ImportWish } from './import-order.ts';
import type { IncomingFile } from '../../workers/importing/sources.ts';
import type { JobResults, Progress } from '../../workers/jobs.ts';
import type { ImportPreview } from './import-preview.svelte.ts';
import { startJob, type RunningJob } from '../job.ts';
import type { SealedBackup } from '../lock/sealed-backups.svelte.ts';
import type { RecentChanges } from '../log/recent-changes.svelte.ts';
import type { Recorder } from '../log/recorder.ts';
import type { Workplace } from '../workplace.ts';

/** What came of an import. */
export interface ImportReport {
  readonly documents: number;
  readonly spans: number;
  /** For a file that was no documents: what was kept of it, in words. */
  readonly kept?: string;
  /** What the scheme lacked and has now. */
  readonly created: NewParts;
  readonly problems: readonly FileProblem[];
}

type Ending = typeof import('./import-ending.ts');

interface Reported {
  readonly report: ImportReport;
  readonly files: readonly IncomingFile[];
  /** What there was no room for. */
  readonly rest?: ImportWish;
}

/** Brings files in: a worker reads and stages them, then one change makes them count. */
export class Importing {
  readonly #place: Workplace;
  readonly #recorder: Recorder;
  readonly #recent: RecentChanges;
  #progress = $state.raw<Progress>();
  /** The reports that have not been closed, the oldest first, with the files that each is of. */
  #reports = $state.raw<readonly Reported[]>([]);
  #preview = $state.raw<ImportPreview>();
  #sealed = $state.raw<SealedBackup>();
  /** The files of the preview. */
  #shown: readonly IncomingFile[] = [];
  #job: RunningJob<JobResults['import']> | undefined;

  constructor(place: Workplace, recorder: Recorder, recent: RecentChanges) {
    this.#place = place;
    this.#recent = recent;
    this.#recorder = recorder;
  }

  /** How far an import is that is under way. */
  get progress(): Progress | undefined {
    return this.#progress;
  }

  /** A sealed backup that waits to be opened. */
  get sealed(): SealedBackup | undefined {
    return this.#sealed;
  }

  /** The report of an import that has something to tell beyond its counts. */
  get report(): ImportReport | undefined {
    return this.#reports[0]?.report;
  }

  /** Shows what came of reading some other kind of file. */
  showReport(report: ImportReport): void {
    this.#reports = [...this.#reports, { report, files: [] }];
  }

  /** Whether there was no room for some of the files, which can be imported again. */
  get hasRest(): boolean {
    return this.#reports[0]?.rest !== undefined;
  }

  /** Imports what there was no room for; what came in of it already does not come twice. */
  async rest(): Promise<string | undefined> {
    const rest = this.#reports[0]?.rest;
    this.closeReport();
    return rest && this.#import(rest);
  }

  /** Goes on to the report of what was imported while this one was open. */
  closeReport(): void {
    this.#reports = this.#reports.slice(1);
  }

  /** Whether the files of the preview, or else of the report, are still at hand. */
  get canSaveRefused(): boolean {
    return this.#preview !== undefined || (this.#reports[0]?.files.length ?? 0) > 0;
  }

  /** Hands what was refused to the browser's downloads, as it came. */
  async saveRefused(problems: readonly FileProblem[]): Promise<void> {
    const files = this.#preview ? this.#shown : (this.#reports[0]?.files ?? []);
    const { saveRefused } = await import('./save-refused.ts');
    await saveRefused(files, problems, this.#place.messages);
  }

  cancel(): void {
    this.#job?.cancel();
  }

  /** What files would bring, while the user decides. */
  get preview(): ImportPreview | undefined {
    return this.#preview;
  }

  /** Imports the files; resolves to the id of the first new document, if there is one. */
  async files(files: readonly (File | IncomingFile)[]): Promise<string | undefined> {
    if (files.length === 0) return undefined;
    const all = files.map(incoming);
    const opened = all.some(({ path }) => path.endsWith('.locution')) ? await this.#opened(all) : all;
    if (opened.length === 0) return undefined;
    return this.#import({ files: opened, pasted: false, options: {}, leftOut: new Set() });
  }

  /** Backups may be sealed. */
  async #opened(files: readonly IncomingFile[]): Promise<readonly IncomingFile[]> {
    const { openedBackups } = await import('../lock/sealed-backups.svelte.ts');
    return openedBackups(files, (sealed) => (this.#sealed = sealed), this.#place.messages);
  }

  async pastedText(title: string, text: string): Promise<string | undefined> {
    const path = title.trim() === '' ? 'Pasted text' : title.trim();
    const files = [{ path, blob: new Blob([text]) }];
    return this.#import({ files, pasted: true, options: {}, leftOut: new Set() });
  }

  async sample(): Promise<string | undefined> {
    const { default: sample } = await import('./sample-report.jsonl?raw');
    return this.files([new File([sample], 'sample-report.jsonl')]);
  }

  /** One import at a time, over all tabs, so that two never give the same place or label twice. */
  async #alone<T>(run: () => Promise<T>): Promise<T> {
    return 'locks' in navigator ? await navigator.locks.request('locution-import', run) : run();
  }

  /** Imports at once what is clear; otherwise shows what would come, and waits for what is decided. */
  async #import(order: ImportWish): Promise<string | undefined> {
    const result = await this.#alone(() => this.#runAndWrite(order));
    if (result?.kind !== 'survey') return result?.documentId;
    const preview = await import('./import-preview.svelte.ts');
    this.#preview?.cancel();
    return new Promise((resolve) => {
      const look = async (options: ImportWish['options'], alone: readonly string[]) => {
        this.#job?.cancel();
        const again = await this.#run({ ...order, options, alone, isPreview: true }, true);
        return again?.kind === 'survey' ? again.survey : undefined;
      };
      this.#shown = order.files;
      this.#preview = new preview.ImportPreview(result.survey, look, (decided) => {
        this.#preview = undefined;
        if (!decided) {
          this.#job?.cancel();
          this.#place.messages.say('Nothing was imported.');
        }
        resolve(decided ? this.#import({ ...order, ...decided }) : undefined);
      });
    });
  }

  async #runAndWrite(
    order: ImportWish,
  ): Promise<
    { kind: 'survey'; survey: Survey } | { kind: 'written'; documentId: string | undefined } | undefined
  > {
    // First, so that nothing can be missing once the files are read.
    const ending = import('./import-ending.ts');
    const result = await this.#run(order);
    if (result?.kind !== 'staged') return result;
    return { kind: 'written', documentId: await this.#write(result.staged, order, await ending) };
  }

  /** Reads the files; `undefined` when that was cancelled, or failed, which the user has been told. */
  async #run(order: ImportWish, isQuietly = false): Promise<JobResults['import'] | undefined> {
    let running: RunningJob<JobResults['import']> | undefined;
    const importId = this.#recorder.newId();
    const leftOut = order.leftOut.size;
    this.#progress = { done: 0, total: order.files.reduce((sum, { blob }) => sum + blob.size, 0) };
    const leave = (file: string) => {
      order.leftOut.add(file);
      running?.cancel();
    };
    const watch = import('./reading-watch.ts').then(({ watchReading }) =>
      watchReading(this.#place.messages, leave),
    );
    try {
      const { project, preferences } = this.#place;
      const job = startJob(
        { kind: 'import', projectId: project.id, labelKeys: preferences.labelKeys, importId, ...order },
        (progress) => {
          this.#progress = progress;
          void watch.then((watching) => watching.heard(progress));
        },
      );
      running = this.#job = job;
      return await job.result;
    } catch (error) {
      // Of a look nothing was written.
      if (!order.isPreview) await removed(importId);
      // What was stopped for one file goes on with the others.
      if (isAbort(error) && order.leftOut.size > leftOut) return this.#run(order, isQuietly);
      if (!isQuietly || !isAbort(error)) this.#tellFailure(error);
      return undefined;
    } finally {
      void watch.then((watching) => watching.end());
      // A reading that another one has replaced leaves that one alone.
      if (this.#job === running) this.#progress = this.#job = undefined;
    }
  }

  async #write(staged: Staged, order: ImportWish, ending: Ending): Promise<string | undefined> {
    const changed = ending.labelChanged(staged.scheme, this.#place.project.scheme);
    if (changed !== undefined) {
      this.#place.messages.alert(`${changed} while the files were read. Nothing was added; import again.`);
      await removed(staged.importId);
      return undefined;
    }
    const { importId, documentIds, edit } = staged;
    if (documentIds.length > 0 || edit.added.length > 0) {
      const title = `Imported ${counted(staged.documentIds.length, 'document')}`;
      const whole = ending.withScheme(edit, staged, this.#place.project);
      const saved = await this.#recorder.record('import', title, whole, { importId });
      if (!saved) return undefined;
      await this.#place.shelve(importId);
      ending.askToKeep(this.#place.preferences);
    }
    this.#tell(staged, order, ending);
    return documentIds[0];
  }

  #tell(
    { importId, documentIds, edit, spans, created, left, ...staged }: Staged,
    order: ImportWish,
    ending: Ending,
  ): void {
    const problems = [...staged.problems, ...(left ? ending.notImported(left) : [])];
    const summary = `Imported ${counted(documentIds.length, 'document')} with ${counted(spans, 'span')}.`;
    const only = problems.length === 1 ? ` ${describeFileProblem(problems[0]!)}` : '';
    const isWritten = documentIds.length > 0 || edit.added.length > 0;
    const undo = { name: 'Undo', run: () => void this.#takeBack(importId), lasts: true };
    this.#place.messages.say(summary + only, isWritten ? undo : undefined);
    if (problems.length === 0 && Object.values(created).every(({ length }) => length === 0)) return;
    const report = { documents: documentIds.length, spans, created, problems };
    const rest = left && ending.restOf(order, left.files);
    this.#reports = [...this.#reports, { report, files: order.files, ...(rest && { rest }) }];
  }

  async #takeBack(importId: string): Promise<void> {
    await this.#recent.recall();
    const step = this.#recent.list.find(({ change }) => change.importId === importId);
    if (!step || step.isUndone) return;
    const fault = await this.#recent.toggle(step);
    if (fault !== undefined) this.#place.messages.alert(fault);
    else this.#place.messages.say(`Undone: ${step.change.title}`);
  }

  #tellFailure(error: unknown): void {
    if (isAbort(error)) return this.#place.messages.say('The import was cancelled. Nothing was added.');
    const words = error instanceof Error ? error.message : String(error);
    this.#place.messages.alert(`The import stopped: ${words} Nothing was added; try again.`);
  }
}

/** Takes away what an import has staged. What cannot be taken away now is found at the next start. */
async function removed(importId: string): Promise<void> {
  await startJob({ kind: 'remains', remove: true, importId }).result.catch(() => undefined);
}

function isAbort(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'AbortError';
}

/** A file of a folder that was chosen knows its path; any other has its name alone. */
function incoming(file: File | IncomingFile): IncomingFile {
  return 'path' in file ? file : { path: file.webkitRelativePath || file.name, blob: file };
}

/** "1 document", "3 documents". */
export function counted(count: number, noun: string): string {
  return `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`;
}
