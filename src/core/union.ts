import type { Relation } from './relation.ts';
import type { Sheet } from './sheet.ts';
import type { Span } from './span.ts';

/** What a second sheet of the same text brings to the first. What is there already stays as it is. */
export interface Union {
  readonly spans: readonly Span[];
  readonly relations: readonly Relation[];
  /** Incoming spans whose id stands for another range or label here. They are not taken. */
  readonly conflicts: readonly Span[];
  /** Incoming spans that are here, with other attributes or another note. Those here are kept. */
  readonly differing: readonly Span[];
  /** Incoming relations one of whose spans was not taken. */
  readonly unlinked: readonly Relation[];
  /** Incoming relations whose id stands for another link here. They are not taken. */
  readonly otherLinks: readonly Relation[];
}

/**
 * Two spans are the same when range, label and annotator are, whatever their ids: relations of the one then hold for the
 * other. Linear in the number of spans.
 */
export function unite(here: Sheet, incoming: Sheet): Union {
  const byMark = new Map(here.spans.map((span) => [markOf(span), span]));
  const ids = new Set(here.spans.map(({ id }) => id));
  const twins = new Map(incoming.spans.flatMap((span) => pairOf(span, byMark.get(markOf(span)))));
  const missing = incoming.spans.filter(({ id }) => !twins.has(id));
  const spans = missing.filter(({ id }) => !ids.has(id));
  const idHere = new Map([
    ...spans.map(({ id }) => [id, id] as const),
    ...[...twins].map(([id, twin]) => [id, twin.id] as const),
  ]);
  const relationIds = new Set(here.relations.map(({ id }) => id));
  const links = new Set(here.relations.map(linkOf));
  const linked = incoming.relations.flatMap((relation) => relinked(relation, idHere) ?? []);
  const missingLinks = linked.filter((relation) => !links.has(linkOf(relation)));
  return {
    spans,
    relations: missingLinks.filter(({ id }) => !relationIds.has(id)),
    otherLinks: missingLinks.filter(({ id }) => relationIds.has(id)),
    conflicts: missing.filter(({ id }) => ids.has(id)),
    differing: incoming.spans.filter((span) => differs(span, twins.get(span.id))),
    unlinked: incoming.relations.filter((relation) => relinked(relation, idHere) === undefined),
  };
}

function pairOf(span: Span, twin: Span | undefined): [string, Span][] {
  return twin ? [[span.id, twin]] : [];
}

function markOf({ start, end, label, annotator }: Span): string {
  return JSON.stringify([start, end, label, annotator]);
}

function linkOf({ head, child, label, annotator }: Relation): string {
  return JSON.stringify([head, child, label, annotator]);
}

function relinked(relation: Relation, idHere: ReadonlyMap<string, string>): Relation | undefined {
  const [head, child] = [idHere.get(relation.head), idHere.get(relation.child)];
  return head !== undefined && child !== undefined ? { ...relation, head, child } : undefined;
}

function differs(span: Span, twin: Span | undefined): boolean {
  return twin !== undefined && factsOf(span) !== factsOf(twin);
}

function factsOf({ attributes, note }: Span): string {
  return JSON.stringify([attributes, note]);
}
