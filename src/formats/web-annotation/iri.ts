const ours = 'urn:locution:';

/** An id as the identifiers of the web have it; one that is such an identifier already stays as it is. */
export function iriOf(id: string): string {
  const isIri = /^[a-z][a-z\d+.-]*:[^\s<>"{}|\\^`]+$/i.test(id) && !id.startsWith(ours);
  return isIri ? id : ours + encodeURIComponent(id.toWellFormed());
}

/** Makes identifiers that stand for one thing in the whole of a file: ids of marks are told apart within a document only. */
export class Iris {
  readonly #taken = new Set<string>();

  /** What names the marks of a document, each by its id. */
  of(documentId: string, ids: readonly string[]): ReadonlyMap<string, string> {
    return new Map(ids.map((id) => [id, this.#free(documentId, id)]));
  }

  #free(documentId: string, id: string): string {
    const bare = iriOf(id);
    // What begins as those of a document would be taken for one.
    const isFree = !this.#taken.has(bare) && !id.startsWith(`${documentId}#`);
    const iri = isFree ? bare : iriOf(`${documentId}#${id}`);
    this.#taken.add(iri);
    return iri;
  }
}

/** The id of a mark within its document. */
export function idWithin(documentId: string, id: string): string {
  const before = `${documentId}#`;
  return id.startsWith(before) ? id.slice(before.length) : id;
}

/** The id that such an identifier stands for. */
export function idOf(iri: string): string {
  if (!iri.startsWith(ours)) return iri;
  try {
    return decodeURIComponent(iri.slice(ours.length));
  } catch {
    // Not written by us: a percent sign that begins no escape.
    return iri;
  }
}
