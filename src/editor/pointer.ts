import type { Span } from '../core/span.ts';
import type { EditorEvents, Selected } from './editor-events.ts';

/** What the pointer is over. */
export interface Ground {
  /** The spans whose words lie under the pointer, innermost first. */
  spansAt(event: MouseEvent): readonly Span[];
  /** Whether something lies there that is drawn over the text. */
  isLayer(node: Node): boolean;
  /** Whether clicks choose a span even where they select. */
  isLinking(): boolean;
  isSelectionEmpty(): boolean;
  /** Takes over what the browser has selected by now. */
  catchUp(): void;
}

/** What a hand does in the text, with a mouse or a finger. */
export class Pointer {
  readonly #ground: Ground;
  readonly #events: EditorEvents;
  #by: Selected['by'] = 'keyboard';
  #pressed = false;
  #selectedByPress = false;

  constructor(ground: Ground, events: EditorEvents) {
    this.#ground = ground;
    this.#events = events;
  }

  /** Listens to what happens in `place` until the signal ends it. */
  listen(place: HTMLElement, signal: AbortSignal): void {
    document.addEventListener('pointerdown', () => this.#ground.catchUp(), { signal, capture: true });
    place.addEventListener('pointerdown', (event) => this.#onPress(event), { signal, capture: true });
    document.addEventListener('pointerup', (event) => this.#onRelease(event), { signal });
    document.addEventListener('pointercancel', () => (this.#pressed = false), { signal });
    place.addEventListener('pointermove', (event) => this.#onMove(event), { signal });
    place.addEventListener('pointerleave', () => this.#events.onhover(undefined), { signal });
    place.addEventListener('click', (event) => this.#onClick(event), { signal });
    place.addEventListener('contextmenu', (event) => this.#onMenu(event), { signal });
  }

  /** Whether a mouse or finger is down in the text. */
  get isPressed(): boolean {
    return this.#pressed;
  }

  /** How what is selected next is being selected. */
  get by(): Selected['by'] {
    return this.#by;
  }

  /** A key has been pressed, so that what is selected next is selected by keyboard. */
  yield(): void {
    this.#by = 'keyboard';
  }

  /** Something has been selected; while the pointer is down, by that. */
  selected(isEmpty: boolean): void {
    if (this.#pressed) this.#selectedByPress = !isEmpty;
  }

  #onPress(event: PointerEvent): void {
    if (event.target instanceof Node && this.#ground.isLayer(event.target)) return;
    this.#pressed = event.button === 0;
    this.#selectedByPress = false;
    this.#by = event.altKey ? 'exact' : 'hand';
  }

  #onRelease(event: PointerEvent): void {
    if (!this.#pressed) return;
    if (event.altKey) this.#by = 'exact';
    this.#ground.catchUp();
    this.#pressed = false;
    this.#events.onrelease(this.#selectedByPress);
  }

  #onMove(event: PointerEvent): void {
    if (this.#pressed) this.#by = event.altKey ? 'exact' : 'hand';
    else if (event.pointerType === 'mouse') this.#events.onhover(this.#ground.spansAt(event)[0]);
  }

  #onClick(event: MouseEvent): void {
    const isPick = this.#ground.isSelectionEmpty() && event.detail === 1;
    if (isPick || this.#ground.isLinking()) this.#events.onpick(this.#ground.spansAt(event));
  }

  /** The browser's own menu stays where there is nothing to choose from. */
  #onMenu(event: MouseEvent): void {
    const spans = this.#ground.spansAt(event);
    if (spans.length < 2) return;
    event.preventDefault();
    this.#events.onstack(spans);
  }
}
