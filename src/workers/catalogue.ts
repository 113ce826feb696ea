import type { Document } from '../core/document.ts';
import { isOfSpans, isOneWord, parseQuery, type Term } from '../core/finding/query.ts';
import type { Sheet } from '../core/sheet.ts';
import type { Database } from '../storage/database.ts';
import { countingDocuments } from '../storage/documents.ts';
import { changesAfter, lastSeq } from '../storage/log.ts';
import { sheetsOf } from '../storage/sheets.ts';
import { textsOf } from '../storage/texts.ts';
import { DocumentIndex } from './document-index.ts';
import type { LabelNames } from './facts.ts';
import { placesOf, type FoundPlace } from './found-places.ts';

export interface Question {
  readonly projectId: string;
  readonly query: string;
  readonly labels: readonly LabelNames[];
  /** Ids of the labels whose spans are out of sight. */
  readonly deletedLabels: readonly string[];
  /** How many documents are wanted. */
  readonly limit: number;
}

export interface FoundDocument {
  readonly documentId: string;
  readonly places: readonly FoundPlace[];
  /** How many places more it has. */
  readonly more: number;
}

export interface Answer {
  readonly documents: readonly FoundDocument[];
  /** How many documents fit, where they could be counted without reading them all; else how many may fit. */
  readonly total: number;
  readonly isExact: boolean;
}

/** What was found in the documents that are searched by now, while others still wait to be. */
export interface Partly {
  readonly answer: Answer;
  readonly progress: { readonly done: number; readonly total: number };
}

type Meanwhile = (progress: Partly['progress']) => Promise<void>;

const batchSize = 100;
/** A search reads no more documents than this to see whether they really fit. */
const mostRead = 2000;
/** What is taken in at a time: so many documents, or so many UTF-16 units of them. */
const slice = { documents: 250, units: 2_000_000 };
/** How long an answer in parts waits for the next of them. */
const partPauseMs = 250;
const none: Answer = { documents: [], total: 0, isExact: true };

/** What stands in which document of a project. It is built when first asked, and follows the log. */
export class Catalogue {
  readonly #database: Database;
  readonly #projectId: string;
  readonly #index = new DocumentIndex();
  #seq = -1;
  #following: Promise<unknown> = Promise.resolve();
  /** Answers the newest question as far as one can by now. */
  #meanwhile: Meanwhile = () => Promise.resolve();

  constructor(database: Database, projectId: string) {
    this.#database = database;
    this.#projectId = projectId;
  }

  /**
   * Answers from what is saved by now; while that is still taken in, also in parts. A newer question takes the place of
   * one that is not answered yet, whose answer is then empty.
   */
  async search(question: Question, onpart: (part: Partly) => void = () => undefined): Promise<Answer> {
    const meanwhile = this.#answerInParts(question, onpart);
    this.#meanwhile = meanwhile;
    const followed = this.#following.then(() => this.#follow());
    this.#following = followed.catch(() => undefined);
    await followed;
    return this.#meanwhile === meanwhile ? this.#answer(question) : none;
  }

  /** Less and less often when that takes long, as it keeps the others waiting. */
  #answerInParts(question: Question, onpart: (part: Partly) => void): Meanwhile {
    let next = 0;
    return async (progress) => {
      const start = performance.now();
      if (start < next) return;
      onpart({ answer: await this.#answer(question), progress });
      const end = performance.now();
      next = end + Math.max(partPauseMs, 3 * (end - start));
    };
  }

  async #follow(): Promise<void> {
    if (this.#seq < 0) return this.#takeIn(await lastSeq(this.#database));
    const changes = await changesAfter(this.#database, this.#seq);
    const last = changes.at(-1);
    if (!last) return;
    for (const { importId, kind } of changes)
      if (importId !== undefined) this.#index.setAside(importId, kind === 'undo');
    if (changes.some(({ importId }) => importId !== undefined)) await this.#takeIn(last.seq);
    await this.#renew([...new Set(changes.flatMap(({ documentIds }) => documentIds))]);
    this.#seq = last.seq;
  }

  /** Takes in all documents that it does not have yet. */
  async #takeIn(seq: number): Promise<void> {
    const all = await countingDocuments(this.#database, this.#projectId);
    // In the order of the database, where neighbours are read together.
    const fresh = all.filter(({ id }) => !this.#index.has(id)).sort((a, b) => (a.id < b.id ? -1 : 1));
    let done = 0;
    for (const documents of slicesOf(fresh)) {
      const ids = documents.map(({ id }) => id);
      const [texts, sheets] = await Promise.all([
        textsOf(this.#database, ids),
        sheetsOf(this.#database, ids),
      ]);
      for (const document of documents)
        this.#index.add(document, texts.get(document.id) ?? '', sheets.get(document.id)!);
      done += documents.length;
      await this.#meanwhile({ done, total: fresh.length });
    }
    this.#seq = seq;
  }

  async #renew(touched: readonly string[]): Promise<void> {
    const known = touched.filter((id) => this.#index.has(id)).sort();
    for (let first = 0; first < known.length; first += slice.documents) {
      const ids = known.slice(first, first + slice.documents);
      const [rows, sheets] = await Promise.all([
        this.#database.documents.bulkGet(ids),
        sheetsOf(this.#database, ids),
      ]);
      for (const row of rows) if (row) this.#index.renew(row, sheets.get(row.id)!);
    }
  }

  async #answer({ query, labels, deletedLabels, limit }: Question): Promise<Answer> {
    const terms = parseQuery(query);
    const candidates = this.#index.candidates(terms, labels);
    const isSure = terms.every(isOneWord) && terms.filter(isOfSpans).length <= 1;
    const documents: FoundDocument[] = [];
    let [read, fitting] = [0, 0];
    while (read < candidates.length && documents.length < limit && read < mostRead) {
      const batch = candidates.slice(
        read,
        read + Math.min(batchSize, isSure ? limit - documents.length : batchSize),
      );
      const found = await this.#read(batch, terms, labels, new Set(deletedLabels));
      fitting += found.length;
      documents.push(...found);
      read += batch.length;
    }
    const total = isSure ? candidates.length : fitting + candidates.length - read;
    return { documents: documents.slice(0, limit), total, isExact: isSure || read === candidates.length };
  }

  /** Reads the documents, to see whether they really fit and where. */
  async #read(
    ids: readonly string[],
    terms: readonly Term[],
    labels: readonly LabelNames[],
    deleted: ReadonlySet<string>,
  ): Promise<FoundDocument[]> {
    const needsSheet = terms.some(isOfSpans);
    const texts = await textsOf(this.#database, ids);
    const sheets: ReadonlyMap<string, Sheet> = needsSheet ? await sheetsOf(this.#database, ids) : new Map();
    return ids.flatMap((documentId) => {
      const text = texts.get(documentId) ?? '';
      const document = this.#index.get(documentId);
      const spans = (sheets.get(documentId)?.spans ?? []).filter(({ label }) => !deleted.has(label));
      const found = placesOf({ document, text, spans }, terms, labels);
      return found ? [{ documentId, ...found }] : [];
    });
  }
}

/** Texts of so many documents and letters as can be in memory together; a longer one is alone. */
function* slicesOf(documents: readonly Document[]): Generator<readonly Document[]> {
  let [first, units] = [0, 0];
  for (const [at, { length }] of documents.entries()) {
    if (at > first && (at - first === slice.documents || units + length > slice.units)) {
      yield documents.slice(first, at);
      [first, units] = [at, 0];
    }
    units += length;
  }
  if (first < documents.length) yield documents.slice(first);
}
