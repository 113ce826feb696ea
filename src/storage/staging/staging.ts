import { v7 as newId } from 'uuid';
import { noEdit, spanEntry, type Edit, type Entry } from '../../core/change.ts';
import type { Counts, Document } from '../../core/document.ts';
import { plainDecisions, type ImportDecisions } from '../../core/import-plan.ts';
import {
  describeFileProblem,
  fileProblem,
  type FileProblem,
  type StorageProblem,
} from '../../core/problem.ts';
import type { Project } from '../../core/project.ts';
import { labelKeys, type LabelWish, type Scheme } from '../../core/scheme.ts';
import type { SchemePlan } from '../../core/schemes/plan.ts';
import { PartsSaid } from '../../core/schemes/parts-said.ts';
import type { NewParts } from '../../core/schemes/growing.ts';
import { applyEdit, countSpans, type Sheet } from '../../core/sheet.ts';
import type { Span } from '../../core/span.ts';
import { hashText } from '../../core/text.ts';
import { unite } from '../../core/union.ts';
import type { IncomingDocument, IncomingSpan, Reading } from '../../core/transfer.ts';
import type { Database, LayerRow, TextRow } from '../database.ts';
import { eachCounting, sheetFromLog } from '../documents.ts';
import { storageProblem } from '../failure.ts';
import { noteImport } from '../restoring/import-notes.ts';
import { removeRemains } from '../restoring/remains.ts';
import { erasedIn, type IsErased } from '../erasing/tombstones.ts';
import { IncomingScheme } from './incoming-scheme.ts';
import { withOwnIds } from './own-ids.ts';
import { twinReport } from './twin-report.ts';
import { layersOf } from '../upkeep.ts';

/** What an import would do once its one change is written. Until then nothing of it counts. */
export interface Staged {
  readonly importId: string;
  /** Documents that are new, by id and in order. */
  readonly documentIds: readonly string[];
  readonly spans: number;
  /** What it adds to documents that were here already. */
  readonly edit: Edit;
  /** What the scheme lacked. */
  readonly created: NewParts;
  /** The scheme with all that the import needs; the same object as before when it lacked nothing. */
  readonly scheme: Scheme;
  readonly problems: readonly FileProblem[];
  /** Set when there was no room for all of it: what is staged is whole, and these files are not, or not wholly, in it. */
  readonly left?: { readonly problem: StorageProblem; readonly files: readonly string[] };
}

/** A file's readings, one after the other. */
export interface Source {
  readonly file: string;
  readonly readings: AsyncIterable<Reading>;
}

/** What is known of an import before it begins. */
interface Known {
  readonly importId?: string;
  /** What its files are called, noted for the next start should it be cut off. */
  readonly files?: readonly string[];
}

/** What an import has to know of the project's documents. */
interface Here {
  /** Of the documents that count. */
  readonly ids: Set<string>;
  /** Ids that are taken in the storage besides: in other projects, and by imports that were taken back. */
  readonly elsewhere: ReadonlySet<string>;
  readonly byHash: Map<string, string>;
  /** Ids under which an import that was cut off has left rows. */
  readonly leftovers: ReadonlySet<string>;
  /** Ids of what was deleted for good are given out to nothing else. */
  readonly isErased: IsErased | undefined;
  readonly lastOrder: number;
}

async function lookRound(database: Database, projectId: string): Promise<Here> {
  const [ids, byHash] = [new Set<string>(), new Map<string, string>()];
  let lastOrder = 0;
  await eachCounting(database, projectId, (document) => {
    ids.add(document.id);
    if (!document.deleted) byHash.set(document.hash, document.id);
    lastOrder = Math.max(lastOrder, document.order);
  });
  const leftovers = await neverWritten(database);
  const all = await database.documents.toCollection().primaryKeys();
  const elsewhere = new Set(all.filter((id) => !ids.has(id) && !leftovers.has(id)));
  const isErased = await erasedIn(database);
  return { ids, elsewhere, byHash, leftovers, isErased, lastOrder };
}

/** One that was taken back may come again, so its rows are not free. */
export async function neverWritten({ documents, changes }: Database): Promise<ReadonlySet<string>> {
  const imports = await changes.where('kind').equals('import').toArray();
  const written = imports.flatMap(({ importId }) => importId ?? []);
  return new Set(await documents.where('importId').noneOf(written).primaryKeys());
}

/** About how much text one transaction takes: big enough to be fast, small enough to keep memory flat. */
const batchLength = 2_000_000;
const batchDocuments = 500;

/**
 * Writes incoming documents, texts and layers in bulk, under an import that does not count yet. A text that the project
 * has already adds no document; spans it brings that are missing here become part of the edit.
 */
export class Staging {
  readonly #database: Database;
  readonly #importId: string;
  readonly #files: readonly string[];
  readonly #at = new Date().toISOString();
  readonly #projectId: string;
  readonly #scheme: IncomingScheme;
  readonly #parts: PartsSaid;
  readonly #problems: FileProblem[] = [];
  readonly #said = new Set<string>();
  #documentIds: string[] = [];
  /** Of the documents that count and those of this import nothing else is kept, as there may be very many. */
  readonly #ids: Set<string>;
  readonly #byHash: Map<string, string>;
  readonly #decisions: ImportDecisions;
  /** Ids under which an import that was cut off has left rows. */
  readonly #elsewhere: ReadonlySet<string>;
  readonly #leftovers: ReadonlySet<string>;
  readonly #isErased: IsErased | undefined;
  readonly #added: Entry[] = [];
  /** How many spans were left out, by label. */
  readonly #ignored = new Map<string, number>();
  /** How many relations lost an end by that. */
  #unlinked = 0;
  #spans = 0;
  #order: number;
  #documents: Document[] = [];
  #texts: TextRow[] = [];
  #layers: LayerRow[] = [];
  #pendingLength = 0;
  /** The files of what is not written yet. */
  #pendingFiles = new Set<string>();
  #left: { readonly problem: StorageProblem; readonly files: Set<string> } | undefined;
  #isNoted = false;

  private constructor(
    database: Database,
    project: Project,
    here: Here,
    keys: readonly string[],
    decisions: ImportDecisions,
    { importId = newId(), files = [] }: Known,
  ) {
    this.#database = database;
    [this.#importId, this.#files] = [importId, files];
    this.#projectId = project.id;
    this.#scheme = new IncomingScheme(project.scheme, keys, decisions.labels);
    this.#parts = new PartsSaid(project.scheme);
    this.#decisions = decisions;
    this.#ids = here.ids;
    this.#byHash = here.byHash;
    this.#elsewhere = here.elsewhere;
    this.#leftovers = here.leftovers;
    this.#isErased = here.isErased;
    this.#order = here.lastOrder;
  }

  /** An import into the project, where what is new to its scheme may have the keys. */
  static async begin(
    database: Database,
    projectId: string,
    keys: readonly string[] = labelKeys,
    decisions: ImportDecisions = plainDecisions,
    known: Known = {},
  ): Promise<Staging> {
    const project = await database.projects.get(projectId);
    if (!project) throw new RangeError(`no project ${projectId}`);
    return new Staging(database, project, await lookRound(database, projectId), keys, decisions, known);
  }

  /** Whether there was no room for more. Nothing further is taken in then. */
  get isFull(): boolean {
    return this.#left !== undefined;
  }

  /** Notes files that are not taken in any more. */
  leave(files: Iterable<string>): void {
    for (const file of files) this.#left?.files.add(file);
  }

  /** Takes what was written away again, as nothing is to come of it. */
  async discard(): Promise<void> {
    await removeRemains(this.#database, this.#importId);
  }

  /** What went wrong before the files were read. */
  complain(problems: readonly FileProblem[]): void {
    for (const problem of problems) this.#complain(problem);
  }

  /** A file that several others are read with, such as a scheme, is complained of once. */
  #complain(problem: FileProblem): void {
    const words = describeFileProblem(problem);
    if (!this.#said.has(words)) this.#problems.push(problem);
    this.#said.add(words);
  }

  /** Takes in a file. Whatever of it cannot be kept is a problem, and the rest goes on. */
  async take(source: Source): Promise<void> {
    await this.#unlessFull(source.file, () => this.#takeAll(source));
  }

  /**
   * What was written before there was no room stays: documents are written whole.
   *
   * @throws what went wrong when it is something else, or nothing was written before.
   */
  async #unlessFull(file: string | undefined, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      const problem = storageProblem(error);
      const unwritten = new Set(this.#documents.map(({ id }) => id));
      const written = this.#documentIds.filter((id) => !unwritten.has(id));
      if (problem.kind !== 'full' || written.length === 0) throw error;
      this.#documentIds = written;
      this.#spans -= this.#documents.reduce((sum, { counts }) => sum + counts.spans, 0);
      this.#left = {
        problem,
        files: new Set([...this.#pendingFiles, ...(file === undefined ? [] : [file])]),
      };
      this.#forgetPending();
    }
  }

  async #takeAll({ file, readings }: Source): Promise<void> {
    for await (const reading of readings) {
      if (reading.kind === 'problem') this.#complain(reading.problem);
      else if (reading.kind === 'label') this.#takeWish(reading.label, file);
      else if (reading.kind === 'plan') this.#takePlan(reading.plan, file);
      else if (reading.kind === 'document') await this.#takeDocument(reading.document, file);
      else if (reading.question.presumed === undefined) {
        const message = `${reading.question.words} Nothing of this file was taken in before that is known.`;
        this.#problems.push(fileProblem('refused', file, message));
      }
    }
  }

  #takeWish(wish: LabelWish, file: string): void {
    this.#scheme.wish(wish);
    const left = this.#parts.guidelineLeft(wish);
    if (left !== undefined) this.#complain(fileProblem('adjusted', file, left));
  }

  #takePlan(plan: SchemePlan, file: string): void {
    for (const said of this.#parts.differences(plan, file))
      this.#complain(fileProblem('adjusted', file, said));
    this.#scheme.takePlan(plan);
  }

  async finish(): Promise<Staged> {
    await this.#unlessFull(undefined, () => this.#flush());
    for (const [label, count] of this.#ignored) {
      const message = `${count} with the label “${label}” left out, as you chose.`;
      this.#problems.push(fileProblem('skipped', 'Spans', message));
    }
    if (this.#unlinked > 0) {
      const message = `${this.#unlinked} left out, as a span at one of their ends was.`;
      this.#problems.push(fileProblem('skipped', 'Relations', message));
    }
    const edit: Edit = { ...noEdit, added: this.#added };
    return {
      importId: this.#importId,
      documentIds: this.#documentIds,
      spans: this.#spans,
      edit,
      created: this.#scheme.created,
      scheme: this.#scheme.now,
      problems: this.#problems,
      ...(this.#left && { left: { problem: this.#left.problem, files: [...this.#left.files] } }),
    };
  }

  async #takeDocument(incoming: IncomingDocument, file: string): Promise<void> {
    const hash = hashText(incoming.text);
    const twin = this.#decisions.twins === 'keep' ? undefined : await this.#twin(hash);
    if (twin && this.#decisions.twins === 'skip') return this.#skip(twin, incoming, file);
    if (twin) return this.#merge(twin, incoming, file);
    const sheet = this.#sheetOf(incoming);
    const document = this.#newDocument(incoming, hash, file, countSpans(sheet.spans));
    this.#byHash.set(hash, document.id);
    this.#ids.add(document.id);
    this.#documentIds.push(document.id);
    this.#documents.push(document);
    this.#pendingFiles.add(file);
    const { text, lineKinds } = incoming;
    this.#texts.push({ documentId: document.id, text, ...(lineKinds?.length && { lineKinds }) });
    if (sheet.spans.length > 0 || sheet.relations.length > 0)
      this.#layers.push(...layersOf(sheet, document.id, 0));
    this.#spans += sheet.spans.length;
    this.#pendingLength += incoming.text.length;
    if (this.#pendingLength > batchLength || this.#documents.length >= batchDocuments) await this.#flush();
  }

  /** The document that has the text already; it may have come with this import. */
  async #twin(hash: string): Promise<Document | undefined> {
    const id = this.#byHash.get(hash);
    if (id === undefined) return undefined;
    await this.#flush();
    return this.#database.documents.get(id);
  }

  #newDocument(incoming: IncomingDocument, hash: string, file: string, counts: Counts): Document {
    return {
      id: this.#freeId(incoming, file),
      projectId: this.#projectId,
      title: incoming.title,
      length: incoming.text.length,
      hash,
      source: incoming.source,
      meta: incoming.meta,
      status: incoming.status ?? 'todo',
      ...(incoming.labels && { labels: incoming.labels.map((label) => this.#scheme.documentLabelId(label)) }),
      ...(incoming.note !== undefined && { note: incoming.note }),
      order: ++this.#order,
      counts,
      importId: this.#importId,
    };
  }

  /** The id the file gives, unless a document with another text has it. Ids are told apart in the whole storage. */
  #freeId({ id, line }: IncomingDocument, file: string): string {
    if (id === undefined || this.#elsewhere.has(id) || this.#isErased?.(id)) return newId();
    if (!this.#ids.has(id)) return id;
    const message = `another document has the id “${id}”, so this one was given a new id.`;
    this.#problems.push(fileProblem('adjusted', file, message, line));
    return newId();
  }

  #skip(twin: Document, { line }: IncomingDocument, file: string): void {
    const message = `this text is already here as “${twin.title}” and was left out, as you chose.`;
    this.#problems.push(fileProblem('skipped', file, message, line));
  }

  #sheetOf(incoming: IncomingDocument): Sheet {
    const spans = incoming.spans.flatMap((span) => this.#spanOf(span, incoming.text) ?? []);
    const taken = spans.length < incoming.spans.length ? new Set(spans.map(({ id }) => id)) : undefined;
    const relations = incoming.relations.filter(
      ({ head, child }) => !taken || (taken.has(head) && taken.has(child)),
    );
    this.#unlinked += incoming.relations.length - relations.length;
    return {
      spans,
      relations: relations.map((relation) => ({
        ...relation,
        label: this.#scheme.relationTypeId(relation.label),
      })),
    };
  }

  /** `undefined` when the spans of its label are to be left out. */
  #spanOf(incoming: IncomingSpan, text: string): Span | undefined {
    const label = this.#scheme.labelId(incoming.label);
    if (label === undefined) {
      this.#ignored.set(incoming.label, (this.#ignored.get(incoming.label) ?? 0) + 1);
      return undefined;
    }
    return {
      ...incoming,
      label,
      text: text.slice(incoming.start, incoming.end),
      origin: 'file',
      createdAt: this.#at,
      updatedAt: this.#at,
    };
  }

  /** Adds what the incoming document marks and its twin here does not. What is here already stays as it is. */
  async #merge(twin: Document, incoming: IncomingDocument, file: string): Promise<void> {
    const here = applyEdit(
      await sheetFromLog(this.#database, twin.id),
      { ...noEdit, added: this.#added },
      twin.id,
    );
    const sheet = this.#sheetOf(incoming);
    const now = this.#scheme.asNow(here);
    const union = unite(now, withOwnIds(sheet, now, twin.importId === this.#importId));
    this.#added.push(
      ...union.spans.map((span) => spanEntry(twin.id, span)),
      ...union.relations.map((value): Entry => ({ type: 'relation', documentId: twin.id, value })),
    );
    this.#spans += union.spans.length;
    this.#problems.push(...twinReport(twin, incoming, file, union, this.#scheme.now));
  }

  async #flush(): Promise<void> {
    const { documents, texts, imported, preferences } = this.#database;
    const [newDocuments, newTexts, newLayers] = [this.#documents, this.#texts, this.#layers];
    if (newDocuments.length === 0) return;
    await this.#database.transaction('rw', [documents, texts, imported, preferences], async () => {
      if (!this.#isNoted && this.#files.length > 0)
        await noteImport(this.#database, { importId: this.#importId, at: this.#at, files: this.#files });
      const taken = newDocuments.flatMap(({ id }) => (this.#leftovers.has(id) ? [id] : []));
      if (taken.length > 0) await imported.where('documentId').anyOf(taken).delete();
      await documents.bulkPut(newDocuments);
      await texts.bulkPut(newTexts);
      await imported.bulkPut(newLayers);
    });
    this.#isNoted = true;
    this.#forgetPending();
  }

  #forgetPending(): void {
    [this.#documents, this.#texts, this.#layers, this.#pendingLength] = [[], [], [], 0];
    this.#pendingFiles = new Set();
  }
}
