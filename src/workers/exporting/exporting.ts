import { cutFrom } from '../../core/cutting.ts';
import { comesAsZip, type CountedLoss, type ExportChoices } from '../../core/export-plan.ts';
import type { Part } from '../../core/splits/part.ts';
import type { Scheme } from '../../core/scheme.ts';
import type { OutgoingDocument } from '../../core/transfer.ts';
import { isLoss, type Format, type WriteOptions, type Written } from '../../formats/format.ts';
import { formats } from '../../formats/formats.ts';
import type { Database } from '../../storage/database.ts';
import { keepParts } from '../../storage/parts.ts';
import { chosenDocuments } from './chosen.ts';
import { Losses } from './losses.ts';
import { enterWritten, readBackFault } from './reading-back.ts';
import { Ledger } from './ledger.ts';
import { dealtOut, type Dealt } from './splitting.ts';
import { runsOf, type Run } from './runs.ts';
import { blobSink, saveTo, type Sink } from './sinks.ts';
import { zip, type ZippedFile } from './zipping.ts';

export interface ExportOrder {
  readonly projectId: string;
  /** Its name. */
  readonly format: string;
  readonly documentIds: readonly string[];
  readonly scheme: Scheme;
  readonly choices: ExportChoices;
  /** The day and the version of Locution, for what says when and by what it was written. */
  readonly date: string;
  readonly version: string;
  /** A file that the user picked; without one the result is a blob to download. */
  readonly target?: FileSystemFileHandle;
}

export interface Exported {
  readonly blob?: Blob;
  readonly documents: number;
  readonly spans: number;
  readonly losses: readonly CountedLoss[];
  /** Everybody who marked something on the documents, chosen or not. */
  readonly annotators: readonly string[];
  /** What is odd about the parts of a split, a sentence each. */
  readonly warnings: readonly string[];
  /** On how many of the documents something is wrong in the storage, which the Doctor tells. */
  readonly unsound: number;
}

type OnDocument = (done: number) => void;

/** One export under way: what it has counted, and what should come back when its files are read. */
class Export {
  readonly order: ExportOrder;
  readonly format: Format & Required<Pick<Format, 'write'>>;
  readonly options: WriteOptions;
  readonly losses = new Losses();
  readonly ledger: Ledger;
  readonly annotators = new Set<string>();
  readonly unsound = new Set<string>();
  spans = 0;
  /** By id: one may be written in several passes, or in pieces. */
  readonly #written = new Set<string>();
  readonly #database: Database;
  readonly #ondocument: OnDocument;

  readonly #split: Dealt | undefined;

  constructor(database: Database, order: ExportOrder, split: Dealt | undefined, ondocument: OnDocument) {
    this.#split = split;
    this.#database = database;
    this.#ondocument = ondocument;
    this.order = order;
    this.format = writerNamed(order.format);
    this.options = writeOptions(order, this.format, split?.parts);
    this.ledger = new Ledger(this.format.textMode ?? 'exact');
  }

  get runs(): readonly Run[] {
    const { documentIds, choices, scheme } = this.order;
    return runsOf(documentIds, choices, this.format, scheme, this.#split?.parts);
  }

  get counted(): Exported {
    const { spans, losses, annotators } = this;
    const documents = this.#written.size;
    const warnings = this.#split?.warnings ?? [];
    const unsound = this.unsound.size;
    return {
      documents,
      spans,
      losses: losses.counted,
      annotators: [...annotators].sort(),
      warnings,
      unsound,
    };
  }

  /** What the writer yields for a run, without the losses, which are counted. */
  async *write(run: Run): AsyncGenerator<Exclude<Written, { kind: 'loss' }>> {
    for await (const item of this.format.write(this.#documents(run), this.options))
      if (!isLoss(item)) yield item;
      else if (!run.isRepeat || !item.what.startsWith('documents’')) this.losses.add(item);
  }

  async *#documents(run: Run): AsyncGenerator<OutgoingDocument> {
    for await (const { id, pieces } of chosenDocuments(this.#database, this.order, run, this)) {
      if (pieces[0]?.lineKinds && !run.isRepeat)
        this.losses.add({ what: 'documents’ layout: headings, list items, quotations', count: 1 });
      for (const piece of pieces) {
        enterWritten(this.ledger, this.format, piece, this.options);
        yield piece;
        this.spans += piece.spans.length;
      }
      this.#ondocument(this.#written.add(id).size);
    }
  }
}

/**
 * Writes documents, reads the result back and compares. Nothing is handed out that did not come back the same.
 *
 * @throws RangeError when it did not.
 */
export async function exportDocuments(
  database: Database,
  order: ExportOrder,
  onprogress: (progress: { done: number; total: number }) => void,
): Promise<Exported> {
  const total = order.documentIds.length;
  const split = await splitOf(database, order);
  const work = new Export(database, order, split, (done) =>
    onprogress({ done: Math.min(done, total), total }),
  );
  const isZip = comesAsZip(work.format, order.choices);
  const sink = blobSink(isZip ? 'application/zip' : work.format.mediaType);
  await (isZip ? zip(filesOf(work), sink) : writeOne(work, sink));
  const blob = sink.close();
  const fault = await readBackFault(blob, isZip, work);
  if (fault !== undefined) throw new RangeError(`the file was read back and compared: ${fault}.`);
  // Only what has come back the same takes the place of the file that the user picked.
  if (order.target) await saveTo(order.target, blob);
  if (split) await keepParts(database, order.projectId, split.parts);
  return { ...work.counted, ...(!order.target && { blob }) };
}

/** What an export of these documents would lose, without writing anything. */
export async function measureExport(
  database: Database,
  order: ExportOrder,
  onprogress: (progress: { done: number; total: number }) => void,
): Promise<Exported> {
  const total = order.documentIds.length;
  const split = await splitOf(database, order);
  const work = new Export(database, order, split, (done) =>
    onprogress({ done: Math.min(done, total), total }),
  );
  for (const run of work.runs) for await (const _ of work.write(run)) continue;
  return work.counted;
}

async function splitOf(database: Database, order: ExportOrder): Promise<Dealt | undefined> {
  const { projectId, documentIds, scheme, choices } = order;
  return choices.split && dealtOut(database, projectId, documentIds, scheme, choices.split);
}

async function writeOne(work: Export, sink: Sink): Promise<void> {
  for await (const item of work.write(work.runs[0] ?? { name: '', documentIds: [] }))
    if (typeof item === 'string' || item instanceof Uint8Array) await sink.write(item);
}

/** The files of all runs, those of a run that has several in a folder of its name. */
async function* filesOf(work: Export): AsyncGenerator<ZippedFile> {
  for (const run of work.runs) {
    const written = work.write(run);
    if (work.format.isFolder) yield* folderFiles(written, run.name);
    else
      yield {
        path: `${run.name || 'all'}.${work.format.extensions[0]}`,
        parts: written as ZippedFile['parts'],
      };
  }
}

/** Parts the stream of a writer at the files that it begins; each file has to be read to its end before the next. */
async function* folderFiles(
  written: AsyncGenerator<Exclude<Written, { kind: 'loss' }>>,
  folder: string,
): AsyncGenerator<ZippedFile> {
  let path: string | undefined;
  const first = await written.next();
  if (!first.done && isFile(first.value)) path = first.value.path;
  while (path !== undefined) {
    let next: string | undefined;
    const parts = async function* () {
      for (let step = await written.next(); !step.done; step = await written.next()) {
        if (isFile(step.value)) return void (next = step.value.path);
        yield step.value;
      }
    };
    yield { path: folder === '' ? path : `${folder}/${path}`, parts: parts() };
    path = next;
  }
}

function isFile(
  item: Exclude<Written, { kind: 'loss' }>,
): item is { readonly kind: 'file'; readonly path: string } {
  return typeof item === 'object' && !(item instanceof Uint8Array);
}

function writerNamed(name: string): Export['format'] {
  const format = formats.find((candidate) => candidate.name === name);
  if (!format?.write) throw new RangeError(`no format to write named ${name}`);
  return format as Export['format'];
}

function writeOptions(
  { scheme, choices, date, version }: ExportOrder,
  { writtenUnit }: Format,
  parts: ReadonlyMap<string, Part> | undefined,
): WriteOptions {
  const { overlaps, tagging, safeCells, dataset } = choices;
  const unit = choices.unit ?? writtenUnit ?? 'codepoint';
  const overlap = overlaps === 'by-label' ? 'longest' : overlaps;
  // A piece of a document is in the part of its document.
  const ofPiece = parts && { get: (id: string) => parts.get(cutFrom(id, choices.textUnit)) };
  const said = dataset ?? { name: 'Untitled data set' };
  const facts = { ...said, date, version, ...(ofPiece && { parts: ofPiece }) };
  return { scheme, unit, tagging, safeCells, overlap, dataset: facts };
}
