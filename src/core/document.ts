import { mergeRecords } from './merge.ts';
import type { Attributes } from './span.ts';
import type { TextSource } from './text.ts';

export const statuses = ['todo', 'in_progress', 'done', 'skipped'] as const;
export type Status = (typeof statuses)[number];

/** Free facts about a document, as files bring them. `date` is YYYY-MM-DD where it is known. */
export type Meta = Attributes;

/** How many spans a document has, in all and by label id. Kept, never counted on demand. */
export interface Counts {
  readonly spans: number;
  readonly byLabel: Readonly<Record<string, number>>;
}

/** A document without its text, so that lists never load texts. */
export interface Document {
  readonly id: string;
  readonly projectId: string;
  readonly title: string;
  /** In UTF-16 units. */
  readonly length: number;
  /** SHA-256 of the text. */
  readonly hash: string;
  readonly source: TextSource;
  readonly meta: Meta;
  readonly status: Status;
  /** Ids of the document labels that it has. */
  readonly labels?: readonly string[];
  readonly note?: string;
  /** Place in the project's list. */
  readonly order: number;
  readonly counts: Counts;
  /** The import that brought it; it counts only once that import's change is written. */
  readonly importId?: string;
  readonly deleted?: true;
}

export const noCounts: Counts = { spans: 0, byLabel: {} };

/** The title of a text that came without one: the beginning of its first line with words. */
export function titleFrom(text: string): string {
  const line = text.split('\n', 200).find((candidate) => /[\p{L}\p{N}]/u.test(candidate)) ?? '';
  // A line may be the whole text, and only its beginning is wanted.
  const words = line.slice(0, 1000).replace(/\s+/gu, ' ').trim();
  const short = [...words].slice(0, 60).join('').trimEnd();
  return short === '' ? 'Untitled' : short.length < words.length ? `${short}…` : short;
}

/** The facts that people change, and that are taken over from an update one by one. */
const facts = ['title', 'status', 'order', 'note', 'deleted'] as const;

/** A document after somebody else's update of it: only the facts that the update changes are taken over. */
export function mergeDocument(current: Document, before: Document, after: Document): Document {
  const merged: Record<string, unknown> = { ...current };
  for (const fact of facts) {
    // Compared by content: a change that was read back from a copy shares no objects.
    if (JSON.stringify(before[fact]) === JSON.stringify(after[fact])) continue;
    if (after[fact] === undefined) delete merged[fact];
    else merged[fact] = after[fact];
  }
  // Several fields, and several labels: each is taken over by itself.
  const meta = mergeRecords(current.meta, before.meta, after.meta);
  const labels = mergeLabels(current.labels, before.labels, after.labels);
  const { labels: _, ...rest } = { ...merged, meta } as unknown as Document;
  return labels.length > 0 ? { ...rest, labels } : rest;
}

function mergeLabels(
  current: readonly string[] = [],
  before: readonly string[] = [],
  after: readonly string[] = [],
): readonly string[] {
  const kept = current.filter((id) => after.includes(id) || !before.includes(id));
  return [...kept, ...after.filter((id) => !before.includes(id) && !kept.includes(id))];
}
