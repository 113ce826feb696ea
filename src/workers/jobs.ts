import type { ImportDecisions } from '../core/import-plan.ts';
import type { Quoted, Wanted } from '../core/finding/occurrences.ts';
import type { Stretching } from '../core/lock/lock.ts';
import type { NamesInUse } from '../core/names.ts';
import type { Scheme } from '../core/scheme.ts';
import { StatisticsTally, type Statistics } from '../core/statistics/statistics.ts';
import type { OpenedFile, SealedHead } from '../formats/backup/sealed-file.ts';
import type { ReadOptions } from '../formats/format.ts';
import type { Database } from '../storage/database.ts';
import type { Converted } from '../storage/lock/converting.ts';
import { namesInUse } from '../storage/names.ts';
import { markedDocuments } from '../storage/outgoing.ts';
import { incompleteDocuments } from '../storage/completeness.ts';
import { changesSince, type Covers, type SinceBackups } from '../storage/backed-up.ts';
import { eraseLatecomers, goOnErasing, type Erased } from '../storage/erasing/erasing.ts';
import { countedUpTo } from '../storage/preferences.ts';
import { makeAlike, type Mirrored } from '../storage/mirroring.ts';
import { remains, removeRemains, type Remainder } from '../storage/restoring/remains.ts';
import { bringUpToDate } from '../storage/upkeep.ts';
import type { BackedUp, BackupOrder } from './backup/backing-up.ts';
import type { FolderOrder, IntoFolder } from './backup/into-folder.ts';
import type { DryRun } from './backup/dry-run.ts';
import type { Examination } from '../core/doctor/finding.ts';
import type { ExaminationOrder } from './doctor/examine.ts';
import type { Mended, MendOrder } from './doctor/mend.ts';
import type { EverythingBackedUp, EverythingOrder } from './backup/everything.ts';
import type { Restored, RestoreOrder } from './backup/restoring.ts';
import type { Exported, ExportOrder } from './exporting/exporting.ts';
import type { ExportFormat } from './exporting/export-formats.ts';
import type { ImportResult } from './importing/importing.ts';
import type { RefusedFile, RefusedPlace } from './importing/refused.ts';
import type { IncomingFile } from './importing/sources.ts';
import type { RescueFile } from './rescue/rescue-file.ts';
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
      readonly alone?: readonly string[];
      readonly isPreview?: boolean;
      readonly importId?: string;
      readonly leftOut?: ReadonlySet<string>;
    }
  | {
      readonly kind: 'refused';
      readonly files: readonly IncomingFile[];
      readonly places: readonly RefusedPlace[];
    }
  | ({ readonly kind: 'export' } & ExportOrder)
  | ({ readonly kind: 'measure' } & ExportOrder)
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
  | ({ readonly kind: 'backup' } & BackupOrder)
  | ({ readonly kind: 'backup-into' } & FolderOrder)
  /** Where in the log there is work that no backup has. */
  | { readonly kind: 'since-backups'; readonly covers: Covers }
  /** What restoring a backup would bring, without writing anything; `name` is the file's. */
  | { readonly kind: 'dry-run'; readonly file: Blob; readonly name: string }
  /** Looks through the storage for what is wrong, and changes nothing. */
  | ({ readonly kind: 'doctor' } & ExaminationOrder)
  | ({ readonly kind: 'mend' } & MendOrder)
  | ({ readonly kind: 'restore' } & RestoreOrder)
  | ({ readonly kind: 'back-up-everything' } & EverythingOrder)
  /** What lies in the storage of imports and restores that never counted; with `remove` it is taken away first. */
  | { readonly kind: 'remains'; readonly remove?: boolean; readonly importId?: string }
  /** What can be written, and what each format cannot hold. */
  | { readonly kind: 'formats' }
  | { readonly kind: 'names'; readonly projectId: string }
  /** Makes of a passphrase the key that it stands for, which takes a second and much memory. */
  | { readonly kind: 'stretch'; readonly passphrase: string; readonly scrypt: Stretching }
  /** Makes the rows of a project as its lock says. */
  | { readonly kind: 'convert'; readonly projectId: string }
  /** Opens a sealed backup with the key of its project. */
  | { readonly kind: 'open-sealed'; readonly file: Blob; readonly head: SealedHead; readonly key: Uint8Array }
  | { readonly kind: 'upkeep' }
  /** Saves everything that can be read, in whatever state the storage is. */
  | { readonly kind: 'rescue'; readonly version: string }
  /** Goes on with deleting for good what is written down for it. */
  | { readonly kind: 'erase' }
  /** Makes the workspace and its second copy alike: each is given what it lacks, and nothing is taken from either. */
  | { readonly kind: 'mirror' };

export interface JobResults {
  import: ImportResult;
  refused: RefusedFile;
  export: Exported;
  measure: Exported;
  statistics: Statistics;
  occurrences: OccurrencesFound;
  prove: readonly InDocument<Quoted>[];
  /** The ids of the documents that have a span without a required attribute. */
  completeness: readonly string[];
  backup: BackedUp;
  'backup-into': IntoFolder;
  'since-backups': SinceBackups;
  'dry-run': DryRun;
  doctor: Examination;
  mend: Mended;
  restore: Restored;
  'back-up-everything': EverythingBackedUp;
  remains: readonly Remainder[];
  formats: readonly ExportFormat[];
  names: NamesInUse;
  stretch: Uint8Array;
  convert: Converted;
  'open-sealed': OpenedFile;
  upkeep: undefined;
  rescue: RescueFile;
  erase: Erased;
  mirror: Mirrored | undefined;
}

export interface Progress {
  /** Bytes of an import, otherwise documents. */
  readonly done: number;
  readonly total: number;
  /** Of an import, the file that is being read. */
  readonly file?: string;
}

/** What a worker answers: any number of times how far it is, then once how it ended. */
export type Report =
  | { readonly kind: 'progress'; readonly progress: Progress }
  | { readonly kind: 'done'; readonly result: JobResults[Job['kind']] }
  | { readonly kind: 'failed'; readonly message: string };

/**
 * Does the job. Importing only stages: nothing counts until the page writes the import's change. The formats are fetched
 * for the jobs that need them, as a worker is started for each small one too.
 */
export async function runJob(
  database: Database,
  job: Job,
  onprogress: (progress: Progress) => void,
): Promise<JobResults[Job['kind']]> {
  switch (job.kind) {
    case 'import':
      return (await import('./importing/importing.ts')).importFiles(database, job, onprogress);
    case 'refused':
      return (await import('./importing/refused.ts')).refusedFile(job.files, job.places);
    case 'export':
      return (await import('./exporting/exporting.ts')).exportDocuments(database, job, onprogress);
    case 'measure':
      return (await import('./exporting/exporting.ts')).measureExport(database, job, onprogress);
    case 'statistics':
      return count(database, job, onprogress);
    case 'occurrences':
      return findOccurrences(database, job, onprogress);
    case 'prove':
      return proveOccurrences(database, job);
    case 'completeness':
      return incompleteDocuments(database, job.documentIds, job.scheme);
    case 'backup':
      return (await import('./backup/backing-up.ts')).backUp(database, job, onprogress);
    case 'backup-into':
      return (await import('./backup/into-folder.ts')).backUpInto(database, job, onprogress);
    case 'since-backups':
      return changesSince(database, job.covers);
    case 'dry-run':
      return (await import('./backup/dry-run.ts')).dryRun(database, job.file, job.name, onprogress);
    case 'doctor':
      return (await import('./doctor/examine.ts')).examine(database, job, onprogress);
    case 'mend':
      return (await import('./doctor/mend.ts')).mend(database, job);
    case 'restore':
      return (await import('./backup/restoring.ts')).restoreBackup(database, job, onprogress);
    case 'back-up-everything':
      return (await import('./backup/everything.ts')).backUpEverything(database, job, onprogress);
    case 'remains':
      if (job.remove) await removeRemains(database, job.importId);
      return remains(database);
    case 'formats':
      return (await import('./exporting/export-formats.ts')).exportFormats();
    case 'names':
      return namesInUse(database, job.projectId);
    case 'stretch':
      return (await import('../core/lock/lock.ts')).stretched(job.passphrase, job.scrypt);
    case 'convert':
      return (await import('../storage/lock/converting.ts')).convert(database, job.projectId, onprogress);
    case 'open-sealed':
      return (await import('../formats/backup/sealed-file.ts')).openedFile(job.file, job.head, job.key);
    case 'upkeep':
      return tidyUp(database).then(() => undefined);
    case 'erase':
      return goOnErasing(database);
    case 'rescue':
      return (await import('./rescue/rescue-file.ts')).rescueFile(database.openedWith, job.version);
    case 'mirror':
      return makeAlike(database, onprogress);
    default:
      job satisfies never;
      throw new RangeError(`no job of the kind “${String((job as { kind?: unknown }).kind)}”`);
  }
}

async function tidyUp(database: Database): Promise<void> {
  const since = await countedUpTo(database);
  await bringUpToDate(database);
  await eraseLatecomers(database, since);
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
