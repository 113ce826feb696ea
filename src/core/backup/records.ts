import type { Change } from '../change.ts';
import type { Document } from '../document.ts';
import type { LineKinds } from '../layout.ts';
import type { Project } from '../project.ts';
import type { Relation } from '../relation.ts';
import type { Span } from '../span.ts';
import type { Part } from '../splits/part.ts';

/**
 * A change as a backup keeps it: its place in a log is where it stands, and it names by id the change that it takes back.
 * The chain is each log's own.
 */
export interface KeptChange extends Omit<Change, 'seq' | 'undoes' | 'chain'> {
  readonly undoes?: string;
}

/** A document as a backup keeps it. Counts are no part of it: they are made from what is marked. */
export interface KeptDocument {
  readonly document: Omit<Document, 'counts'>;
  readonly text: string;
  readonly lineKinds?: LineKinds;
}

/** What a file brought of one annotator's work on one document. */
export interface KeptLayer {
  readonly documentId: string;
  readonly annotator: string;
  readonly spans: readonly Span[];
  readonly relations: readonly Relation[];
}

/** What is kept beside the log: time worked, the part of a document in exports. */
export type KeptSetting =
  | {
      readonly setting: 'activity';
      readonly documentId: string;
      readonly annotator: string;
      readonly seconds: number;
    }
  | { readonly setting: 'part'; readonly documentId: string; readonly part: Part };

/** Everything that a project holds. What is marked now follows from the layers and the changes. */
export interface ProjectRecords {
  readonly project: Project;
  readonly documents: readonly KeptDocument[];
  readonly layers: readonly KeptLayer[];
  /** Oldest first. */
  readonly changes: readonly KeptChange[];
  readonly settings: readonly KeptSetting[];
}
