import { statuses, type Status } from '../document.ts';
import { labelOf, type Scheme } from '../scheme.ts';
import { relationTypeOf } from '../schemes/relation-type.ts';
import { SpanIndex } from '../span-index.ts';
import type { Span } from '../span.ts';
import type { OutgoingDocument } from '../transfer.ts';
import { Buckets, LabelPairs, SizeTally, type Distribution, type Figure } from './figures.ts';
import { characterBins, countCodePoints, countWords, spanBins, wordBins } from './lengths.ts';

/** A document with what is marked on it; its text is not needed for counting. */
export type MarkedDocument = Omit<OutgoingDocument, 'text'>;

/** Spans that were made on one day, `YYYY-MM-DD` where the annotator is. */
export interface DayFigure extends Figure<string> {
  /** Of the count, those that were marked by hand; the others came with a file on that day. */
  readonly byHand: number;
}

/** The values of one attribute that holds names. */
export interface AttributeFigures {
  /** What spans hold it under. */
  readonly name: string;
  /** How many different values there are; `values` holds only the most used of them. */
  readonly distinct: number;
  readonly values: readonly Figure<string>[];
}

/**
 * What has been marked in a project. Spans of deleted labels are in none of the figures but `leftOut`. Where nothing
 * else is said, the most frequent comes first.
 */
export interface Statistics {
  readonly documentIds: readonly string[];
  readonly spans: number;
  readonly leftOut: number;
  /** In the order of a document's life, those without documents too. */
  readonly statuses: readonly Figure<Status>[];
  /** By label id. */
  readonly labels: readonly Figure<string>[];
  /** Documents by how many spans they have. */
  readonly spansPerDocument: Distribution;
  /** By document id, those with the most spans. */
  readonly fullest: readonly Figure<string>[];
  /** Spans by their length in words. */
  readonly words: Distribution;
  /** Spans by their length in Unicode code points. */
  readonly characters: Distribution;
  readonly attributes: readonly AttributeFigures[];
  /** Pairs of overlapping spans by one annotator, by the ids of their labels, the scheme's earlier label first. */
  readonly overlaps: readonly Figure<readonly [string, string]>[];
  /** Ascending, days without spans left out. */
  readonly days: readonly DayFigure[];
  readonly annotators: readonly Figure<string>[];
  /** By the id of their type. */
  readonly relations: readonly Figure<string>[];
}

/** Of the documents with most spans, and of the values of an attribute, this many are kept. */
export const mostKept = 200;

/** Counts what is marked, a document at a time: linear in the spans, and in the pairs of them that overlap. */
export class StatisticsTally {
  readonly #scheme: Scheme;
  readonly #dayOf: (time: string) => string | undefined;
  readonly #labelIds = new Map<string, string | undefined>();
  readonly #documentIds: string[] = [];
  readonly #statuses = new Buckets<Status>();
  readonly #labels = new Buckets<string>();
  readonly #perDocument = new SizeTally(spanBins);
  readonly #fullest = new Buckets<string>();
  readonly #words = new SizeTally(wordBins);
  readonly #characters = new SizeTally(characterBins);
  readonly #attributes = new Map<string, Buckets<string>>();
  readonly #overlaps: LabelPairs;
  readonly #days = new Buckets<string>();
  readonly #byHand = new Buckets<string>();
  readonly #annotators = new Buckets<string>();
  readonly #relations = new Buckets<string>();
  #spans = 0;
  #leftOut = 0;

  /** `dayOf` tells the day of a time, by default where this runs. */
  constructor(scheme: Scheme, dayOf: (time: string) => string | undefined = localDay) {
    this.#scheme = scheme;
    this.#dayOf = dayOf;
    this.#overlaps = new LabelPairs(scheme);
  }

  add({ document, spans, relations }: MarkedDocument): void {
    const place = this.#documentIds.push(document.id) - 1;
    const living = spans.filter(({ label }) => this.#labelId(label) !== undefined);
    this.#spans += living.length;
    this.#leftOut += spans.length - living.length;
    this.#statuses.add(document.status, place);
    this.#perDocument.add(living.length, place);
    if (living.length > 0) this.#fullest.add(document.id, place, living.length);
    for (const span of living) this.#addSpan(span, place);
    this.#addOverlaps(living, place);
    const ends = new Set(living.map(({ id }) => id));
    for (const { head, child, label } of relations)
      if (ends.has(head) && ends.has(child))
        this.#relations.add(relationTypeOf(this.#scheme, label).id, place);
  }

  statistics(): Statistics {
    return {
      documentIds: this.#documentIds,
      spans: this.#spans,
      leftOut: this.#leftOut,
      statuses: statuses.map((status) => this.#statuses.figure(status)),
      labels: this.#labels.byCount(),
      spansPerDocument: this.#perDocument.distribution(),
      fullest: this.#fullest.byCount().slice(0, mostKept),
      words: this.#words.distribution(),
      characters: this.#characters.distribution(),
      attributes: [...this.#attributes].map(([name, values]) => ({
        name,
        distinct: values.size,
        values: values.byCount().slice(0, mostKept),
      })),
      overlaps: this.#overlaps.byCount(),
      days: this.#days
        .byKey()
        .map((figure) => ({ ...figure, byHand: this.#byHand.figure(figure.key).count })),
      annotators: this.#annotators.byCount(),
      relations: this.#relations.byCount(),
    };
  }

  #addSpan(span: Span, place: number): void {
    this.#labels.add(this.#labelId(span.label)!, place);
    this.#annotators.add(span.annotator, place);
    this.#words.add(countWords(span.text), place);
    this.#characters.add(countCodePoints(span.text), place);
    this.#addNames(span, place);
    const day = this.#dayOf(span.createdAt);
    if (day === undefined) return;
    this.#days.add(day, place);
    if (span.origin === 'hand') this.#byHand.add(day, place);
  }

  #addNames({ attributes }: Span, place: number): void {
    for (const [name, value] of Object.entries(attributes)) {
      const names = namesIn(name, value);
      if (names.size === 0) continue;
      const buckets = this.#attributes.get(name) ?? new Buckets<string>();
      this.#attributes.set(name, buckets);
      for (const each of names) buckets.add(each, place);
    }
  }

  /** Two annotators who mark the same words agree or do not, which is another question: pairs are one annotator's. */
  #addOverlaps(spans: readonly Span[], place: number): void {
    const index = new SpanIndex(spans);
    for (const span of spans)
      for (const other of index.overlapping(span)) {
        if (other === span) break;
        if (other.annotator === span.annotator)
          this.#overlaps.add(this.#labelId(other.label)!, this.#labelId(span.label)!, place);
      }
  }

  /** The label that an id stands for by now; `undefined` when it was deleted. */
  #labelId(id: string): string | undefined {
    if (!this.#labelIds.has(id)) {
      const label = labelOf(this.#scheme, id);
      this.#labelIds.set(id, label.deleted ? undefined : label.id);
    }
    return this.#labelIds.get(id);
  }
}

/** The names that an attribute holds, each once: those of a list, or the one of a speaker or target. */
function namesIn(attribute: string, value: unknown): ReadonlySet<string> {
  const single = attribute === 'speaker' || attribute === 'target' ? [value] : [];
  const values: readonly unknown[] = Array.isArray(value) ? value : single;
  const names = values.flatMap((each) => (typeof each === 'string' ? each.trim() : []));
  return new Set(names.filter((name) => name !== ''));
}

/** The day of a time where this runs, as YYYY-MM-DD; `undefined` when it is no time. */
export function localDay(time: string): string | undefined {
  const date = new Date(time);
  if (Number.isNaN(date.getTime())) return undefined;
  const two = (number: number) => String(number).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}
