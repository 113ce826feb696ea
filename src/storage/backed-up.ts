import type { Database } from './database.ts';
import { lastSeq } from './log.ts';

/** By some key, up to which change of a project there is a backup. */
export type Covers = Readonly<Record<string, Cover>>;

interface Cover {
  readonly projectId: string;
  readonly seq: number;
  /** The change that stood at that place when the backup was made. */
  readonly id: string;
}

/** What was done since backups were made. */
export interface SinceBackups {
  /** The change up to which was looked. */
  readonly seq: number;
  /** By project, the places of its changes in the log that one of its covers does not reach, in order. */
  readonly places: Readonly<Record<string, readonly number[]>>;
  /** Keys of covers that say nothing any more: another change stands at their place, as after a loss. */
  readonly void: readonly string[];
}

const rowsTogether = 500;

/** Looks through the log from the end of the shortest cover on; from its beginning where a project has none. */
export async function changesSince(database: Database, covers: Covers): Promise<SinceBackups> {
  const voided = await voidCovers(database, covers);
  const sound = Object.entries(covers).filter(([key]) => !voided.includes(key));
  const shortest = new Map<string, number>();
  for (const [, { projectId, seq }] of sound)
    shortest.set(projectId, Math.min(seq, shortest.get(projectId) ?? Infinity));
  const places: Record<string, number[]> = {};
  const projectIds = await database.projects.toCollection().primaryKeys();
  const upTo = await lastSeq(database);
  for (let from = Math.min(...projectIds.map((id) => shortest.get(id) ?? 0)); from < upTo;) {
    const range = database.changes.where(':id').between(from, upTo, false, true);
    const rows = await range.limit(rowsTogether).toArray();
    if (rows.length === 0) break;
    from = rows.at(-1)!.seq;
    for (const { projectId, seq } of rows)
      if (seq > (shortest.get(projectId) ?? 0)) (places[projectId] ??= []).push(seq);
  }
  return { seq: upTo, places, void: voided };
}

async function voidCovers(database: Database, covers: Covers): Promise<string[]> {
  const entries = Object.entries(covers);
  const rows = await database.changes.bulkGet(entries.map(([, { seq }]) => seq));
  return entries.flatMap(([key, { id }], index) => (rows[index]?.id === id ? [] : [key]));
}
