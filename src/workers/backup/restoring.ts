import { contentOf } from '../../core/backup/content.ts';
import type { Conflict } from '../../core/backup/conflict.ts';
import { isEmptyEdit } from '../../core/backup/leading.ts';
import type { KeptChange } from '../../core/backup/records.ts';
import { newProjectId, signedChange } from '../../core/backup/signed-change.ts';
import type { Edit } from '../../core/change.ts';
import type { Document } from '../../core/document.ts';
import { fileProblem, type FileProblem } from '../../core/problem.ts';
import type { Project } from '../../core/project.ts';
import { emptyScheme } from '../../core/scheme.ts';
import type { Database } from '../../storage/database.ts';
import { writeRestoration } from '../../storage/restoring/finishing.ts';
import { beginRestore, removeStaged, unfinishedRestores } from '../../storage/restoring/staged-texts.ts';
import { besideHere, hereOf, refuseShut, type Here } from './dry-run.ts';
import { readIncoming, type Incoming } from './incoming.ts';
import { openedBackup } from './opened-backup.ts';
import { RestorePlanning, type RestoreMode, type RestorePlan } from './restore-plan.ts';
import { settingsToBe } from './restored-settings.ts';
import { SoundChanges } from './sound-records.ts';
import { TextStaging } from './text-staging.ts';

export interface RestoreOrder {
  readonly file: Blob;
  /** What the file is called. */
  readonly name: string;
  readonly mode: RestoreMode;
  /** Who restores, and when. */
  readonly annotator: string;
  readonly at: string;
  /** What it is called in the list of changes. */
  readonly title: string;
  /** For a copy: what the new project is called. */
  readonly copyName?: string;
}

/** What came of restoring a backup. */
export interface Restored {
  readonly projectId: string;
  readonly projectName: string;
  /** Whether nothing was written, as all of it was here already. */
  readonly isNothing: boolean;
  readonly documents: { readonly new: number; readonly changed: number };
  /** Changes that the log lacked. */
  readonly changes: number;
  readonly conflicts: readonly Conflict[];
  /** What of the backup was not restored. */
  readonly problems: readonly FileProblem[];
}

type OnProgress = (progress: { readonly done: number; readonly total: number }) => void;

/**
 * Restores a backup. Texts are staged first and count nowhere; then one transaction writes all else. However it ends before
 * that, nothing was restored, and what was staged is found at the next start.
 *
 * @throws RangeError when the backup cannot be restored at all.
 */
export async function restoreBackup(
  database: Database,
  order: RestoreOrder,
  onprogress: OnProgress,
): Promise<Restored> {
  const file = await openedBackup(order.file);
  // Nobody else restores meanwhile, so what another one has left is not gone on with.
  for (const { id } of await unfinishedRestores(database)) await removeStaged(database, id);
  const asCopy = order.mode === 'copy' ? newProjectId() : undefined;
  const read = await readIncoming(database, file, order.name, {
    ...(asCopy !== undefined && { asCopy }),
    onprogress: (done) => onprogress({ done: 0, total: done }),
  });
  if (read.state.isNewer)
    throw new RangeError('a newer Locution has written this backup; update this one first.');
  if (read.projectId === '') throw new RangeError('there is not one whole line of a backup in this file.');
  refuseShut(database, read.projectId);
  const begun = { at: order.at, file: order.name, project: read.project?.name ?? '' };
  const id = await beginRestore(database, begun);
  try {
    return await new Restore(database, file, order, id, onprogress).run(read);
  } catch (error) {
    await removeStaged(database, id);
    throw error;
  }
}

class Restore {
  readonly #database: Database;
  readonly #file: Blob;
  readonly #order: RestoreOrder;
  readonly #id: string;
  readonly #onprogress: OnProgress;

  constructor(database: Database, file: Blob, order: RestoreOrder, id: string, onprogress: OnProgress) {
    [this.#database, this.#file, this.#order, this.#id] = [database, file, order, id];
    this.#onprogress = onprogress;
  }

  async run(read: Incoming): Promise<Restored> {
    const staging = new TextStaging(this.#database, this.#id, this.#order.name, read);
    await staging.stage(this.#file, this.#onprogress);
    const sound = new SoundChanges(this.#database);
    const known = await hereOf(this.#database, read.projectId);
    const incoming = await this.#checked(besideHere(read, known), known, sound, staging);
    for (;;) {
      const here = await hereOf(this.#database, read.projectId);
      const plan = await this.#plan(here, incoming);
      const settings = await settingsToBe(this.#database, incoming, this.#order.mode);
      const changes = this.#changesOf(plan, here);
      const rest = [plan.documents, settings.activity, [...settings.parts]];
      const isNothing = changes.length === 0 && rest.every(({ length }) => length === 0);
      const restoration = {
        id: this.#id,
        project: plan.project,
        documents: plan.documents.map((document) => staging.counted(document)),
        changes,
        ...settings,
        places: here.places,
        seenUpTo: here.seenUpTo,
      };
      if (isNothing) await removeStaged(this.#database, this.#id);
      else if (!(await writeRestoration(this.#database, restoration))) continue;
      return this.#result(plan, incoming, isNothing, [
        ...incoming.state.faults,
        ...incoming.problems,
        ...staging.problems,
        ...this.#leftOut(sound.left),
      ]);
    }
  }

  /** With all spans of changes that are not here already looked at. */
  async #checked(
    incoming: Incoming,
    here: Here,
    sound: SoundChanges,
    staging: TextStaging,
  ): Promise<Incoming> {
    const known = new Map(here.changes.map((change) => [change.id, change]));
    const changes: KeptChange[] = [];
    for (const change of incoming.changes) {
      const twin = known.get(change.id);
      const isKnown = twin && contentOf(twin) === contentOf(change);
      changes.push(isKnown ? change : await sound.sound(change));
    }
    return { ...incoming, changes, layers: staging.soundPairs, project: this.#projectOf(incoming, here) };
  }

  /** Where its line is lost, what the history says of the project, and else at least its labels' ids. */
  #projectOf({ project, projectId, changes, state }: Incoming, here: Here): Project | undefined {
    const name = this.#order.copyName;
    if (project) return name === undefined ? project : { ...project, name };
    if (here.project) return undefined;
    const said = changes.flatMap(({ updated }) =>
      updated.flatMap(({ after }) => (after.type === 'project' ? [after.value] : [])),
    );
    const scheme = { ...emptyScheme, ...said.at(-1)?.scheme };
    return { id: projectId, name: name ?? state.manifest?.project.name ?? 'Restored project', scheme };
  }

  #plan(here: Here, incoming: Incoming): Promise<RestorePlan> {
    const sign = (kind: KeptChange['kind'], title: string) => this.#signed(incoming.projectId, kind, title);
    return new RestorePlanning(this.#database, this.#order.mode, here, incoming, sign).plan();
  }

  /** The history, then what leads back, then the one change that people see as the restore. */
  #changesOf({ history, back, forth, project }: RestorePlan, here: Here): KeptChange[] {
    const { title } = this.#order;
    const edited = (kind: KeptChange['kind'], edit: Edit) =>
      isEmptyEdit(edit) ? [] : [this.#signed(project.id, kind, title, edit)];
    // A `redo` of nothing: it is neither listed nor taken back by anybody.
    const changes = [...history, ...edited('redo', back)];
    if (changes.length === 0 && isEmptyEdit(forth) && here.project) return [];
    return [...changes, this.#signed(project.id, 'import', title, forth)];
  }

  #signed(projectId: string, kind: KeptChange['kind'], title: string, edit?: Edit): KeptChange {
    const { annotator, at } = this.#order;
    return signedChange({ projectId, kind, annotator, at, title }, edit);
  }

  #leftOut(count: number): FileProblem[] {
    if (count === 0) return [];
    const message = `${count} in the history that do not stand where their words are were left out.`;
    return [fileProblem('refused', 'Spans', message)];
  }

  #result(
    { project, documents, history, conflicts }: RestorePlan,
    incoming: Incoming,
    isNothing: boolean,
    problems: readonly FileProblem[],
  ): Restored {
    const fresh = new Set(
      [...incoming.documents.values()].flatMap(({ document, here }) => (here ? [] : [document.id])),
    );
    const isNew = ({ id }: Document) => fresh.has(id);
    const added = documents.filter(isNew).length;
    return {
      projectId: project.id,
      projectName: project.name,
      isNothing,
      documents: { new: added, changed: documents.length - added },
      changes: history.length,
      conflicts,
      problems,
    };
  }
}
