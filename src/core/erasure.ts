import { noEdit, type Change, type Entry } from './change.ts';

/** What is to be deleted for good, by id. */
export interface Doomed {
  readonly documentIds: ReadonlySet<string>;
  readonly projectIds: ReadonlySet<string>;
}

/** What stands in the history in the place of what was deleted for good. */
const erasedTitle = 'Deleted for good';

/** A change without what it says of the doomed; the very same one when it says nothing of them. */
export function withoutDoomed(change: Change, { documentIds, projectIds }: Doomed): Change {
  if (projectIds.has(change.projectId)) return emptied({ ...change, projectId: '' });
  const isDoomed = (entry: Entry) =>
    ('documentId' in entry && documentIds.has(entry.documentId)) ||
    (entry.type === 'document' && projectIds.has(entry.value.projectId)) ||
    (entry.type === 'project' && projectIds.has(entry.value.id));
  const left = {
    added: change.added.filter((entry) => !isDoomed(entry)),
    updated: change.updated.filter(({ before, after }) => !isDoomed(before) && !isDoomed(after)),
    removed: change.removed.filter((entry) => !isDoomed(entry)),
    documentIds: change.documentIds.filter((id) => !documentIds.has(id)),
  };
  const isSame = (['added', 'updated', 'removed', 'documentIds'] as const).every(
    (part) => left[part].length === change[part].length,
  );
  if (isSame) return change;
  const rest = { ...change, ...left, title: titleOf(change), erased: true as const };
  return isEmpty(rest) && rest.importId === undefined ? emptied(rest) : rest;
}

function isEmpty({ added, updated, removed }: Change): boolean {
  return added.length + updated.length + removed.length === 0;
}

/** Its place in the log stays, its id, and the link that the next change holds on to. */
function emptied({ seq, id, projectId, at, chain }: Change): Change {
  return {
    seq,
    id,
    projectId,
    documentIds: [],
    kind: 'do',
    annotator: '',
    at,
    title: erasedTitle,
    ...noEdit,
    erased: true,
    ...(chain !== undefined && { chain }),
  };
}

/** Words in quotation marks may be those of the document. */
function titleOf({ title }: Change): string {
  return /["“”]/u.test(title) ? 'Changed several documents' : title;
}
