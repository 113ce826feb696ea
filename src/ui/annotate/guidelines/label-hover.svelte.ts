import type { Label } from '../../../core/scheme.ts';

/** How long the pointer rests on a label before its card comes, and how long the card waits for the pointer to come over. */
const comingMs = 400;
const goingMs = 200;

/** What the card of a label is about, and the button that it belongs to. */
export interface LabelAbout {
  readonly label: Label;
  readonly button: HTMLElement;
}

/** Which label's card is shown: one for all labels, as there may be hundreds of them. */
export class LabelHover {
  #about = $state.raw<LabelAbout>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  get about(): LabelAbout | undefined {
    return this.#about;
  }

  /** The pointer has come over a label. From one card to the next there is nothing to wait for. */
  enter(label: Label, button: HTMLElement): void {
    this.#after(this.#about ? 0 : comingMs, { label, button });
  }

  /** The pointer has gone; it may be on its way to the card. */
  leave(): void {
    this.#after(goingMs, undefined);
  }

  /** The pointer has reached the card, which stays for as long as it is there. */
  stay(): void {
    clearTimeout(this.#timer);
  }

  /** The keyboard has come to a label. */
  focus(label: Label, button: HTMLElement): void {
    if (button.matches(':focus-visible')) this.#after(0, { label, button });
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#about = undefined;
  }

  #after(ms: number, about: LabelAbout | undefined): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => (this.#about = about), ms);
  }
}
