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
  const ofSpans = spans.flatMap((span) => facts({ ...span, labels: [span.label] }));
  const texts = new Map<string, Set<string>>([['title', new Set([document.title])]]);
  const labels = new Set<string>();
  for (const [field, text] of [...facts(saidOfDocument(document)), ...ofSpans])
    if (field === 'label') labels.add(`label:${text}`);
    else texts.set(field, (texts.get(field) ?? new Set()).add(text));
  // What is said of many spans is folded once.
  return [
    ...labels,
    ...[...texts].flatMap(([field, said]) => [...said].flatMap((text) => inField(field, text))),
  ];
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

/** Fields and their texts; of labels the ids. */
function facts({ labels, annotator, note, attributes }: Said): [field: string, text: string][] {
  return [
    ...labels.map((id): [string, string] => ['label', id]),
    ...(annotator ? [['annotator', annotator] satisfies [string, string]] : []),
    ...(note ? [['note', note] satisfies [string, string]] : []),
    ...Object.entries(attributes).flatMap(([name, value]) =>
      textsIn(value).map((text): [string, string] => [folded(name), text]),
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
