import { shown } from '../core/hidden/shown.ts';

/** What the user is told about something that has happened. */
export interface Message {
  readonly text: string;
  readonly action?: {
    readonly name: string;
    readonly run: () => void;
    /** Whether it holds on every screen, as what was imported is shown at once. */
    readonly lasts?: boolean;
  };
}

/** More than so many alerts are not read any more, and the first of a row mostly has the reason. */
const mostAlerts = 3;

/** The message on screen, where a new one takes the place of the old, and the alerts, which stay until they are closed. */
export class Messages {
  #current = $state.raw<Message>();
  #alerts = $state.raw<readonly string[]>([]);

  get current(): Message | undefined {
    return this.#current;
  }

  /** What went wrong: spoken at once, and it must not slip by. */
  get alarm(): string | undefined {
    return this.#alerts.length > 0 ? this.#alerts.join(' ') : undefined;
  }

  say(text: string, action?: Message['action']): void {
    this.#current = { text: shown(text), ...(action && { action }) };
  }

  /** What could be done about it is no longer in place, as on another screen; the words stay. */
  retireAction(): void {
    if (this.#current?.action && !this.#current.action.lasts) this.say(this.#current.text);
  }

  alert(text: string): void {
    const words = shown(text);
    if (!this.#alerts.includes(words)) this.#alerts = [...this.#alerts, words].slice(0, mostAlerts);
  }

  closeAlert(): void {
    this.#alerts = [];
  }
}
