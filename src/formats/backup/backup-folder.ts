import { safeName } from '../writing/file-names.ts';
import { BackupReading } from './backup-reading.ts';
import { manifestIn, type Manifest } from './manifest.ts';

/** A backup that Locution wrote into a folder by itself. */
export interface BackupInFolder {
  readonly fileName: string;
  /** When it was written, as its head says: an ISO date. */
  readonly at: string;
  readonly sizeBytes: number;
}

const extension = '.locution';
/** What is being written, or was when the browser stopped. */
const unfinished = '.unfinished';
/** A head is far shorter; what has none within so many bytes is no backup of ours. */
const longestHead = 64_000;

/** What a backup by itself is called: `My reports 2026-11-30 22-41-07 a1b2c3.locution`, in the time of the clock on the wall. */
export function nameOfBackup(project: { readonly id: string; readonly name: string }, at: Date): string {
  const [day, time] = [
    [at.getFullYear(), at.getMonth() + 1, at.getDate()],
    [at.getHours(), at.getMinutes(), at.getSeconds()],
  ].map((parts) => parts.map((part) => String(part).padStart(2, '0')).join('-'));
  return `${safeName(project.name)} ${day} ${time} ${markOf(project.id)}${extension}`;
}

/** The name that a backup has until it has been read back. */
export function unfinishedName(fileName: string): string {
  return fileName + unfinished;
}

/** Tells the files of one project from those of another of the same name; letters and digits, which every disk can hold. */
function markOf(projectId: string): string {
  return projectId.replace(/[^a-z0-9]/giu, '').slice(-6) || 'x';
}

/**
 * The backups of the project in the folder, oldest first: those that were written by themselves, by their names and by
 * what stands at their heads. Whatever else lies there is no concern of ours.
 */
export async function backupsIn(
  folder: FileSystemDirectoryHandle,
  projectId: string,
): Promise<BackupInFolder[]> {
  const found: BackupInFolder[] = [];
  for (const handle of await filesEndingWith(folder, endOf(projectId))) {
    const file = await handle.getFile();
    const head = await headOf(file);
    if (head?.project.id === projectId)
      found.push({ fileName: handle.name, at: head.written_at, sizeBytes: file.size });
  }
  return found.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : a.fileName < b.fileName ? -1 : 1));
}

/** The names of what writing backups of the project left behind when the browser was stopped, empty files among them. */
export async function leftoversIn(folder: FileSystemDirectoryHandle, projectId: string): Promise<string[]> {
  const cut = await filesEndingWith(folder, endOf(projectId) + unfinished);
  const names = cut.map(({ name }) => name);
  for (const handle of await filesEndingWith(folder, endOf(projectId)))
    if ((await handle.getFile()).size === 0) names.push(handle.name);
  return names;
}

function endOf(projectId: string): string {
  return ` ${markOf(projectId)}${extension}`;
}

const stamp = /(^| )\d{4}-\d\d-\d\d \d\d-\d\d-\d\d$/;

async function filesEndingWith(
  folder: FileSystemDirectoryHandle,
  end: string,
): Promise<FileSystemFileHandle[]> {
  const found: FileSystemFileHandle[] = [];
  for await (const handle of folder.values())
    if (handle.name.endsWith(end) && stamp.test(handle.name.slice(0, -end.length)) && isFile(handle))
      found.push(handle);
  return found;
}

function isFile(handle: FileSystemHandle): handle is FileSystemFileHandle {
  return handle.kind === 'file';
}

/** What stands at the head of a backup, if it is one and its head is sound. */
async function headOf(file: Blob): Promise<Manifest | undefined> {
  for await (const { part, value } of new BackupReading(file.slice(0, longestHead), 'the backup').lines())
    return part === 'manifest' ? manifestIn(value) : undefined;
  return undefined;
}
