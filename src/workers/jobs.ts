import type { ImportDecisions } from '../core/import-plan.ts';
import type { Quoted, Wanted } from '../core/finding/occurrences.ts';
import type { NamesInUse } from '../core/names.ts';
import type { Scheme } from '../core/scheme.ts';
import { StatisticsTally, type Statistics } from '../core/statistics/statistics.ts';
import type { ReadOptions } from '../formats/format.ts';
import { formats } from '../formats/formats.ts';
import type { Database } from '../storage/database.ts';
import { namesInUse } from '../storage/names.ts';
import { markedDocuments, outgoingDocuments } from '../storage/outgoing.ts';
import { incompleteDocuments } from '../storage/completeness.ts';
import { bringUpToDate } from '../storage/upkeep.ts';
import { importFiles, type ImportResult } from './importing/importing.ts';
import type { IncomingFile } from './importing/sources.ts';
import { findOccurrences, proveOccurrences, type InDocument, type OccurrencesFound } from './occurrences.ts';

/** What the page asks a worker to do. A worker does one job and is then let go. */
export type Job =
  | {
      readonly kind: 'import';
      readonly projectId: string;
      readonly files: readonly IncomingFile[];
      readonly pasted: boolean;
      /** The keys that new labels and attributes may have. */
      readonly labelKeys: readonly string[];
      /** What is known about files, by path. */
      readonly options: Readonly<Record<string, ReadOptions>>;
      /** Absent before the user has seen what the files would bring. */
      readonly decisions?: ImportDecisions;
    }
  | {
      readonly kind: 'export';
      readonly format: string;
      readonly documentIds: readonly string[];
      readonly scheme: Scheme;
      /** A file that the user picked; without one the result is a blob to download. */
      readonly target?: FileSystemFileHandle;
    }
  | { readonly kind: 'statistics'; readonly documentIds: readonly string[]; readonly scheme: Scheme }
  | ({
      readonly kind: 'occurrences';
      readonly documentIds: readonly string[];
      readonly limit: number;
    } & Wanted)
  | {
      readonly kind: 'prove';
      readonly documents: readonly InDocument<Quoted>[];
      readonly labelIds: readonly string[];
      readonly annotator: string;
    }
  | { readonly kind: 'completeness'; readonly documentIds: readonly string[]; readonly scheme: Scheme }
  | { readonly kind: 'names'; readonly projectId: string }
  | { readonly kind: 'upkeep' };

export interface JobResults {
  import: ImportResult;
  export: { readonly blob?: Blob; readonly documents: number; readonly spans: number };
  statistics: Statistics;
  occurrences: OccurrencesFound;
  prove: readonly InDocument<Quoted>[];
  /** The ids of the documents that have a span without a required attribute. */
  completeness: readonly string[];
  names: NamesInUse;
  upkeep: undefined;
}

export interface Progress {
  /** Bytes of an import, otherwise documents. */
  readonly done: number;
  readonly total: number;
}

/** What a worker answers: any number of times how far it is, then once how it ended. */
export type Report =
  | { readonly kind: 'progress'; readonly progress: Progress }
  | { readonly kind: 'done'; readonly result: JobResults[Job['kind']] }
  | { readonly kind: 'failed'; readonly message: string };

/** Does the job. Importing only stages: nothing counts until the page writes the import's change. */
export function runJob(
  database: Database,
  job: Job,
  onprogress: (progress: Progress) => void,
): Promise<JobResults[Job['kind']]> {
  switch (job.kind) {
    case 'import':
      return importFiles(database, job, onprogress);
    case 'export':
      return write(database, job, onprogress);
    case 'statistics':
      return count(database, job, onprogress);
    case 'occurrences':
      return findOccurrences(database, job, onprogress);
    case 'prove':
      return proveOccurrences(database, job);
    case 'completeness':
      return incompleteDocuments(database, job.documentIds, job.scheme);
    case 'names':
      return namesInUse(database, job.projectId);
    case 'upkeep':
      return bringUpToDate(database).then(() => undefined);
    default:
      return job satisfies never;
  }
}

async function write(
  database: Database,
  { format: name, documentIds, scheme, target }: Extract<Job, { kind: 'export' }>,
  onprogress: (progress: Progress) => void,
): Promise<JobResults['export']> {
  const format = formats.find((candidate) => candidate.name === name);
  if (!format?.write) throw new RangeError(`no format to write named ${name}`);
  const tally = { documents: 0, spans: 0 };
  const documents = tallied(outgoingDocuments(database, documentIds, scheme), (spans) => {
    tally.documents++;
    tally.spans += spans;
    onprogress({ done: tally.documents, total: documentIds.length });
  });
  const sink = target ? await fileSink(target) : blobSink(format.mediaType);
  try {
    const options = {
      scheme,
      unit: 'codepoint',
      overlap: 'longest',
      tagging: 'BIO',
      safeCells: true,
    } as const;
    for await (const part of format.write(documents, options))
      if (typeof part === 'string') await sink.write(part);
    if (tally.documents !== documentIds.length)
      throw new RangeError(
        `only ${tally.documents} of ${documentIds.length} documents could be found in the storage.`,
      );
  } catch (error) {
    await sink.abort();
    throw error;
  }
  const blob = await sink.close();
  return { ...tally, ...(blob && { blob }) };
}

async function* tallied<T extends { readonly spans: readonly unknown[] }>(
  documents: AsyncIterable<T>,
  ondocument: (spans: number) => void,
): AsyncGenerator<T> {
  for await (const document of documents) {
    yield document;
    ondocument(document.spans.length);
  }
}

/** Telling of every one of ten thousand documents would take the page longer than drawing what came of them. */
const documentsPerReport = 50;

async function count(
  database: Database,
  { documentIds, scheme }: Extract<Job, { kind: 'statistics' }>,
  onprogress: (progress: Progress) => void,
): Promise<Statistics> {
  const tally = new StatisticsTally(scheme);
  let done = 0;
  for await (const document of markedDocuments(database, documentIds)) {
    tally.add(document);
    if (++done % documentsPerReport === 0) onprogress({ done, total: documentIds.length });
  }
  return tally.statistics();
}

interface Sink {
  write(part: string): Promise<void> | void;
  close(): Promise<Blob | undefined>;
  abort(): Promise<void>;
}

/** The file on disk changes only on `close`, so an export that fails leaves the old one as it was. */
async function fileSink(target: FileSystemFileHandle): Promise<Sink> {
  const stream = await target.createWritable();
  return {
    write: (part) => stream.write(part),
    close: () => stream.close().then(() => undefined),
    abort: () => stream.abort(),
  };
}

const blobPartLength = 4_000_000;

/** Collects the text as blobs, which the browser may keep outside of our memory. */
function blobSink(type: string): Sink {
  const blobs: Blob[] = [];
  let parts: string[] = [];
  let length = 0;
  const fold = () => {
    blobs.push(new Blob(parts));
    [parts, length] = [[], 0];
  };
  return {
    write(part) {
      parts.push(part);
      length += part.length;
      if (length > blobPartLength) fold();
    },
    async close() {
      fold();
      return new Blob(blobs, { type });
    },
    async abort() {},
  };
}
