import type { FindOptions } from '../../core/finding/find.ts';
import { stillToMark, type Occurrence, type Quoted, type Wanted } from '../../core/finding/occurrences.ts';
import type { Span } from '../../core/span.ts';
import type { InDocument } from '../../workers/occurrences.ts';
import { startJob } from '../job.ts';
import type { Recorder } from '../log/recorder.ts';
import type { Workplace } from '../workplace.ts';
import { markEverywhere } from './marking-everywhere.ts';
import { OccurrenceListing, type Listing } from './occurrence-listing.svelte.ts';
import { reasonOf } from './reason.ts';

/** What is to be looked for and how it is to be marked. */
export interface Wish {
  readonly words: string;
  readonly options: FindOptions;
  readonly scope: 'document' | 'project';
  readonly labelId: string;
  /** Whether the spans get what the span has that one started from: speaker, target and so on. */
  readonly copiesAttributes: boolean;
}

/** A line of the preview: a document, or a place in it. */
export type PreviewRow =
  | { readonly kind: 'document'; readonly documentId: string; readonly count: number }
  | {
      readonly kind: 'place';
      readonly key: string;
      readonly documentId: string;
      readonly occurrence: Occurrence;
      readonly isMarked: boolean;
    };

const plainly: FindOptions = { matchCase: false, matchAccents: false, wholeWords: true };

/** Labels all occurrences of some words, in the document or the project, in one step. */
export class Occurrences {
  readonly #place: Workplace;
  readonly #recorder: Recorder;
  readonly #found: OccurrenceListing;
  #wish = $state.raw<Wish>({
    words: '',
    options: plainly,
    scope: 'document',
    labelId: '',
    copiesAttributes: false,
  });
  #unticked = $state.raw<ReadonlySet<string>>(new Set());
  #model = $state.raw<Span>();
  #isLabelling = $state.raw(false);

  readonly label = $derived.by(() => this.#place.label(this.#wish.labelId));
  readonly rows = $derived.by(() => this.#found.now.documents.flatMap((document) => this.#rowsOf(document)));
  readonly #places = $derived.by(() => this.rows.filter((row) => row.kind === 'place'));
  /** How many could be labelled: all but those that are marked so already. */
  readonly openCount = $derived(this.#places.filter(({ isMarked }) => !isMarked).length);
  readonly foundCount = $derived(this.#places.length);
  readonly tickedCount = $derived(this.#places.filter((row) => this.isTicked(row)).length);

  constructor(place: Workplace, recorder: Recorder) {
    this.#place = place;
    this.#recorder = recorder;
    this.#found = new OccurrenceListing(place);
  }

  get wish(): Wish {
    return this.#wish;
  }

  get listing(): Listing {
    return this.#found.now;
  }

  get isLabelling(): boolean {
    return this.#isLabelling;
  }

  /** The span that one started from, whose label is proposed and whose attributes can be copied. */
  get model(): Span | undefined {
    return this.#model;
  }

  /** Starts from these words, or from the selection or the focused span. */
  start(words?: string, options?: FindOptions): void {
    const { open, project } = this.#place;
    const { selection, focused } = open ?? {};
    const range = selection ?? focused;
    this.#model = selection ? undefined : focused;
    const labelId = focused ? this.#place.label(focused.label).id : this.#wish.labelId;
    const living = project.scheme.labels.filter((label) => !label.deleted);
    this.#unticked = new Set();
    this.change({
      words: words ?? (open && range ? open.text.slice(range.start, range.end).trim() : ''),
      options: options ?? plainly,
      scope: 'document',
      labelId: living.find(({ id }) => id === labelId)?.id ?? living[0]?.id ?? '',
      copiesAttributes: false,
    });
  }

  /** Changes what is wanted, and looks again when that is something else to look for. */
  change(wish: Partial<Wish>): void {
    this.#wish = { ...this.#wish, ...wish };
    if ('words' in wish || 'options' in wish || 'scope' in wish) this.#look();
  }

  isTicked(row: PreviewRow): boolean {
    return row.kind === 'place' && !row.isMarked && !this.#unticked.has(row.key);
  }

  toggle(key: string): void {
    const others = [...this.#unticked].filter((other) => other !== key);
    this.#unticked = new Set(this.#unticked.has(key) ? others : [...others, key]);
  }

  tickAll(ticked: boolean): void {
    this.#unticked = new Set(ticked ? [] : this.#places.map(({ key }) => key));
  }

  /** Ends the looking, as when the dialog is closed. */
  stop(): void {
    this.#found.stop();
  }

  /** Labels what is ticked, as one step of undo. Resolves to whether that was done. */
  async apply(): Promise<boolean> {
    const { words, scope, copiesAttributes } = this.#wish;
    const label = this.label;
    if (this.#place.project.scheme.labels.every(({ id, deleted }) => id !== label.id || deleted)) {
      this.#place.messages.alert('Nothing was labelled: choose a label first.');
      return false;
    }
    const attributes = (copiesAttributes ? this.#model?.attributes : undefined) ?? {};
    this.#isLabelling = true;
    try {
      const proven = scope === 'document' ? this.#proveHere() : await this.#proveAll();
      if (!proven) return false;
      markEverywhere(this.#place, this.#recorder, proven, { words, label, attributes });
      return true;
    } catch (error) {
      this.#place.messages.alert(`Nothing was labelled: ${reasonOf(error)}. Look for the words once more.`);
      return false;
    } finally {
      this.#isLabelling = false;
    }
  }

  #rowsOf({ documentId, items }: InDocument<Occurrence>): PreviewRow[] {
    const labelId = this.label.id;
    return [
      { kind: 'document', documentId, count: items.length },
      ...items.map((occurrence): PreviewRow => ({
        kind: 'place',
        key: `${documentId} ${occurrence.start}`,
        documentId,
        occurrence,
        isMarked: occurrence.labels.some((id) => this.#place.label(id).id === labelId),
      })),
    ];
  }

  #look(): void {
    this.#found.look(this.#wanted, this.#wish.scope);
  }

  get #wanted(): Wanted {
    const { words, options } = this.#wish;
    return { words, options, annotator: this.#recorder.annotator };
  }

  /** What is ticked, by document. */
  #chosen(): InDocument<Quoted>[] {
    const chosen = new Map<string, Quoted[]>();
    for (const row of this.#places.filter((place) => this.isTicked(place))) {
      const { start, end, text } = row.occurrence;
      const known = chosen.get(row.documentId);
      if (known) known.push({ start, end, text });
      else chosen.set(row.documentId, [{ start, end, text }]);
    }
    return [...chosen].map(([documentId, items]) => ({ documentId, items }));
  }

  /** The label, and those that were merged into it. */
  get #mark() {
    const { labels } = this.#place.project.scheme;
    const labelIds = labels
      .filter(({ id }) => this.#place.label(id).id === this.label.id)
      .map(({ id }) => id);
    return { labelIds, annotator: this.#recorder.annotator };
  }

  #proveHere(): readonly InDocument<Quoted>[] {
    const { open } = this.#place;
    return this.#chosen().flatMap(({ documentId, items }) => {
      if (open?.id !== documentId) throw new RangeError('another document has been opened meanwhile');
      return [{ documentId, items: stillToMark(open.text, open.index, items, this.#mark) }];
    });
  }

  async #proveAll(): Promise<readonly InDocument<Quoted>[] | undefined> {
    if (!(await this.#place.settle())) {
      this.#place.messages.alert(
        'Some work is not saved yet, so nothing was labelled. Try saving again first.',
      );
      return undefined;
    }
    return startJob({ kind: 'prove', documents: this.#chosen(), ...this.#mark }).result;
  }
}
