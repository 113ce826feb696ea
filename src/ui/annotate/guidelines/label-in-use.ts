import type { Span } from '../../../core/span.ts';

/** The id of the label that somebody is busy with: that of the focused span, or else of the last one marked by hand. */
export function labelInUse(spans: readonly Span[], focused: Span | undefined): string | undefined {
  if (focused) return focused.label;
  let last: Span | undefined;
  for (const span of spans)
    if (span.origin === 'hand' && (!last || span.updatedAt > last.updatedAt)) last = span;
  return last?.label;
}
