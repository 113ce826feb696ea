import {
  leadingDocument,
  leadingProject,
  leadingSheet,
  isEmptyEdit,
  joinedEdits,
} from '../../core/backup/leading.ts';
import { contentOf } from '../../core/backup/content.ts';
import type { Conflict } from '../../core/backup/conflict.ts';
import type { KeptChange, KeptDocument, KeptLayer } from '../../core/backup/records.ts';
import { importStandings } from '../../core/backup/standing.ts';
import { withEnds } from '../../core/backup/with-ends.ts';
import type { Edit, Update } from '../../core/change.ts';
import { mergeDocument, noCounts, type Document } from '../../core/document.ts';
import { mergeProject, type Project } from '../../core/project.ts';
import { emptyScheme } from '../../core/scheme.ts';
import { applyEdits, sheetOf, type Sheet } from '../../core/sheet.ts';
import type { Database } from '../../storage/database.ts';
import { sheetsOf } from '../../storage/sheets.ts';
import { merged, type Here } from './dry-run.ts';
import type { Incoming } from './incoming.ts';

/** `merge`: all of both. `replace`: as the backup has it, what is here alone being put away. `copy`: as one more project. */
export type RestoreMode = 'merge' | 'replace' | 'copy';

/** What restoring a backup writes, but for texts and layers. */
export interface RestorePlan {
  readonly project: Project;
  /** Changes that the log lacks, in the order in which they are added to it. */
  readonly history: readonly KeptChange[];
  /** Leads from what the history makes of the project back to what it was. Not to be taken back. */
  readonly back: Edit;
  /** Leads from what was here to what is to be. Taking it back takes the restore back. */
  readonly forth: Edit;
  /** The rows of documents that are new or change, as they are to be. */
  readonly documents: readonly Document[];
  readonly conflicts: readonly Conflict[];
}

type Facts = KeptDocument['document'];

/** A document in three states: as it is here, with the history of the backup, and as it is to be. */
interface Course {
  readonly before: Document;
  readonly between: Document;
  readonly after: Document;
}

/** Weighs what is here and what a backup holds; writes nothing. */
export class RestorePlanning {
  readonly #database: Database;
  readonly #mode: RestoreMode;
  readonly #here: Here;
  readonly #incoming: Incoming;
  readonly #fresh: readonly KeptChange[];
  readonly #united: readonly KeptChange[];
  readonly #conflicts: readonly Conflict[];
  readonly #mergedDocuments: ReadonlyMap<string, Facts>;
  readonly #mergedLayers: readonly KeptLayer[];
  readonly #mergedProject: Project;
  readonly #repairs: readonly KeptChange[];
  /** Imports that stand in the log here, with the history of the backup behind it, and in what is to be. */
  readonly #factUpdates: ReadonlyMap<string, readonly Update[]>;
  readonly #standing: { readonly here: Standing; readonly log: Standing; readonly wanted: Standing };

  /** `sign` makes a change of a kind, with nothing in it yet. */
  constructor(
    database: Database,
    mode: RestoreMode,
    here: Here,
    incoming: Incoming,
    sign: (kind: 'import' | 'redo', title: string) => KeptChange,
  ) {
    [this.#database, this.#mode, this.#here, this.#incoming] = [database, mode, here, incoming];
    this.#fresh = incoming.changes.filter(({ id }) => !here.places.has(id));
    this.#factUpdates = factUpdates(this.#fresh);
    const both = merged(here, incoming);
    this.#conflicts = mode === 'merge' && !here.isUntouched ? both.conflicts : [];
    const isMerge = mode === 'merge';
    this.#united = isMerge ? both.records.changes : incoming.changes;
    const documents = isMerge ? both.records.documents.map(({ document }) => document) : this.#arriving();
    this.#mergedDocuments = new Map(documents.map((document) => [document.id, document]));
    this.#mergedLayers = isMerge ? both.records.layers : incoming.layers.map((pair) => pair.incoming);
    this.#mergedProject = this.#projectToBe(both.records.project);
    const log = importStandings([...here.changes, ...this.#fresh]);
    const wanted = importStandings(this.#united);
    this.#repairs = this.#repairsOf(log, wanted, sign);
    this.#standing = {
      here: standingIn(importStandings(here.changes)),
      log: standingIn(importStandings([...here.changes, ...this.#fresh, ...this.#repairs])),
      // Of imports whose changes are lost nobody knows whether they were taken back: better one document too many.
      wanted: (importId) => !wanted.written.has(importId) || wanted.standing.has(importId),
    };
  }

  async plan(): Promise<RestorePlan> {
    const isNew = this.#here.project === undefined;
    const courses = await this.#courses();
    const sheets = await this.#sheetEdits();
    const project = this.#projectCourse();
    const back = joinedEdits([
      ...(isNew ? [] : [leadingProject(project.between, project.before)]),
      ...(isNew ? [] : courses.map(({ between, before }) => leadingDocument(between, before))),
      ...sheets.map((one) => one.back),
    ]);
    const forth = joinedEdits([
      leadingProject(project.before, project.after),
      ...courses.map(({ before, after }) => leadingDocument(before, after)),
      ...sheets.map((one) => one.forth),
    ]);
    return {
      project: project.row,
      history: [...this.#fresh, ...this.#repairs],
      back,
      forth,
      documents: courses.map(({ after }) => after),
      conflicts: this.#conflicts,
    };
  }

  #arriving(): Facts[] {
    return [...this.#incoming.documents.values()].map(({ document, here }) =>
      here ? { ...document, ...originOf(here) } : document,
    );
  }

  /** Imports stand again whose documents are to be there; what is not to be there is put away one by one. */
  #repairsOf(
    log: ReturnType<typeof importStandings>,
    wanted: ReturnType<typeof importStandings>,
    sign: (kind: 'import' | 'redo', title: string) => KeptChange,
  ): KeptChange[] {
    const used = [...this.#incoming.documents.values()].flatMap(({ document }) => document.importId ?? []);
    const lacking = [...new Set(used)].filter(
      (id) => !log.standing.has(id) && (!wanted.written.has(id) || wanted.standing.has(id)),
    );
    return lacking.map((importId) => ({
      ...sign(log.written.has(importId) ? 'redo' : 'import', 'Imported, as the restored documents say'),
      importId,
    }));
  }

  #projectToBe(both: Project): Project {
    const { here, incoming } = { here: this.#here, incoming: this.#incoming };
    const living = ({ deleted: _, ...rest }: Project): Project => rest;
    if (this.#mode === 'merge' && here.project && !here.isUntouched) return living(both);
    return living(incoming.project ?? here.project!);
  }

  /** The project before, with the history of the backup, and after; `row` is what is stored. */
  #projectCourse() {
    const after = this.#mergedProject;
    const { project, isUntouched } = this.#here;
    if (!project) return { before: { ...after, deleted: true as const }, between: after, after, row: after };
    const between = projectThrough(project, this.#fresh);
    const reached = mergeProject(mergeProject(between, between, project), project, after);
    // A project in which nothing was done is not mixed with the one that takes its place.
    return { before: project, between, after, row: isUntouched ? after : reached };
  }

  /** The documents whose facts change, and those that are new. */
  async #courses(): Promise<Course[]> {
    const fresh = [...this.#incoming.documents.values()].filter(({ here }) => !here);
    return [...fresh.map(({ document }) => this.#freshCourse(document)), ...(await this.#courseOfKnown())];
  }

  /** A new document comes out of what was put away, so that taking the restore back puts it there. */
  #freshCourse(document: Facts): Course {
    const isWanted = this.#isWanted(document);
    const after = this.#shown({ ...document, counts: noCounts }, isWanted);
    const between = through(after, this.#factUpdates.get(document.id));
    // In a project that is new itself they come and go with it.
    if (!this.#here.project || !isWanted) return { before: between, between, after };
    const before: Document = { ...after, deleted: true };
    return { before, between: before, after };
  }

  async #courseOfKnown(): Promise<Course[]> {
    const arriving = new Set([...this.#incoming.documents.values()].map(({ document }) => document.id));
    const touched = new Set(this.#fresh.flatMap(({ documentIds }) => documentIds));
    const courses: Course[] = [];
    await this.#database.documents
      .where('projectId')
      .equals(this.#incoming.projectId)
      .each((row) => {
        const isGone = this.#mode === 'replace' && !arriving.has(row.id);
        const to = isGone ? row : (this.#mergedDocuments.get(row.id) ?? row);
        if (!isGone && !arriving.has(row.id) && !touched.has(row.id)) return;
        const course = this.#courseOf(row, { ...to, counts: row.counts }, isGone);
        if (course) courses.push(course);
      });
    return courses;
  }

  #courseOf(row: Document, to: Document, isGone: boolean): Course | undefined {
    const between = through(row, this.#factUpdates.get(row.id));
    const isSeen = !row.deleted && this.#stands('here', row);
    const before = this.#shown(row, isSeen);
    const isWanted = !isGone && !to.deleted && this.#isWanted(to);
    const after = this.#shown(mergeDocument(row, row, to), isWanted);
    const isSame = [between, before, after].every((state) => contentOf(state) === contentOf(row));
    return isSame ? undefined : { before, between, after };
  }

  /** Put away exactly when it is not to be seen, and would be otherwise. */
  #shown(document: Document, isSeen: boolean): Document {
    const { deleted: _, ...rest } = document;
    if (isSeen) return rest;
    return this.#stands('log', document) ? { ...rest, deleted: true } : document;
  }

  #isWanted(document: Pick<Document, 'importId' | 'deleted'>): boolean {
    return !document.deleted && this.#stands('wanted', document);
  }

  #stands(when: 'here' | 'log' | 'wanted', { importId }: Pick<Document, 'importId'>): boolean {
    return importId === undefined || this.#standing[when](importId);
  }

  /** What leads the sheets of documents that are here from the history of the backup back, and forth to what is to be. */
  async #sheetEdits(): Promise<{ back: Edit; forth: Edit }[]> {
    const ids = await this.#idsToCompare();
    const wanted = new Set(ids);
    const fresh = byDocument(this.#fresh, wanted);
    const united = byDocument(this.#united, wanted);
    const edits: { back: Edit; forth: Edit }[] = [];
    for (let at = 0; at < ids.length; at += sheetsTogether) {
      const some = ids.slice(at, at + sheetsTogether);
      const [sheets, bases] = [await sheetsOf(this.#database, some), await this.#bases(some)];
      for (const id of some) {
        const before = sheets.get(id)!;
        const between = applyEdits(before, fresh.get(id) ?? [], id);
        const changes = united.get(id) ?? [];
        const after = withEnds(applyEdits(bases.get(id)!, changes, id), changes, id);
        const one = { back: leadingSheet(id, between, before), forth: leadingSheet(id, before, after) };
        if (!isEmptyEdit(one.back) || !isEmptyEdit(one.forth)) edits.push(one);
      }
    }
    return edits;
  }

  /** Of documents on which neither log nor layers differ nothing has to be read. */
  async #idsToCompare(): Promise<string[]> {
    const known = [...this.#incoming.documents.values()].flatMap(({ document, here }) =>
      here ? [document.id] : [],
    );
    if (this.#mode !== 'merge') return known;
    const isKnown = new Set(known);
    const clashing = this.#conflicts.flatMap(({ about, here }) =>
      about === 'change' ? (here as KeptChange).documentIds : [],
    );
    const touched = [...this.#fresh.flatMap(({ documentIds }) => documentIds), ...clashing];
    const layered = this.#mergedLayers.map(({ documentId }) => documentId);
    const all = new Set([...touched, ...layered]);
    const arriving = new Set([...this.#incoming.documents.values()].map(({ document }) => document.id));
    const rows = await this.#database.documents.bulkGet([...all]);
    return rows.flatMap((row) => (row && (isKnown.has(row.id) || !arriving.has(row.id)) ? [row.id] : []));
  }

  /** What files brought, as it is to be. */
  async #bases(ids: readonly string[]): Promise<ReadonlyMap<string, Sheet>> {
    const rows = await this.#database.imported
      .where('documentId')
      .anyOf([...ids])
      .toArray();
    const key = ({ documentId, annotator }: Pick<KeptLayer, 'documentId' | 'annotator'>) =>
      JSON.stringify([documentId, annotator]);
    const layers = new Map<string, KeptLayer>(rows.map((row) => [key(row), row]));
    for (const layer of this.#mergedLayers) layers.set(key(layer), layer);
    const parts = new Map<string, KeptLayer[]>(ids.map((id) => [id, []]));
    for (const layer of layers.values()) parts.get(layer.documentId)?.push(layer);
    return new Map(
      [...parts].map(([id, own]) => [
        id,
        sheetOf(
          distinct(own.flatMap(({ spans }) => spans)),
          distinct(own.flatMap(({ relations }) => relations)),
        ),
      ]),
    );
  }
}

type Standing = (importId: string) => boolean;

function standingIn({ standing }: ReturnType<typeof importStandings>): Standing {
  return (importId) => standing.has(importId);
}

const sheetsTogether = 200;

function byDocument(
  changes: readonly KeptChange[],
  wanted: ReadonlySet<string>,
): ReadonlyMap<string, KeptChange[]> {
  const found = new Map<string, KeptChange[]>();
  for (const change of changes)
    for (const id of change.documentIds) if (wanted.has(id)) pushTo(found, id, change);
  return found;
}

function pushTo<T>(lists: Map<string, T[]>, key: string, value: T): void {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}

/** What changes say of the facts of documents, in their order. */
function factUpdates(changes: readonly KeptChange[]): ReadonlyMap<string, Update[]> {
  const found = new Map<string, Update[]>();
  for (const { updated } of changes)
    for (const update of updated)
      if (update.after.type === 'document') pushTo(found, update.after.documentId, update);
  return found;
}

function through(document: Document, updates: readonly Update[] = []): Document {
  return updates.reduce(
    (now, { before, after }) =>
      before.type === 'document' && after.type === 'document'
        ? mergeDocument(now, before.value, after.value)
        : now,
    document,
  );
}

function projectThrough(project: Project, changes: readonly KeptChange[]): Project {
  const whole = (one: Project): Project => ({ ...one, scheme: { ...emptyScheme, ...one.scheme } });
  return changes.reduce(
    (current, { updated }) =>
      updated.reduce(
        (now, { before, after }) =>
          before.type === 'project' && after.type === 'project'
            ? mergeProject(now, whole(before.value), whole(after.value))
            : now,
        current,
      ),
    project,
  );
}

function originOf({ importId, source }: Facts) {
  return { source, ...(importId !== undefined && { importId }) };
}

function distinct<T extends { readonly id: string }>(marks: readonly T[]): T[] {
  return [...new Map(marks.toReversed().map((mark) => [mark.id, mark])).values()].toReversed();
}
