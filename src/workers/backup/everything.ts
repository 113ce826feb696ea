import type { Project } from '../../core/project.ts';
import { bundleHeadPath, type BundleHead } from '../../formats/backup/bundle.ts';
import { crcOf } from '../../formats/backup/crc.ts';
import type { BackupCounts } from '../../formats/backup/manifest.ts';
import { centralDirectory, localHeader, type StoredFile } from '../../formats/backup/stored-zip.ts';
import type { Database } from '../../storage/database.ts';
import { loadProjects } from '../../storage/projects.ts';
import { backUp } from './backing-up.ts';
import type { OnProgress, Writing } from './copy.ts';

export interface EverythingOrder extends Writing {
  /** What is kept of the settings, as it is. */
  readonly settings: unknown;
}

export interface EverythingBackedUp {
  readonly blob: Blob;
  readonly projects: number;
  readonly counts: BackupCounts;
  readonly warnings: readonly string[];
}

interface Part {
  readonly path: string;
  readonly blob: Blob;
}

/**
 * Backs up all projects that are not locked, those that were put away too, each as a file of its own in one zip, and each read back.
 *
 * @throws RangeError when what was read back is not what was written.
 */
export async function backUpEverything(
  database: Database,
  { settings, ...writing }: EverythingOrder,
  onprogress: OnProgress,
): Promise<EverythingBackedUp> {
  const all = await loadProjects(database);
  const projects = all.filter(({ id }) => !database.ring.isShut(id));
  const paths = pathsOf(projects);
  const parts: Part[] = [];
  const warnings = all
    .filter((project) => !projects.includes(project))
    .map(({ name }) => `“${name}” is locked and not in this backup: open it, and back up again.`);
  const total = { documents: 0, spans: 0, relations: 0, changes: 0 };
  for (const project of projects) {
    const made = await backUp(database, { projectId: project.id, ...writing }, onprogress);
    parts.push({ path: paths.get(project)!, blob: made.blob });
    warnings.push(...made.warnings.map((words) => `“${project.name}”: ${words}`));
    for (const what of ['documents', 'spans', 'relations', 'changes'] as const)
      total[what] += made.counts[what];
  }
  const head: BundleHead & { readonly projects: object } = {
    format: 'locution',
    kind: 'backups',
    version: 1,
    written_at: writing.at,
    projects: projects.map((project) => ({ file: paths.get(project), id: project.id, name: project.name })),
    settings,
  };
  const first = { path: bundleHeadPath, blob: new Blob([JSON.stringify(head, null, 2)]) };
  return { blob: await zipped([first, ...parts]), projects: projects.length, counts: total, warnings };
}

/** A name for each project that file systems take, no two alike. */
function pathsOf(projects: readonly Project[]): ReadonlyMap<Project, string> {
  const taken = new Set<string>();
  return new Map(
    projects.map((project) => {
      const name =
        project.name
          .toWellFormed()
          .replace(/[\p{Cc}\p{Cf}<>:"/\\|?*.]+/gu, ' ')
          .trim()
          .slice(0, 60)
          .trim() || 'Project';
      let path = `${name}.locution`;
      for (let number = 2; taken.has(path.toLowerCase()); number++) path = `${name} (${number}).locution`;
      taken.add(path.toLowerCase());
      return [project, path];
    }),
  );
}

/** As they are: each line of a backup vouches for itself wherever it is found. */
async function zipped(parts: readonly Part[]): Promise<Blob> {
  const pieces: (Blob | Uint8Array<ArrayBuffer>)[] = [];
  const files: StoredFile[] = [];
  let offset = 0;
  for (const { path, blob } of parts) {
    const file = { path, size: blob.size, crc: await crcOfBlob(blob), offset };
    const header = localHeader(file);
    pieces.push(header, blob);
    files.push(file);
    offset += header.length + blob.size;
  }
  return new Blob([...pieces, centralDirectory(files, offset)], { type: 'application/zip' });
}

const pieceLength = 1_000_000;

async function crcOfBlob(blob: Blob): Promise<number> {
  let crc = 0;
  for (let at = 0; at < blob.size; at += pieceLength)
    crc = crcOf(new Uint8Array(await blob.slice(at, at + pieceLength).arrayBuffer()), crc);
  return crc;
}
