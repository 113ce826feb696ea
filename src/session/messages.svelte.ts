/** What the user is told about something that has happened. */
export interface Message {
  readonly text: string;
  /** An alert is spoken at once and stays until it is closed. */
  readonly tone: 'status' | 'alert';
  readonly action?: { readonly name: string; readonly run: () => void };
}

/** The one message on screen: a new one takes the place of the old. */
export class Messages {
  #current = $state.raw<Message>();

  get current(): Message | undefined {
    return this.#current;
  }

  say(text: string, action?: Message['action']): void {
    this.#current = { text, tone: 'status', ...(action && { action }) };
  }

  alert(text: string): void {
    this.#current = { text, tone: 'alert' };
  }

  clear(): void {
    this.#current = undefined;
  }
}
