import { v7 as newId } from 'uuid';
import type { Relation } from '../../core/relation.ts';
import type { Sheet } from '../../core/sheet.ts';
import type { Span } from '../../core/span.ts';

/**
 * The sheet with new ids where others have given theirs to something else: in many formats each annotator, and each file,
 * counts from 1. The same annotator's mark of that id is meant to be the same one, unless both come with one import.
 */
export function withOwnIds(brought: Sheet, here: Sheet, isOneImport: boolean): Sheet {
  const spansHere = new Map(here.spans.map((span) => [span.id, span]));
  const relationsHere = new Map(here.relations.map((relation) => [relation.id, relation]));
  const isOther = ({ id, ...mark }: Span) => {
    const there = spansHere.get(id);
    if (!there) return false;
    return there.annotator !== mark.annotator || (isOneImport && !isSameMark(there, mark));
  };
  const ids = new Map(brought.spans.filter(isOther).map(({ id }) => [id, newId()]));
  const idOf = (id: string) => ids.get(id) ?? id;
  const relinked = ({ id, ...relation }: Relation): Relation => {
    const there = relationsHere.get(id);
    const moved = { ...relation, head: idOf(relation.head), child: idOf(relation.child) };
    const isTaken =
      there &&
      (there.annotator !== moved.annotator || ids.size > 0 || (isOneImport && !isSameLink(there, moved)));
    return { ...moved, id: isTaken ? newId() : id };
  };
  return {
    spans: brought.spans.map((span) => ({ ...span, id: idOf(span.id) })),
    relations: brought.relations.map(relinked),
  };
}

function isSameMark(a: Omit<Span, 'id'>, b: Omit<Span, 'id'>): boolean {
  return a.start === b.start && a.end === b.end && a.label === b.label;
}

function isSameLink(a: Omit<Relation, 'id'>, b: Omit<Relation, 'id'>): boolean {
  return a.head === b.head && a.child === b.child && a.label === b.label;
}
