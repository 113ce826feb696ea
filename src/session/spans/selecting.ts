import { widen } from '../../core/boundaries.ts';
import { clauseEnd, clauseStart } from '../../core/clauses.ts';
import type { Range } from '../../core/offset.ts';
import type { OpenDocument, TextSelection } from '../documents/open-document.svelte.ts';
import type { Workplace } from '../workplace.ts';
import type { Ends } from './ends.ts';
import { meant } from './meaning.ts';
import { nameOf } from './quoting.ts';

/** Where the caret is, and what is selected. */
export class Selecting {
  readonly #place: Workplace;
  readonly #ends: Ends;

  constructor(place: Workplace, ends: Ends) {
    this.#place = place;
    this.#ends = ends;
  }

  /** Takes note of what the user selects in the text. A caret that moves by keyboard takes the focus along. */
  select(anchor: number, head: number, by: TextSelection['by']): void {
    const open = this.#open;
    if (!open) return;
    this.#ends.letGo();
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
    const range = selection?.by === 'hand' ? meant(this.#place, selection) : undefined;
    if (range) this.#open?.place({ anchor: range.start, head: range.end }, 'still');
  }

  /** Widens the selection to the word, then the sentence, then the paragraph. */
  widen(): void {
    const open = this.#open;
    if (!open) return;
    this.#ends.letGo();
    const wider = widen(open.text, open.selection ?? { start: open.caret, end: open.caret });
    if (wider.end > wider.start) open.place({ anchor: wider.start, head: wider.end });
  }

  /** Moves the caret to where the next clause begins, or the one before. */
  goToClause(direction: 1 | -1): void {
    const open = this.#open;
    if (!open) return;
    this.#ends.letGo();
    const offset = clauseStart(open.text, open.caret, direction);
    open.focus(open.index.atCaret(offset)[0]?.id);
    open.place({ anchor: offset, head: offset });
  }

  /** Extends the selection to where a clause ends, or takes it back to where one before ends. */
  extendByClause(direction: 1 | -1): void {
    const open = this.#open;
    if (!open) return;
    this.#ends.letGo();
    const { selection, caret } = open;
    const anchor = selection ? (selection.end === caret ? selection.start : selection.end) : caret;
    const head = clauseEnd(open.text, caret, direction);
    open.focus(undefined);
    open.place({ anchor, head: direction < 0 && anchor <= caret ? Math.max(anchor, head) : head });
  }

  get #open(): OpenDocument | undefined {
    return this.#place.open;
  }

  #tellCrossing(open: OpenDocument, before: number, after: number): void {
    const left = open.index.covering(before).filter((span) => !covers(span, after));
    const entered = open.index.covering(after).filter((span) => !covers(span, before));
    const words = [
      ...left.map((span) => `${nameOf(this.#place, span)}, ends`),
      ...entered.map((span) => `${nameOf(this.#place, span)}, starts`),
    ];
    if (words.length > 0) open.speak(words.join('; '));
  }
}

function covers({ start, end }: Range, offset: number): boolean {
  return start <= offset && offset < end;
}
