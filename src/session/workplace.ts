import type { Project } from '../core/project.ts';
import type { Label } from '../core/scheme.ts';
import type { LabelsAtHand } from './flow/labels-at-hand.svelte.ts';
import type { Messages } from './messages.svelte.ts';
import type { OpenDocument } from './documents/open-document.svelte.ts';
import type { Preferences } from './preferences.svelte.ts';
import type { Shelf } from './documents/shelf.svelte.ts';

/** What the verbs of a session work on. */
export interface Workplace {
  readonly project: Project;
  readonly open: OpenDocument | undefined;
  readonly shelf: Shelf;
  readonly preferences: Preferences;
  readonly messages: Messages;
  readonly hand: LabelsAtHand;
  label(id: string): Label;
  /** Takes the documents of a written import onto the shelf. */
  shelve(importId: string): Promise<void>;
  /** Lets go of what is held and waits until all is saved; `false` when something could not be. */
  settle(): Promise<boolean>;
}
