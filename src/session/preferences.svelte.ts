import * as v from 'valibot';
import { unnamedAnnotator } from '../core/annotator.ts';
import { statuses } from '../core/document.ts';
import { sortOrders } from '../core/queue.ts';
import { labelKeys } from '../core/scheme.ts';
import type { Database } from '../storage/database.ts';
import { followPreference, loadPreference, mergePreference } from '../storage/preferences.ts';

/** Chosen keys by command. What is no list, or no text in a list, is left out by itself and costs no other choice. */
const chosenKeys = v.pipe(
  v.unknown(),
  v.transform((stored): Readonly<Record<string, readonly string[]>> => {
    const entries = typeof stored === 'object' && stored ? Object.entries(stored) : [];
    return Object.fromEntries(
      entries.flatMap(([id, keys]) =>
        Array.isArray(keys) ? [[id, keys.filter((chord: unknown) => typeof chord === 'string')]] : [],
      ),
    );
  }),
);

const panel = v.object({
  /** In pixels, where the panel stands beside the text. */
  width: v.pipe(v.number(), v.integer(), v.minValue(120), v.maxValue(800)),
  collapsed: v.boolean(),
});

/** The panels beside the text as a newcomer sees them. */
export const defaultPanels = {
  documents: { width: 240, collapsed: false },
  spans: { width: 320, collapsed: false },
} satisfies Record<string, v.InferOutput<typeof panel>>;

const labelFilter = v.optional(v.object({ id: v.string(), has: v.boolean() }));
const length = v.optional(v.pipe(v.number(), v.minValue(0)));
const day = v.optional(v.pipe(v.string(), v.isoDate()));
const queue = v.object({
  status: v.optional(v.picklist(['all', ...statuses]), 'all'),
  sort: v.optional(v.picklist(sortOrders), 'order'),
  seed: v.optional(v.pipe(v.string(), v.maxLength(100)), '1'),
  label: labelFilter,
  documentLabel: labelFilter,
  withoutSpans: v.optional(v.boolean()),
  minLength: length,
  maxLength: length,
  from: day,
  to: day,
});

const schema = v.object({
  /** Absent until a name has been given. */
  annotator: v.optional(v.pipe(v.string(), v.minLength(1), v.maxLength(200))),
  /** Whether the question for the name has been answered or closed. */
  asked: v.optional(v.boolean(), false),
  theme: v.optional(v.picklist(['system', 'light', 'dark']), 'system'),
  /** Whether a selection by mouse takes whole words. */
  wholeWords: v.optional(v.boolean(), true),
  /** The keys of commands for which the user chose others. */
  keys: v.optional(chosenKeys, {}),
  /** Whether characters without Ctrl, ⌘ or Alt are keys of labels and commands. */
  singleKeys: v.optional(v.boolean(), true),
  /** What was chosen from the palette, latest first. */
  recent: v.optional(v.fallback(v.array(v.string()), []), []),
  lastProjectId: v.optional(v.string()),
  /** By project, the document that was on screen last. */
  lastDocuments: v.optional(v.record(v.string(), v.string()), {}),
  /** By project, what one works through. One that does not fit takes none of the other choices with it. */
  queues: v.fallback(v.optional(v.record(v.string(), queue), {}), {}),
  /** Whether the labels are offered beside a selection by mouse. */
  quickLabels: v.optional(v.boolean(), true),
  /** Whether characters without a look of their own are shown by their names. */
  hiddenCharacters: v.optional(v.boolean(), false),
  /** What the browser answered when asked to keep the storage. */
  persistence: v.optional(v.picklist(['kept', 'not promised', 'unknown']), 'unknown'),
  /** A width that does not fit costs nobody their name. */
  panels: v.optional(v.fallback(v.object({ documents: panel, spans: panel }), defaultPanels), defaultPanels),
});

export type PreferenceValues = v.InferOutput<typeof schema>;

const key = 'preferences';

/** The choices as they are stored now. */
export async function loadPreferences(database: Database): Promise<PreferenceValues> {
  const stored = v.safeParse(schema, (await loadPreference(database, key)) ?? {});
  return stored.success ? stored.output : v.parse(schema, {});
}

/** The user's choices, kept in the workspace. A stored value that does not fit is as if it had not been stored. */
export class Preferences {
  readonly #database: Database;
  readonly #onfailure: (error: unknown) => void;
  #values = $state.raw<PreferenceValues>(v.parse(schema, {}));
  #writing = $state(0);
  /** What could not be kept: it is tried again with the next choice. */
  #unkept: Partial<PreferenceValues> = {};

  private constructor(database: Database, values: PreferenceValues, onfailure: (error: unknown) => void) {
    this.#database = database;
    this.#values = values;
    this.#onfailure = onfailure;
  }

  /** Takes over what other tabs choose. Gives back the function that ends it. */
  follow(): () => void {
    const take = (value: unknown) => {
      const stored = v.safeParse(schema, value ?? {});
      // While our own choice is on its way, what is stored is older than what is here.
      if (stored.success && this.#writing === 0) this.#values = stored.output;
    };
    return followPreference(this.#database, key, take, this.#onfailure);
  }

  static async load(database: Database, onfailure: (error: unknown) => void): Promise<Preferences> {
    return new Preferences(database, await loadPreferences(database), onfailure);
  }

  get values(): PreferenceValues {
    return this.#values;
  }

  /** Whether a choice is on its way to the storage. */
  get isWriting(): boolean {
    return this.#writing > 0;
  }

  get annotator(): string {
    return this.#values.annotator ?? unnamedAnnotator;
  }

  /** The keys that labels and attributes may have: all but those that the user gave to commands. */
  get labelKeys(): readonly string[] {
    const given = new Set(
      Object.values(this.#values.keys).flatMap((keys) => keys.map((chord) => chord.toLowerCase())),
    );
    return labelKeys.filter((labelKey) => !given.has(labelKey));
  }

  /** What somebody says of choices, if it could be all of them. */
  fitting(said: unknown): PreferenceValues | undefined {
    const fit = v.safeParse(schema, said);
    return fit.success ? fit.output : undefined;
  }

  set(values: Partial<PreferenceValues>): void {
    this.#values = { ...this.#values, ...values };
    this.#writing++;
    const wanted = { ...this.#unkept, ...values };
    this.#unkept = {};
    mergePreference(this.#database, key, wanted)
      .catch((error: unknown) => {
        this.#unkept = { ...wanted, ...this.#unkept };
        this.#onfailure(error);
      })
      .finally(() => this.#writing--);
  }
}
