import type { IntoFolder } from '../../workers/backup/into-folder.ts';

type NotWritten = Extract<IntoFolder, { kind: 'not-written' }>;

/** What kept a backup from being written into a folder, with what to do. */
export function notWrittenWords({ hindrance, message }: NotWritten, folder: string): string {
  switch (hindrance) {
    case 'forbidden':
      return `The backup was not written: the browser no longer lets Locution write into “${folder}”. Allow it again in Settings.`;
    case 'gone':
      return `The backup was not written: the folder “${folder}” is not there. Connect its disk, or choose another folder in Settings.`;
    case 'full':
      return `The backup was not written: there is no room left where the folder “${folder}” is. Free some space, or choose another folder in Settings.`;
    case 'different':
      return `The backup was not written: what came back from “${folder}” was not what had been written. The disk may be failing; choose another folder in Settings.`;
    case 'failed':
      return `The backup was not written into “${folder}”: ${message}`;
    default:
      return hindrance satisfies never;
  }
}
