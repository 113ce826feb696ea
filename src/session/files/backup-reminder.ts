import * as v from 'valibot';
import type { Database } from '../../storage/database.ts';
import { loadPreference, mergePreference } from '../../storage/preferences.ts';

/** From when on one may be reminded: the last good backup, or when the last reminder was put off. */
export interface Since {
  readonly at: string;
  readonly seq: number;
}

/** How much may be done, and how long, before one is reminded of backing up by hand. */
export const patience = { changes: 200, changesBeforeTheFirst: 50, days: 7 } as const;

const dayMs = 24 * 60 * 60 * 1000;

/** Whether so many changes, or one so long ago, should not be left to this browser alone. */
export function wantsReminder(changes: number, since: Since | undefined, nowMs = Date.now()): boolean {
  if (!since) return changes >= patience.changesBeforeTheFirst;
  const days = (nowMs - Date.parse(since.at)) / dayMs;
  return changes >= patience.changes || (changes > 0 && days >= patience.days);
}

const key = 'backup-reminders';
const putOffs = v.record(v.string(), v.object({ at: v.pipe(v.string(), v.isoTimestamp()), seq: v.number() }));
/** By project, when a reminder was put off. */
export type PutOffs = Readonly<Record<string, Since>>;

export async function loadPutOffs(database: Database): Promise<PutOffs> {
  const stored = v.safeParse(putOffs, await loadPreference(database, key));
  return stored.success ? stored.output : {};
}

export async function keepPutOff(database: Database, projectId: string, since: Since): Promise<void> {
  await mergePreference(database, key, { [projectId]: since });
}
