const firstMs = 1000;
const longestMs = 30_000;

/** Pauses between tries that nobody asks for. They grow, as a disk that is full mostly is so for a while. */
export class Pauses {
  #timer: ReturnType<typeof setTimeout> | undefined;
  #nextMs = firstMs;

  /** Tries after the next pause, unless one is waiting already. */
  schedule(attempt: () => void): void {
    if (this.#timer !== undefined) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      attempt();
    }, this.#nextMs);
    this.#nextMs = Math.min(2 * this.#nextMs, longestMs);
  }

  /** Begins anew, as when something has succeeded. */
  end(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#nextMs = firstMs;
  }
}
