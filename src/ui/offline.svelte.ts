/** How the app stands to the network: served, ready to start without it, or opened as a file that never needed it. */
export class Offline {
  readonly isFile = location.protocol === 'file:';
  /** Whether the user has asked this tab for the new version. */
  accepted = false;
  #ready = $state(false);
  #update = $state.raw<() => void>();

  /** Whether the next start works without a network. */
  get ready(): boolean {
    return this.isFile || this.#ready;
  }

  /** Takes the new version into use, which reloads the page; absent while there is none. */
  get update(): (() => void) | undefined {
    return this.#update;
  }

  markReady(): void {
    this.#ready = true;
  }

  offerUpdate(update: () => void): void {
    this.#update = update;
  }
}
