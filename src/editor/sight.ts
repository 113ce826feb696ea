import type { Lines } from './lines.ts';
import type { Positions } from './positions.ts';

/** Which part of the text is in sight, however wide the window is. */
export interface Sight {
  /** Offset of the first line in sight. */
  readonly top: number;
  /** How far below the upper edge that line stands, in CSS pixels. */
  readonly distance: number;
}

/** What the user does to look elsewhere. */
const movesAway = ['wheel', 'pointerdown', 'keydown'] as const;

/**
 * Knows what is in sight, and holds what was shown until the user looks elsewhere: fonts come late, and sections have
 * estimated heights until they have been near, so that the text goes on moving after it was shown.
 */
export class SightHolder {
  readonly #viewport: HTMLElement;
  readonly #drawn: () => { readonly lines: Lines; readonly positions: Positions };
  #held: Sight | undefined;

  constructor(
    viewport: HTMLElement,
    drawn: () => { readonly lines: Lines; readonly positions: Positions },
    signal: AbortSignal,
  ) {
    this.#viewport = viewport;
    this.#drawn = drawn;
    for (const event of movesAway)
      viewport.addEventListener(event, () => this.release(), { signal, capture: true, passive: true });
  }

  /** What is in sight now; nothing when the text is not laid out. Not for the path of a key, as it asks for the layout. */
  get now(): Sight | undefined {
    const { top, height } = this.#viewport.getBoundingClientRect();
    if (height === 0) return undefined;
    if (this.#held) return this.#held;
    const { lines, positions } = this.#drawn();
    const line = lines.firstBelow(top);
    const box = lines.line(line)?.getBoundingClientRect();
    return { top: positions.lineRange(line).start, distance: Math.round((box?.top ?? top) - top) };
  }

  /** Scrolls to what was in sight, and stays there. */
  hold(sight: Sight): void {
    this.#held = sight;
    this.settle();
  }

  /** Lets the text be scrolled, by the user or to a place. */
  release(): void {
    this.#held = undefined;
  }

  /** Goes back to what is held after the layout has changed. */
  settle(): void {
    if (!this.#held) return;
    const { top, distance } = this.#held;
    const { lines, positions } = this.#drawn();
    const line = lines.line(positions.lineOf(top));
    if (!line) return;
    // Coming near gives sections their real heights, which moves the line again.
    for (let look = 0; look < 4; look++) {
      const now = line.getBoundingClientRect().top - this.#viewport.getBoundingClientRect().top;
      if (Math.abs(now - distance) < 1) return;
      this.#viewport.scrollTop += now - distance;
    }
  }
}
