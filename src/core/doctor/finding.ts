import type { Counts } from '../document.ts';
import type { Range } from '../offset.ts';
import type { Relation } from '../relation.ts';
import type { Span } from '../span.ts';

/** What is wrong with where a span stands. */
export type SpanFault = 'outside' | 'empty' | 'split' | 'other-words';

/** The document that a finding is in. */
export interface InDocument {
  readonly documentId: string;
  readonly title: string;
  readonly projectId: string;
}

/** A place where the words of a span stand, or something very like them. Lines count from 1. */
interface BetterPlace extends Range {
  readonly text: string;
  readonly line: number;
}

/** How many documents and changes one copy of the work has and the other has not. */
export interface Lacking {
  readonly documents: number;
  readonly changes: number;
}

/** Something in the storage that is not as it has to be. Nothing is changed to find it. */
export type Finding =
  | (InDocument & {
      readonly kind: 'misplaced';
      readonly fault: SpanFault;
      readonly span: Span;
      /** From 1; absent when it lies outside of the text. */
      readonly line?: number;
      /** What stands in its place, or the beginning of that. */
      readonly here: string;
      readonly to?: BetterPlace;
    })
  | (InDocument & {
      readonly kind: 'unlinked';
      readonly fault: 'no end' | 'to itself';
      readonly relation: Relation;
      readonly line?: number;
      /** The words of the end that is there. */
      readonly quote?: string;
    })
  /** Told once for each name, with the document where it was met first. */
  | (InDocument & {
      readonly kind: 'unknown';
      readonly what: 'label' | 'relation type' | 'attribute' | 'document label';
      readonly name: string;
      readonly count: number;
    })
  | (InDocument & {
      readonly kind: 'text';
      readonly fault: 'missing' | 'changed';
      /** Whether the second copy has the text as it was. */
      readonly isInCopy: boolean;
    })
  | (InDocument & { readonly kind: 'length'; readonly said: number; readonly length: number })
  | (InDocument & { readonly kind: 'counts'; readonly said: Counts; readonly counted: Counts })
  | (InDocument & { readonly kind: 'snapshot' })
  | (InDocument & { readonly kind: 'no-project' })
  /** A text, or marks, of a document that is not there. */
  | { readonly kind: 'stray'; readonly documentId: string }
  /** A document that the history speaks of, and that is not there. */
  | { readonly kind: 'lost'; readonly documentId: string }
  | { readonly kind: 'unfinished-import'; readonly importId: string; readonly documents: number }
  | {
      readonly kind: 'log';
      readonly fault: 'twice' | 'takes back nothing' | 'broken';
      readonly seq: number;
      readonly title: string;
    }
  | { readonly kind: 'copy'; readonly behind: Lacking; readonly ahead: Lacking };

export type FindingKind = Finding['kind'];

/** What a check of the storage has found. */
export interface Examination {
  readonly documents: number;
  readonly spans: number;
  readonly changes: number;
  /** Of each kind no more than are worth reading; the rest come up once these are repaired. */
  readonly findings: readonly Finding[];
  /** How many there are of each kind, those that are not listed included. */
  readonly counts: Readonly<Partial<Record<FindingKind, number>>>;
}

/** Whether the Doctor can do something about it, if the user says so. */
export function isRepairable(finding: Finding): boolean {
  switch (finding.kind) {
    case 'misplaced':
      return finding.to !== undefined;
    case 'text':
      return finding.isInCopy;
    case 'unlinked':
    case 'length':
    case 'counts':
    case 'snapshot':
    case 'unfinished-import':
    case 'copy':
      return true;
    case 'unknown':
    case 'no-project':
    case 'stray':
    case 'lost':
    case 'log':
      return false;
    default:
      return finding satisfies never;
  }
}
