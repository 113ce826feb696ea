import type { Messages } from '../messages.svelte.ts';
import { download, safeFileName } from './download.ts';
import { rescueCopy, unsavedSteps, type RescueSource } from './rescue-copy.ts';

/** Downloads a copy of the work, whatever state the storage is in, and offers the steps that are not saved beside it. */
export async function saveCopyOfWork(
  source: RescueSource,
  projectName: string,
  messages: Messages,
): Promise<void> {
  const name = `${safeFileName(projectName) || 'locution'} rescued ${new Date().toISOString().slice(0, 10)}`;
  messages.say('Collecting your work…');
  const { blob, documents, missing } = await rescueCopy(source);
  download(blob, `${name}.jsonl`);
  const steps = source.pending.length;
  const offer = steps > 0 && {
    name: 'Download the unsaved steps too',
    run: () => download(unsavedSteps(source.pending), `${name} - unsaved steps.jsonl`),
  };
  const unsaved =
    steps > 0 ? `, with ${counted(steps, 'step')} that ${steps === 1 ? 'is' : 'are'} not saved yet` : '';
  messages.say(`Downloaded a copy of ${counted(documents, 'document')}${unsaved}.`, offer || undefined);
  if (missing.length > 0) messages.alert(missingWords(missing));
}

const namedAtMost = 5;

function missingWords(titles: readonly string[]): string {
  const names = titles.slice(0, namedAtMost).map((title) => `“${title}”`);
  const more = titles.length > namedAtMost ? ` and ${titles.length - namedAtMost} more` : '';
  return `The storage could not be read, so these are not in the copy: ${names.join(', ')}${more}. Open one of them, if the page still shows it, and save a copy again.`;
}

function counted(count: number, noun: string): string {
  return `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`;
}
