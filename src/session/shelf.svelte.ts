import { editsByDocument, noEdit, type Change, type Edit } from '../core/change.ts';
import { mergeDocument, type Document, type Status } from '../core/document.ts';
import type { Scheme } from '../core/scheme.ts';
import { countsAfter, livingCounts } from '../core/sheet.ts';
import type { ChangeLog } from './change-log.svelte.ts';

export type SortOrder = 'order' | 'title' | 'length' | 'spans' | 'status';

/** What the list of documents is narrowed to. */
export interface ShelfFilter {
  readonly search: string;
  readonly status: Status | 'all' | 'deleted';
  readonly sort: SortOrder;
  /** Exactly these documents and no others, and why: `Claim` reads “Claim in 12 documents”. */
  readonly only?: { readonly name: string; readonly ids: ReadonlySet<string> } | undefined;
}

/** The documents of the project, in memory without their texts, kept true by the log. */
export class Shelf {
  readonly #log: ChangeLog;
  readonly #scheme: () => Scheme;
  /** For documents that came in later: the change up to which they were true when they came. */
  readonly #readAt = new Map<string, number>();
  #rows = $state.raw<readonly Document[]>([]);
  #filter = $state.raw<ShelfFilter>({ search: '', status: 'all', sort: 'order' });
  /** All documents with counts of all that is marked, with deleted labels too. */
  readonly #counted = $derived.by(() => this.#log.pending.reduce(afterEdit, this.#rows));
  /** All documents, deleted ones included, with counts as the scheme has its labels now. */
  readonly all = $derived.by(() => recounted(this.#counted, this.#scheme()));
  readonly present = $derived(this.all.filter((document) => !document.deleted));
  /** What the list shows. */
  readonly shown = $derived(filtered(this.all, this.#filter));
  readonly #byId = $derived(new Map(this.all.map((document) => [document.id, document])));

  constructor(documents: readonly Document[], log: ChangeLog, scheme: () => Scheme) {
    this.#rows = documents;
    this.#log = log;
    this.#scheme = scheme;
  }

  get filter(): ShelfFilter {
    return this.#filter;
  }

  narrow(filter: Partial<ShelfFilter>): void {
    this.#filter = { ...this.#filter, ...filter };
  }

  get(documentId: string): Document | undefined {
    return this.#byId.get(documentId);
  }

  /** How many spans of the documents are kept and not shown, as their labels were deleted. */
  hiddenSpans(documentIds: readonly string[]): number {
    const wanted = new Set(documentIds);
    const spansOf = (documents: readonly Document[]) =>
      documents.reduce((sum, { id, counts }) => (wanted.has(id) ? sum + counts.spans : sum), 0);
    return spansOf(this.#counted) - spansOf(this.all);
  }

  receive(change: Change): void {
    const documentIds = change.documentIds.filter((id) => change.seq > (this.#readAt.get(id) ?? 0));
    this.#rows = afterEdit(this.#rows, { ...change, documentIds });
  }

  /**
   * Takes in the documents of an import, as they were read at the change `seq`, and what was received while they were
   * read; those that are here already stay.
   */
  add(documents: readonly Document[], seq: number, since: readonly Change[]): void {
    const known = new Set(this.#rows.map(({ id }) => id));
    const fresh = documents.filter(({ id }) => !known.has(id));
    for (const { id } of fresh) this.#readAt.set(id, seq);
    const later = since.filter((change) => change.seq > seq);
    this.#rows = [...this.#rows, ...later.reduce(afterEdit, fresh)];
  }

  /** The document `distance` places further down the list that is shown. */
  neighbour(documentId: string | undefined, distance: 1 | -1): Document | undefined {
    const index = this.shown.findIndex(({ id }) => id === documentId);
    if (index < 0) return distance > 0 ? this.shown[0] : this.shown.at(-1);
    return this.shown[index + distance];
  }
}

function recounted(documents: readonly Document[], scheme: Scheme): readonly Document[] {
  if (!scheme.labels.some(({ deleted }) => deleted)) return documents;
  return documents.map((document) => ({ ...document, counts: livingCounts(document.counts, scheme) }));
}

function afterEdit(
  documents: readonly Document[],
  edit: Edit & { readonly documentIds: readonly string[] },
): readonly Document[] {
  if (edit.documentIds.length === 0) return documents;
  const touched = new Set(edit.documentIds);
  const parts = editsByDocument(edit);
  return documents.map((document) =>
    touched.has(document.id) ? documentAfter(document, parts.get(document.id) ?? noEdit) : document,
  );
}

function documentAfter(document: Document, edit: Edit): Document {
  const updates = edit.updated.flatMap(({ before, after }) =>
    before.type === 'document' && after.type === 'document' && after.documentId === document.id
      ? [{ before: before.value, after: after.value }]
      : [],
  );
  const merged = updates.reduce(
    (current, { before, after }) => mergeDocument(current, before, after),
    document,
  );
  return { ...merged, counts: countsAfter(merged.counts, edit, document.id) };
}

function filtered(
  documents: readonly Document[],
  { search, status, sort, only }: ShelfFilter,
): readonly Document[] {
  const words = folded(search);
  const kept = documents.filter(
    (document) =>
      (status === 'deleted') === Boolean(document.deleted) &&
      (status === 'all' || status === 'deleted' || document.status === status) &&
      (!only || only.ids.has(document.id)) &&
      folded(document.title).includes(words),
  );
  return sort === 'order' ? kept : kept.sort(comparing[sort]);
}

const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });

const comparing: Record<Exclude<SortOrder, 'order'>, (a: Document, b: Document) => number> = {
  title: (a, b) => collator.compare(a.title, b.title),
  length: (a, b) => b.length - a.length,
  spans: (a, b) => b.counts.spans - a.counts.spans,
  status: (a, b) => a.status.localeCompare(b.status),
};

/** For searching: without case and accents. */
function folded(words: string): string {
  return words.normalize('NFD').replace(/\p{M}/gu, '').toLocaleLowerCase().trim();
}
