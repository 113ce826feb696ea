import type { Span } from '../../../core/span.ts';

/** Somebody who has worked on a document. */
export interface Person {
  readonly name: string;
  readonly spans: number;
  readonly seconds: number;
}

/** Everybody who has spent time on the document or has marked something on it, each once. */
export function peopleOf(
  spans: readonly Span[],
  times: readonly { readonly annotator: string; readonly seconds: number }[],
): readonly Person[] {
  const counts = new Map(times.map(({ annotator }) => [annotator, 0]));
  for (const { annotator } of spans) counts.set(annotator, (counts.get(annotator) ?? 0) + 1);
  const seconds = new Map(times.map((time) => [time.annotator, time.seconds]));
  return [...counts].map(([name, count]) => ({ name, spans: count, seconds: seconds.get(name) ?? 0 }));
}
