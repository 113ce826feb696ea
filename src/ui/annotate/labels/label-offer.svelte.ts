import type { TextSelection } from '../../../session/documents/open-document.svelte.ts';
import type { AppState } from '../../app-state.svelte.ts';

/** A finger that selects lets go unnoticed, so the selection is taken to stand after a while. */
const standsAfterMs = 500;

/** The offer of labels beside what is selected by mouse or finger, for as long as the selection stands. */
export class LabelOffer {
  readonly #app: AppState;
  #offered = $state.raw<TextSelection>();
  #standing: ReturnType<typeof setTimeout> | undefined;

  constructor(app: AppState) {
    this.#app = app;
  }

  /** The selection beside which the labels are offered now. */
  get selection(): TextSelection | undefined {
    const { session, labelList } = this.#app;
    return this.#offered === session.open?.selection && !labelList ? this.#offered : undefined;
  }

  /** Something has been selected: it is offered once it stands, unless it is still pressed by then. */
  selected(by: TextSelection['by'], isPressed: () => boolean): void {
    this.stopWaiting();
    if (by !== 'keyboard') this.#standing = setTimeout(() => isPressed() || this.make(), standsAfterMs);
  }

  /** Waits for nothing any more, so that what is offered now and closed at once is not offered again. */
  stopWaiting(): void {
    clearTimeout(this.#standing);
  }

  /** Offers labels for the selection, where that is wanted and none is in hand. */
  make(): void {
    const { preferences, hand, open } = this.#app.session;
    if (preferences.values.quickLabels && !hand.inHand) this.#offered = open?.selection;
  }

  close(): void {
    this.#offered = undefined;
  }

  /** Escape closes what is offered before it does anything else; `true` when it did. */
  closesAt({ key }: KeyboardEvent): boolean {
    if (key !== 'Escape' || !this.selection) return false;
    this.close();
    return true;
  }
}
