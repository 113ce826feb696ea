import type { Relation } from '../../../core/relation.ts';
import type { Sheet } from '../../../core/sheet.ts';
import type { Span } from '../../../core/span.ts';

/** A relation as one of its two spans sees it. */
export interface Related {
  readonly relation: Relation;
  readonly other: Span;
  readonly direction: 'out' | 'in';
}

/** The relations of a span, those that lead away from it first, each kind in the order in which the others stand. */
export function relatedTo({ id }: Span, { spans, relations }: Sheet): readonly Related[] {
  const own = relations.filter(({ head, child }) => head === id || child === id);
  if (own.length === 0) return [];
  const byId = new Map(spans.map((span) => [span.id, span]));
  const order = new Map(spans.map((span, index) => [span.id, index]));
  return own
    .flatMap((relation): Related[] => {
      const direction = relation.head === id ? 'out' : 'in';
      const other = byId.get(direction === 'out' ? relation.child : relation.head);
      return other ? [{ relation, other, direction }] : [];
    })
    .sort(
      (a, b) =>
        Number(a.direction === 'in') - Number(b.direction === 'in') ||
        order.get(a.other.id)! - order.get(b.other.id)!,
    );
}

/** How many relations each span is part of, by id. */
export function relationCounts(relations: readonly Relation[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { head, child } of relations)
    for (const id of new Set([head, child])) counts.set(id, (counts.get(id) ?? 0) + 1);
  return counts;
}
