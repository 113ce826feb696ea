import type { Database } from '../../storage/database.ts';
import type { BackupOrder } from '../../workers/backup/backing-up.ts';
import type { JobResults } from '../../workers/jobs.ts';
import type { Workplace } from '../workplace.ts';
import { keepStanding } from './backup-standing.ts';
import { download, safeFileName } from './download.ts';
import { counted } from './importing.svelte.ts';

type MadeBackup = JobResults['backup'];

/** Hands a backup that was read back to the browser's downloads. Resolves to whether that was done. */
export async function downloadBackup(
  place: Workplace,
  database: Database,
  make: (order: BackupOrder) => Promise<MadeBackup>,
): Promise<boolean> {
  const { messages, project } = place;
  if (!(await place.settle())) {
    messages.alert('Some work is not saved yet, so no backup was made. Try saving again first.');
    return false;
  }
  try {
    const order = { projectId: project.id, at: new Date().toISOString(), version: __BUILD__.version };
    const made = await make(order);
    const fileName = `${safeFileName(`${project.name} ${order.at.slice(0, 10)}`)}.locution`;
    download(made.blob, fileName);
    messages.say(
      `Backed up ${contents(made)} as “${fileName}”; the file was read back and is whole.${opening(made)}`,
    );
    if (made.warnings.length > 0)
      messages.alert(`The backup is made, but look at this: ${made.warnings.join(' ')}`);
    if (made.last) await keepStanding(database, { how: 'download', ...order, ...made.last, fileName });
    return true;
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError')
      messages.say('The backup was cancelled. No file was written.');
    else
      messages.alert(
        `The backup stopped: ${wordsOf(error)} No file was written; try again, or export the documents.`,
      );
    return false;
  }
}

function opening({ isSealed }: MadeBackup): string {
  return isSealed ? ' It opens with the passphrase or the recovery file of the project.' : '';
}

function contents({ counts }: MadeBackup): string {
  return `${counted(counts.documents, 'document')} with ${counted(counts.spans, 'span')} and the history`;
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
