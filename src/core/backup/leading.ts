import {
  documentUpdate,
  noEdit,
  projectUpdate,
  relationEntry,
  spanEntry,
  type Edit,
  type Entry,
  type Update,
} from '../change.ts';
import { mergeDocument, type Document } from '../document.ts';
import { mergeProject, type Project } from '../project.ts';
import type { Sheet } from '../sheet.ts';
import { contentOf } from './content.ts';

/** The edit that leads a document from one sheet to another. */
export function leadingSheet(documentId: string, from: Sheet, to: Sheet): Edit {
  if (from === to) return noEdit;
  return joinedEdits([
    leadingMarks(from.spans, to.spans, (span) => spanEntry(documentId, span)),
    leadingMarks(from.relations, to.relations, (relation) => relationEntry(documentId, relation)),
  ]);
}

function leadingMarks<Mark extends { readonly id: string }>(
  from: readonly Mark[],
  to: readonly Mark[],
  entry: (mark: Mark) => Entry,
): Edit {
  const before = new Map(from.map((mark) => [mark.id, mark]));
  const after = new Set(to.map(({ id }) => id));
  return {
    added: to.filter(({ id }) => !before.has(id)).map(entry),
    updated: to.flatMap((mark): Update[] => {
      const was = before.get(mark.id);
      const isSame = !was || was === mark || contentOf(was) === contentOf(mark);
      return isSame ? [] : [{ before: entry(was), after: entry(mark) }];
    }),
    removed: from.filter(({ id }) => !after.has(id)).map(entry),
  };
}

/** The edit that leads a document's facts, as far as they can change at all, to others. */
export function leadingDocument(from: Document, to: Document): Edit {
  const reached = mergeDocument(from, from, to);
  return contentOf(reached) === contentOf(from) ? noEdit : { ...noEdit, updated: [slimUpdate(from, to)] };
}

/** Without what both say alike where it may be much. */
function slimUpdate(from: Document, to: Document): Update {
  if (contentOf(from.meta) !== contentOf(to.meta)) return documentUpdate(from, to);
  return documentUpdate({ ...from, meta: {} }, { ...to, meta: {} });
}

/** The edit that leads a project to another state of it, items that it then lacks being kept as deleted. */
export function leadingProject(from: Project, to: Project): Edit {
  const reached = mergeProject(from, from, to);
  return contentOf(reached) === contentOf(from) ? noEdit : { ...noEdit, updated: [projectUpdate(from, to)] };
}

export function joinedEdits(edits: readonly Edit[]): Edit {
  return {
    added: edits.flatMap(({ added }) => added),
    updated: edits.flatMap(({ updated }) => updated),
    removed: edits.flatMap(({ removed }) => removed),
  };
}

export function isEmptyEdit({ added, updated, removed }: Edit): boolean {
  return added.length + updated.length + removed.length === 0;
}
