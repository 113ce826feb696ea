import { v7 as newId } from 'uuid';
import { documentsOf, invert, type Change, type ChangeKind, type Edit } from '../../core/change.ts';
import type { ChangeLog } from './change-log.svelte.ts';
import type { Preferences } from '../preferences.svelte.ts';

/** Writes what the user does into the log, signed and dated. */
export class Recorder {
  readonly #log: ChangeLog;
  readonly #preferences: Preferences;
  readonly #projectId: string;
  readonly #onrefused: () => void;
  #askedOf: number | undefined;

  /** `onrefused` says that nothing can be done any more, since a newer version has taken over. */
  constructor(log: ChangeLog, preferences: Preferences, projectId: string, onrefused: () => void) {
    this.#onrefused = onrefused;
    this.#log = log;
    this.#preferences = preferences;
    this.#projectId = projectId;
  }

  get annotator(): string {
    return this.#preferences.annotator;
  }

  /** For something that is to be named before it is recorded. */
  newId(): string {
    return newId();
  }

  /**
   * Shows the edit at once, unless this tab can only be read any more. Resolves to whether it is saved; if it is not, the log
   * keeps it and says so.
   */
  record(
    kind: ChangeKind,
    title: string,
    { added, updated, removed }: Edit,
    extra: {
      readonly id?: string;
      readonly undoes?: number;
      readonly importId?: string;
      /** When it is not the one that is open. */
      readonly projectId?: string;
    } = {},
  ): Promise<boolean> {
    // A newer version has the storage: what would be shown here could never be saved.
    if (this.#log.isReadOnly) {
      this.#onrefused();
      return Promise.resolve(false);
    }
    this.#log.append({
      id: newId(),
      projectId: this.#projectId,
      documentIds: documentsOf({ added, updated, removed }),
      kind,
      annotator: this.annotator,
      at: new Date().toISOString(),
      title,
      added,
      updated,
      removed,
      ...extra,
    });
    return this.#log.settled();
  }

  /** Records what the user does, and gives back how to take exactly that back, from wherever it is asked for. */
  recordWithUndo(title: string, edit: Edit, kind: ChangeKind = 'do'): () => Promise<boolean> {
    const id = newId();
    const saved = this.record(kind, title, edit, { id });
    return async () => {
      await saved;
      const undoes = this.#log.seqOf(id);
      return undoes !== undefined && this.record('undo', title, invert(edit), { undoes });
    };
  }

  /**
   * Whether taking a change back, or doing it again, has to be asked for twice: it is another tab's, and nobody's work goes
   * by a slip of the hand.
   */
  mustAsk(change: Change): boolean {
    const isAsked = this.#askedOf === change.seq;
    this.#askedOf = this.#log.isFromElsewhere(change) ? change.seq : undefined;
    return this.#askedOf !== undefined && !isAsked;
  }

  /** Resolves when everything before is saved, to `false` when it could not be. */
  settled(): Promise<boolean> {
    return this.#log.settled();
  }
}
