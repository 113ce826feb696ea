import { noEdit, spanEntry } from '../../core/change.ts';
import { isSameMark, type Span } from '../../core/span.ts';
import type { OpenDocument } from '../documents/open-document.svelte.ts';
import type { Recorder } from '../log/recorder.ts';
import type { Workplace } from '../workplace.ts';

/**
 * The other span that marks the same words with the same label, if there is one; also when one of them bears a label that
 * was merged into the other's.
 */
export function twinOf(place: Workplace, open: OpenDocument, span: Span): Span | undefined {
  const counting = (one: Span) => ({ ...one, label: place.label(one.label).id });
  return open.index
    .overlapping(span)
    .find((other) => other.id !== span.id && isSameMark(counting(span), counting(other)));
}

/** Replaces a span, as one step of this title; not if it came to be another one's twin by that. */
export function replaceSpan(
  { place, recorder, open }: { place: Workplace; recorder: Recorder; open: OpenDocument },
  before: Span,
  changed: Span,
  title: string,
): void {
  const after = { ...changed, updatedAt: new Date().toISOString() };
  if (twinOf(place, open, after))
    return place.messages.say(
      `Another span with this label covers the same words already, so nothing was changed.`,
    );
  const update = { before: spanEntry(open.id, before), after: spanEntry(open.id, after) };
  place.messages.say(title);
  void recorder.record('do', title, { ...noEdit, updated: [update] });
}
