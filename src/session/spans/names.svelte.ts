import type { Change } from '../../core/change.ts';
import { completions, mergeNames, NameTally, type NamesInUse } from '../../core/names.ts';
import type { Attribute } from '../../core/scheme.ts';

/** The names that the project uses for its attributes: read when first asked for, and kept up with what is done since. */
export class Names {
  readonly #read: () => Promise<NamesInUse>;
  readonly #onfailure: (error: unknown) => void;
  readonly #tally = new NameTally();
  #reading: Promise<void> | undefined;
  #stored = $state.raw<NamesInUse>({});
  #seen = $state.raw<NamesInUse>({});
  readonly #known = $derived(mergeNames(this.#stored, this.#seen));

  constructor(read: () => Promise<NamesInUse>, onfailure: (error: unknown) => void) {
    this.#read = read;
    this.#onfailure = onfailure;
  }

  /** Reads what the project uses, once. */
  load(): Promise<void> {
    return (this.#reading ??= this.#read().then(
      (names) => {
        this.#stored = names;
      },
      (error: unknown) => {
        this.#reading = undefined;
        this.#onfailure(error);
      },
    ));
  }

  /** What completes a text typed for the attribute, most used first. */
  completions({ value }: Attribute, typed: string, taken: readonly string[]): readonly string[] {
    return completions(Object.hasOwn(this.#known, value) ? this.#known[value]! : {}, typed, taken);
  }

  receive(change: Change): void {
    const said = [...change.added, ...change.updated.map(({ after }) => after)];
    if (!said.some((entry) => entry.type === 'span')) return;
    this.#tally.countEdit(change);
    this.#seen = this.#tally.inUse;
  }
}
