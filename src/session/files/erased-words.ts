import { shown } from '../../core/hidden/shown.ts';
import type { JobResults } from '../../workers/jobs.ts';
import { counted } from './importing.svelte.ts';

type Erased = Pick<JobResults['dry-run'], 'erased'>;

/** So many titles are named; the rest is counted. */
const namedAtMost = 3;

/** What was deleted for good here and would come back, in words; nothing when there is nothing such. */
export function erasedWords({ erased: { isProject, titles } }: Erased): string | undefined {
  if (isProject)
    return `This project was deleted for good here. Restoring it brings it back${titles.length > 0 ? ` with ${counted(titles.length, 'document')}` : ''}.`;
  if (titles.length === 0) return undefined;
  // Each between signs that keep a title of another direction of writing to itself.
  const named = titles.slice(0, namedAtMost).map((title) => `\u2068${shown(title)}\u2069`);
  const rest = titles.length - named.length;
  const all = rest > 0 ? [...named, `${rest.toLocaleString('en')} more`] : named;
  return `Deleted for good here, and brought back by this: ${all.join(', ')}.`;
}
