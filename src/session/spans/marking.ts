import { v7 as newId } from 'uuid';
import {
  documentUpdate,
  invert,
  noEdit,
  spanEntry,
  type Change,
  type Edit,
  type Entry,
} from '../../core/change.ts';
import type { Range } from '../../core/offset.ts';
import type { Label } from '../../core/scheme.ts';
import type { Span } from '../../core/span.ts';
import type { OpenDocument } from '../documents/open-document.svelte.ts';
import type { Recorder } from '../log/recorder.ts';
import type { Workplace } from '../workplace.ts';
import type { Ends } from './ends.ts';
import { askingWords } from '../log/offering-undo.ts';
import { meant } from './meaning.ts';
import { quoted, shortened } from './quoting.ts';
import { replaceSpan, twinOf } from './replacing.ts';

/** What an annotator does to the open document. Every verb is one step of undo. */
export class Marking {
  readonly #place: Workplace;
  readonly #recorder: Recorder;
  readonly #ends: Ends;
  #turn: Promise<void> = Promise.resolve();

  constructor(place: Workplace, recorder: Recorder, ends: Ends) {
    this.#place = place;
    this.#recorder = recorder;
    this.#ends = ends;
  }

  get canUndo(): boolean {
    return this.#open?.canUndo(this.#recorder.annotator) ?? false;
  }

  get canRedo(): boolean {
    return this.#open?.canRedo(this.#recorder.annotator) ?? false;
  }

  /** Marks the selection with the label or, when nothing is selected, gives it to the focused span. */
  apply(label: Label): void {
    const open = this.#open;
    if (!open) return;
    this.#ends.letGo();
    if (open.selection) this.#mark(open, label, meant(this.#place, open.selection));
    else if (open.focused) this.#relabel(open, open.focused, label);
    else if (this.#place.hand.keeps) this.#takeInHand(label);
    else this.#say(`Select some words first, then press ${label.key ?? 'the label'} for ${label.name}.`);
  }

  /** Marks the selection with the label in hand, if there is one. */
  applyInHand(): void {
    const { inHand } = this.#place.hand;
    if (inHand && this.#open?.selection) this.apply(inHand);
  }

  /** Starts or ends keeping on labelling. */
  toggleKeeping(): void {
    const { hand } = this.#place;
    hand.toggle();
    this.#say(
      hand.keeps
        ? 'Keep labelling: press the key of the label to take in hand; what you select is then marked at once.'
        : 'No longer labelling at once.',
    );
  }

  putDown(): void {
    const { inHand } = this.#place.hand;
    this.#place.hand.putDown();
    if (inHand) this.#say(`${inHand.name} is put down.`);
  }

  #takeInHand(label: Label): void {
    const { hand } = this.#place;
    if (hand.inHand?.id === label.id) return this.putDown();
    hand.take(label);
    this.#say(`${label.name} in hand: what you select is marked with it.`);
  }

  /** Removes the focused span, and its relations with it. */
  remove(): void {
    this.#ends.letGo();
    const open = this.#open;
    const span = open?.focused;
    if (!open || !span) return;
    const relations = open.whole.relations.filter(({ head, child }) => head === span.id || child === span.id);
    const removed: Entry[] = [
      ...relations.map((value): Entry => ({ type: 'relation', documentId: open.id, value })),
      spanEntry(open.id, span),
    ];
    open.focus(undefined);
    this.#do(`Removed ${quoted(this.#place, span)}`, { ...noEdit, removed });
  }

  /** Focuses the innermost of the spans under a click; the next one outwards when it is focused already. */
  pick(innermostFirst: readonly Span[]): void {
    const open = this.#open;
    if (!open) return;
    this.#ends.letGo();
    const at = innermostFirst.findIndex(({ id }) => id === open.focused?.id);
    open.focus(innermostFirst[(at + 1) % Math.max(1, innermostFirst.length)]?.id);
  }

  /** Focuses a span, puts the caret at its start and brings it into view. */
  goTo(span: Span): void {
    const open = this.#open;
    if (!open) return;
    this.#ends.letGo();
    open.focus(span.id);
    open.place({ anchor: span.start, head: span.start });
  }

  /** Focuses the next span in text order, counted from the focused one or from the caret. */
  goToNeighbour(direction: 1 | -1): void {
    const open = this.#open;
    if (!open) return;
    const { spans, focused, caret } = open;
    const from = focused
      ? spans.indexOf(focused)
      : spans.filter(({ start }) => start < caret).length - (direction > 0 ? 1 : 0);
    const next = spans[from + direction];
    if (next) this.goTo(next);
    else this.#say(direction > 0 ? 'There is no span after this one.' : 'There is no span before this one.');
  }

  undo(): void {
    this.#inTurn('undo', (open) => open.nextUndo(this.#recorder.annotator));
  }

  redo(): void {
    this.#inTurn('redo', (open) => open.nextRedo(this.#recorder.annotator));
  }

  get #open(): OpenDocument | undefined {
    return this.#place.open;
  }

  #mark(open: OpenDocument, label: Label, range: Range | undefined): void {
    if (!range) return this.#say('There are only spaces in the selection. Select some words.');
    const now = new Date().toISOString();
    const span: Span = {
      id: newId(),
      ...range,
      label: label.id,
      annotator: this.#recorder.annotator,
      text: open.text.slice(range.start, range.end),
      attributes: {},
      origin: 'hand',
      createdAt: now,
      updatedAt: now,
    };
    const twin = twinOf(this.#place, open, span);
    this.#place.hand.used(label);
    // While one keeps labelling, the next key is for the next words and not for these.
    open.focus(this.#place.hand.keeps ? undefined : (twin ?? span).id);
    open.place({ anchor: range.end, head: range.end }, 'still');
    if (twin) return this.#say(`These words are marked ${label.name} already.`);
    this.#do(
      `Marked ${quoted(this.#place, span)}`,
      this.#starting(open, { ...noEdit, added: [spanEntry(open.id, span)] }),
    );
  }

  /** With its first span a document is in progress. */
  #starting(open: OpenDocument, edit: Edit): Edit {
    const document = this.#place.shelf.get(open.id);
    if (document?.status !== 'todo') return edit;
    return {
      ...edit,
      updated: [...edit.updated, documentUpdate(document, { ...document, status: 'in_progress' })],
    };
  }

  #relabel(open: OpenDocument, span: Span, label: Label): void {
    if (this.#place.label(span.label).id === label.id)
      return this.#say(`This span is ${label.name} already.`);
    replaceSpan(
      { place: this.#place, recorder: this.#recorder, open },
      span,
      { ...span, label: label.id },
      `Changed to ${label.name}: “${shortened(span.text)}”`,
    );
  }

  #do(title: string, edit: Edit): void {
    this.#say(title);
    void this.#recorder.record('do', title, edit);
  }

  /** Undo and redo look at the saved log, so each waits for what came before it. */
  #inTurn(kind: 'undo' | 'redo', next: (open: OpenDocument) => Change | undefined): void {
    const open = this.#open;
    if (!open) return;
    this.#ends.letGo();
    this.#turn = this.#turn.then(async () => {
      await open.recalled;
      if (!(await this.#recorder.settled()))
        return this.#say('That is not saved yet. Undo works again once it is.');
      const change = next(open);
      if (!change)
        return this.#say(
          kind === 'undo' ? 'There is nothing to undo here.' : 'There is nothing to redo here.',
        );
      if (this.#recorder.mustAsk(change)) return this.#say(askingWords(change, kind));
      this.#say(kind === 'undo' ? `Undone: ${change.title}` : `Redone: ${change.title}`);
      void this.#recorder.record(kind, change.title, invert(change), { undoes: change.seq });
    });
  }

  #say(text: string): void {
    this.#place.messages.say(text);
  }
}
