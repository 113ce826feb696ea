const ours = 'urn:locution:';

/** An id as the identifiers of the web have it; one that is such an identifier already stays as it is. */
export function iriOf(id: string): string {
  const isIri = /^[a-z][a-z\d+.-]*:[^\s<>"{}|\\^`]+$/i.test(id) && !id.startsWith(ours);
  return isIri ? id : ours + encodeURIComponent(id.toWellFormed());
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
