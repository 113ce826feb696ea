import type { Conflict } from '../../core/backup/conflict.ts';
import { apartFromKnown, withErasedParts } from '../../core/backup/rehoming.ts';
import { mergeRecords, type Merged } from '../../core/backup/merge-records.ts';
import type { KeptChange, KeptDocument, ProjectRecords } from '../../core/backup/records.ts';
import type { FileProblem } from '../../core/problem.ts';
import type { Project } from '../../core/project.ts';
import type { BackupState } from '../../formats/backup/backup-reading.ts';
import type { Database } from '../../storage/database.ts';
import { erasedIn } from '../../storage/erasing/tombstones.ts';
import { keptChanges, keptDocumentIds } from '../../storage/kept.ts';
import { lastSeq } from '../../storage/log.ts';
import type { Fate } from '../../storage/restoring/homes.ts';
import { movedIn, readIncoming, type Incoming } from './incoming.ts';
import { openedBackup } from './opened-backup.ts';

/** What restoring a backup would bring; nothing is written to find out. */
export interface DryRun {
  readonly state: BackupState;
  /** The project as the backup has it; absent when that line is lost. */
  readonly project?: Project;
  /** The project as it is here, so that the backup would be merged with it; one in which nothing was done is none. */
  readonly here?: Project;
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
  /** What was deleted for good here, and would come back: perhaps the project itself, and documents by their titles. */
  readonly erased: { readonly isProject: boolean; readonly titles: readonly string[] };
  /** Documents that are here and not in the backup. */
  readonly onlyHere: number;
  /** Spans on the documents that are new. */
  readonly spans: number;
  readonly changes: { readonly new: number; readonly known: number };
  readonly conflicts: readonly Conflict[];
  /** Lines that are sound and make no sense. */
  readonly problems: readonly FileProblem[];
}

/** Reads a backup, sound or damaged, and says what restoring it would do. Logs are held in memory, texts are not. */
export async function dryRun(
  database: Database,
  file: Blob,
  name: string,
  onprogress: (progress: { done: number; total: number }) => void = () => undefined,
): Promise<DryRun> {
  const opened = await openedBackup(file);
  const onDocuments = (done: number) => onprogress({ done, total: done });
  const read = await readIncoming(database, opened, name, { onprogress: onDocuments });
  refuseShut(database, read.projectId);
  const here = await hereOf(database, read.projectId);
  const incoming = besideHere(read, here);
  const all = [...incoming.documents.values()];
  const count = (wanted: Fate) => all.filter(({ fate }) => fate === wanted).length;
  const isNew = incoming.changes.filter(({ id }) => !here.places.has(id)).length;
  const { state, project, problems } = incoming;
  const isHere = here.project !== undefined && !here.isUntouched;
  return {
    state,
    ...(project && { project }),
    ...(isHere && { here: here.project }),
    isHere,
    documents: {
      new: count('new'),
      same: count('same'),
      differing: count('differing'),
      otherText: count('otherText'),
      elsewhere: count('elsewhere'),
    },
    erased: await erasedAmong(database, incoming),
    onlyHere: here.documents - count('same') - count('differing'),
    spans: all.reduce((sum, { fate, spans }) => sum + (fate === 'new' ? spans : 0), 0),
    changes: { new: isNew, known: incoming.changes.length - isNew },
    conflicts: isHere && project ? merged(here, incoming).conflicts : [],
    problems,
  };
}

async function erasedAmong(
  database: Database,
  { projectId, documents }: Incoming,
): Promise<DryRun['erased']> {
  const isErased = await erasedIn(database);
  const back = isErased ? [...documents.values()].filter(({ document }) => isErased(document.id)) : [];
  return {
    isProject: isErased?.(projectId) ?? false,
    titles: back.map(({ document }) => document.title),
  };
}

/**
 * Of a project that is locked here nobody can say what it holds.
 *
 * @throws RangeError
 */
export function refuseShut(database: Database, projectId: string): void {
  if (database.ring.isShut(projectId))
    throw new RangeError('this project is here and locked: open it with its passphrase first.');
}

/** What is here of the project of a backup. */
export interface Here {
  readonly project: Project | undefined;
  /** Nothing was ever done in it, as in the project that a new workspace starts with. */
  readonly isUntouched: boolean;
  readonly documents: number;
  readonly changes: readonly KeptChange[];
  /** Where the changes stand in the log, by id. */
  readonly places: ReadonlyMap<string, number>;
  readonly seenUpTo: number;
}

/** Reads what is here of a project; its history is held in memory. */
export async function hereOf(database: Database, projectId: string): Promise<Here> {
  const seenUpTo = await lastSeq(database);
  const changes: KeptChange[] = [];
  const places = new Map<string, number>();
  for await (const { seq, change } of keptChanges(database, projectId, 0, seenUpTo)) {
    changes.push(change);
    places.set(change.id, seq);
  }
  const documents = (await keptDocumentIds(database, projectId)).length;
  const project = await database.projects.get(projectId);
  const isUntouched = changes.length === 0 && documents === 0;
  return { project, isUntouched, documents, changes, places, seenUpTo };
}

/** What a backup holds, its changes told apart from what is known here under the same ids and means other documents. */
export function besideHere(incoming: Incoming, here: Here): Incoming {
  const apart = apartFromKnown(incoming.changes, here.changes, movedIn(incoming));
  const arriving = new Set([...incoming.documents.values()].map(({ document }) => document.id));
  return { ...incoming, changes: withErasedParts(apart, here.changes, arriving) };
}

/**
 * Both put together: of documents and layers those that differ. A project that was put away comes back, as nobody restores
 * what is not to be seen.
 */
export function merged(here: Here, { project, documents, layers, changes }: Incoming): Merged {
  const differing = [...documents.values()].flatMap(({ document, here: row, fate }) =>
    fate === 'differing' && row ? [{ row, document: { ...document, ...originOf(row) } }] : [],
  );
  const kept = (document: KeptDocument['document']): KeptDocument => ({ document, text: document.hash });
  const living = ({ deleted: _, ...rest }: Project): Project => rest;
  const [own, theirs] = [here.project ?? project!, project ?? here.project!].map(living);
  const records = (side: 'here' | 'incoming'): ProjectRecords => ({
    project: side === 'here' ? own! : theirs!,
    documents: differing.map(({ row, document }) => kept(side === 'here' ? row : document)),
    layers: layers.map((pair) => pair[side]),
    changes: side === 'here' ? here.changes : changes,
    settings: [],
  });
  const { records: all, conflicts } = mergeRecords(records('here'), records('incoming'));
  return { records: all, conflicts: [...otherTexts(documents), ...conflicts] };
}

/** Two texts under one id: both are kept, and told. */
function otherTexts(documents: Incoming['documents']): Conflict[] {
  return [...documents].flatMap(([id, { document, fate }]): Conflict[] =>
    fate === 'otherText'
      ? [{ about: 'text', documentId: id, id, fact: 'text', here: '', incoming: document.title }]
      : [],
  );
}

/** How a document came in is as it is here. */
function originOf({ importId, source }: KeptDocument['document']) {
  return { source, ...(importId !== undefined && { importId }) };
}
