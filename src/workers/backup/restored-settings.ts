import { eitherOf } from '../../core/backup/content.ts';
import type { KeptSetting } from '../../core/backup/records.ts';
import type { Part } from '../../core/splits/part.ts';
import type { ActivityRow, Database } from '../../storage/database.ts';
import { partsBefore } from '../../storage/parts.ts';
import type { Incoming } from './incoming.ts';
import type { RestoreMode } from './restore-plan.ts';

/** What is kept beside the log, where it is to be another than it is: of two times the longer one counts. */
export async function settingsToBe(
  database: Database,
  { settings, projectId }: Incoming,
  mode: RestoreMode,
): Promise<{ readonly activity: readonly ActivityRow[]; readonly parts: ReadonlyMap<string, Part> }> {
  const worked = settings.flatMap((one) => (one.setting === 'activity' ? [one] : []));
  const rows = await database.activity.bulkGet(
    worked.map(({ documentId, annotator }): [string, string] => [documentId, annotator]),
  );
  const activity = worked.flatMap(({ setting: _, ...row }, index): ActivityRow[] =>
    row.seconds > (rows[index]?.seconds ?? -1) ? [row] : [],
  );
  return { activity, parts: dealt(settings, await partsBefore(database, projectId), mode) };
}

function dealt(
  settings: readonly KeptSetting[],
  here: ReadonlyMap<string, Part>,
  mode: RestoreMode,
): ReadonlyMap<string, Part> {
  const parts = new Map<string, Part>();
  for (const one of settings) {
    if (one.setting !== 'part') continue;
    const known = here.get(one.documentId);
    const part = known === undefined || mode !== 'merge' ? one.part : eitherOf(known, one.part);
    if (part !== known) parts.set(one.documentId, part);
  }
  return parts;
}
