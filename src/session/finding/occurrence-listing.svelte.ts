import { occurrencesIn, type Occurrence, type Wanted } from '../../core/finding/occurrences.ts';
import type { InDocument } from '../../workers/occurrences.ts';
import { startJob, type RunningJob } from '../job.ts';
import type { Workplace } from '../workplace.ts';
import { reasonOf } from './reason.ts';

/** More are neither looked through by anybody nor wanted in one change. */
export const mostOccurrences = 10_000;
const typingPauseMs = 250;

/** What has been found so far. */
export interface Listing {
  readonly status: 'read' | 'reading' | 'failed';
  readonly documents: readonly InDocument<Occurrence>[];
  readonly isCut: boolean;
}

const nothing: Listing = { status: 'read', documents: [], isCut: false };

/** Looks for words in the open document at once, in the project after a pause in typing. What is asked last counts. */
export class OccurrenceListing {
  readonly #place: Workplace;
  #listing = $state.raw<Listing>(nothing);
  #pause: ReturnType<typeof setTimeout> | undefined;
  #job: RunningJob<unknown> | undefined;
  #turn = 0;

  constructor(place: Workplace) {
    this.#place = place;
  }

  get now(): Listing {
    return this.#listing;
  }

  look(wanted: Wanted, scope: 'document' | 'project'): void {
    this.stop();
    if (wanted.words.trim() === '') this.#listing = nothing;
    else if (scope === 'document') this.#listing = this.#lookHere(wanted);
    else {
      const turn = this.#turn;
      this.#listing = { ...this.#listing, status: 'reading' };
      this.#pause = setTimeout(() => void this.#lookEverywhere(wanted, turn), typingPauseMs);
    }
  }

  /** Ends the looking, as when the dialog is closed. */
  stop(): void {
    this.#turn++;
    clearTimeout(this.#pause);
    this.#job?.cancel();
  }

  #lookHere(wanted: Wanted): Listing {
    const { open } = this.#place;
    if (!open) return nothing;
    const found = occurrencesIn(open.text, open.index, wanted, mostOccurrences + 1);
    const items = found.slice(0, mostOccurrences);
    const documents = items.length > 0 ? [{ documentId: open.id, items }] : [];
    return { status: 'read', documents, isCut: found.length > items.length };
  }

  async #lookEverywhere(wanted: Wanted, turn: number): Promise<void> {
    const documentIds = this.#place.shelf.present.map(({ id }) => id);
    try {
      await this.#place.settle();
      if (turn !== this.#turn) return;
      const job = startJob({ kind: 'occurrences', documentIds, limit: mostOccurrences, ...wanted });
      this.#job = job;
      const { documents, isCut } = await job.result;
      if (turn === this.#turn) this.#listing = { status: 'read', documents, isCut };
    } catch (error) {
      if (turn !== this.#turn) return;
      this.#listing = { ...nothing, status: 'failed' };
      this.#place.messages.alert(`The documents could not be searched: ${reasonOf(error)}. Try again.`);
    }
  }
}
