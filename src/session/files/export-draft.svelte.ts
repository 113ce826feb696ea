import { statuses, type Document, type Status } from '../../core/document.ts';
import { plainChoices, type ExportChoices, type SplitChoice } from '../../core/export-plan.ts';
import type { JobResults } from '../../workers/jobs.ts';
import type { Exporting, ExportFormat } from './exporting.svelte.ts';

/** Which documents go out. `listed` are those that the list shows, as it is narrowed now. */
export type ExportScope = 'everything' | 'listed' | 'selection' | 'open';

/** The documents of each scope. */
export type Scopes = Readonly<Record<ExportScope, readonly Document[]>>;

export const plainSplit: SplitChoice = { shares: { train: 0.8, validation: 0.1, test: 0.1 }, seed: 1 };

/** An export that is being put together: what goes, how, and what it will cost. */
export class ExportDraft {
  readonly #exporting: Exporting;
  readonly #scopes: () => Scopes;
  #measured = $state.raw<JobResults['measure']>();
  #isMeasuring = $state(false);
  #isSending = false;
  format = $state.raw<ExportFormat>() as ExportFormat;
  scope = $state<ExportScope>('everything');
  statuses = $state.raw<ReadonlySet<Status>>(new Set(statuses));
  choices = $state.raw<ExportChoices>(plainChoices);

  readonly documents = $derived.by(() =>
    this.#scopes()[this.scope].filter(({ status }) => this.statuses.has(status)),
  );
  readonly ids = $derived(this.documents.map(({ id }) => id));

  constructor(exporting: Exporting, format: ExportFormat, scopes: () => Scopes) {
    this.#exporting = exporting;
    this.#scopes = scopes;
    this.format = format;
  }

  /** What the export comes to, as far as it is known: absent until it has been counted. */
  get measured(): JobResults['measure'] | undefined {
    return this.#measured;
  }

  get isMeasuring(): boolean {
    return this.#isMeasuring;
  }

  toggleStatus(status: Status): void {
    const now = new Set(this.statuses);
    if (!now.delete(status)) now.add(status);
    this.statuses = now;
  }

  choose(choices: Partial<ExportChoices>): void {
    this.choices = { ...this.choices, ...choices };
  }

  /** Whether an annotator's marks go. */
  isChosen(name: string): boolean {
    return this.choices.annotators?.includes(name) ?? true;
  }

  /** `names` are all there are. */
  toggleAnnotator(name: string, names: readonly string[]): void {
    const chosen = names.filter((other) => this.isChosen(other) !== (other === name));
    const { annotators: _, ...others } = this.choices;
    this.choices = chosen.length === names.length ? others : { ...others, annotators: chosen };
  }

  splitInto(split: SplitChoice | undefined): void {
    const { split: _, ...others } = this.choices;
    this.choices = split ? { ...others, split } : others;
  }

  /** Counts what is lost of what is chosen now. A newer count takes the place of one before. */
  async measure(): Promise<void> {
    this.#isMeasuring = true;
    if (this.#isSending) return;
    const measured = await this.#exporting.measure(this.format, this.ids, this.choices);
    if (!measured) return;
    this.#measured = measured;
    this.#isMeasuring = false;
  }

  download(): Promise<boolean> {
    return this.#send(() => this.#exporting.download(this.format, this.ids, this.choices));
  }

  saveTo(target: FileSystemFileHandle): Promise<boolean> {
    return this.#send(() => this.#exporting.saveTo(target, this.format, this.ids, this.choices));
  }

  /** A count would read every document beside the export; it goes on when nothing came of that. */
  async #send(send: () => Promise<boolean>): Promise<boolean> {
    this.#isSending = true;
    this.#exporting.stopCounting();
    const isSent = await send();
    this.#isSending = false;
    if (!isSent && this.#isMeasuring) void this.measure();
    return isSent;
  }

  get fileName(): string {
    return this.#exporting.fileName(this.ids, this.format, this.choices);
  }

  close(): void {
    this.#exporting.stopCounting();
  }
}
