import * as v from 'valibot';
import { backupsIn, leftoversIn } from '../../formats/backup/backup-folder.ts';
import type { Database } from '../../storage/database.ts';
import { forgetStandings } from './backup-standing.ts';
import { followPreference, loadPreference, savePreference } from '../../storage/preferences.ts';

/** A folder into which backups are written by themselves. */
export interface BackupFolder {
  /** Says which choice of a folder it was: what was written into another one is not in this one. */
  readonly id: string;
  readonly handle: FileSystemDirectoryHandle;
}

/** What the browser lets a page do with a folder: Chromium asks anew after a restart. */
export type Permission = 'granted' | 'prompt' | 'denied';

/** The part of handles that only Chromium has, and no types do. */
interface Permitted {
  queryPermission(wish: { mode: 'readwrite' }): Promise<Permission>;
  requestPermission(wish: { mode: 'readwrite' }): Promise<Permission>;
}

const key = 'backup-folder';
const stored = v.object({
  id: v.string(),
  handle: v.custom<FileSystemDirectoryHandle>(
    (value) => typeof value === 'object' && value !== null && 'getFileHandle' in value && 'values' in value,
  ),
});

function folderIn(value: unknown): BackupFolder | undefined {
  const fit = v.safeParse(stored, value);
  return fit.success ? fit.output : undefined;
}

/** The folder that was chosen, in this browser. */
export async function keptFolder(database: Database): Promise<BackupFolder | undefined> {
  return folderIn(await loadPreference(database, key));
}

/** Keeps the choice of a folder for the next start; with `undefined` nothing is written by itself any more. */
export async function keepFolder(database: Database, folder: BackupFolder | undefined): Promise<void> {
  await savePreference(database, key, folder);
}

/** Calls back with the folder, now and whenever any tab chooses another one. Gives back the function that ends it. */
export function followFolder(
  database: Database,
  onfolder: (folder: BackupFolder | undefined) => void,
  onerror: (error: unknown) => void,
): () => void {
  return followPreference(database, key, (value) => onfolder(folderIn(value)), onerror);
}

/** Whether the folder may be written into now, without asking anybody. */
export async function permissionOf({ handle }: BackupFolder): Promise<Permission> {
  return asPermitted(handle)?.queryPermission({ mode: 'readwrite' }) ?? 'granted';
}

/** Asks the user, which the browser allows only right after a click or a key. */
export async function askPermission({ handle }: BackupFolder): Promise<Permission> {
  return asPermitted(handle)?.requestPermission({ mode: 'readwrite' }) ?? 'granted';
}

function asPermitted(handle: object): Permitted | undefined {
  return 'queryPermission' in handle ? (handle as unknown as Permitted) : undefined;
}

/** One backup into the folder at a time, over all tabs, and none while backups are deleted. */
export async function aloneInFolder<T>(run: () => Promise<T>): Promise<T> {
  const locks = globalThis.navigator?.locks as LockManager | undefined;
  return locks ? await locks.request('locution-backup-folder', run) : run();
}

/** The backups of a project that were written by themselves, as far as this browser can reach them now. */
export type BackupsWithinReach =
  /** No folder was ever chosen in this browser, so there are none. */
  | { readonly kind: 'none' }
  /** The folder cannot be looked into: the browser has to be allowed to first, or it is not there. */
  | { readonly kind: 'out-of-reach'; readonly folder: string }
  | { readonly kind: 'within-reach'; readonly folder: string; readonly fileNames: readonly string[] };

/** Lists the backups of a project that were written by themselves, what an interrupted one left behind included. */
export async function automaticBackupsOf(database: Database, projectId: string): Promise<BackupsWithinReach> {
  const kept = await keptFolder(database);
  if (!kept) return { kind: 'none' };
  const { name: folder } = kept.handle;
  if ((await permissionOf(kept)) !== 'granted') return { kind: 'out-of-reach', folder };
  try {
    const backups = await backupsIn(kept.handle, projectId);
    const leftovers = await leftoversIn(kept.handle, projectId);
    return {
      kind: 'within-reach',
      folder,
      fileNames: [...backups.map(({ fileName }) => fileName), ...leftovers],
    };
  } catch (error) {
    if (error instanceof DOMException) return { kind: 'out-of-reach', folder };
    throw error;
  }
}

/**
 * Deletes the backups of a project that were written by themselves, all that are within reach, and gives back what was
 * found. To be asked for when the project itself is gone from the storage, or the next backup is written again.
 *
 * @throws DOMException when one of them cannot be deleted; those before it are gone.
 */
export async function deleteAutomaticBackups(
  database: Database,
  projectId: string,
): Promise<BackupsWithinReach> {
  return aloneInFolder(async () => {
    const found = await automaticBackupsOf(database, projectId);
    const kept = await keptFolder(database);
    if (found.kind === 'within-reach' && kept)
      for (const fileName of found.fileNames) await kept.handle.removeEntry(fileName);
    await forgetStandings(database, projectId);
    return found;
  });
}
