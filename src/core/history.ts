import type { Change } from './change.ts';

/**
 * The change that Undo takes back next: the newest `do` of this annotator that nobody has undone. The changes are those
 * of one document, oldest first.
 */
export function nextUndo(changes: readonly Change[], annotator: string): Change | undefined {
  const cancelled = new Set<number>();
  for (const change of newestFirst(changes)) {
    if (cancelled.has(change.seq)) continue;
    if (change.undoes !== undefined) cancelled.add(change.undoes);
    else if (change.kind === 'do' && change.annotator === annotator) return change;
  }
  return undefined;
}

/** The undo that Redo takes back next: the newest one of this annotator still standing, unless they did something since. */
export function nextRedo(changes: readonly Change[], annotator: string): Change | undefined {
  const cancelled = new Set<number>();
  for (const change of newestFirst(changes)) {
    const isOwn = change.annotator === annotator;
    if (isOwn && change.kind === 'do') return undefined;
    if (cancelled.has(change.seq)) continue;
    if (isOwn && change.kind === 'undo') return change;
    if (change.undoes !== undefined) cancelled.add(change.undoes);
  }
  return undefined;
}

function* newestFirst(changes: readonly Change[]): Generator<Change> {
  for (let index = changes.length - 1; index >= 0; index--) yield changes[index]!;
}
