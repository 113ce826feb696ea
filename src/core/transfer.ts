import type { Document, Meta, Status } from './document.ts';
import type { LineKinds } from './layout.ts';
import type { FileProblem } from './problem.ts';
import type { Relation } from './relation.ts';
import type { LabelWish } from './scheme.ts';
import type { SchemePlan } from './schemes/plan.ts';
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
  /** Machine names of document labels. */
  readonly labels?: readonly string[];
  readonly note?: string;
  readonly lineKinds?: LineKinds;
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

/** What a reader yields, one document or one complaint at a time, in the order of the file. */
export type Reading =
  | { readonly kind: 'document'; readonly document: IncomingDocument }
  /** How the file would like a label to look, for the case that it is used and the scheme lacks it. */
  | { readonly kind: 'label'; readonly label: LabelWish }
  /** What else the file's scheme has: attributes, relation types, document labels, rules. */
  | { readonly kind: 'plan'; readonly plan: SchemePlan }
  | { readonly kind: 'problem'; readonly problem: FileProblem }
  | { readonly kind: 'question'; readonly question: Question };

/** Something about a file that only the user can say. The answer is a `ReadOptions` value. */
export type Question =
  | {
      readonly about: 'encoding' | 'unit' | 'answers' | 'annotatorByFolder';
      /** One sentence. */
      readonly words: string;
      readonly choices: readonly {
        readonly value: string;
        readonly name: string;
        readonly examples: readonly string[];
      }[];
      /** What is taken for granted meanwhile. Where it is absent nothing is imported before there is an answer. */
      readonly presumed?: string;
    }
  | {
      readonly about: 'columns';
      readonly words: string;
      /** The first rows as they stand in the file. */
      readonly rows: readonly (readonly string[])[];
      /** What seems to be where, as a `Columns` value. */
      readonly presumed: unknown;
    };

/** A document on its way out, with everything that a file may hold of it. */
export interface OutgoingDocument {
  readonly document: Document;
  readonly text: string;
  readonly spans: readonly Span[];
  readonly relations: readonly Relation[];
  readonly lineKinds?: LineKinds;
}
