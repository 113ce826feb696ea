import { isBundle, type ChosenBackup } from '../../formats/backup/bundle.ts';
import type { IncomingFile } from '../../workers/importing/sources.ts';

export type { ChosenBackup };

type Chosen = File | IncomingFile;

interface Parted {
  readonly backups: readonly ChosenBackup[];
  readonly others: readonly Chosen[];
}

/** Parts backups, alone or several in a zip, from files that are imported. */
export async function backupsAmong(files: readonly Chosen[]): Promise<Parted> {
  const backups: ChosenBackup[] = [];
  const others: Chosen[] = [];
  for (const file of files) {
    const chosen: ChosenBackup =
      'path' in file ? { name: file.path, blob: file.blob } : { name: file.name, blob: file };
    if (await isBackup(chosen)) backups.push(chosen);
    else others.push(file);
  }
  return { backups, others };
}

async function isBackup({ name, blob }: ChosenBackup): Promise<boolean> {
  return /\.locution$/i.test(name) || (/\.zip$/i.test(name) && (await isBundle(blob)));
}
