import * as v from 'valibot';
import type { Covers } from '../../storage/backed-up.ts';
import type { Database } from '../../storage/database.ts';
import { followPreference, loadPreference, mergePreference } from '../../storage/preferences.ts';

const standing = v.object({
  how: v.picklist(['folder', 'download']),
  projectId: v.string(),
  at: v.pipe(v.string(), v.isoTimestamp()),
  /** The newest change that is in it: its place in the log, and its id. */
  seq: v.pipe(v.number(), v.integer(), v.minValue(0)),
  id: v.string(),
  fileName: v.string(),
  /** The choice of a folder that it was written into. */
  folderId: v.optional(v.string()),
});
/** The last good backup of a project, into a folder or as a download. */
export type Standing = Readonly<v.InferOutput<typeof standing>>;
export type Standings = Readonly<Record<string, Standing>>;

const key = 'backups';

/** One that makes no sense costs no other. */
function standingsIn(value: unknown): Standings {
  const entries = typeof value === 'object' && value ? Object.entries(value) : [];
  return Object.fromEntries(
    entries.flatMap(([name, entry]) => {
      const fit = v.safeParse(standing, entry);
      return fit.success && name === keyOf(fit.output) ? [[name, fit.output]] : [];
    }),
  );
}

function keyOf({ how, projectId }: Pick<Standing, 'how' | 'projectId'>): string {
  return `${how}:${projectId}`;
}

export async function loadStandings(database: Database): Promise<Standings> {
  return standingsIn(await loadPreference(database, key));
}

/** Remembers a backup that was made and read back. */
export async function keepStanding(database: Database, made: Standing): Promise<void> {
  const fit = v.parse(standing, made);
  await mergePreference(database, key, { [keyOf(fit)]: fit });
}

/** Forgets what was backed up of a project, as when that was deleted; it is backed up anew as long as it is there. */
export async function forgetStandings(database: Database, projectId: string): Promise<void> {
  const names = (['folder', 'download'] as const).map((how) => keyOf({ how, projectId }));
  await mergePreference(database, key, Object.fromEntries(names.map((name) => [name, undefined])));
}

/** Calls back with the standings, now and whenever any tab makes a backup. Gives back the function that ends it. */
export function followStandings(
  database: Database,
  onstandings: (standings: Standings) => void,
  onerror: (error: unknown) => void,
): () => void {
  return followPreference(database, key, (value) => onstandings(standingsIn(value)), onerror);
}

/** The last good backup of the project, wherever it is: the one with more in it, whatever the clock said. */
export function lastBackup(standings: Standings, projectId: string): Standing | undefined {
  const [folder, download] = [inFolder(standings, projectId), standings[`download:${projectId}`]];
  if (!folder || !download) return folder ?? download;
  const isFolderLater = folder.seq === download.seq ? folder.at > download.at : folder.seq > download.seq;
  return isFolderLater ? folder : download;
}

/** The last good backup of the project in a folder; in this one, where a choice is named. */
export function inFolder(standings: Standings, projectId: string, folderId?: string): Standing | undefined {
  const found = standings[`folder:${projectId}`];
  return folderId === undefined || found?.folderId === folderId ? found : undefined;
}

/** The backups from which on the log has to be looked through. */
export function coversOf(standings: Standings, folderId: string | undefined): Covers {
  const projectIds = new Set(Object.values(standings).map(({ projectId }) => projectId));
  const wanted = [...projectIds].flatMap((projectId) => [
    lastBackup(standings, projectId),
    ...(folderId === undefined ? [] : [inFolder(standings, projectId, folderId)]),
  ]);
  return Object.fromEntries(
    wanted.flatMap((found) => (found && found.seq > 0 ? [[keyOf(found), found]] : [])),
  );
}
