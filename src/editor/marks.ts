import type { Hits } from '../core/finding/hits.ts';
import type { Range } from '../core/offset.ts';
import type { SpanIndex } from '../core/span-index.ts';
import type { Span } from '../core/span.ts';
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
}

/** What to paint in the window: each span in the colour of its label, at the height of its lane. */
export function paintsOf({ index, look, focused, held, found }: Marks, window: Range): Paint[] {
  const paints = [...index.lanes(window)].map(([span, lane]) => ({
    ...rangeOf(span),
    name: `label-${look(span).colour}-${Math.min(lane, laneCount - 1)}`,
  }));
  if (focused && !held) paints.push({ ...rangeOf(focused), name: `focus-${look(focused).colour}` });
  if (held) paints.push({ ...rangeOf(held), name: `held-${look(held.span).colour}` });
  for (const hit of found?.hits.within(window) ?? []) paints.push({ ...hit, name: 'found' });
  if (found?.current) paints.push({ ...rangeOf(found.current), name: 'found-current' });
  return paints;
}

/** What lies over the window: a tag for each span that starts in it, and a frame around the chosen one. */
export function overlayOf({ index, look, focused, hovered, held }: Marks, window: Range): OverlayContent {
  const starting = index.overlapping(window).filter(({ start }) => start >= window.start);
  const chosen = held ? { ...held.span, ...rangeOf(held) } : focused;
  const framed = [
    ...(chosen ? [{ span: chosen, look: look(chosen), handles: true }] : []),
    ...(hovered && hovered.id !== chosen?.id ? [{ span: hovered, look: look(hovered), handles: false }] : []),
  ];
  return { tagged: starting.map((span) => ({ span, look: look(span) })), framed };
}

function rangeOf({ start, end }: Range): Range {
  return { start, end };
}
