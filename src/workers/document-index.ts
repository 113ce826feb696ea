import type { Document } from '../core/document.ts';
import { folded } from '../core/finding/fold.ts';
import { isOneWord, wordsOf, type Term } from '../core/finding/query.ts';
import { WordIndex } from '../core/finding/word-index.ts';
import type { Sheet } from '../core/sheet.ts';
import { factsOf, labelIdsOf, type LabelNames } from './facts.ts';

/** How well each document fits, by its number; 0 when it does not. */
type Scores = Float32Array;

/** The documents of a project with the words of their texts, which never change, and what is said of them by now. */
export class DocumentIndex {
  readonly #documents: Document[] = [];
  readonly #numbers = new Map<string, number>();
  readonly #words = new WordIndex();
  /** As `field:word`, by number. */
  readonly #facts: (readonly string[])[] = [];
  /** Each fact once in memory, however many documents it is true of. */
  readonly #known = new Map<string, string>();
  /** Imports that were taken back. */
  readonly #aside = new Set<string>();

  has(documentId: string): boolean {
    return this.#numbers.has(documentId);
  }

  /** @throws RangeError when there is no such document. */
  get(documentId: string): Document {
    const document = this.#documents[this.#numbers.get(documentId) ?? -1];
    if (!document) throw new RangeError(`document ${documentId} was not taken in`);
    return document;
  }

  add(document: Document, text: string, sheet: Sheet): void {
    const number = this.#documents.length;
    this.#numbers.set(document.id, number);
    this.#words.add(number, text);
    this.#set(number, document, sheet);
  }

  /** Whether the documents of an import are to be found. */
  setAside(importId: string, isAside: boolean): void {
    if (isAside) this.#aside.add(importId);
    else this.#aside.delete(importId);
  }

  /** Takes over what is said of a document by now. */
  renew(document: Document, sheet: Sheet): void {
    const number = this.#numbers.get(document.id);
    if (number !== undefined) this.#set(number, document, sheet);
  }

  /** Ids of the documents that fit as far as words alone can tell: best first, else in their order. */
  candidates(terms: readonly Term[], labels: readonly LabelNames[]): string[] {
    if (terms.length === 0) return [];
    const scored = terms.map((term) => ({ term, scores: this.#scores(term, labels) }));
    const wanted = scored.filter(({ term }) => !term.isExcluded);
    const excluded = scored.filter(({ term }) => term.isExcluded && isOneWord(term));
    const free = wanted.filter(({ term }) => term.field === undefined);
    return this.#documents
      .map((document, number) => ({ document, number }))
      .filter(
        ({ document, number }) =>
          !document.deleted &&
          !this.#aside.has(document.importId ?? '') &&
          wanted.every(({ scores }) => scores[number]! > 0) &&
          !excluded.some(({ scores }) => scores[number]! > 0),
      )
      .map(({ document, number }) => ({
        document,
        rank: free.reduce((sum, { scores }) => sum + scores[number]!, 0),
      }))
      .sort((a, b) => b.rank - a.rank || a.document.order - b.document.order)
      .map(({ document }) => document.id);
  }

  #set(number: number, document: Document, sheet: Sheet): void {
    this.#documents[number] = document;
    this.#facts[number] = [...new Set(factsOf(document, sheet))].map((fact) => this.#once(fact));
  }

  #once(fact: string): string {
    const known = this.#known.get(fact);
    if (known === undefined) this.#known.set(fact, fact);
    return known ?? fact;
  }

  #scores({ field, value, isPhrase }: Term, labels: readonly LabelNames[]): Scores {
    if (field === 'status') return this.#withStatus(value);
    if (field === 'label')
      return this.#withFact(new Set(labelIdsOf(labels, value).map((id) => `label:${id}`)));
    return allOf(
      wordsOf(value).map((word) =>
        field === undefined ? this.#withWord(word, !isPhrase) : this.#saidWith(`${field}:${word}`, !isPhrase),
      ),
    );
  }

  #withStatus(value: string): Scores {
    const wanted = folded(value).replaceAll('_', ' ');
    return Float32Array.from(this.#documents, ({ status }) =>
      status.replaceAll('_', ' ').startsWith(wanted) ? 1 : 0,
    );
  }

  /** A word in the text, or in the title, which is better, or in both, which is best. */
  #withWord(word: string, isPrefix: boolean): Scores {
    const scores = this.#saidWith(`title:${word}`, isPrefix);
    const inText = new Float32Array(scores.length);
    this.#words.visit(word, isPrefix, (number, found) => {
      inText[number] = Math.max(inText[number]!, word.length / found.length);
    });
    return scores.map((score, number) => 2 * score + inText[number]!);
  }

  #saidWith(fact: string, isPrefix: boolean): Scores {
    const fitting = [...this.#known.keys()].filter((known) => isPrefix && known.startsWith(fact));
    return this.#withFact(new Set(isPrefix ? fitting : [fact]), fact.length);
  }

  /** The nearer a fact is to the length that was asked for, the better. */
  #withFact(wanted: ReadonlySet<string>, length?: number): Scores {
    return Float32Array.from(this.#facts, (facts) => {
      let best = 0;
      if (wanted.size > 0)
        for (const fact of facts)
          if (wanted.has(fact)) best = Math.max(best, (length ?? fact.length) / fact.length);
      return best;
    });
  }
}

/** Of documents that have all of them. */
function allOf(scores: readonly Scores[]): Scores {
  const [first = new Float32Array(), ...others] = scores;
  return first.map((score, number) =>
    scores.every((each) => each[number]! > 0) ? others.reduce((sum, each) => sum + each[number]!, score) : 0,
  );
}
