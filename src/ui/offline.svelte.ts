/** How the app stands to the network: served, ready to start without it, or opened as a file that never needed it. */
export class Offline {
  readonly isFile = location.protocol === 'file:';
  #accepted = $state(false);
  #ready = $state(false);
  #update = $state.raw<() => void>();

  /** Whether the next start works without a network. */
  get ready(): boolean {
    return this.isFile || this.#ready;
  }

  /** Whether there is a new version. */
  get hasUpdate(): boolean {
    return this.#update !== undefined;
  }

  /** Whether the user has asked this tab for the new version. */
  get accepted(): boolean {
    return this.#accepted;
  }

  /** Takes the new version into use, which reloads the page. */
  update(): void {
    this.#accepted = true;
    this.#update?.();
  }

  markReady(): void {
    this.#ready = true;
  }

  offerUpdate(update: () => void): void {
    this.#update = update;
  }
}
