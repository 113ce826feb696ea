/** What a field for names does with what is typed. */
export interface NameKeeper {
  /** What completes the text. */
  completions(typed: string): readonly string[];
  add(name: string): void;
  removeLast(): void;
  /** Takes the names of the span before. */
  copy(): void;
  /** Goes back to the text. */
  leave(): void;
  /** Whether one goes on typing when a name was added. */
  readonly takesSeveral: boolean;
}

/** A name on its way into a field: what is typed, and what of the completions is chosen. Typed words are taken as they are. */
export class NameEntry {
  readonly #keeper: NameKeeper;
  #typed = $state('');
  #isOpen = $state(false);
  #active = $state(-1);

  readonly options = $derived.by(() => (this.#isOpen ? this.#keeper.completions(this.#typed) : []));
  /** The index of the completion that the arrows have chosen; -1 for none. */
  readonly active = $derived(this.#active < this.options.length ? this.#active : -1);

  constructor(keeper: NameKeeper) {
    this.#keeper = keeper;
  }

  get typed(): string {
    return this.#typed;
  }

  type(text: string): void {
    [this.#typed, this.#active, this.#isOpen] = [text, -1, true];
  }

  open(): void {
    this.#isOpen = true;
  }

  close(): void {
    [this.#isOpen, this.#active] = [false, -1];
  }

  take(name: string): void {
    this.type('');
    this.close();
    this.#keeper.add(name);
  }

  /** What is typed or chosen counts when the field is left. */
  finish(): void {
    this.take(this.options[this.active] ?? this.#typed);
  }

  /** Does what a key stands for; `true` when it was taken. */
  press({ key, isComposing, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean {
    if (isComposing || ctrlKey || metaKey || altKey) return false;
    switch (key) {
      case 'ArrowDown':
        return this.#step(1);
      case 'ArrowUp':
        return this.#step(-1);
      case 'Enter':
        return this.#enter();
      case 'Escape':
        this.type('');
        this.close();
        this.#keeper.leave();
        return true;
      case 'Backspace':
        if (this.#typed !== '') return false;
        this.#keeper.removeLast();
        return true;
      case '=':
        if (this.#typed !== '') return false;
        this.#keeper.copy();
        this.#keeper.leave();
        return true;
      default:
        return false;
    }
  }

  #enter(): true {
    const isDone = this.active < 0 && this.#typed.trim() === '';
    this.finish();
    if (isDone || !this.#keeper.takesSeveral) this.#keeper.leave();
    return true;
  }

  /** Below the last completion and above the first lies what is typed. */
  #step(direction: 1 | -1): true {
    this.open();
    const count = this.options.length + 1;
    this.#active = ((this.active + 1 + direction + count) % count) - 1;
    return true;
  }
}
