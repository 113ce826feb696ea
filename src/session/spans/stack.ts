import type { Span } from '../../core/span.ts';
import type { Workplace } from '../workplace.ts';

/** The spans that lie over each other at one place. */
export class Stack {
  readonly #place: Workplace;

  constructor(place: Workplace) {
    this.#place = place;
  }

  /** The spans at the caret, innermost first; where the focused one is not among them, those at its start. */
  get here(): readonly Span[] {
    const open = this.#place.open;
    if (!open) return [];
    const { focused, caret, index } = open;
    const atCaret = index.atCaret(caret);
    return !focused || atCaret.includes(focused) ? atCaret : index.covering(focused.start);
  }

  /** Focuses the next span outwards or inwards, around the ends of the stack. The caret stays where it is. */
  step(direction: 1 | -1): void {
    const { here } = this;
    if (here.length === 0) return this.#place.messages.say('There is no span at the caret.');
    const at = here.findIndex(({ id }) => id === this.#place.open?.focused?.id);
    const from = at < 0 && direction < 0 ? 0 : at;
    this.focus(here[(from + direction + here.length) % here.length]!);
  }

  /** Focuses one of them, and says which of how many it is. */
  focus(span: Span): void {
    const { open } = this.#place;
    const { here } = this;
    if (!open) return;
    open.focus(span.id);
    const place = here.length > 1 ? `, ${here.indexOf(span) + 1} of ${here.length} here` : '';
    open.speak(`${this.#place.label(span.label).name}${place}`);
  }
}
