import { outlived } from '../../core/backup/rotation.ts';
import { Digest } from '../../core/digest.ts';
import type { Project } from '../../core/project.ts';
import type { BackupCounts } from '../../formats/backup/manifest.ts';
import { backupsIn, leftoversIn, nameOfBackup, unfinishedName } from '../../formats/backup/backup-folder.ts';
import type { Database } from '../../storage/database.ts';
import { backUp, type BackedUp, type BackupOrder } from './backing-up.ts';
import { projectNamed, type OnProgress } from './copy.ts';

export interface FolderOrder extends BackupOrder {
  readonly folder: FileSystemDirectoryHandle;
}

/** Why nothing was written: the browser forbids it, the folder is not there, it is full, what came back was not the same. */
export type Hindrance = 'forbidden' | 'gone' | 'full' | 'different' | 'failed';

/** How a backup into a folder ended. Only one that was read back from the disk is `written`. */
export type IntoFolder =
  | ({ readonly kind: 'written'; readonly fileName: string; readonly counts: BackupCounts } & Pick<
      BackedUp,
      'last' | 'warnings'
    >)
  | { readonly kind: 'not-written'; readonly hindrance: Hindrance; readonly message: string };

/**
 * Writes a backup under a name of its own, reads it back from the disk, and only then gives it the name of a backup and
 * lets older ones of its kind go. When any step fails, everything that was there before is as it was.
 */
export async function backUpInto(
  database: Database,
  order: FolderOrder,
  onprogress: OnProgress,
): Promise<IntoFolder> {
  const { folder, projectId } = order;
  const { blob, ...facts } = await backUp(database, order, onprogress);
  const project = await projectNamed(database, projectId);
  try {
    const fileName = await freeName(folder, project, order.at);
    await put(folder, fileName, blob);
    return {
      kind: 'written',
      fileName,
      ...facts,
      warnings: [...facts.warnings, ...(await tidy(folder, projectId, fileName))],
    };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { kind: 'not-written', hindrance: hindranceIn(error), message };
  }
}

/** What came back from the disk is not what was written. */
class DifferentError extends Error {}

function hindranceIn(error: unknown): Hindrance {
  if (error instanceof DifferentError) return 'different';
  const { name } = error instanceof DOMException ? error : { name: '' };
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'forbidden';
  if (name === 'NotFoundError') return 'gone';
  return name === 'QuotaExceededError' ? 'full' : 'failed';
}

/** No file is ever written over: where the name is taken, as after a clock went back, it is that of a second later. */
async function freeName(folder: FileSystemDirectoryHandle, project: Project, at: string): Promise<string> {
  for (let atMs = Date.parse(at); ; atMs += 1000) {
    const name = nameOfBackup(project, new Date(atMs));
    if (!(await isThere(folder, name))) return name;
  }
}

async function isThere(folder: FileSystemDirectoryHandle, name: string): Promise<boolean> {
  for await (const key of folder.keys()) if (key === name) return true;
  return false;
}

async function put(folder: FileSystemDirectoryHandle, fileName: string, blob: Blob): Promise<void> {
  const unfinished = unfinishedName(fileName);
  try {
    const handle = await write(folder, unfinished, blob);
    if (!(await isRenamed(handle, fileName))) await write(folder, fileName, blob);
  } catch (error) {
    // What failed may fail again here; the next backup looks for what was left behind.
    await Promise.allSettled([unfinished, fileName].map((name) => folder.removeEntry(name)));
    throw error;
  }
}

/** Streams into a file that is not there yet, and compares what is on the disk then. */
async function write(
  folder: FileSystemDirectoryHandle,
  name: string,
  blob: Blob,
): Promise<FileSystemFileHandle> {
  const handle = await folder.getFileHandle(name, { create: true });
  const written = new Digest();
  const watched = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
    transform(bytes, controller) {
      written.add(bytes);
      controller.enqueue(bytes);
    },
  });
  await blob
    .stream()
    .pipeThrough(watched)
    .pipeTo(await handle.createWritable());
  if ((await sumOf(await handle.getFile())) !== written.finish().sha256)
    throw new DifferentError('what was read back from the disk is not what was written.');
  return handle;
}

async function sumOf(file: Blob): Promise<string> {
  const digest = new Digest();
  for await (const bytes of file.stream()) digest.add(bytes);
  return digest.finish().sha256;
}

/** Browsers that cannot rename files of the user's own say so, and the file is then written once more. */
async function isRenamed(handle: FileSystemFileHandle, name: string): Promise<boolean> {
  const movable = handle as FileSystemFileHandle & { move?: (name: string) => Promise<void> };
  if (!movable.move) return false;
  try {
    await movable.move(name);
    return true;
  } catch (error) {
    if (error instanceof DOMException && error.name === 'NotSupportedError') return false;
    throw error;
  }
}

/** Lets go what has been outlived and what an interrupted backup left. What cannot be deleted is told, and stays. */
async function tidy(folder: FileSystemDirectoryHandle, projectId: string, newest: string): Promise<string[]> {
  try {
    const backups = (await backupsIn(folder, projectId)).map((backup) => ({
      ...backup,
      atMs: Date.parse(backup.at),
    }));
    const written = backups.find(({ fileName }) => fileName === newest);
    // Whoever cannot find what was just written had better delete nothing.
    if (!written) return ['The backup was not found in the folder again; older ones were left as they are.'];
    for (const { fileName } of outlived(backups, written)) await folder.removeEntry(fileName);
    for (const fileName of await leftoversIn(folder, projectId)) await folder.removeEntry(fileName);
    return [];
  } catch (error) {
    return [
      `Older backups could not be tidied away: ${error instanceof Error ? error.message : String(error)}`,
    ];
  }
}
