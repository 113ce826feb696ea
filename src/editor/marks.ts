import { hiddenIn } from '../core/hidden/hidden-characters.ts';
import type { Hits } from '../core/finding/hits.ts';
import type { Range } from '../core/offset.ts';
import type { SpanIndex } from '../core/span-index.ts';
import type { Span } from '../core/span.ts';
import type { Arc } from './arcs.ts';
import { laneCount, type Paint } from './highlights.ts';
import type { Look, OverlayContent } from './overlay.ts';

/** What is to be seen on the text. */
export interface Marks {
  readonly index: SpanIndex;
  readonly look: (span: Span) => Look;
  readonly focused: Span | undefined;
  readonly hovered: Span | undefined;
  /** The range of a span that is being moved, shown in its stead. */
  readonly held: (Range & { readonly span: Span }) | undefined;
  /** The words that are looked for, and the place of theirs that one is at. */
  readonly found?: { readonly hits: Hits; readonly current: Range | undefined };
  /** The relations to be seen: those of the focused and of the hovered span. */
  readonly arcs?: readonly Arc[];
  /** The text, where its hidden characters are to be seen. */
  readonly revealed?: string | undefined;
  /** A relation on its way: all that it cannot lead to steps back. */
  readonly linking?: Linked | undefined;
}

interface Linked {
  readonly head: Span;
  /** The span that it would lead to if it were made now. */
  readonly target: Span | undefined;
  /** Ids of the spans that it may lead to. */
  readonly targetIds: ReadonlySet<string>;
}

/** What to paint in the window: each span in the colour of its label, at the height of its lane. */
export function paintsOf({ index, look, focused, held, linking, found }: Marks, window: Range): Paint[] {
  const paints = [...index.lanes(window)].flatMap(([span, lane]) => {
    const height = Math.min(lane, laneCount - 1);
    if (isFaded(span, linking)) return { ...rangeOf(span), name: `faded-${height}` };
    const paint = { ...rangeOf(span), name: `label-${look(span).colour}-${height}` };
    return linking ? [paint, { ...rangeOf(span), name: 'bright' }] : paint;
  });
  const target = linking?.target;
  if (target) paints.push({ ...rangeOf(target), name: `focus-${look(target).colour}` });
  if (focused && !held) paints.push({ ...rangeOf(focused), name: `focus-${look(focused).colour}` });
  if (held) paints.push({ ...rangeOf(held), name: `held-${look(held.span).colour}` });
  for (const hit of found?.hits.within(window) ?? []) paints.push({ ...hit, name: 'found' });
  if (found?.current) paints.push({ ...rangeOf(found.current), name: 'found-current' });
  return paints;
}

/** What lies over the window: a tag for each span that starts in it, and a frame around the chosen one. */
export function overlayOf(marks: Marks, window: Range): OverlayContent {
  const { index, look, focused, hovered, held, linking, revealed } = marks;
  const starting = index.overlapping(window).filter(({ start }) => start >= window.start);
  const chosen = held ? { ...held.span, ...rangeOf(held) } : focused;
  const framed = [
    ...(chosen ? [{ span: chosen, look: look(chosen), handles: !linking }] : []),
    ...(linking?.target ? [{ span: linking.target, look: look(linking.target), handles: false }] : []),
    ...(hovered && hovered.id !== chosen?.id && hovered.id !== linking?.target?.id
      ? [{ span: hovered, look: look(hovered), handles: false }]
      : []),
  ];
  const tagged = starting.map((span) => ({ span, look: look(span), isFaded: isFaded(span, linking) }));
  return { tagged, framed, hidden: revealed === undefined ? [] : hiddenIn(revealed, window) };
}

function isFaded({ id }: Span, linking: Linked | undefined): boolean {
  return linking !== undefined && id !== linking.head.id && !linking.targetIds.has(id);
}

function rangeOf({ start, end }: Range): Range {
  return { start, end };
}
