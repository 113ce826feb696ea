import type { Range } from '../../core/offset.ts';
import type { Relation } from '../../core/relation.ts';
import type { Scheme } from '../../core/scheme.ts';
import { relationTypeOf } from '../../core/schemes/relation-type.ts';
import { compareSpans, overlaps, type Span } from '../../core/span.ts';
import { piecesOf } from './fragments.ts';
import { compareIds, fragmentLabel } from './marks.ts';
import { isSpanId } from './span-ids.ts';

/** What becomes one line: a span, or the fragments that are linked into one mark. */
export interface Mark {
  /** The first in the text, whose id and attributes the mark has. */
  readonly lead: Span;
  /** In the order of the text; no two overlap. */
  readonly spans: readonly Span[];
  /** What it covers as the format can quote it. */
  readonly pieces: readonly Range[];
}

export interface Marks {
  readonly marks: readonly Mark[];
  /** Those that are no link between fragments. */
  readonly relations: readonly Relation[];
}

/** The marks of one annotator's spans, in the order of their ids as brat numbers them, others behind them. */
export function marksOf(
  text: string,
  spans: readonly Span[],
  relations: readonly Relation[],
  scheme: Scheme,
): Marks {
  const groups = new Map(spans.map((span) => [span.id, [span]]));
  const others = relations.filter((relation) => !link(relation, groups, scheme));
  const marks = [...new Set(groups.values())].map((group) => {
    const inOrder = group.sort(compareSpans);
    return { lead: inOrder[0]!, spans: inOrder, pieces: inOrder.flatMap((span) => piecesOf(text, span)) };
  });
  return { marks: marks.sort((a, b) => compareLeads(a.lead, b.lead)), relations: others };
}

/** Makes one group of two if the relation says that they are fragments of one mark, and they can be. */
function link(
  { label, head, child, annotator }: Relation,
  groups: Map<string, Span[]>,
  scheme: Scheme,
): boolean {
  if (relationTypeOf(scheme, label).value !== fragmentLabel) return false;
  const [into, from] = [groups.get(head), groups.get(child)];
  if (!into || !from || into === from) return false;
  const isOne = from.every((span) => span.label === into[0]!.label && annotator === span.annotator);
  if (!isOne || from.some((span) => into.some((other) => overlaps(span, other)))) return false;
  into.push(...from);
  for (const { id } of from) groups.set(id, into);
  return true;
}

function compareLeads(a: Span, b: Span): number {
  const [isA, isB] = [isSpanId(a.id), isSpanId(b.id)];
  if (isA && isB) return compareIds(a.id, b.id);
  return Number(isB) - Number(isA) || compareSpans(a, b);
}
