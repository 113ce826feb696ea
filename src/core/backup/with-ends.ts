import type { Edit } from '../change.ts';
import { sheetOf, type Sheet } from '../sheet.ts';
import type { Span } from '../span.ts';

/**
 * The sheet with both ends of each of its relations. Of two logs one may have removed a span to which the other drew a
 * relation: the span comes back as it was removed, whichever was first, as better one is too many than one too few.
 */
export function withEnds(sheet: Sheet, edits: readonly Edit[], documentId: string): Sheet {
  const standing = new Set(sheet.spans.map(({ id }) => id));
  const lacking = new Set(sheet.relations.flatMap(({ head, child }) => [head, child]));
  for (const id of standing) lacking.delete(id);
  if (lacking.size === 0) return sheet;
  const found = new Map<string, Span>();
  for (const { removed } of edits)
    for (const entry of removed)
      if (entry.type === 'span' && entry.documentId === documentId && lacking.has(entry.value.id))
        found.set(entry.value.id, entry.value);
  return found.size === 0 ? sheet : sheetOf([...sheet.spans, ...found.values()], sheet.relations);
}
