import type { KeptChange } from '../../core/backup/records.ts';
import type { Change } from '../../core/change.ts';
import type { Document } from '../../core/document.ts';
import type { Project } from '../../core/project.ts';
import type { Part } from '../../core/splits/part.ts';
import { tablesOf, writeChanges } from '../commit.ts';
import { forgetErased } from '../erasing/tombstones.ts';
import type { ActivityRow, Database } from '../database.ts';
import { changesAfter, lastSeq } from '../log.ts';
import { keepParts } from '../parts.ts';
import { endRestore } from './staged-texts.ts';

/** Everything that a restore writes at once. */
export interface Restoration {
  /** Names what was staged for it. */
  readonly id: string;
  readonly project: Project;
  /** Rows as they are to be, new ones and those that change. */
  readonly documents: readonly Document[];
  /** What the log lacks, in its order. */
  readonly changes: readonly KeptChange[];
  readonly activity: readonly ActivityRow[];
  readonly parts: ReadonlyMap<string, Part>;
  /** Where the changes stand in the log that the project has already, by id. */
  readonly places: ReadonlyMap<string, number>;
  /** The last change of the log that was looked at. */
  readonly seenUpTo: number;
}

/**
 * Writes a restore in one transaction, so that it is there wholly or not at all. Gives back whether it did: it does not when
 * the project was changed since it was looked at.
 */
export async function writeRestoration(database: Database, restoration: Restoration): Promise<boolean> {
  const { id, project, documents, changes, activity, parts, places, seenUpTo } = restoration;
  const tables = [...tablesOf(database), database.activity, database.preferences];
  return database.transaction('rw', tables, async () => {
    const since = await changesAfter(database, seenUpTo);
    if (since.some(({ projectId }) => projectId === project.id)) return false;
    await database.projects.put(project);
    await database.documents.bulkPut([...documents]);
    await writeChanges(database, await placed(database, changes, places));
    await database.activity.bulkPut([...activity]);
    if (parts.size > 0) await keepParts(database, project.id, parts);
    await forgetErased(database, [project.id, ...documents.map((document) => document.id)]);
    await endRestore(database, id);
    return true;
  });
}

/** The changes with their places behind the end of the log, and the places of what they take back. */
async function placed(
  database: Database,
  changes: readonly KeptChange[],
  known: ReadonlyMap<string, number>,
): Promise<Change[]> {
  const first = (await lastSeq(database)) + 1;
  const places = new Map(known);
  return changes.map(({ undoes, ...change }, index) => {
    const seq = first + index;
    const taken = undoes === undefined ? undefined : places.get(undoes);
    places.set(change.id, seq);
    return { ...change, seq, ...(taken !== undefined && { undoes: taken }) };
  });
}
