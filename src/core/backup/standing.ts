import type { KeptChange } from './records.ts';

/** What the log says of imports: which were ever written, and which of them stand. */
export interface ImportStandings {
  readonly written: ReadonlySet<string>;
  readonly standing: ReadonlySet<string>;
}

/** The changes are in the order of their log. */
export function importStandings(changes: Iterable<Pick<KeptChange, 'kind' | 'importId'>>): ImportStandings {
  const [written, standing] = [new Set<string>(), new Set<string>()];
  for (const { kind, importId } of changes) {
    if (importId === undefined) continue;
    if (kind === 'import') written.add(importId);
    if (kind === 'undo') standing.delete(importId);
    else standing.add(importId);
  }
  return { written, standing };
}
