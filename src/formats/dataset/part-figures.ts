import type { Bin } from '../../core/statistics/lengths.ts';
import { countCodePoints } from '../../core/statistics/lengths.ts';
import type { Distribution } from '../../core/statistics/figures.ts';
import { StatisticsTally } from '../../core/statistics/statistics.ts';
import { labelOf, living, livingLabels, type Scheme } from '../../core/scheme.ts';
import { relationTypeOf } from '../../core/schemes/relation-type.ts';
import type { OutgoingDocument } from '../../core/transfer.ts';
import type { JsonObject } from '../reading/json-value.ts';

type NamedCounts = Readonly<Record<string, number>>;

/** What a part of a data set has; labels, types and annotators by the names that files have. */
export interface PartFigures {
  readonly documents: number;
  readonly codePoints: number;
  readonly spans: number;
  readonly relations: number;
  readonly labels: NamedCounts;
  readonly relationTypes: NamedCounts;
  readonly documentLabels: NamedCounts;
  readonly annotators: NamedCounts;
  readonly words: Distribution;
  readonly characters: Distribution;
  readonly overlaps: readonly { readonly labels: readonly [string, string]; readonly pairs: number }[];
}

/** Counts a part while its documents are written. */
export class PartTally {
  readonly #scheme: Scheme;
  /** Days depend on where the export is made, and are not wanted. */
  readonly #tally: StatisticsTally;
  readonly #documentLabels = new Map<string, number>();
  #documents = 0;
  #codePoints = 0;
  #spans = 0;
  #relations = 0;

  constructor(scheme: Scheme) {
    this.#scheme = scheme;
    this.#tally = new StatisticsTally(scheme, () => undefined);
  }

  add(document: OutgoingDocument): void {
    this.#tally.add(document);
    this.#documents++;
    this.#codePoints += countCodePoints(document.text);
    this.#spans += document.spans.length;
    const ids = new Set(document.spans.map(({ id }) => id));
    this.#relations += document.relations.filter(({ head, child }) => ids.has(head) && ids.has(child)).length;
    for (const id of document.document.labels ?? [])
      this.#documentLabels.set(id, (this.#documentLabels.get(id) ?? 0) + 1);
  }

  figures(): PartFigures {
    const { labels, annotators, relations, words, characters, overlaps } = this.#tally.statistics();
    const scheme = this.#scheme;
    const valueOf = (id: string) => labelOf(scheme, id).value;
    return {
      documents: this.#documents,
      codePoints: this.#codePoints,
      spans: this.#spans,
      relations: this.#relations,
      labels: named(
        livingLabels(scheme),
        labels.map(({ key, count }) => [valueOf(key), count]),
      ),
      relationTypes: named(
        living(scheme.relations),
        relations.map(({ key, count }) => [relationTypeOf(scheme, key).value, count]),
      ),
      documentLabels: this.#namedDocumentLabels(),
      annotators: named(
        [],
        annotators.map(({ key, count }) => [key, count]),
      ),
      words,
      characters,
      overlaps: overlaps.map(({ key, count }) => ({
        labels: [valueOf(key[0]), valueOf(key[1])],
        pairs: count,
      })),
    };
  }

  #namedDocumentLabels(): NamedCounts {
    const known = this.#scheme.documentLabels;
    const deleted = new Set(known.flatMap(({ id, deleted: isDeleted }) => (isDeleted ? [id] : [])));
    const counts = [...this.#documentLabels].filter(([id]) => !deleted.has(id)).sort();
    return named(
      living(known),
      counts.map(([id, count]) => [known.find((label) => label.id === id)?.value ?? id, count]),
    );
  }
}

/** Every item of the scheme in its order, those that nothing has too, and behind them what the scheme lacks. */
function named(
  items: readonly { readonly value: string }[],
  counts: readonly (readonly [string, number])[],
): NamedCounts {
  const all = new Map(items.map(({ value }) => [value, 0]));
  for (const [value, count] of counts) all.set(value, (all.get(value) ?? 0) + count);
  return Object.fromEntries(all);
}

/** The figures as `stats.json` has them. */
export function writtenFigures(figures: PartFigures): JsonObject {
  return {
    documents: figures.documents,
    code_points: figures.codePoints,
    spans: figures.spans,
    relations: figures.relations,
    labels: figures.labels,
    relation_types: figures.relationTypes,
    document_labels: figures.documentLabels,
    annotators: figures.annotators,
    span_words: writtenDistribution(figures.words),
    span_code_points: writtenDistribution(figures.characters),
    overlaps: figures.overlaps.map(({ labels, pairs }) => ({ labels: [...labels], pairs })),
  };
}

/** The last class has no end, which is `null`. */
function writtenDistribution({ bins, median }: Distribution): JsonObject {
  const end = ({ most }: Bin) => (most === Infinity ? null : most);
  return {
    median: median ?? null,
    bins: bins.map(({ key, count }) => ({ from: key.least, to: end(key), count })),
  };
}
