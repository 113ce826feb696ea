import { anyLabel, labelOf, living, sameLabel, type RelationType, type Scheme } from '../scheme.ts';
import type { Span } from '../span.ts';

/** The type that a relation says it is of. One that the scheme lacks may join nothing new, and loses nothing. */
export function relationTypeOf({ relations }: Scheme, label: string): RelationType {
  return (
    relations.find(({ id }) => id === label) ??
    relations.find(({ value, deleted }) => value === label && !deleted) ?? {
      id: label,
      name: label,
      value: label,
      pairs: [],
    }
  );
}

/** Whether the type may lead from one span to another. */
export function mayJoin(scheme: Scheme, { pairs }: RelationType, head: Span, child: Span): boolean {
  if (head.id === child.id) return false;
  const [headId, childId] = [labelOf(scheme, head.label).id, labelOf(scheme, child.label).id];
  const isLabel = (wanted: string, id: string) => wanted === anyLabel || labelOf(scheme, wanted).id === id;
  return pairs.some(
    (pair) =>
      isLabel(pair.head, headId) &&
      (pair.child === sameLabel ? headId === childId : isLabel(pair.child, childId)),
  );
}

/** The living types that may lead from this span to at least one of the others, narrow ones before those for any label. */
export function typesFrom(scheme: Scheme, head: Span, spans: readonly Span[]): readonly RelationType[] {
  const fitting = living(scheme.relations).filter((type) =>
    spans.some((span) => mayJoin(scheme, type, head, span)),
  );
  return [...fitting.filter((type) => !isWide(type)), ...fitting.filter(isWide)];
}

function isWide({ pairs }: RelationType): boolean {
  return pairs.some(({ head }) => head === anyLabel);
}
