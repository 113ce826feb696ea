import { v7 as newId } from 'uuid';
import { documentUpdate, noEdit, spanEntry, type Update } from '../../core/change.ts';
import type { Quoted } from '../../core/finding/occurrences.ts';
import type { Label } from '../../core/scheme.ts';
import type { Span } from '../../core/span.ts';
import type { InDocument } from '../../workers/occurrences.ts';
import { recordAndOfferUndo } from '../log/offering-undo.ts';
import type { Recorder } from '../log/recorder.ts';
import { shortened } from '../spans/quoting.ts';
import type { Workplace } from '../workplace.ts';

/** How places are to be marked: with a label, and with what the spans are to say. */
export interface Mark {
  /** The words that were looked for. */
  readonly words: string;
  readonly label: Label;
  readonly attributes: Span['attributes'];
}

/** Marks the places of many documents in one step, which the message offers to undo. */
export function markEverywhere(
  place: Workplace,
  recorder: Recorder,
  places: readonly InDocument<Quoted>[],
  mark: Mark,
): void {
  const now = new Date().toISOString();
  const added = places.flatMap(({ documentId, items }) =>
    items.map((item) => spanEntry(documentId, spanOf(item, mark, recorder.annotator, now))),
  );
  if (added.length === 0) return place.messages.say('All of these are marked so already.');
  const count = added.length === 1 ? 'one occurrence' : `${added.length} occurrences`;
  const title = `Marked ${count} of “${shortened(mark.words, 40)}” as ${mark.label.name}`;
  recordAndOfferUndo(place, recorder, title, { ...noEdit, added, updated: starting(place, places) });
}

function spanOf(
  { start, end, text }: Quoted,
  { label, attributes }: Mark,
  annotator: string,
  now: string,
): Span {
  const rest = { attributes, origin: 'hand', createdAt: now, updatedAt: now } as const;
  return { id: newId(), start, end, label: label.id, annotator, text, ...rest };
}

/** With its first span a document is in progress. */
function starting({ shelf }: Workplace, places: readonly InDocument<Quoted>[]): readonly Update[] {
  return places.flatMap(({ documentId, items }) => {
    const document = items.length > 0 ? shelf.get(documentId) : undefined;
    if (document?.status !== 'todo') return [];
    return [documentUpdate(document, { ...document, status: 'in_progress' })];
  });
}
