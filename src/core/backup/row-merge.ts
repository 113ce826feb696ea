import type { Entry, Update } from '../change.ts';
import { mergeDocument, noCounts, type Document } from '../document.ts';
import { mergeProject, type Project } from '../project.ts';
import { emptyScheme } from '../scheme.ts';
import type { Conflict } from './conflict.ts';
import { contentOf, eitherOf } from './content.ts';
import type { LogUnion } from './log-union.ts';
import type { KeptDocument } from './records.ts';

/** How to go from what both sides started from through all updates to what both together say. */
interface Merging<T> {
  startOf(entry: Entry): T | undefined;
  apply(current: T, update: Update): T;
}

export const documentMerging: Merging<KeptDocument['document']> = {
  startOf: (entry) => (entry.type === 'document' ? withoutCounts(entry.value) : undefined),
  apply: (current, { before, after }) =>
    before.type === 'document' && after.type === 'document'
      ? withoutCounts(mergeDocument({ ...current, counts: noCounts }, before.value, after.value))
      : current,
};

function withoutCounts({ counts: _, ...facts }: Document): KeptDocument['document'] {
  return facts;
}

export const projectMerging: Merging<Project> = {
  // Schemes had only labels once.
  startOf: (entry) =>
    entry.type === 'project'
      ? { ...entry.value, scheme: { ...emptyScheme, ...entry.value.scheme } }
      : undefined,
  apply: (current, { before, after }) =>
    before.type === 'project' && after.type === 'project'
      ? mergeProject(current, before.value, after.value)
      : current,
};

/** The updates of a value that only one side has, in the order of the united log, and whose they are. */
interface Steps {
  readonly updates: readonly Update[];
  readonly here: boolean;
  readonly incoming: boolean;
}

export const untouched: Steps = { updates: [], here: false, incoming: false };

/** Who changed what, by the id that `idOf` finds in an update; values that neither changed are left out. */
export function touching(
  log: LogUnion,
  idOf: (entry: Entry) => string | undefined,
): ReadonlyMap<string, Steps> {
  const [here, incoming] = [log.onlyHere, log.onlyIncoming].map((all) => new Set(all.map(({ id }) => id)));
  const steps = new Map<string, Steps>();
  for (const change of log.changes) {
    const side = { here: here!.has(change.id), incoming: incoming!.has(change.id) };
    if (!side.here && !side.incoming) continue;
    for (const update of change.updated) {
      const id = idOf(update.after);
      if (id === undefined) continue;
      const known = steps.get(id) ?? untouched;
      steps.set(id, {
        updates: [...known.updates, update],
        here: known.here || side.here,
        incoming: known.incoming || side.incoming,
      });
    }
  }
  return steps;
}

/** A row that both sides have: that of the side that changed it, or both sides' updates on what they started from. */
export function mergedRow<T extends object>(
  here: T,
  incoming: T,
  steps: Steps,
  { startOf, apply }: Merging<T>,
  tell: (fact: Pick<Conflict, 'fact' | 'here' | 'incoming'>) => void,
): T {
  if (contentOf(here) === contentOf(incoming)) return here;
  if (steps.here && !steps.incoming) return here;
  if (steps.incoming && !steps.here) return incoming;
  if (steps.updates.length === 0) {
    tell({ fact: 'content', here, incoming });
    return eitherOf(here, incoming);
  }
  const start = startOf(steps.updates[0]!.before) ?? eitherOf(here, incoming);
  return steps.updates.reduce(apply, start);
}
