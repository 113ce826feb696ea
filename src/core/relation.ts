import type { Attributes } from './span.ts';

/** A labelled, directed pair of spans: `head` acts, `child` is acted upon. Both are ids of spans of one document. */
export interface Relation {
  readonly id: string;
  readonly head: string;
  readonly child: string;
  readonly label: string;
  readonly annotator: string;
  readonly attributes: Attributes;
}

export function compareRelations(a: Relation, b: Relation): number {
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}
