import type { Document, Status } from './document.ts';

export const sortOrders = ['order', 'title', 'length', 'spans', 'status', 'date', 'random'] as const;
export type SortOrder = (typeof sortOrders)[number];

/** Documents that have a label, or those that lack it. */
export interface LabelFilter {
  readonly id: string;
  readonly has: boolean;
}

/** Which documents of the project come up, and in which order: what one works through. */
export interface Queue {
  readonly status: Status | 'all' | 'deleted';
  readonly sort: SortOrder;
  /** What the random order is made from: the same seed gives the same order everywhere. */
  readonly seed: string;
  /** Has spans of the label, or none of it. */
  readonly label?: LabelFilter | undefined;
  readonly documentLabel?: LabelFilter | undefined;
  /** Only documents on which nothing is marked. */
  readonly withoutSpans?: boolean | undefined;
  /** In UTF-16 units, both ends included. */
  readonly minLength?: number | undefined;
  readonly maxLength?: number | undefined;
  /** Dates as YYYY-MM-DD, both ends included. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

export const wholeQueue: Queue = { status: 'all', sort: 'order', seed: '1' };

/** Whether the document comes up in the queue. */
export function isQueued(document: Document, queue: Queue): boolean {
  const { status, label, documentLabel, withoutSpans } = queue;
  return (
    (status === 'deleted') === Boolean(document.deleted) &&
    (status === 'all' || status === 'deleted' || document.status === status) &&
    (!label || (document.counts.byLabel[label.id] ?? 0) > 0 === label.has) &&
    (!documentLabel || (document.labels ?? []).includes(documentLabel.id) === documentLabel.has) &&
    (!withoutSpans || document.counts.spans === 0) &&
    isOfLength(document, queue) &&
    isOfTime(document, queue)
  );
}

function isOfLength({ length }: Document, { minLength = 0, maxLength = Infinity }: Queue): boolean {
  return minLength <= length && length <= maxLength;
}

/** A document without a date is of no time. */
function isOfTime(document: Document, { from, to }: Queue): boolean {
  if (!from && !to) return true;
  const date = dateOf(document);
  return date !== undefined && (!from || from <= date) && (!to || date <= to);
}

/** The day of the document as YYYY-MM-DD, where its metadata tell one. */
export function dateOf({ meta }: Document): string | undefined {
  const { date } = meta;
  return typeof date === 'string' ? /^\d{4}-\d{2}-\d{2}/.exec(date)?.[0] : undefined;
}

const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });

/** What a document is sorted by. It changes only when the document's place may. */
function sortKey(document: Document, { sort, seed }: Queue): string | number {
  switch (sort) {
    case 'order':
      return 0;
    case 'title':
      return document.title;
    case 'length':
      return -document.length;
    case 'spans':
      return -document.counts.spans;
    case 'status':
      return document.status;
    case 'date':
      // Those without a date come last.
      return dateOf(document) ?? '~';
    case 'random':
      return scattered(`${seed}\n${document.id}`);
    default:
      return sort satisfies never;
  }
}

/**
 * The documents in the order of the queue; those that sort alike stay in the order in which they come. A new document
 * never changes the order of the others.
 */
export function inOrder(documents: readonly Document[], queue: Queue): readonly Document[] {
  if (queue.sort === 'order') return documents;
  const keyed = documents.map((document) => ({ document, key: sortKey(document, queue) }));
  return keyed.sort((a, b) => compareKeys(a.key, b.key, queue.sort)).map(({ document }) => document);
}

function compareKeys(a: string | number, b: string | number, sort: SortOrder): number {
  if (typeof a === 'number' || typeof b === 'number') return Number(a) - Number(b);
  return sort === 'title' ? collator.compare(a, b) : a < b ? -1 : a > b ? 1 : 0;
}

/**
 * Remembers an order, so that a change of some documents sorts none of the others again: linear as long as no document
 * changes its place.
 */
export class QueueOrder {
  #documents: readonly Document[] = [];
  #queue: Queue | undefined;
  #ordered: readonly Document[] = [];

  /** What `inOrder` gives. */
  order(documents: readonly Document[], queue: Queue): readonly Document[] {
    const changed = this.#changedInPlace(documents, queue);
    this.#ordered = changed
      ? this.#ordered.map((document) => changed.get(document.id) ?? document)
      : inOrder(documents, queue);
    this.#documents = documents;
    this.#queue = queue;
    return this.#ordered;
  }

  /** The documents that differ from last time, if the order of all is still the same. */
  #changedInPlace(documents: readonly Document[], queue: Queue): ReadonlyMap<string, Document> | undefined {
    const last = this.#queue;
    if (last?.sort !== queue.sort || last.seed !== queue.seed) return undefined;
    if (documents.length !== this.#documents.length || queue.sort === 'order') return undefined;
    const changed = new Map<string, Document>();
    for (const [index, document] of documents.entries()) {
      const before = this.#documents[index]!;
      if (before === document) continue;
      if (before.id !== document.id || sortKey(before, queue) !== sortKey(document, queue)) return undefined;
      changed.set(document.id, document);
    }
    return changed;
  }
}

/** A number below 2³² that looks like chance and is the same for the same words: FNV-1a, then mixed once more. */
export function scattered(words: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < words.length; index++)
    hash = Math.imul(hash ^ words.charCodeAt(index), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
