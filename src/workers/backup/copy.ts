import type { Project } from '../../core/project.ts';
import { documentLine } from '../../formats/backup/document-line.ts';
import { backupVersion, offsetUnitsOfParts, type BackupCounts } from '../../formats/backup/manifest.ts';
import { streamedParts, type StreamedPart } from '../../formats/backup/part-names.ts';
import type { Database } from '../../storage/database.ts';
import {
  idsOfImport,
  keptChanges,
  keptDocumentIds,
  keptDocuments,
  keptLayers,
  keptSettings,
} from '../../storage/kept.ts';
import { lastSeq } from '../../storage/log.ts';
import { partsBefore } from '../../storage/parts.ts';
import { assembled, PartWriter, singleLine } from './part-writer.ts';

export type OnProgress = (progress: { readonly done: number; readonly total: number }) => void;

/** A change, and its place in the log. */
export interface LogPlace {
  readonly seq: number;
  readonly id: string;
}

/** When and by which version of Locution a backup is written. */
export interface Writing {
  readonly at: string;
  readonly version: string;
}

/** @throws RangeError when there is none. */
export async function projectNamed(database: Database, projectId: string): Promise<Project> {
  const project = await database.projects.get(projectId);
  if (!project) throw new RangeError(`there is no project ${projectId} to back up.`);
  // Of what is locked only stand-ins can be read, and a backup of those would be one of nothing.
  if (database.ring.isShut(projectId))
    throw new RangeError(`“${project.name}” is locked: open it with its passphrase first.`);
  return project;
}

/** A copy of a project under way. */
export class Copy {
  readonly #database: Database;
  #project: Project;
  readonly #onprogress: OnProgress;
  readonly #writers = new Map(streamedParts.map((part) => [part, new PartWriter(part)]));
  /** By document, how much is marked on it: one may be written again after a change. */
  readonly #marked = new Map<string, { readonly spans: number; readonly relations: number }>();
  readonly #missing = new Set<string>();
  readonly #unsound = new Map<string, number>();
  #changes = 0;
  #last: LogPlace | undefined;

  constructor(database: Database, project: Project, onprogress: OnProgress) {
    this.#database = database;
    this.#project = project;
    this.#onprogress = onprogress;
  }

  get counts(): BackupCounts {
    const marked = [...this.#marked.values()];
    return {
      documents: marked.length,
      spans: marked.reduce((sum, { spans }) => sum + spans, 0),
      relations: marked.reduce((sum, { relations }) => sum + relations, 0),
      changes: this.#changes,
    };
  }

  /** The newest change of the project that is in it. */
  get last(): LogPlace | undefined {
    return this.#last;
  }

  get warnings(): string[] {
    const unsound = [...this.#unsound.values()].reduce((sum, count) => sum + count, 0);
    return [
      ...(this.#missing.size > 0
        ? [
            `Documents without a text in the storage: ${this.#missing.size}. Only their history is in the backup.`,
          ]
        : []),
      ...(unsound > 0
        ? [
            `Spans that do not stand where their words are: ${unsound}. They are in the backup as part of the history.`,
          ]
        : []),
    ];
  }

  /** Goes over what was changed while it was copied until nothing was: then all is as of the same moment. */
  async everything(): Promise<void> {
    const { id: projectId } = this.#project;
    let upTo = await lastSeq(this.#database);
    let ids = await keptDocumentIds(this.#database, projectId);
    await this.#copyChanges(0, upTo);
    for (;;) {
      await this.#copyDocuments(ids);
      this.#project = await projectNamed(this.#database, projectId);
      const since = upTo;
      upTo = await lastSeq(this.#database);
      const touched = await this.#copyChanges(since, upTo);
      if (!touched) break;
      ids = [...touched].sort();
    }
    const all = [...this.#marked.keys()].sort();
    const parts = await partsBefore(this.#database, projectId);
    for await (const setting of keptSettings(this.#database, all, parts)) this.#write('settings', setting);
  }

  /** The documents that the changes touch; `undefined` when there are none of this project. */
  async #copyChanges(after: number, upTo: number): Promise<ReadonlySet<string> | undefined> {
    const touched = new Set<string>();
    const before = this.#changes;
    for await (const { seq, change } of keptChanges(this.#database, this.#project.id, after, upTo)) {
      this.#write('changes', change);
      this.#changes++;
      this.#last = { seq, id: change.id };
      for (const id of change.documentIds) touched.add(id);
      if (change.importId !== undefined)
        for (const id of await idsOfImport(this.#database, change.importId)) touched.add(id);
    }
    return this.#changes > before ? touched : undefined;
  }

  async #copyDocuments(ids: readonly string[]): Promise<void> {
    const fresh = ids.filter((id) => !this.#marked.has(id));
    for await (const layer of keptLayers(this.#database, fresh)) this.#write('imported', layer);
    const missing = new Set(ids);
    let done = 0;
    for await (const { kept, sheet } of keptDocuments(this.#database, ids)) {
      const { id } = kept.document;
      const { value, unsound } = documentLine({ ...kept, ...sheet }, this.#project.scheme);
      this.#write('documents', value);
      const { spans, relations } = value as unknown as { spans: unknown[]; relations: unknown[] };
      this.#marked.set(id, { spans: spans.length, relations: relations.length });
      this.#unsound.set(id, unsound);
      missing.delete(id);
      this.#missing.delete(id);
      this.#onprogress({ done: ++done, total: ids.length });
    }
    for (const id of missing) this.#missing.add(id);
  }

  #write(part: StreamedPart, value: object): void {
    this.#writers.get(part)!.add(value);
  }

  /** Head, scheme, all parts and the end. */
  file({ at, version }: Writing): Blob {
    const project = this.#project;
    const scheme = singleLine('scheme', { project });
    const written = [scheme, ...streamedParts.map((part) => this.#writers.get(part)!.close())];
    const parts = written.map(({ blob: _, crc: __, ...facts }) => facts);
    const manifest = singleLine('manifest', {
      format: 'locution',
      version: backupVersion,
      kind: 'backup',
      project: { id: project.id, name: project.name },
      written_at: at,
      written_by: `Locution ${version}`,
      offset_units: offsetUnitsOfParts,
      counts: this.counts,
      parts,
    });
    const end = singleLine('end', { end: true, counts: this.counts, parts });
    return assembled([manifest, ...written, end]);
  }
}
