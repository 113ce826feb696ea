import type { AppState } from '../app-state.svelte.ts';

/** Where a key works: everywhere outside form fields, or only while the text or the list of spans has the focus. */
export type Scope = 'everywhere' | 'text';

export const groups = [
  'Marking',
  'Describing',
  'Relations',
  'Ends of a span',
  'Moving',
  'Finding',
  'Documents',
  'Everywhere',
] as const;

/** A verb of the user, as the palette, the help and the settings know it. */
export interface Command {
  /** Stable: keys that the user chose are kept under it. */
  readonly id: string;
  readonly name: string;
  readonly group: (typeof groups)[number];
  readonly scope: Scope;
  /** The chords it has until the user chooses others: `Mod+Shift+Z`, `Alt+PageDown`, `[`, `N`. `Mod` is Ctrl or ⌘. */
  readonly keys: readonly string[];
  /** Whether its keys also work while a field has the focus. */
  readonly inFields?: boolean;
  /** Whether its keys come before those of labels, which they may only while it has something to do. */
  readonly first?: boolean;
  readonly run: (app: AppState) => void;
  /** Whether it does anything now; when not, the key is left to others and the palette leaves it out. */
  readonly when?: (app: AppState) => boolean;
}
