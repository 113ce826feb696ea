import type { Relation } from '../../core/relation.ts';
import type { Span } from '../../core/span.ts';
import type { Arc } from '../../editor/arcs.ts';
import type { Look } from '../../editor/overlay.ts';

interface Seen {
  readonly relations: readonly Relation[];
  readonly spans: readonly Span[];
  readonly focused: Span | undefined;
  readonly hovered: Span | undefined;
  readonly nameOf: (relation: Relation) => string;
  readonly look: (span: Span) => Look;
}

/** The relations to be drawn: only those of the focused and of the hovered span, as all at once are a hairball. */
export function arcsOf({ relations, spans, focused, hovered, nameOf, look }: Seen): readonly Arc[] {
  const wanted = new Set([focused?.id, hovered?.id]);
  const own = relations.filter(({ head, child }) => wanted.has(head) || wanted.has(child));
  if (own.length === 0) return [];
  const byId = new Map(spans.map((span) => [span.id, span]));
  return own.flatMap((relation) => {
    const [head, child] = [byId.get(relation.head), byId.get(relation.child)];
    if (!head || !child) return [];
    const namedAt = child.id === focused?.id ? head : child;
    return [{ id: relation.id, head, child, namedAt, name: nameOf(relation), look: look(head) }];
  });
}

/** The relation on its way as it would be drawn if it were made now; nothing else is then. */
export function arcToBe(head: Span, target: Span | undefined, name: string, look: Look): readonly Arc[] {
  return target ? [{ id: 'to be', head, child: target, namedAt: target, name, look }] : [];
}
