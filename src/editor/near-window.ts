import type { Range } from '../core/offset.ts';
import type { Lines } from './lines.ts';
import type { Positions } from './positions.ts';

/** How far beyond the window text is painted ahead, and what must be left of that before more is, in pixels. */
const aheadPx = 600;
const leftPx = 200;

/** The first and the last line of a part of the text, both included. */
interface LineRange {
  readonly first: number;
  readonly last: number;
}

/**
 * The lines near the window, found anew when the text scrolls or its layout changes. It asks for the layout of the page,
 * which is there by then, and looks at a few lines of however many.
 */
export class NearWindow {
  readonly #viewport: HTMLElement;
  readonly #drawn: () => { readonly lines: Lines; readonly positions: Positions };
  readonly #onchange: () => void;
  /** Not known of a text that was not painted yet: whoever opens one may scroll first. */
  #near: LineRange | undefined;

  constructor(
    viewport: HTMLElement,
    drawn: () => { readonly lines: Lines; readonly positions: Positions },
    onchange: () => void,
    signal: AbortSignal,
  ) {
    [this.#viewport, this.#drawn, this.#onchange] = [viewport, drawn, onchange];
    viewport.addEventListener('scroll', () => this.look(), { signal, passive: true });
  }

  /** The offsets of the lines near the window. */
  get range(): Range {
    const { positions } = this.#drawn();
    const { first, last } = (this.#near ??= this.#within(aheadPx));
    return { start: positions.lineRange(first).start, end: positions.lineRange(last).end };
  }

  /** Starts over with another text. */
  reset(): void {
    this.#near = undefined;
  }

  /** Looks whether the window is still well inside of what is near. If not, says so, and gives back that it did. */
  look(): boolean {
    if (!this.#near) return false;
    const seen = this.#within(leftPx);
    const { first, last } = this.#near;
    if (seen.first >= first && seen.last <= last) return false;
    this.#near = undefined;
    this.#onchange();
    return true;
  }

  #within(beyond: number): LineRange {
    const { lines } = this.#drawn();
    const { top, bottom } = this.#viewport.getBoundingClientRect();
    const first = lines.firstBelow(top - beyond);
    return { first, last: Math.max(first, lines.firstBelow(bottom + beyond)) };
  }
}
