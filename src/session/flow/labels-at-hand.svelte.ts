import type { Label } from '../../core/scheme.ts';

const recentCount = 6;

/** The label that every selection is marked with at once, while one keeps labelling, and those used last. */
export class LabelsAtHand {
  readonly #label: (id: string) => Label;
  #keeps = $state.raw(false);
  #inHandId = $state.raw<string>();
  #recentIds = $state.raw<readonly string[]>([]);

  constructor(label: (id: string) => Label) {
    this.#label = label;
  }

  /** Whether one keeps labelling: a label that is taken in hand marks until it is put down. */
  get keeps(): boolean {
    return this.#keeps;
  }

  get inHand(): Label | undefined {
    const label = this.#inHandId === undefined ? undefined : this.#label(this.#inHandId);
    return label?.deleted ? undefined : label;
  }

  /** The labels that were used last, newest first. */
  get recent(): readonly Label[] {
    return this.#recentIds.map((id) => this.#label(id)).filter(({ deleted }) => !deleted);
  }

  toggle(): void {
    this.#keeps = !this.#keeps;
    this.#inHandId = undefined;
  }

  take(label: Label): void {
    this.#inHandId = label.id;
  }

  putDown(): void {
    this.#inHandId = undefined;
  }

  /** Notes that somebody has marked with the label; the first one used stays in hand. */
  used({ id }: Label): void {
    this.#recentIds = [id, ...this.#recentIds.filter((other) => other !== id)].slice(0, recentCount);
    if (this.#keeps) this.#inHandId ??= id;
  }
}
