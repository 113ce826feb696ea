import MiniSearch from 'minisearch';
import type { Document } from '../core/document.ts';
import { isOfSpans, isOneWord, parseQuery, wordsOf, type Term } from '../core/finding/query.ts';
import { folded } from '../core/finding/fold.ts';
import type { Sheet } from '../core/sheet.ts';
import type { Database } from '../storage/database.ts';
import { countingDocuments } from '../storage/documents.ts';
import { changesAfter, lastSeq } from '../storage/log.ts';
import { sheetsOf } from '../storage/sheets.ts';
import { factsOf, labelIdsOf, type LabelNames } from './facts.ts';
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

type OnProgress = (progress: { readonly done: number; readonly total: number }) => void;
type Scores = ReadonlyMap<string, number>;

const batchSize = 100;
/** A search reads no more documents than this to see whether they really fit. */
const mostRead = 2000;

/**
 * What stands in which document of a project: words of the text by one index, and what is said about it by another,
 * since texts never change. It is built when first asked, and follows the log.
 */
export class Catalogue {
  readonly #database: Database;
  readonly #projectId: string;
  readonly #texts = newIndex();
  readonly #facts = newIndex();
  readonly #documents = new Map<string, Document>();
  #seq = -1;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(database: Database, projectId: string) {
    this.#database = database;
    this.#projectId = projectId;
  }

  /** Answers from what is saved by now. Questions are answered one after the other. */
  search(question: Question, onprogress: OnProgress = () => undefined): Promise<Answer> {
    const answer = this.#turn.then(async () => {
      await this.#follow(onprogress);
      return this.#answer(question);
    });
    this.#turn = answer.catch(() => undefined);
    return answer;
  }

  async #follow(onprogress: OnProgress): Promise<void> {
    if (this.#seq < 0) return this.#takeIn(await lastSeq(this.#database), onprogress);
    const changes = await changesAfter(this.#database, this.#seq);
    const last = changes.at(-1);
    if (!last) return;
    if (changes.some(({ kind }) => kind === 'import')) await this.#takeIn(last.seq, onprogress);
    const touched = new Set(changes.flatMap(({ documentIds }) => documentIds));
    await this.#renew([...touched].filter((id) => this.#documents.has(id)));
    this.#seq = last.seq;
  }

  /** Takes in all documents that it does not have yet. */
  async #takeIn(seq: number, onprogress: OnProgress): Promise<void> {
    const all = await countingDocuments(this.#database, this.#projectId);
    // In the order of the database, where neighbours are read together.
    const fresh = all.filter(({ id }) => !this.#documents.has(id)).sort((a, b) => (a.id < b.id ? -1 : 1));
    for (let first = 0; first < fresh.length; first += batchSize) {
      const batch = fresh.slice(first, first + batchSize);
      await this.#addTexts(batch.map(({ id }) => id));
      await this.#addFacts(batch);
      onprogress({ done: first + batch.length, total: fresh.length });
    }
    this.#seq = seq;
  }

  async #addTexts(ids: string[]): Promise<void> {
    for (const row of await this.#database.texts.bulkGet(ids))
      if (row) this.#texts.add({ id: row.documentId, words: eachOnce(wordsOf(row.text)) });
  }

  async #addFacts(documents: readonly Document[]): Promise<void> {
    const sheets = await sheetsOf(
      this.#database,
      documents.map(({ id }) => id),
    );
    for (const document of documents) {
      if (this.#documents.has(document.id)) this.#facts.discard(document.id);
      const words = eachOnce(factsOf(document, sheets.get(document.id)!));
      this.#facts.add({ id: document.id, words });
      this.#documents.set(document.id, document);
    }
  }

  async #renew(ids: readonly string[]): Promise<void> {
    for (let first = 0; first < ids.length; first += batchSize) {
      const rows = await this.#database.documents.bulkGet(ids.slice(first, first + batchSize));
      await this.#addFacts(rows.filter((row) => row !== undefined));
    }
  }

  async #answer({ query, labels, deletedLabels, limit }: Question): Promise<Answer> {
    const terms = parseQuery(query);
    const candidates = terms.length > 0 ? this.#candidates(terms, labels) : [];
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

  /** Ids of the documents that fit as far as the indexes can tell: best first, else in their order. */
  #candidates(terms: readonly Term[], labels: readonly LabelNames[]): string[] {
    const sets = terms.map((term) => ({ term, scores: this.#scores(term, labels) }));
    const wanted = sets.filter(({ term }) => !term.isExcluded);
    const excluded = sets.filter(({ term }) => term.isExcluded && isOneWord(term));
    const fitting = [...this.#documents.values()].filter(
      ({ id, deleted }) =>
        !deleted &&
        wanted.every(({ scores }) => scores.has(id)) &&
        !excluded.some(({ scores }) => scores.has(id)),
    );
    const free = wanted.filter(({ term }) => term.field === undefined);
    const rank = new Map(
      fitting.map(({ id }) => [id, free.reduce((sum, { scores }) => sum + scores.get(id)!, 0)]),
    );
    return fitting.sort((a, b) => rank.get(b.id)! - rank.get(a.id)! || a.order - b.order).map(({ id }) => id);
  }

  #scores({ field, value, isPhrase }: Term, labels: readonly LabelNames[]): Scores {
    if (field === 'status') return this.#withStatus(value);
    if (field === 'label')
      return union(labelIdsOf(labels, value).map((id) => look(this.#facts, `label:${id}`, false)));
    const words = wordsOf(value);
    const prefix = !isPhrase;
    if (field !== undefined)
      return intersection(words.map((word) => look(this.#facts, `${field}:${word}`, prefix)));
    return intersection(
      words.map((word) =>
        union([look(this.#texts, word, prefix), look(this.#facts, `title:${word}`, prefix)]),
      ),
    );
  }

  #withStatus(value: string): Scores {
    const wanted = folded(value).replaceAll('_', ' ');
    const fitting = [...this.#documents.values()].filter(({ status }) =>
      status.replaceAll('_', ' ').startsWith(wanted),
    );
    return new Map(fitting.map(({ id }) => [id, 1]));
  }

  /** Reads the documents, to see whether they really fit and where. */
  async #read(
    ids: readonly string[],
    terms: readonly Term[],
    labels: readonly LabelNames[],
    deleted: ReadonlySet<string>,
  ): Promise<FoundDocument[]> {
    const needsSheet = terms.some(isOfSpans);
    const texts = await this.#database.texts.bulkGet([...ids]);
    const sheets: ReadonlyMap<string, Sheet> = needsSheet ? await sheetsOf(this.#database, ids) : new Map();
    return ids.flatMap((documentId, index) => {
      const text = texts[index]?.text ?? '';
      const document = this.#documents.get(documentId)!;
      const spans = (sheets.get(documentId)?.spans ?? []).filter(({ label }) => !deleted.has(label));
      const found = placesOf({ document, text, spans }, terms, labels);
      return found ? [{ documentId, ...found }] : [];
    });
  }
}

interface Indexed {
  readonly id: string;
  /** A line each. */
  readonly words: string;
}

function newIndex(): MiniSearch<Indexed> {
  return new MiniSearch<Indexed>({
    fields: ['words'],
    tokenize: (words) => words.split('\n'),
    processTerm: (word) => word,
  });
}

function eachOnce(words: readonly string[]): string {
  return [...new Set(words)].join('\n');
}

function look(index: MiniSearch<Indexed>, word: string, prefix: boolean): Scores {
  return new Map(index.search(word, { prefix }).map(({ id, score }) => [id as string, score]));
}

function union(sets: readonly Scores[]): Scores {
  const all = new Map<string, number>();
  for (const set of sets) for (const [id, score] of set) all.set(id, (all.get(id) ?? 0) + score);
  return all;
}

function intersection([first, ...others]: readonly Scores[]): Scores {
  if (!first) return new Map();
  return new Map(
    [...first]
      .filter(([id]) => others.every((set) => set.has(id)))
      .map(([id, score]) => [id, others.reduce((sum, set) => sum + set.get(id)!, score)]),
  );
}
