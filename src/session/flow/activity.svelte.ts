import { activityOn, addActivity } from '../../storage/activity.ts';
import type { ActivityRow, Database } from '../../storage/database.ts';

/** Somebody who has touched nothing for so long is taken to be elsewhere. */
const attentionMs = 60_000;
/** No more than this much is lost when the browser is killed. */
const keepEveryMs = 15_000;

/**
 * How long people have really worked on documents: while the document was in sight and somebody touched the mouse or
 * the keyboard now and then. A measurement, added up in the workspace, and no part of the log.
 */
export class Activity {
  readonly #database: Database;
  readonly #annotator: () => string;
  readonly #onfailure: (error: unknown) => void;
  #rows = $state.raw<readonly ActivityRow[]>([]);
  #documentId: string | undefined;
  /** Up to when time is counted, and when something was last touched, in ms. */
  #countedTo = 0;
  #touchedAt = -Infinity;
  #uncountedMs = 0;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(database: Database, annotator: () => string, onfailure: (error: unknown) => void) {
    this.#database = database;
    this.#annotator = annotator;
    this.#onfailure = onfailure;
  }

  /** Seconds by annotator on the document in sight, as they are kept. */
  get byAnnotator(): readonly ActivityRow[] {
    return this.#rows;
  }

  /** Seconds that this annotator has spent on the document in sight. */
  get ownSeconds(): number {
    return this.#rows.find(({ annotator }) => annotator === this.#annotator())?.seconds ?? 0;
  }

  /** From now on this document is in sight, or none. Opening it counts as touching something. */
  look(documentId: string | undefined): void {
    if (documentId === this.#documentId) return;
    void this.keep();
    clearInterval(this.#timer);
    this.#documentId = documentId;
    this.#rows = [];
    if (documentId === undefined) return;
    this.#countedTo = this.#touchedAt = Date.now();
    this.#timer = setInterval(() => void this.keep(), keepEveryMs);
    void this.#read(documentId);
  }

  /** Something was touched. Costs nothing worth naming: it may be called for every move of the mouse. */
  stir(): void {
    if (this.#documentId === undefined) return;
    this.#count();
    this.#touchedAt = Date.now();
  }

  /** Adds what has been counted to what is kept. What could not be written is tried again. */
  async keep(): Promise<void> {
    this.#count();
    const documentId = this.#documentId;
    const seconds = Math.round(this.#uncountedMs / 1000);
    if (documentId === undefined || seconds < 1) return;
    this.#uncountedMs -= seconds * 1000;
    try {
      await addActivity(this.#database, documentId, this.#annotator(), seconds);
      await this.#read(documentId);
    } catch (error) {
      if (documentId === this.#documentId) this.#uncountedMs += seconds * 1000;
      this.#onfailure(error);
    }
  }

  close(): void {
    this.look(undefined);
  }

  #count(): void {
    const now = Date.now();
    const until = Math.min(now, this.#touchedAt + attentionMs);
    if (this.#documentId !== undefined) this.#uncountedMs += Math.max(0, until - this.#countedTo);
    this.#countedTo = now;
  }

  async #read(documentId: string): Promise<void> {
    try {
      const rows = await activityOn(this.#database, documentId);
      if (documentId === this.#documentId) this.#rows = rows;
    } catch (error) {
      this.#onfailure(error);
    }
  }
}

/** As people say it: "less than a minute", "12 min", "3 h 5 min". */
export function durationWords(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  if (minutes < 1) return 'less than a minute';
  const hours = Math.floor(minutes / 60);
  return hours === 0 ? `${minutes} min` : `${hours} h ${minutes % 60} min`;
}
