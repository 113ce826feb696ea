import type { Edit, Entry } from './change.ts';
import type { Relation } from './relation.ts';
import type { Span } from './span.ts';

/*
 * Two tabs may do something to the same span at once, of which neither knows. What was changed is kept then: better one
 * span too many than one too few.
 */

/** What stands on a document. */
interface Marks {
  readonly spans: readonly Span[];
  readonly relations: readonly Relation[];
}

/**
 * The edit without its removals of what is no longer as it was for whoever removed it, as somebody else has changed it or
 * drawn a relation to it. Removed relations of such a span stay with it.
 */
export function effective(edit: Edit, sheet: Marks, documentId: string): Edit {
  const kept = keptIn(edit, sheet, documentId);
  return kept.size === 0 ? edit : { ...edit, removed: edit.removed.filter((entry) => !kept.has(entry)) };
}

/** The spans that somebody has changed and somebody else removed, without knowing of each other, when this edit comes. */
export function conflictsIn(edit: Edit, sheet: Marks, documentId: string): readonly Span[] {
  const kept = [...keptIn(edit, sheet, documentId)].flatMap((entry) => spanOn(documentId, entry) ?? []);
  if (edit.updated.length === 0) return kept;
  const here = new Set(sheet.spans.map(({ id }) => id));
  const revived = edit.updated.flatMap(({ after }) => spanOn(documentId, after) ?? []);
  return [...kept, ...revived.filter(({ id }) => !here.has(id))];
}

function keptIn({ removed }: Edit, sheet: Marks, documentId: string): ReadonlySet<Entry> {
  const spans = removed.filter((entry) => spanOn(documentId, entry) !== undefined);
  const relations = removed.filter((entry) => relationOn(documentId, entry) !== undefined);
  const going = new Set(relations.map(({ value }) => value.id));
  const stale = isStaleIn(sheet, removed);
  const staleRelations = relations.filter(stale);
  const held = new Set([
    ...endsOf(staleRelations.flatMap((entry) => relationOn(documentId, entry) ?? [])),
    ...(spans.length > 0 ? endsOf(sheet.relations.filter(({ id }) => !going.has(id))) : []),
  ]);
  const keptSpans = spans.filter((entry) => stale(entry) || held.has(entry.value.id));
  if (keptSpans.length === 0) return new Set(staleRelations);
  const lost = new Set(spans.filter((entry) => !keptSpans.includes(entry)).map(({ value }) => value.id));
  const whole = relations.filter((entry) => {
    const { head, child } = entry.value as Relation;
    return !lost.has(head) && !lost.has(child);
  });
  const keptIds = new Set(keptSpans.map(({ value }) => value.id));
  return new Set([
    ...keptSpans,
    ...staleRelations,
    ...whole.filter(({ value }) => endsOf([value as Relation]).some((id) => keptIds.has(id))),
  ]);
}

/** Whether a removed value stands there otherwise than it is said to be. */
function isStaleIn({ spans, relations }: Marks, removed: readonly Entry[]): (entry: Entry) => boolean {
  const ids = new Set(removed.map(({ value }) => value.id));
  const standing = new Map<string, Span | Relation>();
  if (ids.size > 0)
    for (const value of [...spans, ...relations]) if (ids.has(value.id)) standing.set(value.id, value);
  return ({ value }) => {
    const now = standing.get(value.id);
    return now !== undefined && !isSame(now, value);
  };
}

function endsOf(relations: readonly Relation[]): string[] {
  return relations.flatMap(({ head, child }) => [head, child]);
}

/** Whether two values hold the same, in whatever order their fields come. */
function isSame(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || !a || !b) return false;
  const [first, second] = [new Map(Object.entries(a)), new Map(Object.entries(b))];
  return first.size === second.size && [...first].every(([name, value]) => isSame(value, second.get(name)));
}

function spanOn(documentId: string, entry: Entry): Span | undefined {
  return entry.type === 'span' && entry.documentId === documentId ? entry.value : undefined;
}

function relationOn(documentId: string, entry: Entry): Relation | undefined {
  return entry.type === 'relation' && entry.documentId === documentId ? entry.value : undefined;
}
