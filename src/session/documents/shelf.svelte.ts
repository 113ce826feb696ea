import { editsByDocument, noEdit, type Change, type Edit } from '../../core/change.ts';
import { mergeDocument, type Counts, type Document } from '../../core/document.ts';
import { isQueued, QueueOrder, wholeQueue, type Queue } from '../../core/queue.ts';
import type { Scheme } from '../../core/scheme.ts';
import { countsAfter, livingCounts } from '../../core/sheet.ts';
import type { ChangeLog } from '../log/change-log.svelte.ts';

/** What the list of documents is narrowed to: a queue, and what is looked for in it. */
export interface ShelfFilter extends Queue {
  readonly search: string;
  /** Exactly these documents and no others, and why: `Claim` reads “Claim in 12 documents”. */
  readonly only?: { readonly name: string; readonly ids: ReadonlySet<string> } | undefined;
}

/** Where the queue of a project is kept from one day to the next. */
export interface QueueKeeper {
  readonly queue: Queue;
  keep(queue: Queue): void;
}

/** The documents of the project, in memory without their texts, kept true by the log. */
export class Shelf {
  readonly #log: ChangeLog;
  readonly #scheme: () => Scheme;
  /** For documents that came in later: the change up to which they were true when they came. */
  readonly #readAt = new Map<string, number>();
  #rows = $state.raw<readonly Document[]>([]);
  /** All documents with counts of all that is marked, with deleted labels too. */
  readonly #counted = $derived.by(() => this.#log.pending.reduce(afterEdit, this.#rows));
  readonly #keeper: QueueKeeper | undefined;
  readonly #order = new QueueOrder();
  readonly #folded = new FoldedTitles();
  readonly #recount = new Recount();
  #filter = $state.raw<ShelfFilter>({ ...wholeQueue, search: '' });
  /** All documents, deleted ones included, with counts as the scheme has its labels now. */
  readonly all = $derived.by(() => this.#recount.all(this.#counted, this.#scheme()));
  readonly present = $derived(this.all.filter((document) => !document.deleted));
  /** All documents in the order of the queue, those that do not come up included. */
  readonly #ordered = $derived(this.#order.order(this.all, this.#filter));
  /** What the list shows. */
  readonly shown = $derived(this.#ordered.filter(this.#isShown(this.#filter)));
  readonly #byId = $derived(new Map(this.all.map((document) => [document.id, document])));

  constructor(documents: readonly Document[], log: ChangeLog, scheme: () => Scheme, keeper?: QueueKeeper) {
    this.#keeper = keeper;
    this.#filter = { ...wholeQueue, ...keeper?.queue, search: '' };
    this.#rows = documents;
    this.#log = log;
    this.#scheme = scheme;
  }

  get filter(): ShelfFilter {
    return this.#filter;
  }

  narrow(filter: Partial<ShelfFilter>): void {
    this.#filter = { ...this.#filter, ...filter };
    const { search: _, only: __, ...queue } = this.#filter;
    // Neither what is looked for nor a visit to what was deleted is a queue to come back to.
    const isSearch = 'only' in filter || Object.keys(filter).every((name) => name === 'search');
    if (!isSearch && queue.status !== 'deleted') this.#keeper?.keep(queue);
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
    // A restore tells of very many changes at once, most of them of documents that are not here.
    const isNews = (id: string) => this.#byId.has(id) && change.seq > (this.#readAt.get(id) ?? 0);
    const documentIds = change.documentIds.filter(isNews);
    this.#rows = afterEdit(this.#rows, { ...change, documentIds });
  }

  /** Takes over counts that were counted anew, where edits do not add up. */
  recount(documentId: string, counts: Counts): void {
    this.#rows = this.#rows.map((row) => (row.id === documentId ? { ...row, counts } : row));
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

  /** The ids of the documents that an import brought. */
  ofImport(importId: string): ReadonlySet<string> {
    return new Set(this.#rows.flatMap((document) => (document.importId === importId ? [document.id] : [])));
  }

  /** How many spans have the label on documents that the import did not bring. */
  usesBeside(importId: string, labelId: string): number {
    const others = this.present.filter((document) => document.importId !== importId);
    return others.reduce((sum, { counts }) => sum + (counts.byLabel[labelId] ?? 0), 0);
  }

  /** Takes the documents of an import off the shelf, as it was taken back. */
  setAside(importId: string): void {
    this.#rows = this.#rows.filter((document) => document.importId !== importId);
  }

  /** The document `distance` places further down the list that is shown, also from one that is not in it. */
  neighbour(documentId: string | undefined, distance: 1 | -1): Document | undefined {
    return this.#from(documentId, distance).find(this.#isShown(this.#filter));
  }

  /** The next document of the queue that nobody has finished or put aside; after the last one the first. */
  nextUnfinished(documentId: string): Document | undefined {
    return this.#nextAround(documentId, ({ status }) => status !== 'done' && status !== 'skipped');
  }

  /** The next document of the queue on which nothing is marked; after the last one the first. */
  nextWithoutSpans(documentId: string | undefined): Document | undefined {
    return this.#nextAround(documentId, ({ counts }) => counts.spans === 0);
  }

  #nextAround(documentId: string | undefined, isWanted: (document: Document) => boolean) {
    const isShown = this.#isShown(this.#filter);
    return [...this.#from(documentId, 1), ...this.#ordered].find(
      (document) => document.id !== documentId && isShown(document) && isWanted(document),
    );
  }

  /** All documents from the one on, in one direction, whether they come up or not. */
  #from(documentId: string | undefined, direction: 1 | -1): readonly Document[] {
    const ordered = direction > 0 ? this.#ordered : this.#ordered.toReversed();
    const index = ordered.findIndex(({ id }) => id === documentId);
    return ordered.slice(index + 1);
  }

  #isShown(filter: ShelfFilter): (document: Document) => boolean {
    const words = folded(filter.search);
    const { only, status } = filter;
    // Exactly these are meant, whatever one works through otherwise.
    const queue = only ? { ...wholeQueue, status } : filter;
    return (document) =>
      isQueued(document, queue) &&
      (!only || only.ids.has(document.id)) &&
      (words === '' || this.#folded.of(document).includes(words));
  }
}

/** Documents with counts as the scheme has its labels; one that has not changed stays the object that it was. */
class Recount {
  #scheme: Scheme | undefined;
  #known = new WeakMap<Document, Document>();

  all(documents: readonly Document[], scheme: Scheme): readonly Document[] {
    if (!scheme.labels.some(({ deleted }) => deleted)) return documents;
    if (this.#scheme !== scheme) this.#known = new WeakMap();
    this.#scheme = scheme;
    return documents.map((document) => this.#one(document, scheme));
  }

  #one(document: Document, scheme: Scheme): Document {
    const known = this.#known.get(document);
    if (known) return known;
    const made = { ...document, counts: livingCounts(document.counts, scheme) };
    this.#known.set(document, made);
    return made;
  }
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

/** For searching: without case and accents. */
function folded(words: string): string {
  return words.normalize('NFD').replace(/\p{M}/gu, '').toLocaleLowerCase().trim();
}

/** Titles made ready for searching, each once. */
class FoldedTitles {
  readonly #known = new WeakMap<Document, string>();

  of(document: Document): string {
    const known = this.#known.get(document);
    if (known !== undefined) return known;
    const made = folded(document.title);
    this.#known.set(document, made);
    return made;
  }
}
