import { contentOf } from '../../core/backup/content.ts';
import type { KeptChange, KeptDocument, KeptLayer, KeptSetting } from '../../core/backup/records.ts';
import {
  ownPart,
  rehomedChange,
  rehomedLayer,
  rehomedSetting,
  type Homes,
} from '../../core/backup/rehoming.ts';
import type { FileProblem } from '../../core/problem.ts';
import type { Project } from '../../core/project.ts';
import { backupRecords, lineProblem, type BackupRecord } from '../../formats/backup/backup-records.ts';
import { BackupReading, type BackupState } from '../../formats/backup/backup-reading.ts';
import type { Database } from '../../storage/database.ts';
import { HomeFinder, mentionedIn, type Fate } from '../../storage/restoring/homes.ts';

/** A document of a backup, without its text, and what it meets here. */
interface IncomingDocument {
  /** As it would be kept here. */
  readonly document: KeptDocument['document'];
  readonly here?: KeptDocument['document'];
  readonly fate: Fate;
  /** The line that counts, of several that speak of it. */
  readonly line: number;
  readonly spans: number;
}

/** What a backup holds but for texts, and for layers that are new or as they are here. */
export interface Incoming {
  readonly state: BackupState;
  readonly project: Project | undefined;
  readonly projectId: string;
  readonly homes: Homes;
  /** By the ids that they have in the backup. */
  readonly documents: ReadonlyMap<string, IncomingDocument>;
  readonly changes: readonly KeptChange[];
  readonly settings: readonly KeptSetting[];
  /** Ids under which an import that was cut off has left rows. */
  readonly leftovers: ReadonlySet<string>;
  /** Layers that are here and say something else. */
  readonly layers: readonly { readonly here: KeptLayer; readonly incoming: KeptLayer }[];
  /** Lines that are sound and make no sense. */
  readonly problems: readonly FileProblem[];
}

/** The ids under which documents go that have other ids in the backup. */
export function movedIn({ documents }: Incoming): ReadonlySet<string> {
  return new Set([...documents].flatMap(([id, { document }]) => (document.id === id ? [] : [document.id])));
}

interface Wanted {
  /** Given where the project comes as one more. */
  readonly asCopy?: string;
  readonly onprogress?: (documents: number) => void;
}

/** Reads a backup, sound or damaged, beside what is here. Its history is held in memory, texts are not. */
export async function readIncoming(
  database: Database,
  file: Blob,
  name: string,
  { asCopy, onprogress = () => undefined }: Wanted = {},
): Promise<Incoming> {
  const reading = new BackupReading(file, name);
  const outline = new Outline(database, name, asCopy);
  for await (const record of backupRecords(reading, name)) {
    await outline.take(record, reading.projectId);
    if (record.kind === 'document') onprogress(outline.count);
  }
  return { ...(await outline.finish()), state: reading.finish() };
}

/** So many documents are compared in one look. */
const documentsTogether = 100;

class Outline {
  readonly #database: Database;
  readonly #name: string;
  readonly #asCopy: string | undefined;
  #finder: HomeFinder | undefined;
  #ownId = '';
  #project: Project | undefined;
  #waiting = new Map<string, Extract<BackupRecord, { kind: 'document' }>>();
  readonly #documents = new Map<string, IncomingDocument>();
  readonly #layers: { readonly here: KeptLayer; readonly incoming: KeptLayer }[] = [];
  readonly #changes: KeptChange[] = [];
  readonly #settings: KeptSetting[] = [];
  readonly #problems: FileProblem[] = [];

  constructor(database: Database, name: string, asCopy: string | undefined) {
    this.#database = database;
    this.#name = name;
    this.#asCopy = asCopy;
  }

  get count(): number {
    return this.#documents.size + this.#waiting.size;
  }

  /** `projectId` is what the head of the file says; each line of another project is refused. */
  async take(record: BackupRecord, projectId: string | undefined): Promise<void> {
    switch (record.kind) {
      case 'project':
        if (this.#isOurs(record.value.id, projectId)) this.#project = record.value;
        else this.#refuse('scheme', record.line);
        return;
      case 'document':
        if (!this.#isOurs(record.value.document.projectId, projectId))
          return this.#refuse('documents', record.line);
        this.#waiting.set(record.value.document.id, record);
        if (this.#waiting.size >= documentsTogether) await this.#meetWaiting();
        return;
      case 'layer':
        return this.#compareLayer(record.value);
      case 'change':
        if (!this.#isOurs(record.value.projectId, projectId)) return this.#refuse('changes', record.line);
        this.#changes.push(ownPart(record.value, this.#ownId));
        return;
      case 'setting':
        this.#settings.push(record.value);
        return;
      case 'problem':
        this.#problems.push(record.problem);
        return;
      default:
        record satisfies never;
    }
  }

  async finish(): Promise<Omit<Incoming, 'state'>> {
    await this.#meetWaiting();
    const finder = await this.#homeFinder();
    await finder.lookUp(mentionedIn(this.#changes));
    await finder.lookUp(this.#settings.map(({ documentId }) => documentId));
    const { homes } = finder;
    return {
      project: this.#project && { ...this.#project, id: homes.projectId },
      projectId: homes.projectId,
      homes,
      documents: this.#withImports(homes),
      changes: distinct(this.#changes).map((change) => rehomedChange(change, homes)),
      settings: this.#settings.map((setting) => rehomedSetting(setting, homes)),
      leftovers: finder.leftovers,
      layers: this.#layers,
      problems: this.#problems,
    };
  }

  #withImports(homes: Homes): ReadonlyMap<string, IncomingDocument> {
    return new Map(
      [...this.#documents].map(([id, one]) => {
        const { importId } = one.document;
        const document = {
          ...one.document,
          id: homes.document(id),
          projectId: homes.projectId,
          ...(importId !== undefined && { importId: homes.import(importId) }),
        };
        const isDiffering = one.here && factsIn(one.here) !== factsIn(document);
        return [id, { ...one, document, fate: isDiffering ? 'differing' : one.fate }];
      }),
    );
  }

  /** The first line that names a project decides whose backup it is, where its head is damaged. */
  #isOurs(id: string, head: string | undefined): boolean {
    if (this.#ownId === '') this.#ownId = head ?? id;
    return id === this.#ownId;
  }

  #refuse(part: 'scheme' | 'documents' | 'changes', line: number): void {
    this.#problems.push(lineProblem(this.#name, part, line, 'it is of another project than the backup'));
  }

  async #homeFinder(): Promise<HomeFinder> {
    const isCopy = this.#asCopy !== undefined;
    this.#finder ??= await HomeFinder.of(this.#database, this.#asCopy ?? this.#ownId, isCopy);
    return this.#finder;
  }

  async #meetWaiting(): Promise<void> {
    const waiting = [...this.#waiting];
    this.#waiting = new Map();
    const met = await (await this.#homeFinder()).meet(waiting.map(([, { value }]) => value.document));
    for (const [index, [id, { value, spans, line }]] of waiting.entries()) {
      const { fate, row } = met[index]!;
      this.#documents.set(id, { document: value.document, ...(row && { here: row }), fate, line, spans });
    }
  }

  async #compareLayer(layer: KeptLayer): Promise<void> {
    await this.#meetWaiting();
    const finder = await this.#homeFinder();
    await finder.lookUp([layer.documentId]);
    const incoming = rehomedLayer(layer, finder.homes);
    const row = await this.#database.imported.get([incoming.documentId, incoming.annotator]);
    if (!row) return;
    const { seq: _, ...here } = row;
    if (contentOf(here) !== contentOf(incoming)) this.#layers.push({ here, incoming });
  }
}

/** What of a document can differ; how it came in says the file that brought it first. */
function factsIn({ importId: _, source: __, ...facts }: KeptDocument['document']): string {
  return contentOf(facts);
}

/** Of changes with one id the first: the log has each once. */
function distinct(changes: readonly KeptChange[]): KeptChange[] {
  const known = new Set<string>();
  return changes.filter(({ id }) => !known.has(id) && known.add(id));
}
