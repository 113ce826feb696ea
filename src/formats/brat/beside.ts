import type { SourceFile } from '../format.ts';

/** Files of brat that say how marks are shown, typed and searched, and nothing of the scheme. */
const displayFiles = ['visual.conf', 'tools.conf', 'kb_shortcuts.conf'];

/** The files beside marks and in the folders above them that brat reads with them, the nearest first. */
export function confNames(name: string): string[] {
  return foldersOf(name).flatMap((folder) =>
    ['annotation.conf', ...displayFiles].map((file) => `${folder}${file}`),
  );
}

/** The scheme that holds for marks: the one beside them, or in the nearest folder above. */
export function schemeFile(
  name: string,
  companions: ReadonlyMap<string, SourceFile>,
): SourceFile | undefined {
  const nearest = foldersOf(name).find((folder) => companions.has(`${folder}annotation.conf`));
  return companions.get(`${nearest ?? ''}annotation.conf`);
}

/** Those files that came along and have no place here. */
export function passedOver(companions: ReadonlyMap<string, SourceFile>): string[] {
  return [...companions.keys()].filter((name) => displayFiles.includes(name.slice(folderOf(name).length)));
}

/** The folder that a file lies in, with its slash; empty when there is none. */
export function folderOf(name: string): string {
  return name.slice(0, name.lastIndexOf('/') + 1);
}

/** That folder and those above it. */
function foldersOf(name: string): string[] {
  const folder = folderOf(name);
  return folder === '' ? [''] : [folder, ...foldersOf(folder.slice(0, -1))];
}
