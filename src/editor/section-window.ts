/** How far beyond the window text is painted ahead, in pixels. */
const aheadPx = 800;

/** Which sections are near the window. It asks the browser, which knows without any layout being forced. */
export class SectionWindow {
  readonly #seen: IntersectionObserver;
  readonly #onchange: () => void;
  readonly #inView = new Set<Element>();
  #sections: HTMLCollection | undefined;
  #first = 0;
  #last = 0;

  constructor(viewport: HTMLElement, onchange: () => void) {
    this.#onchange = onchange;
    this.#seen = new IntersectionObserver((entries) => this.#onSeen(entries), {
      root: viewport,
      rootMargin: `${aheadPx}px 0px`,
    });
  }

  /** Index of the first section near the window. */
  get first(): number {
    return this.#first;
  }

  /** Index of the last section near the window, itself included. */
  get last(): number {
    return this.#last;
  }

  /** Starts over with the sections of another document, at its beginning. */
  watch(sections: HTMLCollection): void {
    this.disconnect();
    this.#inView.clear();
    [this.#sections, this.#first, this.#last] = [sections, 0, 0];
    for (const section of sections) this.#seen.observe(section);
  }

  disconnect(): void {
    this.#seen.disconnect();
  }

  #onSeen(entries: readonly IntersectionObserverEntry[]): void {
    for (const { target, isIntersecting } of entries)
      if (isIntersecting) this.#inView.add(target);
      else this.#inView.delete(target);
    const indices = [...this.#inView].map((section) => this.#indexOf(section)).filter((index) => index >= 0);
    if (indices.length === 0) return;
    const [first, last] = [Math.min(...indices), Math.max(...indices)];
    if (first === this.#first && last === this.#last) return;
    [this.#first, this.#last] = [first, last];
    this.#onchange();
  }

  #indexOf(section: Element): number {
    return Array.prototype.indexOf.call(this.#sections, section);
  }
}
