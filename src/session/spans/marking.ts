import { v7 as newId } from 'uuid';
import { exactRange, snapToWords, step, trimSpace, widen, wholeCharacters } from '../../core/boundaries.ts';
import { clauseEnd, clauseStart } from '../../core/clauses.ts';
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
import { isSameMark, type Span } from '../../core/span.ts';
import type { OpenDocument, TextSelection } from '../documents/open-document.svelte.ts';
import type { Recorder } from '../log/recorder.ts';
import type { Workplace } from '../workplace.ts';

/** What an annotator does to the open document. Every verb is one step of undo. */
export class Marking {
  readonly #place: Workplace;
  readonly #recorder: Recorder;
  #turn: Promise<void> = Promise.resolve();

  constructor(place: Workplace, recorder: Recorder) {
    this.#place = place;
    this.#recorder = recorder;
  }

  get canUndo(): boolean {
    return this.#open?.canUndo(this.#recorder.annotator) ?? false;
  }

  get canRedo(): boolean {
    return this.#open?.canRedo(this.#recorder.annotator) ?? false;
  }

  /** Takes note of what the user selects in the text. A caret that moves by keyboard takes the focus along. */
  select(anchor: number, head: number, by: TextSelection['by']): void {
    const open = this.#open;
    if (!open) return;
    this.letGo();
    const before = open.caret;
    const [start, end] = anchor < head ? [anchor, head] : [head, anchor];
    open.select(start < end ? { start, end, by } : undefined, head);
    if (start < end) open.focus(undefined);
    else if (by === 'keyboard') open.focus(open.index.atCaret(head)[0]?.id);
    if (by === 'keyboard') this.#tellCrossing(open, before, head);
  }

  /** Shows what a selection by hand stands for, as soon as the hand lets go. */
  settle(): void {
    const { selection } = this.#open ?? {};
    const range = selection?.by === 'hand' ? this.meant(selection) : undefined;
    if (range) this.#open?.place({ anchor: range.start, head: range.end }, 'still');
  }

  /** Marks the selection with the label or, when nothing is selected, gives it to the focused span. */
  apply(label: Label): void {
    const open = this.#open;
    if (!open) return;
    this.letGo();
    if (open.selection) this.#mark(open, label, this.meant(open.selection));
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

  /** The range that a selection stands for: whole words of a rough hand, a keyboard's own choice as it is. */
  meant({ start, end, by }: TextSelection): Range | undefined {
    const open = this.#open;
    if (!open) return undefined;
    const wholeWords = by === 'hand' && this.#place.preferences.values.wholeWords;
    return wholeWords ? snapToWords(open.text, { start, end }) : exactRange(open.text, { start, end });
  }

  /** Removes the focused span, and its relations with it. */
  remove(): void {
    this.letGo();
    const open = this.#open;
    const span = open?.focused;
    if (!open || !span) return;
    const relations = open.whole.relations.filter(({ head, child }) => head === span.id || child === span.id);
    const removed: Entry[] = [
      ...relations.map((value): Entry => ({ type: 'relation', documentId: open.id, value })),
      spanEntry(open.id, span),
    ];
    open.focus(undefined);
    this.#do(`Removed ${this.#quoted(span)}`, { ...noEdit, removed });
  }

  /** Focuses the innermost of the spans under a click; the next one outwards when it is focused already. */
  pick(innermostFirst: readonly Span[]): void {
    const open = this.#open;
    if (!open) return;
    this.letGo();
    const at = innermostFirst.findIndex(({ id }) => id === open.focused?.id);
    open.focus(innermostFirst[(at + 1) % Math.max(1, innermostFirst.length)]?.id);
  }

  /** Focuses a span, puts the caret at its start and brings it into view. */
  goTo(span: Span): void {
    const open = this.#open;
    if (!open) return;
    this.letGo();
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

  /** Widens the selection to the word, then the sentence, then the paragraph. */
  widen(): void {
    const open = this.#open;
    if (!open) return;
    this.letGo();
    const wider = widen(open.text, open.selection ?? { start: open.caret, end: open.caret });
    if (wider.end > wider.start) open.place({ anchor: wider.start, head: wider.end });
  }

  /** Moves the caret to where the next clause begins, or the one before. */
  goToClause(direction: 1 | -1): void {
    const open = this.#open;
    if (!open) return;
    this.letGo();
    const offset = clauseStart(open.text, open.caret, direction);
    open.focus(open.index.atCaret(offset)[0]?.id);
    open.place({ anchor: offset, head: offset });
  }

  /** Extends the selection to where a clause ends, or takes it back to where one before ends. */
  extendByClause(direction: 1 | -1): void {
    const open = this.#open;
    if (!open) return;
    this.letGo();
    const { selection, caret } = open;
    const anchor = selection ? (selection.end === caret ? selection.start : selection.end) : caret;
    const head = clauseEnd(open.text, caret, direction);
    open.focus(undefined);
    open.place({ anchor, head: direction < 0 && anchor <= caret ? Math.max(anchor, head) : head });
  }

  /** Takes hold of one end of the focused span, so that arrows move it. */
  hold(side: 'start' | 'end'): void {
    this.letGo();
    const open = this.#open;
    const span = open?.focused;
    if (!open || !span) return this.#say('Focus a span first: click it, or go to the next one.');
    open.hold({ span, side, start: span.start, end: span.end });
    this.#say(`Moving the ${side} of ${this.#name(span)}: move it with the arrows, then let go.`);
  }

  /** Moves the held end by a character or a word. It never passes the other end. */
  moveHeld(unit: 'character' | 'word', direction: 1 | -1): void {
    const open = this.#open;
    if (!open?.held) return;
    this.moveHeldTo(step(open.text, open.held[open.held.side], unit, direction));
  }

  /** Moves the held end to an offset, as far as the other end allows. */
  moveHeldTo(offset: number): void {
    const open = this.#open;
    const held = open?.held;
    if (!open || !held) return;
    const moved =
      held.side === 'start'
        ? { start: wholeCharacters(open.text, { start: offset, end: offset + 1 }).start, end: held.end }
        : { start: held.start, end: wholeCharacters(open.text, { start: 0, end: offset }).end };
    if (moved.start < moved.end) open.hold({ ...held, ...moved });
  }

  /** Drags one end of the focused span by hand, to whole words if those are wanted. It ends with `letGo`. */
  drag(side: 'start' | 'end', offset: number): void {
    const open = this.#open;
    if (!open) return;
    if (open.held?.side !== side) this.letGo();
    const span = open.held?.span ?? open.focused;
    if (!span) return;
    open.hold(open.held ?? { span, side, start: span.start, end: span.end });
    const rough = side === 'start' ? { start: offset, end: span.end } : { start: span.start, end: offset };
    const range = rough.start < rough.end ? this.meant({ ...rough, by: 'hand' }) : undefined;
    if (range) this.moveHeldTo(range[side]);
  }

  /** Lets go of the held end: if it moved, the span has its new range, its id and all else unchanged. */
  letGo(): void {
    const open = this.#open;
    const held = open?.held;
    if (!open || !held) return;
    open.hold(undefined);
    // What others have said of the span meanwhile stands; only the end that was held moves.
    const span = open.spans.find(({ id }) => id === held.span.id);
    if (!span || held[held.side] === held.span[held.side]) return;
    const trimmed = trimSpace(open.text, held);
    if (trimmed)
      this.#resize(open, span, { start: span.start, end: span.end, [held.side]: trimmed[held.side] });
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

  #tellCrossing(open: OpenDocument, before: number, after: number): void {
    const left = open.index.covering(before).filter((span) => !covers(span, after));
    const entered = open.index.covering(after).filter((span) => !covers(span, before));
    const words = [
      ...left.map((span) => `${this.#name(span)}, ends`),
      ...entered.map((span) => `${this.#name(span)}, starts`),
    ];
    if (words.length > 0) open.speak(words.join('; '));
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
    const twin = open.index.overlapping(range).find((other) => this.#isSameMark(span, other));
    this.#place.hand.used(label);
    // While one keeps labelling, the next key is for the next words and not for these.
    open.focus(this.#place.hand.keeps ? undefined : (twin ?? span).id);
    open.place({ anchor: range.end, head: range.end }, 'still');
    if (twin) return this.#say(`These words are marked ${label.name} already.`);
    this.#do(
      `Marked ${this.#quoted(span)}`,
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
    this.#replace(
      open,
      span,
      { ...span, label: label.id },
      `Changed to ${label.name}: “${shortened(span.text)}”`,
    );
  }

  #resize(open: OpenDocument, span: Span, range: Range): void {
    if (range.start >= range.end || (range.start === span.start && range.end === span.end)) return;
    const text = open.text.slice(range.start, range.end);
    this.#replace(
      open,
      span,
      { ...span, ...range, text },
      `Moved an end of ${this.#name(span)}: “${shortened(text)}”`,
    );
  }

  #replace(open: OpenDocument, before: Span, changed: Span, title: string): void {
    const after = { ...changed, updatedAt: new Date().toISOString() };
    const twin = open.index
      .overlapping(after)
      .find((other) => other.id !== after.id && this.#isSameMark(after, other));
    if (twin)
      return this.#say(`Another span with this label covers the same words already, so nothing was changed.`);
    const update = { before: spanEntry(open.id, before), after: spanEntry(open.id, after) };
    this.#do(title, { ...noEdit, updated: [update] });
  }

  #do(title: string, edit: Edit): void {
    this.#say(title);
    void this.#recorder.record('do', title, edit);
  }

  /** Undo and redo look at the saved log, so each waits for what came before it. */
  #inTurn(kind: 'undo' | 'redo', next: (open: OpenDocument) => Change | undefined): void {
    const open = this.#open;
    if (!open) return;
    this.letGo();
    this.#turn = this.#turn.then(async () => {
      await open.recalled;
      if (!(await this.#recorder.settled()))
        return this.#say('That is not saved yet. Undo works again once it is.');
      const change = next(open);
      if (!change)
        return this.#say(
          kind === 'undo' ? 'There is nothing to undo here.' : 'There is nothing to redo here.',
        );
      this.#say(kind === 'undo' ? `Undone: ${change.title}` : `Redone: ${change.title}`);
      void this.#recorder.record(kind, change.title, invert(change), { undoes: change.seq });
    });
  }

  /** Also when one of them bears a label that was merged into the other's. */
  #isSameMark(a: Span, b: Span): boolean {
    const label = (span: Span) => this.#place.label(span.label).id;
    return isSameMark({ ...a, label: label(a) }, { ...b, label: label(b) });
  }

  #name(span: Span): string {
    return this.#place.label(span.label).name;
  }

  #quoted(span: Span): string {
    return `${this.#name(span)}: “${shortened(span.text)}”`;
  }

  #say(text: string): void {
    this.#place.messages.say(text);
  }
}

function covers({ start, end }: Range, offset: number): boolean {
  return start <= offset && offset < end;
}

/** A quotation short enough for one line. */
export function shortened(text: string, length = 60): string {
  const line = text.replace(/\s+/gu, ' ');
  const characters = [...line];
  return characters.length <= length ? line : `${characters.slice(0, length - 1).join('')}…`;
}
