import { MediaQuery } from 'svelte/reactivity';
import type { PreferenceValues, Preferences } from '../../session/preferences.svelte.ts';

export type PanelName = keyof PreferenceValues['panels'];

/** The widths a panel may have, in pixels, both inclusive. */
export interface PanelLimits {
  readonly min: number;
  readonly max: number;
}

const limits: Readonly<Record<PanelName, PanelLimits>> = {
  documents: { min: 160, max: 400 },
  spans: { min: 200, max: 560 },
};

/** Neither panel may take more than this share of the window from the text. */
const largestShare = 0.36;

/** What a panel may be wide in a window of that width. */
export function panelLimits(panel: PanelName, windowWidth: number): PanelLimits {
  const { min, max } = limits[panel];
  return { min, max: Math.max(min, Math.min(max, Math.floor(windowWidth * largestShare))) };
}

/** The nearest width that is allowed. */
export function fitting(width: number, { min, max }: PanelLimits): number {
  return Math.round(Math.min(max, Math.max(min, width)));
}

const stepWidth = 16;

/** The width that a key of the separator asks for; `undefined` when the key is none of its. `side` is where the text lies. */
export function widthByKey(
  key: string,
  width: number,
  textSide: 'left' | 'right',
  { min, max }: PanelLimits,
): number | undefined {
  const outwards = textSide === 'right' ? 1 : -1;
  if (key === 'ArrowRight') return fitting(width + outwards * stepWidth, { min, max });
  if (key === 'ArrowLeft') return fitting(width - outwards * stepWidth, { min, max });
  if (key === 'Home') return min;
  if (key === 'End') return max;
  return undefined;
}

/** The panels beside the text: columns that have a width, or, where the window is narrow, sheets from below. */
export class Panels {
  readonly #preferences: Preferences;
  readonly #narrow = new MediaQuery('max-width: 900px');
  /** The panel that is drawn up as a sheet. */
  #sheet = $state.raw<PanelName>();

  constructor(preferences: Preferences) {
    this.#preferences = preferences;
  }

  get isNarrow(): boolean {
    return this.#narrow.current;
  }

  /** The panel that lies over the text as a sheet. */
  get sheet(): PanelName | undefined {
    return this.isNarrow ? this.#sheet : undefined;
  }

  isShown(panel: PanelName): boolean {
    return this.isNarrow ? this.#sheet === panel : !this.#values[panel].collapsed;
  }

  /** In pixels, as it was chosen; the window may allow less. */
  width(panel: PanelName): number {
    return this.#values[panel].width;
  }

  resize(panel: PanelName, width: number): void {
    this.#keep(panel, { width });
  }

  toggle(panel: PanelName): void {
    if (this.isNarrow) this.#sheet = this.#sheet === panel ? undefined : panel;
    else this.#keep(panel, { collapsed: !this.#values[panel].collapsed });
  }

  closeSheet(): void {
    this.#sheet = undefined;
  }

  get #values(): PreferenceValues['panels'] {
    return this.#preferences.values.panels;
  }

  #keep(panel: PanelName, values: Partial<PreferenceValues['panels'][PanelName]>): void {
    const panels = this.#values;
    this.#preferences.set({ panels: { ...panels, [panel]: { ...panels[panel], ...values } } });
  }
}
