import type { KeptChange, KeptLayer } from '../../core/backup/records.ts';
import type { Entry, Update } from '../../core/change.ts';
import { isSound } from '../../formats/backup/document-line.ts';
import type { Database } from '../../storage/database.ts';
import { textsOf } from '../../storage/texts.ts';

/** A layer without spans that do not stand where their words are, or whose id another one has, and how many those are. */
export function soundLayer(
  layer: KeptLayer,
  text: string,
  taken: Set<string>,
): { readonly layer: KeptLayer; readonly left: number } {
  const fits = <T extends { readonly id: string }>(mark: T, kind: string, isRight: boolean) => {
    const key = `${kind} ${mark.id}`;
    const isFree = isRight && !taken.has(key);
    if (isFree) taken.add(key);
    return isFree;
  };
  const spans = layer.spans.filter((span) =>
    fits(span, 'span', span.annotator === layer.annotator && isSound(span, text)),
  );
  const relations = layer.relations.filter((relation) =>
    fits(relation, 'relation', relation.annotator === layer.annotator),
  );
  const left = layer.spans.length + layer.relations.length - spans.length - relations.length;
  return { layer: left === 0 ? layer : { ...layer, spans, relations }, left };
}

/** So many characters of texts are kept at hand. */
const mostAtHand = 8_000_000;

/** The texts of documents, read as they are needed, some of them kept. */
class TextsAtHand {
  readonly #database: Database;
  readonly #missing = new Set<string>();
  #texts = new Map<string, string>();
  #length = 0;

  constructor(database: Database) {
    this.#database = database;
  }

  async fetch(ids: readonly string[]): Promise<void> {
    const wanted = ids.filter((id) => !this.#texts.has(id) && !this.#missing.has(id));
    if (wanted.length === 0) return;
    if (this.#length > mostAtHand) [this.#texts, this.#length] = [new Map(), 0];
    const found = await textsOf(this.#database, wanted);
    for (const id of wanted) {
      const text = found.get(id);
      if (text === undefined) this.#missing.add(id);
      else this.#texts.set(id, text);
      this.#length += text?.length ?? 0;
    }
  }

  get(id: string): string | undefined {
    return this.#texts.get(id);
  }
}

/** Looks whether what changes say of spans fits the texts. A span of a document without a text is let through: it is not to be seen. */
export class SoundChanges {
  readonly #texts: TextsAtHand;
  #left = 0;

  constructor(database: Database) {
    this.#texts = new TextsAtHand(database);
  }

  /** How many spans were left out so far. */
  get left(): number {
    return this.#left;
  }

  /** The change without spans that do not stand where their words are. */
  async sound(change: KeptChange): Promise<KeptChange> {
    const ids = [...new Set(change.documentIds)];
    // One change may mark very many documents: their texts are not wanted in memory together.
    let left: KeptChange = change;
    for (let at = 0; at < ids.length; at += documentsTogether) {
      const some = new Set(ids.slice(at, at + documentsTogether));
      await this.#texts.fetch([...some]);
      left = this.#without(left, some);
    }
    return left;
  }

  #without(change: KeptChange, ids: ReadonlySet<string>): KeptChange {
    const fits = (entry: Entry) => {
      if (entry.type !== 'span' || !ids.has(entry.documentId)) return true;
      const text = this.#texts.get(entry.documentId);
      return text === undefined || isSound(entry.value, text);
    };
    const fitsUpdate = ({ before, after }: Update) => fits(before) && fits(after);
    const { added, updated, removed } = change;
    if (added.every(fits) && updated.every(fitsUpdate) && removed.every(fits)) return change;
    const sound = {
      ...change,
      added: added.filter(fits),
      updated: updated.filter(fitsUpdate),
      removed: removed.filter(fits),
    };
    const count = (one: KeptChange) => one.added.length + one.updated.length + one.removed.length;
    this.#left += count(change) - count(sound);
    return sound;
  }
}

const documentsTogether = 50;
