import { contentOf } from '../../core/backup/content.ts';
import type { Conflict } from '../../core/backup/conflict.ts';
import { mergeRecords } from '../../core/backup/merge-records.ts';
import type { KeptChange, KeptDocument, KeptLayer, ProjectRecords } from '../../core/backup/records.ts';
import type { FileProblem } from '../../core/problem.ts';
import type { Project } from '../../core/project.ts';
import { backupRecords, type BackupRecord } from '../../formats/backup/backup-records.ts';
import { BackupReading, type BackupState } from '../../formats/backup/backup-reading.ts';
import type { Database } from '../../storage/database.ts';
import { keptChanges } from '../../storage/kept.ts';
import { lastSeq } from '../../storage/log.ts';

/** What restoring a backup would bring; nothing is written to find out. */
export interface DryRun {
  readonly state: BackupState;
  /** The project as the backup has it; absent when that line is lost. */
  readonly project?: Project;
  /** Whether the project is here, so that the backup would be merged with it. */
  readonly isHere: boolean;
  readonly documents: {
    readonly new: number;
    readonly same: number;
    /** Here with other facts, such as another status. */
    readonly differing: number;
    /** Here under the same id with another text; both would be kept. */
    readonly otherText: number;
    /** Their ids belong to documents of another project here. */
    readonly elsewhere: number;
  };
  /** Spans on the documents that are new. */
  readonly spans: number;
  readonly changes: { readonly new: number; readonly known: number };
  readonly conflicts: readonly Conflict[];
  /** Lines that are sound and make no sense. */
  readonly problems: readonly FileProblem[];
}

/** Reads a backup, sound or damaged, and says what restoring it would do. Logs are held in memory, texts are not. */
export async function dryRun(database: Database, file: Blob, name: string): Promise<DryRun> {
  const reading = new BackupReading(file, name);
  const comparison = new Comparison(database);
  for await (const record of backupRecords(reading, name)) await comparison.take(record);
  return { state: reading.finish(), ...(await comparison.result()) };
}

/** So many documents are compared in one look. */
const documentsTogether = 100;

/** What a backup has, beside what is here. Only what differs is kept. */
class Comparison {
  readonly #database: Database;
  #project: Project | undefined;
  #waiting = new Map<string, { readonly value: KeptDocument; readonly spans: number }>();
  readonly #fates = new Map<string, { readonly fate: keyof DryRun['documents']; readonly spans: number }>();
  readonly #documents = new Map<string, { readonly here: KeptDocument; readonly incoming: KeptDocument }>();
  readonly #layers: { readonly here: KeptLayer; readonly incoming: KeptLayer }[] = [];
  readonly #changes: KeptChange[] = [];
  readonly #problems: FileProblem[] = [];

  constructor(database: Database) {
    this.#database = database;
  }

  async take(record: BackupRecord): Promise<void> {
    switch (record.kind) {
      case 'project':
        this.#project = record.value;
        return;
      case 'document':
        this.#waiting.set(record.value.document.id, record);
        if (this.#waiting.size >= documentsTogether) await this.#compareDocuments();
        return;
      case 'layer':
        return this.#compareLayer(record.value);
      case 'change':
        this.#changes.push(record.value);
        return;
      case 'problem':
        this.#problems.push(record.problem);
        return;
      case 'setting':
        return;
      default:
        record satisfies never;
    }
  }

  async result(): Promise<Omit<DryRun, 'state'>> {
    await this.#compareDocuments();
    const here = this.#project && (await this.#database.projects.get(this.#project.id));
    const log = await this.#logHere();
    const known = new Set(log.map(({ id }) => id));
    const fates = [...this.#fates.values()];
    const count = (wanted: string) => fates.filter(({ fate }) => fate === wanted).length;
    const isKnown = this.#changes.filter(({ id }) => known.has(id)).length;
    return {
      ...(this.#project && { project: this.#project }),
      isHere: here !== undefined,
      documents: {
        new: count('new'),
        same: count('same'),
        differing: count('differing'),
        otherText: count('otherText'),
        elsewhere: count('elsewhere'),
      },
      spans: fates.reduce((sum, { fate, spans }) => sum + (fate === 'new' ? spans : 0), 0),
      changes: { new: this.#changes.length - isKnown, known: isKnown },
      conflicts: here && this.#project ? this.#conflicts(here, this.#project, log) : [],
      problems: this.#problems,
    };
  }

  async #logHere(): Promise<KeptChange[]> {
    const log: KeptChange[] = [];
    if (!this.#project) return log;
    const upTo = await lastSeq(this.#database);
    for await (const { change } of keptChanges(this.#database, this.#project.id, 0, upTo)) log.push(change);
    return log;
  }

  #conflicts(here: Project, incoming: Project, log: readonly KeptChange[]): readonly Conflict[] {
    const sides = [...this.#documents.values()];
    const records = (side: 'here' | 'incoming'): ProjectRecords => ({
      project: side === 'here' ? here : incoming,
      documents: sides.map((pair) => pair[side]),
      layers: this.#layers.map((pair) => pair[side]),
      changes: side === 'here' ? log : this.#changes,
      settings: [],
    });
    return mergeRecords(records('here'), records('incoming')).conflicts;
  }

  async #compareDocuments(): Promise<void> {
    const ids = [...this.#waiting.keys()];
    const rows = await this.#database.documents.bulkGet(ids);
    for (const [index, id] of ids.entries()) {
      const { value: incoming, spans } = this.#waiting.get(id)!;
      const row = rows[index];
      const { counts: _, ...facts } = row ?? { counts: undefined };
      const here = row && { document: facts as KeptDocument['document'], text: '' };
      const fate = fateOf(here, incoming);
      this.#fates.set(id, { fate, spans });
      const isOther = fate === 'differing' || fate === 'otherText';
      // Texts that are the same need not be held; those that are not are told apart by their hashes.
      const text = (kept: KeptDocument) => ({ ...kept, text: kept.document.hash });
      if (here && isOther) this.#documents.set(id, { here: text(here), incoming: text(incoming) });
      else this.#documents.delete(id);
    }
    this.#waiting = new Map();
  }

  async #compareLayer(incoming: KeptLayer): Promise<void> {
    const row = await this.#database.imported.get([incoming.documentId, incoming.annotator]);
    if (!row) return;
    const { seq: _, ...here } = row;
    if (contentOf(here) !== contentOf(incoming)) this.#layers.push({ here, incoming });
  }
}

function fateOf(here: KeptDocument | undefined, { document }: KeptDocument): keyof DryRun['documents'] {
  if (!here) return 'new';
  if (here.document.projectId !== document.projectId) return 'elsewhere';
  if (here.document.hash !== document.hash) return 'otherText';
  return contentOf(here.document) === contentOf(document) ? 'same' : 'differing';
}
