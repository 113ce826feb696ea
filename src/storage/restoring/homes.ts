import { v7 as newId } from 'uuid';
import type { Homes } from '../../core/backup/rehoming.ts';
import type { KeptChange, KeptDocument } from '../../core/backup/records.ts';
import { hashText } from '../../core/text.ts';
import type { Database } from '../database.ts';
import { neverWritten } from '../staging/staging.ts';

/** What becomes of a document of a backup. `elsewhere`: its id is that of a document of another project here. */
export type Fate = 'new' | 'same' | 'differing' | 'otherText' | 'elsewhere';

/** A document of a backup beside what is here: `row` is that under the id that it has or will have. */
export interface Met {
  readonly fate: Fate;
  readonly home: string;
  readonly row?: KeptDocument['document'];
}

/** Where what a backup holds is to go. The same backup is given the same places again, unless it comes as a new project. */
export class HomeFinder {
  readonly projectId: string;
  readonly #database: Database;
  readonly #isCopy: boolean;
  readonly #documents = new Map<string, string>();
  readonly #imports = new Map<string, string>();
  readonly #changes = new Map<string, string>();
  /** Ids under which an import that was cut off has left rows. They are free. */
  readonly leftovers: ReadonlySet<string>;
  readonly #foreignImports: ReadonlySet<string>;

  private constructor(
    database: Database,
    projectId: string,
    isCopy: boolean,
    leftovers: ReadonlySet<string>,
    foreignImports: ReadonlySet<string>,
  ) {
    this.projectId = projectId;
    this.#database = database;
    this.#isCopy = isCopy;
    this.leftovers = leftovers;
    this.#foreignImports = foreignImports;
  }

  /** For a project that is kept under this id; as a copy everything but free ids of documents is given out anew. */
  static async of(database: Database, projectId: string, isCopy: boolean): Promise<HomeFinder> {
    const foreign = new Set<string>();
    await database.changes
      .where('kind')
      .anyOf('import', 'undo', 'redo')
      .each((change) => {
        if (change.importId !== undefined && change.projectId !== projectId) foreign.add(change.importId);
      });
    return new HomeFinder(database, projectId, isCopy, await neverWritten(database), foreign);
  }

  /** Looks where documents go, and with what they meet there. */
  async meet(kept: readonly KeptDocument['document'][]): Promise<Met[]> {
    const rows = await this.#rows(kept.map(({ id }) => id));
    return Promise.all(kept.map((document, index) => this.#met(document, rows[index])));
  }

  /** Looks up the homes of documents of which only the ids are known. */
  async lookUp(ids: Iterable<string>): Promise<void> {
    const unknown = [...new Set(ids)].filter((id) => !this.#documents.has(id));
    for (let at = 0; at < unknown.length; at += rowsTogether) {
      const some = unknown.slice(at, at + rowsTogether);
      const rows = await this.#rows(some);
      for (const [index, id] of some.entries())
        this.#documents.set(id, this.#isTaken(rows[index]) ? this.#otherId(id) : id);
    }
  }

  get homes(): Homes {
    return {
      projectId: this.projectId,
      document: (id) => this.#documents.get(id) ?? id,
      import: (id) => this.#renewed(this.#imports, id, this.#foreignImports.has(id)),
      change: (id) => this.#renewed(this.#changes, id, false),
    };
  }

  async #rows(ids: readonly string[]): Promise<(KeptDocument['document'] | undefined)[]> {
    const rows = await this.#database.documents.bulkGet([...ids]);
    return rows.map((row) => {
      if (!row || this.leftovers.has(row.id)) return undefined;
      const { counts: _, ...facts } = row;
      return facts;
    });
  }

  async #met(document: KeptDocument['document'], row: KeptDocument['document'] | undefined): Promise<Met> {
    const { id } = document;
    const isOtherText = row && !this.#isTaken(row) && row.hash !== document.hash;
    if (row && !isOtherText && !this.#isTaken(row)) return this.#settled(id, { fate: 'same', home: id, row });
    if (!row && !(await this.#isStrayText(document))) return this.#settled(id, { fate: 'new', home: id });
    const home = row && this.#isTaken(row) ? this.#otherId(id) : `${id}~${document.hash}`;
    const [there] = await this.#rows([home]);
    if (there?.projectId === this.projectId && there.hash === document.hash)
      return this.#settled(id, { fate: 'same', home, row: there });
    const free = there ? `${home}~${document.hash}` : home;
    return this.#settled(id, { fate: row && this.#isTaken(row) ? 'elsewhere' : 'otherText', home: free });
  }

  #settled(id: string, met: Met): Met {
    this.#documents.set(id, met.home);
    return met;
  }

  #isTaken(row: KeptDocument['document'] | undefined): boolean {
    return row !== undefined && (this.#isCopy || row.projectId !== this.projectId);
  }

  /** Always the same for a project, so that a backup that comes again finds what came before. */
  #otherId(id: string): string {
    return this.#isCopy ? newId() : `${id}~${this.projectId}`;
  }

  /** A text that lost the row of its document, and is another one. */
  async #isStrayText({ id, hash }: KeptDocument['document']): Promise<boolean> {
    const text = await this.#database.texts.get(id);
    return text !== undefined && !this.leftovers.has(id) && hashText(text.text) !== hash;
  }

  #renewed(known: Map<string, string>, id: string, isTaken: boolean): string {
    if (!this.#isCopy) return isTaken ? `${id}~${this.projectId}` : id;
    const home = known.get(id) ?? newId();
    known.set(id, home);
    return home;
  }
}

const rowsTogether = 500;

/** All documents that changes speak of. */
export function* mentionedIn(changes: Iterable<KeptChange>): Generator<string> {
  for (const { documentIds, added, updated, removed } of changes) {
    yield* documentIds;
    const all = [...added, ...removed, ...updated.flatMap(({ before, after }) => [before, after])];
    for (const entry of all) if ('documentId' in entry) yield entry.documentId;
  }
}
