import * as v from 'valibot';
import type { Database } from '../../storage/database.ts';
import { loadPreference, savePreference } from '../../storage/preferences.ts';

const offset = v.pipe(v.number(), v.integer(), v.minValue(0));
const schema = v.object({
  /** Offset of the caret. */
  caret: offset,
  /** Offset of the first line in sight. */
  top: offset,
  /** How far that line stands below the upper edge of the window, in CSS pixels; above it when below 0. */
  distance: v.pipe(v.number(), v.finite()),
});

/** How long a place waits for the next one before it is kept. */
const keepAfterMs = 400;

/** Where somebody was in a document. */
export type Place = Readonly<v.InferOutput<typeof schema>>;

/** Where one was in each document, so that one goes on there after weeks. No part of the log, and never waited for. */
export class Places {
  readonly #database: Database;
  readonly #onfailure: (error: unknown) => void;
  readonly #known = new Map<string, Place>();
  readonly #unkept = new Set<string>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(database: Database, onfailure: (error: unknown) => void) {
    this.#database = database;
    this.#onfailure = onfailure;
  }

  /** The place in the document as it was kept last, by this tab or before. */
  of(documentId: string): Place | undefined {
    return this.#known.get(documentId);
  }

  /** Reads the place in a document of that length; what does not fit is as if it had not been kept. */
  async recall(documentId: string, length: number): Promise<Place | undefined> {
    if (this.#known.has(documentId)) return this.of(documentId);
    const stored = v.safeParse(schema, await loadPreference(this.#database, keyOf(documentId)));
    if (!stored.success || Math.max(stored.output.caret, stored.output.top) > length) return undefined;
    this.#known.set(documentId, stored.output);
    return stored.output;
  }

  /** Notes where one is. It is kept half a second later, or when `keep` is called. */
  note(documentId: string, place: Place): void {
    const { caret, top, distance } = this.of(documentId) ?? {};
    if (caret === place.caret && top === place.top && distance === place.distance) return;
    this.#known.set(documentId, place);
    this.#unkept.add(documentId);
    this.#timer ??= setTimeout(() => void this.keep(), keepAfterMs);
  }

  /** Keeps what has been noted. */
  async keep(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const unkept = [...this.#unkept];
    this.#unkept.clear();
    const keep = (id: string) =>
      savePreference(this.#database, keyOf(id), this.of(id)).catch((error: unknown) => {
        // It is kept with the next one.
        this.#unkept.add(id);
        this.#onfailure(error);
      });
    await Promise.all(unkept.map(keep));
  }
}

function keyOf(documentId: string): string {
  return `place/${documentId}`;
}
