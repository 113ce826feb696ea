import type { SecondCopy } from '../session/second-copy.ts';

/** What is said of the second copy, in one sentence. */
export function secondCopyWords(copy: SecondCopy): string {
  if (copy === 'unknown') return 'A second copy of the work is kept beside the first. It is being looked at…';
  if (copy === 'none') return 'There is no second copy of the work just now, only the one: make backups.';
  const { documents, changes } = copy;
  return `A second copy of the work is kept beside the first: ${counted(documents, 'document')} and ${counted(changes, 'change')}.`;
}

function counted(count: number, what: string): string {
  return `${count.toLocaleString('en')} ${what}${count === 1 ? '' : 's'}`;
}
