import type { Change } from '../../core/change.ts';

/** What arrives while something is being read, so that no change falls between the reading and the listening. */
export class Meanwhile {
  readonly #arrived = new Set<Change[]>();

  receive(change: Change): void {
    for (const since of this.#arrived) since.push(change);
  }

  /** Reads something, and uses it together with the changes that arrived meanwhile. */
  async read<T>(read: () => Promise<T>, use: (value: T, since: readonly Change[]) => void): Promise<void> {
    const since: Change[] = [];
    this.#arrived.add(since);
    try {
      use(await read(), since);
    } finally {
      this.#arrived.delete(since);
    }
  }
}
