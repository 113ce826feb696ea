import type { Edit, Entry, Update } from '../change.ts';
import { contentOf } from './content.ts';
import type { KeptChange, KeptLayer, KeptSetting } from './records.ts';

/** The ids under which what a backup holds is kept here: mostly its own, another one where somebody else has that. */
export interface Homes {
  readonly projectId: string;
  document(id: string): string;
  import(id: string): string;
  change(id: string): string;
}

/** A change without what it says of other projects: that is no part of this one's history. */
export function ownPart<T extends KeptChange>(change: T, projectId: string): T {
  const isOwn = (entry: Entry) => entry.type !== 'project' || entry.value.id === projectId;
  const { added, updated, removed } = change;
  const all = [...added, ...updated.map(({ after }) => after), ...removed];
  if (all.every(isOwn)) return change;
  return {
    ...change,
    added: added.filter(isOwn),
    updated: updated.filter(({ before, after }) => isOwn(before) && isOwn(after)),
    removed: removed.filter(isOwn),
  };
}

/** The change with the ids that all it speaks of has here. */
export function rehomedChange(change: KeptChange, homes: Homes): KeptChange {
  const { undoes, importId } = change;
  return {
    ...change,
    id: homes.change(change.id),
    projectId: homes.projectId,
    documentIds: change.documentIds.map((id) => homes.document(id)),
    ...(undoes !== undefined && { undoes: homes.change(undoes) }),
    ...(importId !== undefined && { importId: homes.import(importId) }),
    ...rehomedEdit(change, homes),
  };
}

function rehomedEdit({ added, updated, removed }: Edit, homes: Homes): Edit {
  const one = (entry: Entry) => rehomedEntry(entry, homes);
  return {
    added: added.map(one),
    updated: updated.map(({ before, after }): Update => ({ before: one(before), after: one(after) })),
    removed: removed.map(one),
  };
}

function rehomedEntry(entry: Entry, homes: Homes): Entry {
  if (entry.type === 'project') return { ...entry, value: { ...entry.value, id: homes.projectId } };
  const documentId = homes.document(entry.documentId);
  if (entry.type !== 'document') return { ...entry, documentId };
  const { importId } = entry.value;
  const value = {
    ...entry.value,
    id: homes.document(entry.value.id),
    projectId: homes.projectId,
    ...(importId !== undefined && { importId: homes.import(importId) }),
  };
  return { ...entry, documentId, value };
}

export function rehomedLayer(layer: KeptLayer, homes: Homes): KeptLayer {
  return { ...layer, documentId: homes.document(layer.documentId) };
}

export function rehomedSetting(setting: KeptSetting, homes: Homes): KeptSetting {
  return { ...setting, documentId: homes.document(setting.documentId) };
}

/**
 * Changes that are known here, and that the backup tells of documents which have other ids here, are other changes: only
 * what they say of those documents is taken, under ids of their own.
 */
export function apartFromKnown(
  changes: readonly KeptChange[],
  here: readonly KeptChange[],
  moved: ReadonlySet<string>,
): readonly KeptChange[] {
  if (moved.size === 0) return changes;
  const known = new Map(here.map((change) => [change.id, change]));
  return changes.map((change) => {
    const twin = known.get(change.id);
    const isMoved = change.documentIds.some((id) => moved.has(id));
    return !twin || !isMoved || contentOf(twin) === contentOf(change)
      ? change
      : partOn(moved, change, 'moved');
  });
}

/**
 * Changes that are known here and have lost what they said of documents that were deleted for good since: where such a
 * document is among those that arrive, what the backup tells of it comes as a change of its own.
 */
export function withErasedParts(
  changes: readonly KeptChange[],
  here: readonly KeptChange[],
  arriving: ReadonlySet<string>,
): readonly KeptChange[] {
  const erased = new Map(here.flatMap((change) => (change.erased ? [[change.id, change] as const] : [])));
  if (erased.size === 0) return changes;
  return changes.flatMap((change) => {
    const twin = erased.get(change.id);
    if (!twin) return [change];
    const left = new Set(twin.documentIds);
    const lost = new Set(change.documentIds.filter((id) => !left.has(id) && arriving.has(id)));
    return lost.size > 0 ? [twin, partOn(lost, change, 'back')] : [twin];
  });
}

function partOn(documents: ReadonlySet<string>, change: KeptChange, suffix: 'moved' | 'back'): KeptChange {
  const isPart = (entry: Entry) => 'documentId' in entry && documents.has(entry.documentId);
  return {
    ...change,
    id: `${change.id}~${suffix}`,
    documentIds: change.documentIds.filter((id) => documents.has(id)),
    added: change.added.filter(isPart),
    updated: change.updated.filter(({ after }) => isPart(after)),
    removed: change.removed.filter(isPart),
  };
}
