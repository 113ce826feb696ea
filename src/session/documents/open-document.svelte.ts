import type { Change, Draft } from '../../core/change.ts';
import { conflictsIn } from '../../core/conflicts.ts';
import type { Counts } from '../../core/document.ts';
import { nextRedo, nextUndo } from '../../core/history.ts';
import type { LineKinds } from '../../core/layout.ts';
import { LineIndex } from '../../core/line-index.ts';
import type { Range } from '../../core/offset.ts';
import type { Scheme } from '../../core/scheme.ts';
import { applyEdit, applyEdits, countSpans, livingSheet, type Sheet } from '../../core/sheet.ts';
import type { Span } from '../../core/span.ts';
import { SpanIndex } from '../../core/span-index.ts';
import type { OpenedDocument } from '../../storage/documents.ts';
import type { ChangeLog } from '../log/change-log.svelte.ts';

/** What is selected in the text, and by what, since a rough hand means whole words and a keyboard means itself. */
export interface TextSelection extends Range {
  readonly by: 'hand' | 'keyboard' | 'exact';
}

/** One end of a span, taken hold of to be moved. */
export interface HeldEdge extends Range {
  readonly span: Span;
  readonly side: 'start' | 'end';
}

/** Where the editor is asked to put the selection. `still`: without scrolling there. A new object is a new request. */
export interface Placement {
  readonly anchor: number;
  readonly head: number;
  readonly scroll: 'into view' | 'still';
  /** Whether the text takes the focus of the page as well. */
  readonly focus?: true;
}

/** The document on screen: its text, what is marked on it, and where the user is in it. */
export class OpenDocument {
  readonly id: string;
  readonly text: string;
  /** What its lines are in their source, where that is known. */
  readonly lineKinds: LineKinds;
  readonly #log: ChangeLog;
  readonly #scheme: () => Scheme;
  /** The change that the confirmed sheet was read at. */
  readonly #seq: number;
  #confirmed = $state.raw<Sheet>({ spans: [], relations: [] });
  #history = $state.raw<readonly Change[]>([]);
  #recalled: Promise<void> = Promise.resolve();
  #focusedId = $state.raw<string>();
  #hoveredId = $state.raw<string>();
  #selection = $state.raw<TextSelection>();
  #caret = $state.raw(0);
  #held = $state.raw<HeldEdge>();
  #placement = $state.raw<Placement>();
  #voice = $state.raw('');

  readonly #pending = $derived.by(() =>
    this.#log.pending.filter(({ documentIds }) => documentIds.includes(this.id)),
  );
  /** All that stands on the document, with what is marked with labels that are deleted. */
  readonly whole = $derived.by(() => applyEdits(this.#confirmed, this.#pending, this.id));
  /** What is to be seen of it. */
  readonly sheet = $derived.by(() => livingSheet(this.whole, this.#scheme()));
  readonly spans = $derived(this.sheet.spans);
  readonly index = $derived(new SpanIndex(this.spans));
  readonly lines = $derived.by(() => new LineIndex(this.text));
  readonly focused = $derived(this.spans.find(({ id }) => id === this.#focusedId));
  readonly hovered = $derived(this.spans.find(({ id }) => id === this.#hoveredId));

  constructor(
    { document, text, lineKinds = [], sheet, seq }: OpenedDocument,
    log: ChangeLog,
    scheme: () => Scheme,
  ) {
    this.id = document.id;
    this.text = text;
    this.lineKinds = lineKinds;
    this.#log = log;
    this.#scheme = scheme;
    this.#confirmed = sheet;
    this.#seq = seq;
  }

  /** Whether the span stands on this document, or did when it was last changed here. */
  knows(spanId: string): boolean {
    return (
      this.whole.spans.some(({ id }) => id === spanId) ||
      this.#history.some(({ removed }) => removed.some(({ value }) => value.id === spanId))
    );
  }

  get selection(): TextSelection | undefined {
    return this.#selection;
  }

  get caret(): number {
    return this.#caret;
  }

  /** What a screen reader says of the spans that the caret has just entered or left. */
  get voice(): string {
    return this.#voice;
  }

  speak(words: string): void {
    this.#voice = words;
  }

  get placement(): Placement | undefined {
    return this.#placement;
  }

  get held(): HeldEdge | undefined {
    return this.#held;
  }

  select(selection: TextSelection | undefined, caret: number): void {
    this.#selection = selection;
    this.#caret = caret;
  }

  /** Selects by program: what the editor then shows is what stands here already. */
  place({ anchor, head, focus }: Omit<Placement, 'scroll'>, scroll: Placement['scroll'] = 'into view'): void {
    const [start, end] = anchor < head ? [anchor, head] : [head, anchor];
    this.select(start < end ? { start, end, by: 'exact' } : undefined, head);
    this.#placement = { anchor, head, scroll, ...(focus && { focus }) };
  }

  /** Puts the caret where one was the last time. */
  resume(caret: number): void {
    this.#caret = caret;
  }

  /** Forgets what is selected, when the text goes out of sight; the caret stays where it is. */
  deselect(): void {
    this.#selection = undefined;
  }

  focus(spanId: string | undefined): void {
    this.#focusedId = spanId;
  }

  hover(spanId: string | undefined): void {
    this.#hoveredId = spanId;
  }

  hold(held: HeldEdge | undefined): void {
    this.#held = held;
  }

  /** Gives back the spans that were changed in one tab and removed in another, neither knowing of the other. */
  receive(change: Change): readonly Span[] {
    if (change.seq <= this.#seq || !change.documentIds.includes(this.id)) return [];
    const conflicts = conflictsIn(change, this.#confirmed, this.id);
    this.#confirmed = applyEdit(this.#confirmed, change, this.id);
    this.#history = [...this.#history, change];
    return conflicts;
  }

  /** How many spans are saved on it, by label. */
  get counts(): Counts {
    return countSpans(this.#confirmed.spans);
  }

  /** Takes the document's history, which is read while the text is on screen already. */
  recall(history: Promise<readonly Change[]>): void {
    this.#recalled = history.then((changes) => this.#remember(changes));
  }

  /** Resolves when the history is here, without which nothing can be said of undo. */
  get recalled(): Promise<void> {
    return this.#recalled;
  }

  #remember(history: readonly Change[]): void {
    const known = new Set(this.#history.map(({ seq }) => seq));
    this.#history = [...history.filter(({ seq }) => !known.has(seq)), ...this.#history];
  }

  nextUndo(annotator: string): Change | undefined {
    return nextUndo(this.#history, annotator);
  }

  nextRedo(annotator: string): Change | undefined {
    return nextRedo(this.#history, annotator);
  }

  /** Whether Undo would do something, now or as soon as what is on its way is saved. */
  canUndo(annotator: string): boolean {
    return this.#pending.some(isOwnDo(annotator)) || this.nextUndo(annotator) !== undefined;
  }

  canRedo(annotator: string): boolean {
    return !this.#pending.some(isOwnDo(annotator)) && this.nextRedo(annotator) !== undefined;
  }
}

function isOwnDo(annotator: string): (draft: Draft) => boolean {
  return (draft) => draft.kind === 'do' && draft.annotator === annotator;
}
