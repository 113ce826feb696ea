import { FoldedText, type FindOptions } from '../../core/finding/find.ts';
import { Hits } from '../../core/finding/hits.ts';
import type { Range } from '../../core/offset.ts';
import type { Label } from '../../core/scheme.ts';
import type { Ends } from '../spans/ends.ts';
import type { Marking } from '../spans/marking.ts';
import type { Workplace } from '../workplace.ts';

/** Longer selections are what one works on, not what one looks for. */
const longestWords = 200;

/** Finding words in the open document, and marking the hits as one goes. */
export class FindInDocument {
  readonly #place: Workplace;
  readonly #marking: Marking;
  readonly #ends: Ends;
  #isOpen = $state.raw(false);
  #words = $state.raw('');
  #options = $state.raw<FindOptions>({ matchCase: false, matchAccents: false, wholeWords: false });
  /** The hit that was gone to last. */
  #at = $state.raw<Range>();
  /** Where the caret was before, so that typing on looks from the same place. */
  #origin = 0;

  readonly #matchCase = $derived(this.#options.matchCase);
  readonly #matchAccents = $derived(this.#options.matchAccents);
  readonly #folded = $derived.by(() => {
    const text = this.#place.open?.text;
    const options = { matchCase: this.#matchCase, matchAccents: this.#matchAccents };
    return text === undefined ? undefined : new FoldedText(text, options);
  });
  readonly hits = $derived.by(() =>
    this.#words.trim() === ''
      ? new Hits()
      : (this.#folded?.find(this.#words, this.#options.wholeWords) ?? new Hits()),
  );
  /** Index of the hit that one is at; -1 before one has gone to any. */
  readonly index = $derived(this.#at ? this.hits.indexOf(this.#at) : -1);
  readonly current = $derived(this.index < 0 ? undefined : this.hits.at(this.index));

  constructor(place: Workplace, marking: Marking, ends: Ends) {
    this.#place = place;
    this.#marking = marking;
    this.#ends = ends;
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  get words(): string {
    return this.#words;
  }

  get options(): FindOptions {
    return this.#options;
  }

  /** Opens the bar; what is selected is what is looked for. */
  start(): void {
    const { open } = this.#place;
    if (!open) return;
    this.#ends.letGo();
    const { selection } = open;
    this.#origin = selection?.start ?? open.caret;
    this.#isOpen = true;
    if (selection && selection.end - selection.start <= longestWords)
      this.look(open.text.slice(selection.start, selection.end));
    else this.look(this.#words);
  }

  /** Looks for these words, from where the caret was. */
  look(words: string): void {
    this.#words = words;
    this.#goTo(this.#wrapped(this.hits.from(this.#origin)));
  }

  toggle(option: keyof FindOptions): void {
    this.#origin = this.current?.start ?? this.#origin;
    this.#options = { ...this.#options, [option]: !this.#options[option] };
    this.look(this.#words);
  }

  /** Goes to the next hit or the one before; from the last one to the first. */
  go(direction: 1 | -1): void {
    const { open } = this.#place;
    if (!open || this.hits.count === 0) return;
    this.#ends.letGo();
    const after = this.hits.from(open.selection ? open.selection.start + 1 : open.caret);
    const next = this.index >= 0 ? this.index + direction : direction > 0 ? after : after - 1;
    this.#goTo(this.#wrapped(next));
    this.#origin = this.current?.start ?? this.#origin;
  }

  /** Marks the hit that is selected and goes on to the next one; marks as ever when something else is. */
  mark(label: Label): void {
    const selection = this.#place.open?.selection;
    const isAtHit =
      this.#isOpen &&
      this.current !== undefined &&
      selection?.start === this.current.start &&
      selection.end === this.current.end;
    this.#marking.apply(label);
    if (isAtHit && this.hits.count > 1) this.go(1);
  }

  /** Closes the bar and leaves the selection at the hit in the text, where a label's key marks it. */
  close(): void {
    const { open } = this.#place;
    this.#isOpen = false;
    if (!open) return;
    const { start, end } = this.current ?? open.selection ?? { start: open.caret, end: open.caret };
    open.place({ anchor: start, head: end, focus: true }, 'still');
  }

  #wrapped(index: number): number {
    const { count } = this.hits;
    return count === 0 ? -1 : (index + count) % count;
  }

  #goTo(index: number): void {
    const { open } = this.#place;
    this.#at = index < 0 ? undefined : this.hits.at(index);
    if (!open || !this.#at) return;
    open.focus(undefined);
    open.place({ anchor: this.#at.start, head: this.#at.end });
  }
}
