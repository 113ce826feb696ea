import * as v from 'valibot';
import { unnamedAnnotator } from '../core/annotator.ts';
import type { Database } from '../storage/database.ts';
import { loadPreference, savePreference } from '../storage/preferences.ts';

const schema = v.object({
  /** Absent until a name has been given. */
  annotator: v.optional(v.pipe(v.string(), v.minLength(1), v.maxLength(200))),
  /** Whether the question for the name has been answered or closed. */
  asked: v.optional(v.boolean(), false),
  theme: v.optional(v.picklist(['system', 'light', 'dark']), 'system'),
  /** Whether a selection by mouse takes whole words. */
  wholeWords: v.optional(v.boolean(), true),
  lastDocumentId: v.optional(v.string()),
  /** What the browser answered when asked to keep the storage. */
  persistence: v.optional(v.picklist(['kept', 'not promised', 'unknown']), 'unknown'),
});

export type PreferenceValues = v.InferOutput<typeof schema>;

const key = 'preferences';

/** The user's choices, kept in the workspace. A stored value that does not fit is as if it had not been stored. */
export class Preferences {
  readonly #database: Database;
  readonly #onfailure: (error: unknown) => void;
  #values = $state.raw<PreferenceValues>(v.parse(schema, {}));

  private constructor(database: Database, values: PreferenceValues, onfailure: (error: unknown) => void) {
    this.#database = database;
    this.#values = values;
    this.#onfailure = onfailure;
  }

  static async load(database: Database, onfailure: (error: unknown) => void): Promise<Preferences> {
    const stored = v.safeParse(schema, (await loadPreference(database, key)) ?? {});
    return new Preferences(database, stored.success ? stored.output : v.parse(schema, {}), onfailure);
  }

  get values(): PreferenceValues {
    return this.#values;
  }

  get annotator(): string {
    return this.#values.annotator ?? unnamedAnnotator;
  }

  set(values: Partial<PreferenceValues>): void {
    this.#values = { ...this.#values, ...values };
    savePreference(this.#database, key, this.#values).catch(this.#onfailure);
  }
}
