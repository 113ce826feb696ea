import type { Document } from './document.ts';
import type { Project } from './project.ts';
import type { Relation } from './relation.ts';
import type { Span } from './span.ts';

/** A value that changes can add, update or remove, with the place where it lives. */
export type Entry =
  | { readonly type: 'span'; readonly documentId: string; readonly value: Span }
  | { readonly type: 'relation'; readonly documentId: string; readonly value: Relation }
  | { readonly type: 'document'; readonly documentId: string; readonly value: Document }
  | { readonly type: 'project'; readonly value: Project };

export interface Update {
  readonly before: Entry;
  readonly after: Entry;
}

/** What one action does to the workspace, with all that is needed to take it back. */
export interface Edit {
  readonly added: readonly Entry[];
  readonly updated: readonly Update[];
  readonly removed: readonly Entry[];
}

export type ChangeKind = 'do' | 'undo' | 'redo' | 'import' | 'scheme';

/** One user action, as the log keeps it. The log is append-only and is the truth; all else is a snapshot of it. */
export interface Change extends Edit {
  /** Its place in the log, counting up over the whole database. */
  readonly seq: number;
  /** Tells a tab its own change when the log brings it back. */
  readonly id: string;
  readonly projectId: string;
  readonly documentIds: readonly string[];
  readonly kind: ChangeKind;
  /** For `undo` the change it takes back, for `redo` the undo it takes back. */
  readonly undoes?: number;
  /**
   * The documents and layers that carry this id count from now on; with `undo` they no longer do, and with `redo` they do
   * again.
   */
  readonly importId?: string;
  /** Who did it, which need not be whose span it is. */
  readonly annotator: string;
  readonly at: string;
  /** What it did, in the words of the message about it: "Marked Claim". */
  readonly title: string;
  /** What it said was deleted for good, all of it or a part: it keeps its place and its link, which vouches for nothing. */
  readonly erased?: true;
  /** Its link in the chain that runs through the log, see `linkOf`. What older versions wrote has none. */
  readonly chain?: string;
}

/** A change before the log has given it its place. */
export type Draft = Omit<Change, 'seq' | 'chain'>;

export const noEdit: Edit = { added: [], updated: [], removed: [] };

/** The edit that takes this one back. */
export function invert({ added, updated, removed }: Edit): Edit {
  return {
    added: removed,
    updated: updated.map(({ before, after }) => ({ before: after, after: before })).reverse(),
    removed: added,
  };
}

/** The documents that an edit touches, each once. */
export function documentsOf({ added, updated, removed }: Edit): string[] {
  const entries = [...added, ...updated.map(({ after }) => after), ...removed];
  return [...new Set(entries.flatMap((entry) => ('documentId' in entry ? [entry.documentId] : [])))];
}

/** What an edit says of each document that it touches: one that touches thousands is then walked once, not for each. */
export function editsByDocument(edit: Edit): ReadonlyMap<string, Edit> {
  const parts = new Map<string, { added: Entry[]; updated: Update[]; removed: Entry[] }>();
  const part = (entry: Entry) => {
    const documentId = 'documentId' in entry ? entry.documentId : '';
    const known = parts.get(documentId) ?? { added: [], updated: [], removed: [] };
    parts.set(documentId, known);
    return known;
  };
  for (const entry of edit.added) part(entry).added.push(entry);
  for (const update of edit.updated) part(update.after).updated.push(update);
  for (const entry of edit.removed) part(entry).removed.push(entry);
  parts.delete('');
  return parts;
}

export function spanEntry(documentId: string, value: Span): Entry {
  return { type: 'span', documentId, value };
}

export function relationEntry(documentId: string, value: Relation): Entry {
  return { type: 'relation', documentId, value };
}

export function spanUpdate(documentId: string, before: Span, after: Span): Update {
  return { before: spanEntry(documentId, before), after: spanEntry(documentId, after) };
}

export function documentUpdate(before: Document, after: Document): Update {
  return {
    before: { type: 'document', documentId: before.id, value: before },
    after: { type: 'document', documentId: after.id, value: after },
  };
}

export function projectUpdate(before: Project, after: Project): Update {
  return { before: { type: 'project', value: before }, after: { type: 'project', value: after } };
}
