import { livingLabels, type LabelWish, type Scheme } from '../../core/scheme.ts';
import type { IncomingDocument, Question, Reading } from '../../core/transfer.ts';
import { AlikeNames, isOtherMeaning } from './found-labels.ts';

/** Watches what files bring for what only the user can say and has not decided. */
export class Unclear {
  readonly #isDecided: boolean;
  readonly #questions: Question[] = [];
  /** What the project, or the first file that says something, means by a label; by machine name. */
  readonly #meant: Map<string, string>;
  readonly #names: AlikeNames;
  /** Labels of spans that have been looked at. */
  readonly #seen: Set<string>;
  #isOther = false;

  constructor(scheme: Scheme, isDecided: boolean) {
    const labels = livingLabels(scheme);
    this.#isDecided = isDecided;
    this.#meant = new Map(labels.flatMap(({ value, guideline }) => (guideline ? [[value, guideline]] : [])));
    this.#names = new AlikeNames(labels.map(({ value }) => value));
    this.#seen = new Set(labels.map(({ value }) => value));
  }

  /** Without a presumption nothing can be read before there is an answer. */
  get isMet(): boolean {
    const isOpen = this.#questions.some(({ presumed }) => presumed === undefined);
    return this.#isOther || isOpen || (this.#questions.length > 0 && !this.#isDecided);
  }

  /** The readings without questions; ends where a label means something else, as nothing more need be staged then. */
  async *among(readings: AsyncIterable<Reading>): AsyncGenerator<Reading> {
    for await (const reading of readings) {
      if (reading.kind === 'question') this.#questions.push(reading.question);
      else if (this.#isDecided || !this.#makesUnclear(reading)) yield reading;
      else return void (this.#isOther = true);
    }
  }

  #makesUnclear(reading: Reading): boolean {
    if (reading.kind === 'label') return this.#meansOther(reading.label);
    return reading.kind === 'document' && this.#hasAlikeName(reading.document);
  }

  #meansOther({ value, guideline = '' }: LabelWish): boolean {
    const meant = this.#meant.get(value);
    if (meant === undefined && guideline.trim() !== '') this.#meant.set(value, guideline);
    return isOtherMeaning(meant, guideline);
  }

  /** Whether a span has a label that differs in capitals alone from one that is here or has come before. */
  #hasAlikeName({ spans }: IncomingDocument): boolean {
    for (const { label } of spans) {
      if (this.#seen.has(label)) continue;
      this.#seen.add(label);
      if (this.#names.to(label) !== undefined) return true;
      this.#names.add(label);
    }
    return false;
  }
}
