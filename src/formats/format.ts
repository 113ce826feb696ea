import type { Scheme } from '../core/scheme.ts';
import type { Part } from '../core/splits/part.ts';
import type { OutgoingDocument, Reading } from '../core/transfer.ts';
import type { Columns } from '../core/columns.ts';
import type { UnitProof } from './reading/unit-proof.ts';
import type { OffsetUnit } from './units.ts';

/** A file as the browser hands it over; a `Blob` with a name, which may have folders: `corpus/a.txt`. */
export interface SourceFile {
  readonly name: string;
  readonly size: number;
  /** Where it is one, for looking into its middle. */
  readonly blob?: Blob;
  stream(): ReadableStream<Uint8Array<ArrayBuffer>>;
}

/** How a file begins, for telling what it is. */
export interface Opening {
  readonly name: string;
  /** In small letters, without the dot; empty when there is none. */
  readonly extension: string;
  readonly bytes: Uint8Array;
  /** The same bytes as text, decoded leniently, without a byte order mark; the last character may be cut. */
  readonly text: string;
}

/** How sure a format is that a file is its own. */
export const certainty = { no: 0, byExtension: 1, byShape: 2, bySignature: 3 } as const;
export type Certainty = (typeof certainty)[keyof typeof certainty];

/** What the user, or the first look at a file, has said about how to read it. What is absent is not known. */
export interface ReadOptions {
  /** A label of the Encoding Standard. Without one a file has to be UTF-8. */
  readonly encoding?: string;
  /** What the offsets count. Without it a reader takes the unit that its format documents. */
  readonly unit?: OffsetUnit;
  /** Whether rows that their annotator rejected or ignored are read as well. */
  readonly answers?: 'accept' | 'all';
  readonly columns?: Columns;
  /** Whether spans whose quote is not at their offsets may be moved to where it is. */
  readonly reanchor?: boolean;
  /** Whether the folder that a file lies in names the annotator. */
  readonly annotatorByFolder?: boolean;
}

/** What a reader is given beside the file. */
export interface ReadContext {
  readonly options: ReadOptions;
  /** Of the files that came along, those that this one named as its companions, by name. */
  readonly companions: ReadonlyMap<string, SourceFile>;
  /** Where a reader weighs ranges and quotes before it places them. */
  readonly proof: UnitProof;
}

/** How spans that overlap go into a format that cannot hold overlaps. */
export type OverlapPolicy = 'longest' | 'first';

export interface WriteOptions {
  readonly scheme: Scheme;
  /** For formats that list `unit` among their options. */
  readonly unit: OffsetUnit;
  readonly overlap: OverlapPolicy;
  readonly tagging: 'BIO' | 'BIOES' | 'IOB1';
  /** Whether cells that a spreadsheet would take for formulas are neutralised. */
  readonly safeCells: boolean;
  /** For formats that describe the data as a whole. */
  readonly dataset?: DatasetFacts;
}

/** What a data set says of itself. */
export interface DatasetFacts {
  readonly name: string;
  readonly description?: string;
  /** An address, or an identifier such as `cc-by-4.0`. */
  readonly licence?: string;
  readonly url?: string;
  /** A tag such as `en` or `pt-BR`. */
  readonly language?: string;
  readonly creators?: readonly string[];
  /** By document id. The documents come in the order of their parts; those without one are for training. */
  readonly parts?: { get(documentId: string): Part | undefined };
  /** The day of the export, YYYY-MM-DD; given, so that the same documents give the same bytes. */
  readonly date: string;
  /** That of Locution. */
  readonly version: string;
}

export type WriteChoice = 'unit' | 'overlap' | 'tagging' | 'safeCells' | 'dataset';

/** So much of something that the format cannot hold. `what` goes on after the number: "12 relations". */
export interface Loss {
  readonly kind: 'loss';
  /** In the plural. */
  readonly what: string;
  readonly count: number;
}

/** What a writer yields: a part of the open file, the start of the next file of a folder, or a loss. */
export type Written =
  string | Uint8Array<ArrayBuffer> | { readonly kind: 'file'; readonly path: string } | Loss;

/** A text that stands in a written file with what is marked on it: offsets in UTF-16 units, labels by machine name. */
export interface WrittenText {
  readonly text: string;
  readonly spans: readonly { readonly start: number; readonly end: number; readonly label: string }[];
}

/**
 * Finds in a file what was written into it, for formats that nobody reads in again. What cannot be made sense of throws.
 */
type ReadBack = (file: SourceFile) => AsyncIterable<WrittenText>;

/** One outside format. */
export interface Format {
  /** As the export dialog names it. */
  readonly name: string;
  /** Without the dot; the first is the one that files are written with. Writers of several files write `zip`. */
  readonly extensions: readonly string[];
  readonly mediaType: string;
  /** How sure it is that a file is its own. Absent in formats that only write. */
  recognise?(opening: Opening): Certainty;
  /** Names of files that belong to a file of this name, if they came along; they are not read by themselves. */
  companions?(name: string): readonly string[];
  /** The units that its files are known to count in, the documented one first. */
  readonly units?: readonly OffsetUnit[];
  /** Yields all that could be read; what could not is a problem, and the rest goes on. */
  read?(file: SourceFile, context: ReadContext): AsyncIterable<Reading>;
  /** What its files count when the user has not chosen it, as its tool does; code points when absent. */
  readonly writtenUnit?: OffsetUnit;
  /** What the user may choose for its files. */
  readonly choices?: readonly WriteChoice[];
  /** Yields files, parts and losses. The same documents give the same bytes. */
  write?(documents: AsyncIterable<OutgoingDocument>, options: WriteOptions): AsyncIterable<Written>;
  /** Whether it writes several files, which come as a zip. */
  readonly isFolder?: true;
  /**
   * What of the texts a reader of its files finds: `words` when white space is lost; `quotes` when it is and spans are
   * told by their words alone, without their place; `exact` when absent.
   */
  readonly textMode?: 'exact' | 'words' | 'quotes';
  /** For a format that only writes: the one that reads its files back. */
  readonly readBackWith?: Format;
  /** For a format that only writes: finds in its files what was written. Absent where a reader does. */
  readBack?: ReadBack;
  /** What of a document stands in the file, where that is not its whole text with the spans that are held. */
  pieces?(document: OutgoingDocument, options: WriteOptions): readonly WrittenText[];
  /** Whether a reader of its files finds every relation between the spans that are held, so that they are compared too. */
  readonly holdsRelations?: true;
  /** What the format can never hold, a sentence each. */
  readonly losses: readonly string[];
  /**
   * What of a document a reader would find in the written file: fewer spans than there are where the format is flat.
   * Absent when all of text, spans and labels is there.
   */
  held?(document: OutgoingDocument, options: WriteOptions): Held;
}

/** What of a document a file holds, for reading it back and comparing. */
export interface Held {
  /** `words` when the file has words and no white space, so that only the words of text and spans can be compared. */
  readonly text: 'exact' | 'words' | 'none';
  readonly spans: OutgoingDocument['spans'];
}

export const plainOptions: ReadOptions = {};

/** Whether what a writer yielded is a loss. */
export function isLoss(written: Written): written is Loss {
  return typeof written === 'object' && 'kind' in written && written.kind === 'loss';
}
