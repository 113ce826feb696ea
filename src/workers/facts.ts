import type { Document } from '../core/document.ts';
import { folded } from '../core/finding/fold.ts';
import { hasWords, wordsOf, type Term } from '../core/finding/query.ts';
import type { Sheet } from '../core/sheet.ts';
import type { Attributes, AttributeValue } from '../core/span.ts';

/** The names by which people look for a label: of those that were merged into another, that one's. */
export interface LabelNames {
  readonly id: string;
  readonly names: readonly string[];
}

/** What is said of a span, or of a document as a whole. */
export interface Said {
  readonly labels: readonly string[];
  readonly annotator?: string | undefined;
  readonly note?: string | undefined;
  readonly attributes: Attributes;
}

/** All that can be looked for by a field, as `field:word`, the title among it. */
export function factsOf(document: Document, { spans }: Sheet): string[] {
  const said = [saidOfDocument(document), ...spans.map((span) => ({ ...span, labels: [span.label] }))];
  return [...inField('title', document.title), ...said.flatMap(facts)];
}

/** Notes and labels of documents may be missing: documents have them only once somebody gives them. */
export function saidOfDocument(document: Document): Said {
  const { note, labels } = document as { note?: unknown; labels?: unknown };
  return {
    labels: Array.isArray(labels) ? labels.filter((label) => typeof label === 'string') : [],
    note: typeof note === 'string' ? note : undefined,
    attributes: document.meta,
  };
}

function facts({ labels, annotator = '', note = '', attributes }: Said): string[] {
  return [
    ...labels.map((id) => `label:${id}`),
    ...inField('annotator', annotator),
    ...inField('note', note),
    ...Object.entries(attributes).flatMap(([name, value]) =>
      textsIn(value).flatMap((text) => inField(folded(name), text)),
    ),
  ];
}

function inField(field: string, text: string): string[] {
  return wordsOf(text).map((word) => `${field}:${word}`);
}

function textsIn(value: AttributeValue): string[] {
  if (value === null) return [];
  if (Array.isArray(value)) return value.flatMap(textsIn);
  if (typeof value === 'object') return Object.values(value).flatMap(textsIn);
  return [String(value)];
}

/** Whether a term with a field holds of what is said. */
export function holdsOf(
  { labels, annotator = '', note = '', attributes }: Said,
  { field, value, isPhrase }: Term,
  names: readonly LabelNames[],
): boolean {
  if (field === 'label') return labelIdsOf(names, value).some((id) => labels.includes(id));
  const texts =
    field === 'annotator'
      ? [annotator]
      : field === 'note'
        ? [note]
        : Object.entries(attributes)
            .filter(([name]) => folded(name) === field)
            .flatMap(([, attribute]) => textsIn(attribute));
  return texts.some((text) => hasWords(text, value, isPhrase));
}

/** The labels that a name means: exactly so, or if there is none those that begin so. */
export function labelIdsOf(labels: readonly LabelNames[], value: string): string[] {
  const wanted = folded(value);
  const those = (fits: (name: string) => boolean) =>
    labels.filter(({ names }) => names.some((name) => fits(folded(name)))).map(({ id }) => id);
  const exact = those((name) => name === wanted);
  return exact.length > 0 ? exact : those((name) => name.startsWith(wanted));
}
