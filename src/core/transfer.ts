import type { Document, Meta, Status } from './document.ts';
import type { FileProblem } from './problem.ts';
import type { Relation } from './relation.ts';
import type { Colour } from './scheme.ts';
import type { Attributes, Span } from './span.ts';
import type { TextSource } from './text.ts';

/** A document as a file brings it: canonical text, offsets in UTF-16 units of it, labels by machine name. */
export interface IncomingDocument {
  /** The id the file gives, if it gives one. */
  readonly id?: string;
  readonly title: string;
  readonly text: string;
  readonly source: TextSource;
  readonly meta: Meta;
  readonly status?: Status;
  readonly spans: readonly IncomingSpan[];
  readonly relations: readonly IncomingRelation[];
  /** Where in the file it stands, counting lines from 1. */
  readonly line?: number;
}

export interface IncomingSpan {
  readonly id: string;
  readonly start: number;
  readonly end: number;
  readonly label: string;
  readonly annotator: string;
  readonly attributes: Attributes;
  readonly note?: string;
}

export type IncomingRelation = Relation;

/** How a file would like a label to look, for the case that the scheme lacks it. */
export interface IncomingLabel {
  readonly value: string;
  readonly name: string;
  readonly key?: string;
  readonly colour?: Colour;
}

/** What a reader yields, one document or one complaint at a time, in the order of the file. */
export type Reading =
  | { readonly kind: 'document'; readonly document: IncomingDocument }
  | { readonly kind: 'label'; readonly label: IncomingLabel }
  | { readonly kind: 'problem'; readonly problem: FileProblem };

/** A document on its way out, with everything that a file may hold of it. */
export interface OutgoingDocument {
  readonly document: Document;
  readonly text: string;
  readonly spans: readonly Span[];
  readonly relations: readonly Relation[];
}
