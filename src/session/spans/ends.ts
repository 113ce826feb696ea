import { step, trimSpace, wholeCharacters } from '../../core/boundaries.ts';
import type { Range } from '../../core/offset.ts';
import type { Span } from '../../core/span.ts';
import type { OpenDocument } from '../documents/open-document.svelte.ts';
import type { Recorder } from '../log/recorder.ts';
import type { Workplace } from '../workplace.ts';
import { meant } from './meaning.ts';
import { nameOf, shortened } from './quoting.ts';
import { replaceSpan } from './replacing.ts';

/** Moving the ends of a span, which are held while they move. What is held is no step of undo until it is let go. */
export class Ends {
  readonly #place: Workplace;
  readonly #recorder: Recorder;

  constructor(place: Workplace, recorder: Recorder) {
    this.#place = place;
    this.#recorder = recorder;
  }

  /** Takes hold of one end of the focused span, so that arrows move it. */
  hold(side: 'start' | 'end'): void {
    this.letGo();
    const open = this.#open;
    const span = open?.focused;
    if (!open || !span) return this.#say('Focus a span first: click it, or go to the next one.');
    open.hold({ span, side, start: span.start, end: span.end });
    this.#say(`Moving the ${side} of ${nameOf(this.#place, span)}: move it with the arrows, then let go.`);
  }

  /** Moves the held end by a character or a word. It never passes the other end. */
  move(unit: 'character' | 'word', direction: 1 | -1): void {
    const open = this.#open;
    if (!open?.held) return;
    this.moveTo(step(open.text, open.held[open.held.side], unit, direction));
  }

  /** Moves the held end to an offset, as far as the other end allows. */
  moveTo(offset: number): void {
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
    const range = rough.start < rough.end ? meant(this.#place, { ...rough, by: 'hand' }) : undefined;
    if (range) this.moveTo(range[side]);
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

  get #open(): OpenDocument | undefined {
    return this.#place.open;
  }

  #resize(open: OpenDocument, span: Span, range: Range): void {
    if (range.start >= range.end || (range.start === span.start && range.end === span.end)) return;
    const text = open.text.slice(range.start, range.end);
    replaceSpan(
      { place: this.#place, recorder: this.#recorder, open },
      span,
      { ...span, ...range, text },
      `Moved an end of ${nameOf(this.#place, span)}: “${shortened(text)}”`,
    );
  }

  #say(text: string): void {
    this.#place.messages.say(text);
  }
}
