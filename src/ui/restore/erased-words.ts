import { shown } from '../../core/hidden/shown.ts';
import type { Candidate } from '../../session/files/restoring.svelte.ts';

/** More names would be read by nobody. */
const namedAtMost = 5;

/** What of a backup was deleted for good, as somebody did that on purpose; `undefined` for nothing. */
export function erasedWords({
  isProject,
  titles,
}: NonNullable<Candidate['look']>['erased']): string | undefined {
  const back = (what: string) =>
    `deleted for good in this browser. Restoring the backup brings ${what} back.`;
  if (isProject) return `This project was ${back('it, with all that the backup holds,')}`;
  if (titles.length === 0) return undefined;
  const named = titles.slice(0, namedAtMost).map((title) => `“${shown(title)}”`);
  const more = titles.length - named.length;
  const names = `${named.join(', ')}${more > 0 ? ` and ${more.toLocaleString('en')} more` : ''}`;
  return titles.length === 1 ? `${names} was ${back('it')}` : `${names} were ${back('them')}`;
}
